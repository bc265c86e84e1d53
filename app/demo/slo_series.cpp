// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/slo_series.h"

#include "app/demo/objectives.h"
#include "app/demo/wire_time.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit::demo {

namespace {

constexpr std::array<const char *, 8> slothWindows{"5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"};
constexpr double shortestWindow = 300.0;

/// Cheap: most queries ask for something else.
bool mayAskForSlos(const std::vector<Matcher> &matchers)
{
    return std::none_of(matchers.begin(), matchers.end(), [](const Matcher &matcher) {
        return matcher.name == "__name__" && !matcher.isRegex && matcher.isEqual && !matcher.value.starts_with("slo");
    });
}

using SloValue = std::function<std::optional<double>(Offset)>;

SloValue fixedValue(double value)
{
    return [value](Offset time) { return time >= historyBegins ? std::optional(value) : std::nullopt; };
}

/// A window that reaches back before the history is as long as the history, as in a real Prometheus.
SloValue ratioOver(const ObjectiveFlows &objective, double window, double scale)
{
    return [flows = &objective, window, scale](Offset time) -> std::optional<double> {
        const double length = std::min(window, time - historyBegins);
        if (!(length > 0.0))
            return std::nullopt;
        const std::optional<double> ratio = flows->errorRatio(time, length);
        return ratio ? std::optional(*ratio * scale) : std::nullopt;
    };
}

SloValue remaining(SloValue spent)
{
    return [spent = std::move(spent)](Offset time) -> std::optional<double> {
        const std::optional<double> burnt = spent(time);
        return burnt ? std::optional(1.0 - *burnt) : std::nullopt;
    };
}

LabelSet identityOf(const ObjectivePlan &plan)
{
    return {{"sloth_id", plan.service + '-' + plan.name}, {"sloth_service", plan.service}, {"sloth_slo", plan.name}};
}

std::vector<RecordedSeries> seriesOf(const ObjectiveFlows &objective)
{
    const ObjectivePlan &plan = objective.plan();
    const double perBudget = 1.0 / (1.0 - plan.target);
    std::vector<RecordedSeries> all;
    const auto add = [&](const std::string &name, SloValue value, const LabelSet &more = {}) {
        LabelSet labels = identityOf(plan);
        labels.insert(more.begin(), more.end());
        labels["__name__"] = name;
        all.push_back({std::move(labels), std::move(value)});
    };
    for (const char *window : slothWindows)
        add(std::string("slo:sli_error:ratio_rate") + window, ratioOver(objective, wireSeconds(window), 1.0),
            {{"sloth_window", window}});
    add("slo:objective:ratio", fixedValue(plan.target));
    add("slo:error_budget:ratio", fixedValue(1.0 - plan.target));
    add("slo:time_period:days", fixedValue(30.0));
    add("slo:current_burn_rate:ratio", ratioOver(objective, shortestWindow, perBudget));
    add("slo:period_burn_rate:ratio", ratioOver(objective, budgetPeriod, perBudget));
    add("slo:period_error_budget_remaining:ratio", remaining(ratioOver(objective, budgetPeriod, perBudget)));
    add("sloth_slo_info", fixedValue(1.0),
        {{"sloth_mode", "cli-gen-prom"},
         {"sloth_objective", wireNumber(std::round(plan.target * 1.0e8) / 1.0e6)},
         {"sloth_spec", "prometheus/v1"},
         {"sloth_version", "v0.12.0"}});
    return all;
}

} // namespace

std::vector<RecordedSeries> sloSeries(const World &world, const std::vector<Matcher> &matchers)
{
    std::vector<RecordedSeries> found;
    if (!mayAskForSlos(matchers))
        return found;
    for (const ObjectiveFlows &objective : world.objectives())
        for (RecordedSeries &series : seriesOf(objective))
            if (allMatch(matchers, series.labels))
                found.push_back(std::move(series));
    return found;
}

} // namespace cockpit::demo
