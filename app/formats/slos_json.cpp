// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/slos_json.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

using SloJson = nlohmann::ordered_json;

SloJson figureJson(std::optional<double> value) { return value ? SloJson(*value) : SloJson(); }
SloJson momentJson(std::optional<Instant> at) { return at ? SloJson(toRfc3339(*at).toStdString()) : SloJson(); }
double secondsOf(Duration length) { return std::chrono::duration<double>(length).count(); }

const char *policyName(BudgetPolicyState state)
{
    switch (state) {
    case BudgetPolicyState::None:
        return "none";
    case BudgetPolicyState::SlowDown:
        return "slow-down";
    case BudgetPolicyState::Freeze:
        return "freeze";
    case BudgetPolicyState::Unknown:
        break;
    }
    return "unknown";
}

const char *alertStateName(BurnAlert::State state)
{
    switch (state) {
    case BurnAlert::State::Calm:
        return "calm";
    case BurnAlert::State::Half:
        return "half";
    case BurnAlert::State::Firing:
        return "firing";
    case BurnAlert::State::Unknown:
        break;
    }
    return "unknown";
}

SloJson burnAlertsJson(const QList<BurnAlert> &alerts)
{
    SloJson all = SloJson::array();
    for (const BurnAlert &alert : alerts)
        all.push_back({{"shortSeconds", secondsOf(alert.shortWindow)},
                       {"longSeconds", secondsOf(alert.longWindow)},
                       {"factor", alert.factor},
                       {"severity", alert.page ? "page" : "ticket"},
                       {"short", figureJson(alert.shortBurn)},
                       {"long", figureJson(alert.longBurn)},
                       {"state", alertStateName(alert.state)}});
    return all;
}

SloJson objectiveJson(const SloStatus &status)
{
    SloJson burns = SloJson::array();
    for (const BurnWindow &burn : status.burns)
        burns.push_back({{"seconds", secondsOf(burn.length)},
                         {"errorRatio", figureJson(burn.errorRatio)},
                         {"burn", figureJson(burn.burn)}});
    return {{"id", status.slo.id.toStdString()},
            {"service", status.slo.service.toStdString()},
            {"title", status.slo.title.toStdString()},
            {"target", status.slo.target},
            {"windowSeconds", secondsOf(status.slo.window.length)},
            {"achieved", figureJson(status.achieved)},
            {"budgetLeft", figureJson(status.budgetLeft)},
            {"burns", burns},
            {"alerts", burnAlertsJson(status.alerts)},
            {"simpleAlerts", burnAlertsJson(status.simple)},
            {"gone", momentJson(status.forecast.gone)},
            {"goneEarliest", momentJson(status.forecast.earliest)},
            {"goneLatest", momentJson(status.forecast.latest)},
            {"policy", policyName(status.policy)},
            {"problem", status.problem.toStdString()},
            {"note", status.note.toStdString()},
            {"understood", status.slo.understood.toStdString()},
            {"source", status.slo.source.toStdString()}};
}

} // namespace

QByteArray slosJson(const SloBoard &board)
{
    SloJson objectives = SloJson::array();
    for (const SloStatus &status : board.objectives)
        objectives.push_back(objectiveJson(status));
    SloJson problems = SloJson::array();
    for (const QString &problem : board.problems)
        problems.push_back(problem.toStdString());
    const SloJson whole{{"objectives", objectives},
                        {"problems", problems},
                        {"source", board.source.toStdString()},
                        {"measured", momentJson(board.measured)}};
    return QByteArray::fromStdString(whole.dump(2, ' ', false, SloJson::error_handler_t::replace));
}

} // namespace cockpit
