// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_view.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace cockpit {

namespace {

bool hasPointInside(const ChartLine &line, Instant from, Instant to)
{
    if (!line.points)
        return false;
    return std::any_of(line.points->begin(), line.points->end(), [&](const Point &point) {
        return std::isfinite(point.value) && point.at > from && point.at < to;
    });
}

QList<ChartGap> gapsOfLine(const ChartLine &line)
{
    QList<ChartGap> gaps;
    const Point *lastKnown = nullptr;
    bool missing = false;
    for (const Point &point : *line.points) {
        if (!std::isfinite(point.value)) {
            missing = lastKnown != nullptr;
            continue;
        }
        if (missing)
            gaps.append({lastKnown->at, point.at, false});
        missing = false;
        lastKnown = &point;
    }
    return gaps;
}

std::optional<Instant> lastKnownAt(const ChartLine &line)
{
    if (!line.points)
        return std::nullopt;
    const auto last = std::find_if(line.points->rbegin(), line.points->rend(),
                                   [](const Point &point) { return std::isfinite(point.value); });
    return last == line.points->rend() ? std::nullopt : std::optional(last->at);
}

} // namespace

QList<ChartGap> chartGaps(const ChartView &view)
{
    QList<ChartGap> gaps;
    std::optional<Instant> newest;
    for (qsizetype index = 0; index < view.lines.size(); ++index) {
        const ChartLine &line = view.lines[index];
        if (!line.points)
            continue;
        if (const auto last = lastKnownAt(line); last && (!newest || *last > *newest))
            newest = last;
        for (const ChartGap &gap : gapsOfLine(line)) {
            const bool known = std::any_of(view.lines.begin(), view.lines.end(), [&](const ChartLine &other) {
                return hasPointInside(other, gap.from, gap.to);
            });
            const bool listed = std::any_of(gaps.begin(), gaps.end(), [&](const ChartGap &other) {
                return other.from < gap.to && gap.from < other.to;
            });
            if (!known && !listed)
                gaps.append(gap);
        }
    }
    if (newest && view.end - *newest > view.step * 5 / 2)
        gaps.append({*newest, view.end, true});
    return gaps;
}

double chartMaximum(const ChartView &view)
{
    double maximum = 0.0;
    for (const ChartLine &line : view.lines) {
        if (!line.points)
            continue;
        for (const Point &point : *line.points) {
            if (std::isfinite(point.value))
                maximum = std::max(maximum, point.value);
        }
    }
    for (const ChartThreshold &threshold : view.thresholds)
        maximum = std::max(maximum, threshold.value);
    return maximum * view.factor;
}

std::optional<Point> pointNear(const ChartLine &line, Instant at, Duration step)
{
    if (!line.points || line.points->empty())
        return std::nullopt;
    auto next = std::lower_bound(line.points->begin(), line.points->end(), at,
                                 [](const Point &point, Instant time) { return point.at < time; });
    if (next == line.points->end() || (next != line.points->begin() && at - std::prev(next)->at < next->at - at))
        --next;
    const Duration away = next->at > at ? next->at - at : at - next->at;
    if (!std::isfinite(next->value) || away > step * 3 / 2)
        return std::nullopt;
    return *next;
}

ChartView windowOf(const ChartView &view, Instant from, Instant to)
{
    ChartView part = view;
    part.start = from;
    part.end = to;
    return part;
}

QByteArray chartCsv(const ChartView &view)
{
    const auto cell = [](QString text) {
        if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front()))
            text.prepend(u'\'');
        return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    };
    QStringList head{cell(QStringLiteral("time"))};
    std::map<Instant, QStringList> rows;
    for (qsizetype index = 0; index < view.lines.size(); ++index) {
        const ChartLine &line = view.lines.at(index);
        head.append(cell(QStringLiteral("%1 %2 (%3)").arg(view.title, line.name, view.unit)));
        if (!line.points)
            continue;
        for (const Point &point : *line.points) {
            if (point.at < view.start || point.at > view.end || !std::isfinite(point.value))
                continue;
            QStringList &row = rows[point.at];
            while (row.size() <= index)
                row.append(QString());
            row[index] = QString::number(point.value * view.factor, 'g', 10);
        }
    }
    QByteArray csv = head.join(u',').toUtf8() + '\n';
    for (auto &[at, row] : rows) {
        while (row.size() < view.lines.size())
            row.append(QString());
        csv += toRfc3339(at).toUtf8() + ',' + row.join(u',').toUtf8() + '\n';
    }
    return csv;
}

QString chartWords(const ChartView &view)
{
    QStringList parts{view.unit.isEmpty() ? view.title : view.title + QStringLiteral(", ") + view.unit};
    for (const ChartLine &line : view.lines)
        parts.append((line.name + u' ' + line.current).trimmed());
    if (view.lines.isEmpty())
        parts.append(view.emptyText);
    for (const ChartThreshold &threshold : view.thresholds)
        parts.append(threshold.label);
    for (const ChartGap &gap : chartGaps(view)) {
        parts.append(QCoreApplication::translate("TimeChart", "no data %1 to %2")
                         .arg(utcShortTimeText(gap.from), utcShortTimeText(gap.to)));
    }
    parts.append(view.staleText);
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

std::shared_ptr<const std::vector<Point>> sharedPoints(const std::shared_ptr<const std::vector<Series>> &all,
                                                       const Series &series)
{
    return {all, &series.points};
}

} // namespace cockpit
