// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/budget_troubles.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace cockpit {

namespace {

constexpr double warningBurn = 5.0;
constexpr Duration troubleRange{std::chrono::days(90)};
/// What querySeries gives of such a range: a thousand points.
constexpr Duration troubleStep = troubleRange / 1000;
constexpr int mostBurningObjectives = 1000;

QList<BudgetTrouble> stretchesOf(const Series &line, Duration step)
{
    QList<BudgetTrouble> found;
    bool isOpen = false;
    Instant last{};
    for (const Point &point : line.points) {
        const bool burns = std::isfinite(point.value) && point.value > warningBurn;
        const bool isGap = isOpen && point.at - last > 2 * step;
        if (isOpen && (!burns || isGap)) {
            found.last().ended = isGap || !std::isfinite(point.value) ? last + step : point.at;
            isOpen = false;
        }
        if (burns && !isOpen)
            found.append({.service = line.labels.value(u"sloth_service"), .began = point.at, .worst = point.value});
        if (burns) {
            isOpen = true;
            last = point.at;
            found.last().worst = std::max(found.last().worst, point.value);
        }
    }
    return found;
}

/// Stretches that touch become one. `sorted` by their beginning, all of one service.
QList<BudgetTrouble> united(const QList<BudgetTrouble> &sorted)
{
    QList<BudgetTrouble> whole;
    for (const BudgetTrouble &next : sorted) {
        if (whole.isEmpty() || (whole.last().ended && *whole.last().ended < next.began)) {
            whole.append(next);
            continue;
        }
        BudgetTrouble &last = whole.last();
        last.worst = std::max(last.worst, next.worst);
        if (!next.ended)
            last.ended.reset();
        else if (last.ended)
            last.ended = std::max(*last.ended, *next.ended);
    }
    return whole;
}

} // namespace

QList<BudgetTrouble> budgetTroubles(const std::vector<Series> &burns, Duration step)
{
    std::map<QString, QList<BudgetTrouble>> byService;
    for (const Series &line : burns) {
        if (const QString service = line.labels.value(u"sloth_service"); !service.isEmpty())
            byService[service] += stretchesOf(line, step);
    }
    QList<BudgetTrouble> all;
    for (auto &[service, stretches] : byService) {
        std::sort(stretches.begin(), stretches.end(),
                  [](const BudgetTrouble &a, const BudgetTrouble &b) { return a.began < b.began; });
        all += united(stretches);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const BudgetTrouble &a, const BudgetTrouble &b) { return a.began < b.began; });
    return all;
}

void queryBudgetTroubles(PrometheusBackend &prometheus, std::function<void(Result<QList<BudgetTrouble>>)> done)
{
    prometheus.querySeries(QStringLiteral("slo:current_burn_rate:ratio"), troubleRange,
                           2 * static_cast<int>(troubleRange / troubleStep), mostBurningObjectives,
                           [done = std::move(done)](const Result<RangeAnswer> &answer) {
                               if (!answer)
                                   return done(answer.error());
                               done(budgetTroubles(answer->series, troubleStep));
                           });
}

} // namespace cockpit
