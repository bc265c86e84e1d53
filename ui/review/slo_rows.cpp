// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/slo_rows.h"

#include "ui/charts/chart_scale.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString reviewWords(const char *text) { return QCoreApplication::translate("Review", text); }

StateGlyph alertGlyph(BurnAlert::State state, bool page)
{
    switch (state) {
    case BurnAlert::State::Firing:
        return page ? StateGlyph::Critical : StateGlyph::Warning;
    case BurnAlert::State::Half:
        return StateGlyph::Warning;
    case BurnAlert::State::Calm:
        return StateGlyph::Ok;
    case BurnAlert::State::Unknown:
        break;
    }
    return StateGlyph::Unknown;
}

QString alertWords(const BurnAlert &alert)
{
    switch (alert.state) {
    case BurnAlert::State::Firing:
        return alert.page ? reviewWords("pages") : reviewWords("ticket");
    case BurnAlert::State::Half:
        return reviewWords("half met");
    case BurnAlert::State::Calm:
        return reviewWords("calm");
    case BurnAlert::State::Unknown:
        break;
    }
    return reviewWords("no data");
}

RunCell numberCell(const QString &text, Role color = Role::Text) { return {.runs = {{text, FontRole::Mono12, color}}}; }

RunRow policyRow(StateGlyph glyph, const QString &what, const QString &when)
{
    return {.id = what,
            .cells = {{.runs = {{what, FontRole::Row12}}, .glyph = glyph},
                      {.runs = {{when, FontRole::Row12, Role::Muted}}}}};
}

} // namespace

QString shareWords(std::optional<double> share, int digits)
{
    return share ? reviewWords("%1 %").arg(*share * 100, 0, 'f', digits) : reviewWords("no data");
}

QString burnWords(std::optional<double> burn)
{
    return burn ? reviewWords("%1 ×").arg(*burn, 0, 'f', 1) : reviewWords("no data");
}

QString policyWords(BudgetPolicyState state)
{
    switch (state) {
    case BudgetPolicyState::None:
        return reviewWords("none");
    case BudgetPolicyState::SlowDown:
        return reviewWords("slow down");
    case BudgetPolicyState::Freeze:
        return reviewWords("freeze");
    case BudgetPolicyState::Unknown:
        break;
    }
    return reviewWords("unknown");
}

StateGlyph sloGlyph(const SloStatus &status)
{
    if (!status.budgetLeft)
        return StateGlyph::Unknown;
    StateGlyph worst = status.policy == BudgetPolicyState::Freeze     ? StateGlyph::Critical
                       : status.policy == BudgetPolicyState::SlowDown ? StateGlyph::Warning
                                                                      : StateGlyph::Ok;
    for (const BurnAlert &alert : status.alerts) {
        const StateGlyph glyph = alertGlyph(alert.state, alert.page);
        if (glyph == StateGlyph::Critical)
            return glyph;
        if (glyph == StateGlyph::Warning && worst == StateGlyph::Ok)
            worst = glyph;
    }
    return worst;
}

QList<RunRow> burnAlertRows(const SloStatus &status)
{
    QList<RunRow> rows;
    for (const BurnAlert &alert : status.alerts) {
        const QString windows =
            reviewWords("%1 and %2").arg(rangeWords(alert.shortWindow), rangeWords(alert.longWindow));
        rows.append({.id = windows,
                     .cells = {{.runs = {{windows, FontRole::Row12}}},
                               numberCell(burnWords(alert.shortBurn)),
                               numberCell(burnWords(alert.longBurn)),
                               numberCell(burnWords(alert.factor), Role::Muted),
                               {.runs = {{alertWords(alert), FontRole::Row12}},
                                .glyph = alertGlyph(alert.state, alert.page)}}});
    }
    return rows;
}

QList<RunRow> budgetPolicyRows(const SloStatus &status)
{
    const QString service = status.slo.service;
    QList<RunRow> rows;
    const bool frozen = status.policy == BudgetPolicyState::Freeze;
    const bool slow = frozen || status.policy == BudgetPolicyState::SlowDown;
    rows.append(policyRow(frozen ? StateGlyph::Critical : StateGlyph::Ok,
                          frozen ? reviewWords("No new rollout or promotion of %1").arg(service)
                                 : reviewWords("New rollouts of %1 are allowed").arg(service),
                          frozen ? reviewWords("budget spent") : reviewWords("until it is spent")));
    rows.append(policyRow(StateGlyph::Ok, reviewWords("Rollbacks and fixes stay allowed"), reviewWords("always")));
    rows.append(policyRow(slow ? StateGlyph::Warning : StateGlyph::Ok,
                          slow ? reviewWords("Reliability work first") : reviewWords("No slow-down"),
                          reviewWords("below 25 % or burning")));
    return rows;
}

} // namespace cockpit
