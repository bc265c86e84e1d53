// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/cost_rows.h"

#include "models/cost_ledger.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace cockpit {

namespace {

QString costWords(const char *text) { return QCoreApplication::translate("CostTab", text); }

RunCell costText(const QString &text, FontRole font = FontRole::Row12, Role color = Role::Text)
{
    return {.runs = {{text, font, color}}};
}

/// Whether the row is over its budget; nothing without both figures.
std::optional<bool> overBudget(const CostRow &row)
{
    if (!row.toDate.amount || !row.budgetToDate)
        return std::nullopt;
    return *row.toDate.amount > *row.budgetToDate;
}

RunCell budgetState(const CostRow &row)
{
    const std::optional<bool> over = overBudget(row);
    if (!over)
        return {
            .runs = {{row.toDate.amount ? costWords("no budget") : costWords("no data"), FontRole::Row12, Role::Muted}},
            .glyph = StateGlyph::Unknown};
    return {
        .runs = {{*over ? costWords("over") : costWords("within"), FontRole::Row12, *over ? Role::Text : Role::Muted}},
        .glyph = *over ? StateGlyph::Warning : StateGlyph::Ok};
}

QString costName(const CostRow &row) { return row.name.isEmpty() ? costWords("unlabelled") : row.name; }

RunRow costServiceRow(const CostRow &row, const QString &name, const QString &currency)
{
    const bool over = overBudget(row).value_or(false);
    return {.id = name,
            .cells = {costText(name, FontRole::RowStrong12),
                      costText(moneyOrNone(row.toDate.amount, currency), FontRole::Mono12),
                      costText(moneyOrNone(row.budgetToDate, currency), FontRole::Mono12, Role::Muted),
                      costText(changeWords(row.toDate.amount, row.budgetToDate),
                               over ? FontRole::MonoStrong12 : FontRole::Mono12, over ? Role::Text : Role::Muted),
                      costText(moneyOrNone(row.perThousand, currency), FontRole::Mono12),
                      costText(moneyOrNone(row.forecast.value, currency), FontRole::Mono12),
                      costText(moneyOrNone(row.budget, currency), FontRole::Mono12, Role::Muted), budgetState(row)},
            .tip = row.forecast.method};
}

} // namespace

QString reviewDayText(Instant day)
{
    const qint64 ms = std::chrono::duration_cast<std::chrono::milliseconds>(day.time_since_epoch()).count();
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc()), QStringLiteral("d MMM"));
}

QString moneyOrNone(std::optional<double> amount, const QString &currency)
{
    return amount ? moneyText(*amount, currency) : costWords("no data");
}

QString changeWords(std::optional<double> value, std::optional<double> base)
{
    if (!value || !base || *base <= 0.0)
        return costWords("no data");
    const double change = (*value / *base - 1.0) * 100.0;
    return (change > 0.0 ? QStringLiteral("+") : QString()) + QString::number(change, 'f', 1) + QStringLiteral(" %");
}

QList<RunRow> costServiceRows(const CostReport &report)
{
    QList<RunRow> rows;
    for (const CostRow &row : report.services)
        rows.append(costServiceRow(row, costName(row), report.currency));
    rows.append(costServiceRow(report.total, costWords("All"), report.currency));
    return rows;
}

QList<RunRow> costGroupRows(const QList<CostRow> &rows, const QString &currency)
{
    QList<RunRow> shown;
    for (const CostRow &row : rows)
        shown.append(
            {.id = costName(row),
             .cells = {costText(costName(row)), costText(moneyOrNone(row.toDate.amount, currency), FontRole::Mono12),
                       costText(changeWords(row.toDate.amount, row.previous), FontRole::Mono12, Role::Muted)}});
    return shown;
}

QList<RunRow> costAlertRows(const CostReport &report)
{
    QList<RunRow> rows;
    for (const CostAlert &alert : report.alerts)
        rows.append({.id = QString::number(rows.size()),
                     .cells = {{.runs = {{alert.words, FontRole::Row12, Role::Text}}, .glyph = StateGlyph::Warning},
                               costText(moneyText(alert.value, report.currency) + costWords(", limit ") +
                                            moneyText(alert.limit, report.currency),
                                        FontRole::Mono12)},
                     .button = alert.runbook.isEmpty() ? QString() : costWords("Runbook"),
                     .tip = alert.runbook.isEmpty() ? costWords("no runbook") : alert.runbook});
    return rows;
}

QList<RunRow> costSavingRows(const CostReport &report)
{
    QList<RunRow> rows;
    for (const CostSaving &saving : report.savings)
        rows.append(
            {.id = QString::number(rows.size()),
             .cells = {costText(saving.title), costText(saving.evidence, FontRole::Row12, Role::Muted),
                       costText(moneyText(saving.perMonth, report.currency) + costWords(" a month"), FontRole::Mono12)},
             .tip = saving.evidence});
    return rows;
}

QList<RunRow> costScalingRows(const CostReport &report)
{
    QList<RunRow> rows;
    for (const CostScaling &fit : report.scaling)
        rows.append(
            {.id = fit.service,
             .cells = {costText(fit.service, FontRole::RowStrong12), costText(fit.words, FontRole::Row12, Role::Muted),
                       costText(costWords("replica ") + moneyOrNone(fit.marginalReplica, report.currency),
                                FontRole::Mono12)},
             .tip = fit.words + QStringLiteral("; ") + QString::number(fit.samples) + costWords(" days, error ") +
                    moneyText(fit.error, report.currency) + costWords(" a day")});
    return rows;
}

} // namespace cockpit
