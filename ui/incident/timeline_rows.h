// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/incident/incident_words.h"

#include <QAbstractListModel>

#include <vector>

namespace cockpit {

/// The timeline of one incident, newest first. New entries are inserted, so that selection and place survive; what is
/// shown of an entry is read only when it is painted.
class TimelineRows : public QAbstractListModel {
    Q_OBJECT
public:
    explicit TimelineRows(QObject *parent = nullptr);
    void setIncident(const IncidentPtr &incident, TimelineFilter filter);
    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole, ToolTipRole and AccessibleTextRole.
    QVariant data(const QModelIndex &index, int role) const override;
    /// REQUIRES: 0 <= row < rowCount().
    const IncidentEntry &entry(int row) const;
    /// -1 when it is not shown.
    int rowOf(const EntryId &id) const;
    /// When it happened, as it was corrected.
    Instant timeOf(const IncidentEntry &entry) const;
    /// One line, as it was corrected.
    QString lineOf(const IncidentEntry &entry) const;
    bool isCorrected(const IncidentEntry &entry) const;
    const IncidentPtr &incident() const { return m_incident; }

private:
    const IncidentCorrection *correctionOf(const IncidentEntry &entry) const;
    std::vector<int> shownOf(const Incident &incident, TimelineFilter filter) const;
    void move(const IncidentPtr &incident, std::vector<int> rows);

    IncidentPtr m_incident{};
    std::vector<int> m_rows{}; ///< places in the timeline
    QHash<EntryId, int> m_corrections{};
    TimelineFilter m_filter = TimelineFilter::All;
};

} // namespace cockpit
