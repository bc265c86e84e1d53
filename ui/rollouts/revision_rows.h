// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rollout_store.h"
#include "ui/widgets/run_table.h"

#include <QList>

#include <vector>

namespace cockpit {

/// Steps of the present update and revisions, newest first: when, what (image in the tool tip), who. A revision that
/// can be put back has a button under its hash.
QList<RunRow> historyRows(const RolloutEntry &entry, const std::vector<ClusterEvent> &events, const QString &refusal,
                          Instant now);
/// At most `most` of them: the newest two steps, and revisions.
QList<RunRow> shortHistory(const QList<RunRow> &all, qsizetype most);
/// One row a revision that has pods: ready of wanted, and what their first trouble is.
QList<RunRow> podRows(const Rollout &rollout, Instant now);

} // namespace cockpit
