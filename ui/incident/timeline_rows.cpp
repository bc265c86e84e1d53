// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/timeline_rows.h"

#include "models/plain_line.h"

namespace cockpit {

TimelineRows::TimelineRows(QObject *parent)
    : QAbstractListModel(parent)
{}

std::vector<int> TimelineRows::shownOf(const Incident &incident, TimelineFilter filter) const
{
    std::vector<int> rows;
    rows.reserve(incident.timeline.size());
    for (size_t place = incident.timeline.size(); place-- > 0;) {
        if (isShown(incident.timeline[place], filter))
            rows.push_back(static_cast<int>(place));
    }
    return rows;
}

void TimelineRows::setIncident(const IncidentPtr &incident, TimelineFilter filter)
{
    if (m_incident == incident && m_filter == filter)
        return;
    std::vector<int> rows = incident ? shownOf(*incident, filter) : std::vector<int>{};
    const bool same = m_incident && incident && m_incident->head.id == incident->head.id && m_filter == filter;
    m_filter = filter;
    if (same)
        return move(incident, std::move(rows));
    beginResetModel();
    m_incident = incident;
    m_rows = std::move(rows);
    m_corrections.clear();
    if (incident && !incident->correctedBy.isEmpty()) {
        for (size_t place = 0; place < incident->timeline.size(); ++place) {
            if (std::holds_alternative<IncidentCorrection>(incident->timeline[place].body))
                m_corrections.insert(incident->timeline[place].id, static_cast<int>(place));
        }
    }
    endResetModel();
}

void TimelineRows::move(const IncidentPtr &incident, std::vector<int> rows)
{
    const auto idOf = [](const Incident &one, int place) -> const EntryId & {
        return one.timeline[static_cast<size_t>(place)].id;
    };
    const size_t both = std::min(m_rows.size(), rows.size());
    size_t tail = 0;
    while (tail < both && idOf(*m_incident, m_rows[m_rows.size() - 1 - tail]) ==
                              idOf(*incident, rows[rows.size() - 1 - tail]))
        ++tail;
    size_t head = 0;
    while (head < both - tail && idOf(*m_incident, m_rows[head]) == idOf(*incident, rows[head]))
        ++head;
    const int first = static_cast<int>(head);
    const int removed = static_cast<int>(m_rows.size() - tail - head);
    const int added = static_cast<int>(rows.size() - tail - head);
    if (removed > 0) {
        beginRemoveRows({}, first, first + removed - 1);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + first + removed);
        endRemoveRows();
    }
    if (added > 0)
        beginInsertRows({}, first, first + added - 1);
    m_incident = incident;
    m_rows = std::move(rows);
    m_corrections.clear();
    for (size_t place = 0; !incident->correctedBy.isEmpty() && place < incident->timeline.size(); ++place) {
        if (std::holds_alternative<IncidentCorrection>(incident->timeline[place].body))
            m_corrections.insert(incident->timeline[place].id, static_cast<int>(place));
    }
    if (added > 0)
        endInsertRows();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
}

int TimelineRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const IncidentEntry &TimelineRows::entry(int row) const
{
    return m_incident->timeline[static_cast<size_t>(m_rows[static_cast<size_t>(row)])];
}

int TimelineRows::rowOf(const EntryId &id) const
{
    for (size_t row = 0; row < m_rows.size(); ++row) {
        if (entry(static_cast<int>(row)).id == id)
            return static_cast<int>(row);
    }
    return -1;
}

const IncidentCorrection *TimelineRows::correctionOf(const IncidentEntry &entry) const
{
    const auto by = m_incident->correctedBy.constFind(entry.id);
    const auto place = by == m_incident->correctedBy.cend() ? m_corrections.cend() : m_corrections.constFind(*by);
    return place == m_corrections.cend()
               ? nullptr
               : std::get_if<IncidentCorrection>(&m_incident->timeline[static_cast<size_t>(*place)].body);
}

bool TimelineRows::isCorrected(const IncidentEntry &entry) const { return correctionOf(entry) != nullptr; }

Instant TimelineRows::timeOf(const IncidentEntry &entry) const
{
    const IncidentCorrection *correction = correctionOf(entry);
    return correction && correction->at ? *correction->at : entry.at;
}

QString TimelineRows::lineOf(const IncidentEntry &entry) const
{
    const IncidentCorrection *correction = correctionOf(entry);
    return plainLine(correction && !correction->text.isEmpty() ? correction->text : entryText(entry), 300);
}

QVariant TimelineRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const IncidentEntry &one = entry(index.row());
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return utcTimeText(timeOf(one)) + u' ' + lineOf(one) + QStringLiteral(", ") + plainLine(one.actor, 60);
    if (role != Qt::ToolTipRole)
        return {};
    QString tip = bothTimesText(timeOf(one)) + u'\n' + tr("from %1").arg(plainLine(one.origin, 80));
    if (one.recordedAt - one.at > std::chrono::seconds(5))
        tip += u'\n' + tr("written down at %1").arg(utcDateTimeText(one.recordedAt));
    if (isCorrected(one))
        tip += u'\n' + tr("Corrected. It first said: %1, %2").arg(utcTimeText(one.at), plainLine(entryText(one), 200));
    return tip + u'\n' + plainLine(entryText(one), 600);
}

} // namespace cockpit
