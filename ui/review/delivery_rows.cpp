// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/delivery_rows.h"

#include "models/delivery_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString deliveryWords(const char *text) { return QCoreApplication::translate("DeliveryTab", text); }

RunCell deliveryCell(const QString &text, FontRole font = FontRole::Row12, Role color = Role::Text)
{
    return {.runs = {{plainLine(text, 200), font, color}}};
}

RunCell countCell(int count) { return deliveryCell(QString::number(count), FontRole::Mono12); }

StateGlyph glyphOf(const DeploymentRecord &record)
{
    if (record.excluded)
        return StateGlyph::Info;
    switch (record.outcome) {
    case DeploymentRecord::Outcome::Succeeded:
        return StateGlyph::Ok;
    case DeploymentRecord::Outcome::RolledBack:
        return StateGlyph::Warning;
    case DeploymentRecord::Outcome::CausedIncident:
        return StateGlyph::Critical;
    default:
        return StateGlyph::Unknown;
    }
}

QString becauseText(const DeploymentRecord &record)
{
    if (record.correctedBy.isEmpty())
        return record.because;
    return record.correctedBy + QStringLiteral(": ") + record.correction;
}

} // namespace

QList<RunRow> deliveryFigureRows(const DeliveryReport &report)
{
    QList<RunRow> rows;
    for (const DeliveryFigure &figure : report.figures) {
        const bool known = figure.value.has_value();
        rows.append(
            {.id = QString::number(int(figure.what)),
             .cells = {deliveryCell(deliveryFigureTitle(figure.what), FontRole::RowStrong12),
                       deliveryCell(deliveryValueText(figure.what, figure.value), FontRole::MonoStrong13,
                                    known ? Role::Text : Role::Muted),
                       deliveryCell(known ? deliveryTrendText(figure) : figure.missing, FontRole::Row12, Role::Muted),
                       countCell(figure.samples)},
             .tip = figure.definition});
    }
    return rows;
}

QList<RunRow> deploymentRows(const DeliveryReport &report)
{
    QList<RunRow> rows;
    for (const DeploymentRecord &record : report.deployments) {
        if (rows.size() >= deploymentsShown)
            break;
        RunCell outcome = deliveryCell(deploymentOutcomeText(record));
        outcome.glyph = glyphOf(record);
        rows.append({.id = record.id,
                     .cells = {deliveryCell(utcDateTimeText(record.at), FontRole::Mono12, Role::Muted),
                               deliveryCell(record.service, FontRole::RowStrong12),
                               deliveryCell(record.revision, FontRole::Mono12), outcome,
                               deliveryCell(becauseText(record), FontRole::Row12, Role::Muted)},
                     .tip = plainLine(becauseText(record) + QStringLiteral("; ") + record.evidence, 400)});
    }
    return rows;
}

QList<RunRow> alertLoadRows(const DeliveryReport &report)
{
    QList<RunRow> rows;
    for (const AlertLoad &load : report.noisiest) {
        const QString marked =
            load.actionable + load.notActionable == 0
                ? deliveryWords("not marked")
                : deliveryWords("%1 of %2").arg(load.actionable).arg(load.actionable + load.notActionable);
        rows.append({.id = load.alert + QLatin1Char('/') + load.service,
                     .cells = {deliveryCell(load.alert, FontRole::RowStrong12), deliveryCell(load.service),
                               countCell(load.pages), countCell(load.atNight),
                               deliveryCell(marked, FontRole::Row12, Role::Muted),
                               deliveryCell(load.proposal, FontRole::Row12, Role::Muted)},
                     .tip = plainLine(load.proposal, 400)});
    }
    return rows;
}

QList<RunRow> shiftLoadRows(const DeliveryReport &report)
{
    QList<RunRow> rows;
    for (const ShiftLoad &shift : report.shifts) {
        if (shift.pages == 0)
            continue;
        if (rows.size() >= 14)
            break;
        rows.append({.id = QString::number(toEpochMs(shift.from)),
                     .cells = {deliveryCell(utcDateTimeText(shift.from), FontRole::Mono12, Role::Muted),
                               deliveryCell(shift.person), countCell(shift.pages), countCell(shift.atNight)}});
    }
    return rows;
}

} // namespace cockpit
