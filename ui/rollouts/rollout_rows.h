// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rollout_store.h"

#include <QAbstractListModel>

#include <vector>

namespace cockpit {

/// The rollouts of the list in the store's order. Rows keep their identity by object, so that selection and scroll
/// position survive every refresh; what a row shows is worked out when it is painted.
class RolloutRows : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Filter { Active, All, LastWeek };

    explicit RolloutRows(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Takes over what the store holds now.
    void refresh(const RolloutStore &store, Filter filter, Instant now);
    const RolloutEntry &entry(int row) const { return m_entries[static_cast<size_t>(row)]; }
    /// -1 when it is not shown.
    int rowOf(const ObjectKey &key) const;
    Instant now() const { return m_now; }
    bool hasManyContexts() const { return m_manyContexts; }

private:
    bool isShown(const RolloutEntry &entry, Filter filter) const;
    void replace(std::vector<RolloutEntry> entries);

    std::vector<RolloutEntry> m_entries{};
    QHash<ObjectKey, int> m_rowOf{};
    Instant m_now{};
    bool m_manyContexts = false;
};

} // namespace cockpit
