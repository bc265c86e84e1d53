// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cockpit {

std::vector<Point> withGaps(std::vector<Point> points, Duration step)
{
    if (points.size() < 2 || step <= Duration::zero())
        return points;
    std::vector<Point> result;
    result.reserve(points.size());
    for (const Point &point : points) {
        if (!result.empty() && (point.at - result.back().at) * 2 > step * 3)
            result.push_back({result.back().at + step, std::numeric_limits<double>::quiet_NaN()});
        result.push_back(point);
    }
    return result;
}

namespace {

using PointIterator = std::vector<Point>::const_iterator;

/// The end of the column that starts at `first`: points of the same slice of time and of the same kind (gap or not).
PointIterator endOfColumn(PointIterator first, PointIterator last, Instant start, double msPerColumn)
{
    const auto columnOf = [&](const Point &point) {
        return static_cast<qint64>(double((point.at - start).count()) / msPerColumn);
    };
    const qint64 column = columnOf(*first);
    const bool gap = std::isnan(first->value);
    return std::find_if(first, last, [&](const Point &point) {
        return columnOf(point) != column || std::isnan(point.value) != gap;
    });
}

void appendExtremes(std::vector<Point> &result, PointIterator first, PointIterator last)
{
    const auto below = [](const Point &a, const Point &b) { return a.value < b.value; };
    const auto [low, high] = std::minmax_element(first, last, below);
    result.push_back(*std::min(low, high));
    if (low != high)
        result.push_back(*std::max(low, high));
}

} // namespace

std::vector<Point> decimate(const std::vector<Point> &points, int columns)
{
    if (columns < 1 || points.size() <= size_t(2 * columns))
        return points;
    const Instant start = points.front().at;
    // The first and the last point stand outside the columns, so one column's room is theirs.
    const double span = double((points.back().at - start).count()) + 1.0;
    const double msPerColumn = span / double(std::max(1, columns - 1));
    std::vector<Point> result;
    result.reserve(size_t(2 * columns) + 2);
    result.push_back(points.front());
    for (PointIterator first = points.begin() + 1, last = points.end() - 1; first != last;) {
        const PointIterator end = endOfColumn(first, last, start, msPerColumn);
        if (std::isnan(first->value))
            result.push_back(*first); // one point is enough to break the line
        else
            appendExtremes(result, first, end);
        first = end;
    }
    result.push_back(points.back());
    return result;
}

} // namespace cockpit
