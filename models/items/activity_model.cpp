// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/activity_model.h"

#include <algorithm>
#include <vector>

namespace cockpit {

namespace {

bool isNewer(const ActivityEntry &a, const ActivityEntry &b) { return a.sequence > b.sequence; }

} // namespace

ActivityModel::ActivityModel(QObject *parent) : QAbstractListModel(parent) {}

int ActivityModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_entries.size()); }

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ActivityEntry &entry = m_entries[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case ActivityRoles::TextRole: return entry.text;
    case ActivityRoles::AtRole: return toEpochMs(entry.at);
    case ActivityRoles::GlyphRole: return static_cast<int>(glyphOf(entry.state));
    case ActivityRoles::ActorRole: return entry.actor;
    case ActivityRoles::ActionRole: return entry.actionName;
    case ActivityRoles::ObjectRole: return entry.target;
    case ActivityRoles::OutcomeRole: return toWireName(entry.state);
    case ActivityRoles::ReasonRole: return entry.reason;
    case ActivityRoles::IdRole: return entry.action.toString();
    default: return {};
    }
}

void ActivityModel::setEntries(QList<ActivityEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(), isNewer);
    if (entries.size() > capacity)
        entries.resize(capacity);
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList from = persistentIndexList();
    std::vector<qint64> sequences;
    for (const QModelIndex &old : from)
        sequences.push_back(m_entries[size_t(old.row())].sequence);
    m_entries.assign(entries.cbegin(), entries.cend());
    QModelIndexList to;
    for (const qint64 sequence : sequences) {
        const auto place = std::lower_bound(m_entries.begin(), m_entries.end(), sequence,
                                            [](const ActivityEntry &one, qint64 wanted) { return one.sequence > wanted; });
        const bool known = place != m_entries.end() && place->sequence == sequence;
        to.append(known ? index(int(place - m_entries.begin())) : QModelIndex());
    }
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged();
}

void ActivityModel::append(const ActivityEntry &entry)
{
    const auto place = std::lower_bound(m_entries.begin(), m_entries.end(), entry, isNewer);
    const bool known = place != m_entries.end() && place->sequence == entry.sequence;
    const auto row = place - m_entries.begin();
    if (known || row >= capacity)
        return;
    beginInsertRows({}, int(row), int(row));
    m_entries.insert(place, entry);
    endInsertRows();
    if (qsizetype(m_entries.size()) > capacity) {
        beginRemoveRows({}, int(capacity), int(capacity));
        m_entries.pop_back();
        endRemoveRows();
    }
}

StateGlyph ActivityModel::glyphOf(ActionState state)
{
    switch (state) {
    case ActionState::Succeeded: return StateGlyph::Ok;
    case ActionState::Failed: return StateGlyph::Critical;
    case ActionState::Refused: return StateGlyph::Warning;
    case ActionState::Unknown: return StateGlyph::Unknown;
    case ActionState::Requested:
    case ActionState::Planned:
    case ActionState::Armed:
    case ActionState::Executing:
    case ActionState::Verifying:
    case ActionState::Cancelled: break;
    }
    return StateGlyph::Info;
}

} // namespace cockpit
