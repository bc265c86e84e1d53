// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/query_chart.h"

#include "models/plain_line.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr size_t queryLines = 8;

QString seriesName(const Series &series)
{
    QStringList words;
    for (const auto &[name, value] : series.labels) {
        if (name != u"__name__")
            words.append(value);
    }
    return plainLine(words.join(u' '), 24);
}

} // namespace

QueryChart::QueryChart(const Theme &theme, QWidget *parent)
    : TimeChart(theme, parent)
{
    setAxisWidth(44);
}

void QueryChart::setAnswer(const RunbookQueryAnswer &answer)
{
    if (answer.query == m_query && answer.at == m_at)
        return;
    m_query = answer.query;
    m_at = answer.at;
    constexpr std::array roles{Role::Series1, Role::Series2, Role::Series3, Role::Series4, Role::Series5};
    ChartView view;
    view.title = answer.series.size() > 1 ? tr("%1 series").arg(answer.series.size()) : tr("The last hour");
    const auto all = std::make_shared<const std::vector<Series>>(answer.series);
    for (size_t index = 0; index < std::min(all->size(), queryLines); ++index) {
        const Series &series = (*all)[index];
        view.lines.append({all->size() > 1 && all->size() <= 3 ? seriesName(series) : QString(),
                           roles[index % roles.size()],
                           1.5,
                           sharedPoints(all, series),
                           {}});
        if (!series.points.empty()) {
            view.start =
                view.start == Instant() ? series.points.front().at : std::min(view.start, series.points.front().at);
            view.end = std::max(view.end, series.points.back().at);
        }
        if (series.points.size() > 1 && view.step == Duration())
            view.step = series.points[1].at - series.points[0].at;
    }
    view.end = std::max(view.end, answer.at);
    view.rangeText = all->size() > queryLines ? tr("the first %1").arg(queryLines) : QString();
    setView(view);
    setAccessibleName(chartWords(view));
}

} // namespace cockpit
