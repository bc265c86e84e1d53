// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/labels.h"
#include "models/result.h"
#include "models/service.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// One point of a chart. NaN is a gap: drawn as a gap, never as zero.
struct Point {
    Instant at{};
    double value = 0.0;
};

/// One line of a chart.
struct Series {
    Labels labels{};
    std::vector<Point> points{}; ///< ascending; gaps are NaN points at the missing steps
    ServiceId service{};         ///< whose line it is, as ServiceMap says; empty where nobody asked it
};

/// Which chart: a figure of one service (or of all, when empty) over the last `range`.
struct ChartKey {
    ServiceId service{};
    Figure figure = Figure::RequestsPerSecond;
    Duration range{std::chrono::hours(1)};
    bool operator==(const ChartKey &) const = default;
    friend size_t qHash(const ChartKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.service, static_cast<int>(key.figure), qint64(key.range.count()));
    }
};

/// What a chart shows, at most about 1000 points a series (decimated off the GUI thread).
struct ChartData {
    Instant start{};
    Instant end{};
    Duration step{};
    std::shared_ptr<const std::vector<Series>> series{};
    QString query{};        ///< what was asked, for the tool tip
    QString source{};       ///< who answered
    QStringList warnings{}; ///< partial response
    std::optional<Error> error{}; ///< the last try failed; `series` is then the last good answer, of `start`…`end`
    bool loading = false;
};

/// The answer to one range query.
struct SeriesUpdate {
    SourceId source{};
    ChartKey key{};
    ChartData data{};
};

/// Puts a NaN point wherever two neighbours are more than 1.5 steps apart, so that a gap is drawn as one.
std::vector<Point> withGaps(std::vector<Point> points, Duration step);

/// At most `2 * columns` points that keep each column's minimum and maximum, the first and the last point; a gap stays
/// as one NaN point (it and the points beside it may exceed that number). `columns` below 1 leaves all as it is.
std::vector<Point> decimate(const std::vector<Point> &points, int columns);

} // namespace cockpit
