// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/change.h"
#include "models/rollout.h"
#include "ui/charts/chart_view.h"
#include "ui/widgets/text_runs.h"

#include <QList>

#include <vector>

namespace cockpit {

/// When the canary's share became `weight` per cent, as the cluster's events tell it.
struct WeightMoment {
    Instant at{};
    int weight = 0;
    bool operator==(const WeightMoment &) const = default;
};

/// Of that rollout, ascending, one per share; beginning with the start of the update.
QList<WeightMoment> weightMoments(const Rollout &rollout, const std::vector<ClusterEvent> &events);
/// The band under a chart from `start` to `end`: before, each share, and what was rolled back.
QList<ChartBand> weightBands(const Rollout &rollout, const QList<WeightMoment> &moments, Instant start, Instant end);
/// Vertical lines at the steps: the newest one strong, the ones before dotted.
QList<ChartMarker> weightMarkers(const Rollout &rollout, const QList<WeightMoment> &moments);

/// A change in plain words: "Canary 15 % to 25 %", "mc-service 6 to 8 pods". What it does not know stays as it is.
QList<TextRun> changeRuns(const Change &change, Role ink);
QString changeWords(const Change &change);
/// Who did it, as people call them: "rollout controller", "autoscaler", or the name as the cluster tells it.
QString changedByWords(const QString &who);

} // namespace cockpit
