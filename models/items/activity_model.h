// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity.h"
#include "models/items/activity_roles.h"
#include "models/state_glyph.h"

#include <QAbstractListModel>
#include <QList>

#include <deque>

namespace cockpit {

/// The activity log as pages see it: ActivityRoles, newest first, the newest `capacity` entries. One writer, GUI
/// thread.
class ActivityModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr qsizetype capacity = 10000;

    explicit ActivityModel(QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    /// Replaces all, in any order, under layoutChanged: what is selected stays so.
    void setEntries(QList<ActivityEntry> entries);
    /// Takes one in, at its place by sequence; one that is known already changes nothing.
    void append(const ActivityEntry &entry);
    /// REQUIRES: 0 <= row < rowCount().
    const ActivityEntry &entry(int row) const { return m_entries[size_t(row)]; }
    /// The shape that stands for how an action stood.
    static StateGlyph glyphOf(ActionState state);

private:
    std::deque<ActivityEntry> m_entries; ///< newest first
};

} // namespace cockpit
