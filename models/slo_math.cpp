// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/slo_math.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cockpit {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

QString budgetWords(const char *text) { return QCoreApplication::translate("ErrorBudget", text); }

std::optional<double> burnOver(const QList<BurnWindow> &burns, Duration length)
{
    const auto found =
        std::find_if(burns.begin(), burns.end(), [length](const BurnWindow &one) { return one.length == length; });
    return found == burns.end() ? std::nullopt : found->burn;
}

BurnAlert::State alertState(const BurnAlert &alert)
{
    if (!alert.longBurn || !alert.shortBurn)
        return BurnAlert::State::Unknown;
    const int met = (*alert.longBurn > alert.factor ? 1 : 0) + (*alert.shortBurn > alert.factor ? 1 : 0);
    return met == 2 ? BurnAlert::State::Firing : met == 1 ? BurnAlert::State::Half : BurnAlert::State::Calm;
}

void fillBurns(QList<BurnAlert> &alerts, const QList<BurnWindow> &burns)
{
    for (BurnAlert &alert : alerts) {
        alert.shortBurn = burnOver(burns, alert.shortWindow);
        alert.longBurn = burnOver(burns, alert.longWindow);
        alert.state = alertState(alert);
    }
}

/// Budget windows that `left` lasts at `burn`; nothing where it does not end inside the window.
std::optional<Instant> goneAt(double left, double burn, const SloWindow &window, Instant now)
{
    if (!(burn > 0.0))
        return std::nullopt;
    const double ms = left * static_cast<double>(window.length.count()) / burn;
    if (!(ms <= static_cast<double>(window.length.count())))
        return std::nullopt;
    return now + Duration(static_cast<qint64>(ms));
}

bool anyFiring(const QList<BurnAlert> &alerts)
{
    return std::any_of(alerts.begin(), alerts.end(),
                       [](const BurnAlert &one) { return one.state == BurnAlert::State::Firing; });
}

int gravity(const SloStatus &status)
{
    if (status.policy == BudgetPolicyState::Freeze)
        return 0;
    if (anyFiring(status.alerts))
        return 1;
    if (status.policy == BudgetPolicyState::SlowDown)
        return 2;
    return status.budgetLeft ? 4 : 3;
}

} // namespace

const std::array<Duration, 7> &burnLookBacks()
{
    static const std::array<Duration, 7> lengths{minutes(5), minutes(30), hours(1), hours(2),
                                                 hours(6),   hours(24),   hours(72)};
    return lengths;
}

std::optional<double> burnOf(std::optional<double> errorRatio, double target)
{
    const double budget = 1.0 - target;
    if (!errorRatio || !std::isfinite(*errorRatio) || !(budget > 0.0))
        return std::nullopt;
    return *errorRatio / budget;
}

QList<BurnAlert> burnAlertPlan(Duration window)
{
    const auto pair = [window](Duration brief, Duration wide, double share, bool page) {
        return BurnAlert{.shortWindow = brief,
                         .longWindow = wide,
                         .factor = share * static_cast<double>(window.count()) / static_cast<double>(wide.count()),
                         .budgetShare = share,
                         .page = page};
    };
    return {pair(minutes(5), hours(1), 0.02, true), pair(minutes(30), hours(6), 0.05, true),
            pair(hours(2), hours(24), 0.10, false), pair(hours(6), hours(72), 0.10, false)};
}

QList<BurnAlert> simpleBurnPlan()
{
    return {{.shortWindow = hours(1), .longWindow = hours(1), .factor = 10, .page = true},
            {.shortWindow = hours(6), .longWindow = hours(6), .factor = 5, .page = false}};
}

BudgetForecast forecastBudget(std::optional<double> left, const QList<BurnWindow> &burns, const SloWindow &window,
                              Instant now)
{
    if (!left)
        return {.words = budgetWords("no data")};
    if (*left <= 0.0)
        return {.gone = now, .earliest = now, .latest = now, .words = budgetWords("spent")};
    QList<double> rates;
    for (const Duration length : {Duration(minutes(5)), Duration(hours(1)), Duration(hours(6))}) {
        if (const auto burn = burnOver(burns, length))
            rates.append(*burn);
    }
    const auto central = burnOver(burns, hours(1));
    if (rates.isEmpty() || !central)
        return {.words = budgetWords("no data")};
    BudgetForecast forecast{.gone = goneAt(*left, *central, window, now),
                            .earliest = goneAt(*left, *std::max_element(rates.begin(), rates.end()), window, now),
                            .latest = goneAt(*left, *std::min_element(rates.begin(), rates.end()), window, now)};
    const QString days = QString::number(std::chrono::duration_cast<std::chrono::days>(window.length).count());
    if (!forecast.gone)
        forecast.words = budgetWords("beyond %1 d").arg(days);
    else
        forecast.words = roughDurationText(*forecast.gone - now);
    return forecast;
}

BudgetPolicyState budgetPolicy(std::optional<double> left, const QList<BurnAlert> &alerts)
{
    if (!left)
        return BudgetPolicyState::Unknown;
    if (*left <= 0.0)
        return BudgetPolicyState::Freeze;
    return *left < slowDownBelow || anyFiring(alerts) ? BudgetPolicyState::SlowDown : BudgetPolicyState::None;
}

SloStatus judgeSlo(const SloReading &reading, Instant now)
{
    SloStatus status{.slo = reading.slo, .burnDown = reading.burnDown, .measured = now};
    const double target = reading.slo.target;
    for (const Duration length : burnLookBacks()) {
        const auto ratio = reading.errorRatios.constFind(length.count());
        BurnWindow window{.length = length};
        if (ratio != reading.errorRatios.constEnd() && std::isfinite(*ratio))
            window.errorRatio = *ratio;
        window.burn = burnOf(window.errorRatio, target);
        status.burns.append(window);
    }
    const auto whole = reading.errorRatios.constFind(reading.slo.window.length.count());
    if (whole != reading.errorRatios.constEnd() && std::isfinite(*whole))
        status.achieved = 1.0 - *whole;
    status.budgetLeft = reading.budgetLeft;
    if (!status.budgetLeft && status.achieved) {
        if (const auto spent = burnOf(1.0 - *status.achieved, target))
            status.budgetLeft = 1.0 - *spent;
    }
    if (status.budgetLeft && !std::isfinite(*status.budgetLeft))
        status.budgetLeft.reset();
    if (!(target < 1.0))
        status.note =
            budgetWords("A target of 100 % leaves no budget: nothing can be spent, so no burn rate is given.");
    else if (!status.budgetLeft)
        status.problem = budgetWords("No data over the window: there was no traffic, or nothing records it.");
    status.alerts = burnAlertPlan(reading.slo.window.length);
    fillBurns(status.alerts, status.burns);
    status.simple = simpleBurnPlan();
    fillBurns(status.simple, status.burns);
    status.forecast = forecastBudget(status.budgetLeft, status.burns, reading.slo.window, now);
    status.policy = budgetPolicy(status.budgetLeft, status.alerts);
    return status;
}

std::optional<SloStatus> leastBudget(const SloBoardPtr &board, const QString &service)
{
    std::optional<SloStatus> least;
    for (const SloStatus &status : board ? board->objectives : QList<SloStatus>()) {
        if (status.slo.service == service && status.budgetLeft && (!least || *status.budgetLeft < *least->budgetLeft))
            least = status;
    }
    return least;
}

void sortByGravity(QList<SloStatus> &objectives)
{
    std::stable_sort(objectives.begin(), objectives.end(), [](const SloStatus &left, const SloStatus &right) {
        return std::tuple(gravity(left), left.budgetLeft.value_or(1.0), left.slo.service, left.slo.title) <
               std::tuple(gravity(right), right.budgetLeft.value_or(1.0), right.slo.service, right.slo.title);
    });
}

} // namespace cockpit
