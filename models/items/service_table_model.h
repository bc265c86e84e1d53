// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace cockpit {

/// The services of a fleet as a table. Each refresh and each new order swaps under layoutChanged with persistent
/// indexes mapped by service, so that selection and scroll position survive. One writer (app/ or the page), GUI thread.
class ServiceTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { ServiceColumn, VersionColumn, RequestsColumn, ErrorsColumn, P99Column, BudgetColumn, ReadyColumn,
                  AlertsColumn, ColumnCount };
    enum Role { SortValueRole = Qt::UserRole + 1, ServiceIdRole, LevelRole, SampledAtRole };
    enum class Order { Pain, Name, Requests };

    explicit ServiceTableModel(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: the value in words, a dash for what is not known. SortValueRole: the bare number or text, invalid
    /// for what is not known.
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setFleet(std::shared_ptr<const Fleet> fleet);
    void setOrder(Order order);
    Order order() const { return m_order; }
    /// Direct access for painters. REQUIRES: 0 <= row < rowCount().
    const ServiceHealth &service(int row) const { return m_fleet->services[m_rows[size_t(row)]]; }
    /// The row that shows the service, or -1.
    int rowOf(const ServiceId &id) const;

private:
    std::vector<size_t> orderedRows(const Fleet &fleet) const;
    void swapTo(std::shared_ptr<const Fleet> fleet);
    QVariant sortValue(const ServiceHealth &service, int column) const;
    QString text(const ServiceHealth &service, int column) const;

    std::shared_ptr<const Fleet> m_fleet;
    std::vector<size_t> m_rows; ///< indexes into Fleet::services
    Order m_order = Order::Pain;
};

} // namespace cockpit
