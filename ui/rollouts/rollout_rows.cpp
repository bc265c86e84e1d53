// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_rows.h"

#include "ui/rollouts/rollout_row.h"

#include <algorithm>

namespace cockpit {

RolloutRows::RolloutRows(QObject *parent)
    : QAbstractListModel(parent)
{}

int RolloutRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RolloutRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return rolloutRow(entry(index.row()), m_now, m_manyContexts).words();
    return {};
}

int RolloutRows::rowOf(const ObjectKey &key) const { return m_rowOf.value(key, -1); }

bool RolloutRows::isShown(const RolloutEntry &entry, Filter filter) const
{
    switch (filter) {
    case Filter::All:
        return true;
    case Filter::LastWeek: {
        const auto changed = lastChangeOf(*entry.rollout);
        return entry.rollout->isUpdating() || (changed && m_now - *changed < std::chrono::hours(168));
    }
    case Filter::Active:
        break;
    }
    return isActive(entry, m_now);
}

void RolloutRows::refresh(const RolloutStore &store, Filter filter, Instant now)
{
    m_now = now;
    std::vector<RolloutEntry> shown;
    shown.reserve(store.entries().size());
    m_manyContexts = false;
    for (const RolloutEntry &each : store.entries()) {
        m_manyContexts = m_manyContexts || each.rollout->key.context != store.entries().front().rollout->key.context;
        if (isShown(each, filter))
            shown.push_back(each);
    }
    // What needs a hand by the cockpit's own verdict comes first; the store only knows what the cluster says.
    std::stable_sort(shown.begin(), shown.end(),
                     [](const RolloutEntry &a, const RolloutEntry &b) { return needsHand(a) && !needsHand(b); });
    replace(std::move(shown));
}

void RolloutRows::replace(std::vector<RolloutEntry> entries)
{
    const bool sameRows =
        std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                   [](const RolloutEntry &a, const RolloutEntry &b) { return a.rollout->key == b.rollout->key; });
    if (sameRows) {
        m_entries = std::move(entries);
        return;
    }
    Q_EMIT layoutAboutToBeChanged();
    const std::vector<RolloutEntry> old = std::exchange(m_entries, std::move(entries));
    m_rowOf.clear();
    for (size_t row = 0; row < m_entries.size(); ++row)
        m_rowOf.insert(m_entries[row].rollout->key, static_cast<int>(row));
    const QModelIndexList persistent = persistentIndexList();
    for (const QModelIndex &index : persistent) {
        const int row = rowOf(old[static_cast<size_t>(index.row())].rollout->key);
        changePersistentIndex(index, row < 0 ? QModelIndex() : createIndex(row, 0));
    }
    Q_EMIT layoutChanged();
}

} // namespace cockpit
