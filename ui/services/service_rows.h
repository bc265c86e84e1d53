// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_facts.h"
#include "ui/services/service_order.h"

#include <QAbstractTableModel>

#include <vector>

namespace cockpit {

/// The services as rows for the table: what the delegate paints, made once per refresh. Rows keep their identity by
/// service, so that the selection survives every refresh.
class ServiceRows : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Service,
        Version,
        Requests,
        RequestsLine,
        Errors,
        ErrorsLine,
        P99,
        P99Line,
        Budget,
        Ready,
        Alerts,
        Count
    };

    explicit ServiceRows(const CockpitModels &models, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Reads everything again; false when nothing that is shown has changed.
    bool refresh(ServiceSort sort, Duration range);
    const ServiceFacts &facts(int row) const { return m_facts[static_cast<size_t>(row)]; }
    bool hasBudget() const { return m_hasBudget; }

private:
    QString cellText(const ServiceFacts &facts, int column) const;
    int rowOf(const ServiceId &id) const;

    const CockpitModels &m_models;
    std::vector<ServiceFacts> m_facts{};
    bool m_hasBudget = false;
    Duration m_range{};
};

} // namespace cockpit
