// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/items/source_roles.h"
#include "models/source_status.h"

#include <QAbstractListModel>
#include <QList>

namespace cockpit {

/// The configured sources, one pill each: SourceRoles, in configured order. One writer (app/), GUI thread.
class SourceListModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit SourceListModel(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// The same sources in the same order are value changes; any other list resets the model.
    void setSources(QList<SourceStatus> sources, Instant now);
    /// Ages only: dataChanged of AgeMsRole and NextTryMsRole, and of StateRole where a source has become stale.
    void tick(Instant now);
    /// REQUIRES: 0 <= row < rowCount().
    const SourceStatus &source(int row) const { return m_sources.at(row); }

private:
    int stateAt(const SourceStatus &status, Instant now) const;
    bool hasSameSources(const QList<SourceStatus> &sources) const;
    QList<SourceStatus> m_sources;
    Instant m_now{};
};

} // namespace cockpit
