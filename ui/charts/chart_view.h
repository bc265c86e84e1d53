// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series.h"
#include "ui/theme/palette.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// One line of a chart. Points are shared with the store and never copied.
struct ChartLine {
    QString name{}; ///< in the legend; empty when the chart has one line only
    Role color = Role::Muted;
    double width = 1.5;
    std::shared_ptr<const std::vector<Point>> points{};
    QString current{}; ///< the newest value with its unit: "6.8 %"
    bool operator==(const ChartLine &) const = default;
};

/// A limit: dashed line with its words.
struct ChartThreshold {
    double value = 0.0; ///< in the unit of the points, before `factor`
    QString label{};
    bool operator==(const ChartThreshold &) const = default;
};

/// Something that happened: a vertical line.
struct ChartMarker {
    Instant at{};
    QString label{};
    bool strong = true; ///< else dotted and without a label
    bool accent = false; ///< something that a person did here: 2 px, in the accent colour
    bool operator==(const ChartMarker &) const = default;
};

/// A stretch of the band under the plot: the canary's share of the traffic.
struct ChartBand {
    Instant from{};
    Instant to{};
    QString label{};          ///< "25 %"
    Role color = Role::Muted; ///< Canary, Ok after a rollback, Raised2 before
    bool operator==(const ChartBand &) const = default;
};

/// An interval in which the alert fires.
struct ChartShade {
    Instant from{};
    Instant to{};
    QString label{};
    bool operator==(const ChartShade &) const = default;
};

/// A stretch of time of which nothing is known.
struct ChartGap {
    Instant from{};
    Instant to{};
    bool open = false; ///< reaches to the end of the chart
};

/// Everything that a chart shows.
struct ChartView {
    QString title{};     ///< "Error rate"
    QString unit{};      ///< "%"
    double factor = 1.0; ///< points times this are in `unit`
    QList<ChartLine> lines{};
    QList<ChartThreshold> thresholds{};
    QList<ChartMarker> markers{};
    std::optional<ChartShade> shade{};
    QList<ChartBand> bands{}; ///< empty: no band
    Instant start{};
    Instant end{};
    Duration step{};
    QString rangeText{}; ///< right end of the title line: "35 min, every 15 s"
    QString staleText{}; ///< "data 47 s old": takes the place of rangeText and mutes the lines
    QString emptyText{}; ///< why there is no line; shown in the plot
    bool timeLabels = true;
    bool operator==(const ChartView &) const = default;
};

/// Where no line has a value although one had before, and the end of the chart when all lines stopped earlier.
QList<ChartGap> chartGaps(const ChartView &view);
/// The largest finite value of lines and thresholds, times factor; 0 when there is none.
double chartMaximum(const ChartView &view);
/// The point of the line at that time (nearest, within 1.5 steps); nothing in a gap.
std::optional<Point> pointNear(const ChartLine &line, Instant at, Duration step);
/// The same chart cut to a window of time: zoomed in or moved. Lines are shared.
ChartView windowOf(const ChartView &view, Instant from, Instant to);
/// Its points in that window as comma-separated values: a column of times (RFC 3339), one column a line; a missing value
/// is empty. What a sheet would read as a formula is kept from being one.
QByteArray chartCsv(const ChartView &view);
/// The title and the newest values in words, for people who do not see it.
QString chartWords(const ChartView &view);
/// Shares one series of a store's answer without copying its points.
std::shared_ptr<const std::vector<Point>> sharedPoints(const std::shared_ptr<const std::vector<Series>> &all,
                                                       const Series &series);

} // namespace cockpit
