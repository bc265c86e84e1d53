// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/revision_rows.h"

#include "models/plain_line.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/rollouts/rollout_timeline.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace cockpit {

namespace {

QString revisionText(const char *text) { return QCoreApplication::translate("RevisionRows", text); }

QString dayText(Instant at, Instant now)
{
    if (now - at < std::chrono::hours(20))
        return utcShortTimeText(at);
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(toEpochMs(at), Qt::UTC), QStringLiteral("d MMM"));
}

struct DatedRow {
    Instant at{};
    RunRow row{};
};

QString revisionTip(const RolloutRevision &revision)
{
    QStringList tip{
        QCoreApplication::translate("RevisionRows", "revision %1, %2").arg(revision.number).arg(revision.hash)};
    for (const ContainerImage &image : revision.images)
        tip.append(plainLine(image.container + QStringLiteral(": ") + image.image +
                                 (image.digest.isEmpty() ? QString() : QStringLiteral(" ") + image.digest),
                             300));
    if (!revision.changeCause.isEmpty())
        tip.append(plainLine(revision.changeCause, 300));
    if (revision.createdAt)
        tip.append(utcDateTimeText(*revision.createdAt));
    return tip.join(u'\n');
}

DatedRow revisionRow(const Rollout &rollout, const RolloutRevision &revision, const QString &refusal, Instant now)
{
    const bool stable = revision.hash == rollout.stableHash;
    const bool current = revision.hash == rollout.currentHash;
    QList<TextRun> what{
        {versionText(revision), stable || current ? FontRole::MonoStrong12 : FontRole::Mono12, Role::Text}};
    if (stable)
        what.append({revisionText(QT_TRANSLATE_NOOP("RevisionRows", " stable")), FontRole::Row12, Role::Stable});
    else if (current)
        what.append({revisionText(rollout.blueGreen ? QT_TRANSLATE_NOOP("RevisionRows", " preview")
                                                    : QT_TRANSLATE_NOOP("RevisionRows", " new")),
                     FontRole::Row12, Role::Canary});
    const QString who = changedByWords(revision.changedBy);
    what.append({who.isEmpty() ? QString() : QStringLiteral("  ") + who, FontRole::Row12, Role::Muted});
    RunRow row;
    row.id = revision.hash;
    const StateGlyph glyph = stable ? StateGlyph::Ok : current ? StateGlyph::Info : StateGlyph::Unknown;
    row.cells = {{{{revision.createdAt ? dayText(*revision.createdAt, now) : QStringLiteral("–"), FontRole::Mono12,
                    Role::Muted}},
                  {}},
                 {what, glyph},
                 {}};
    row.tip = revisionTip(revision);
    const RolloutOffer offer = revisionOffer(rollout, revision);
    if (offer.disabledReason.isEmpty() || !current) {
        row.button = offer.text;
        row.disabledReason = offer.disabledReason.isEmpty() ? refusal : offer.disabledReason;
        if (row.disabledReason.isEmpty() && revision.podTemplate.isEmpty())
            row.disabledReason = revisionText(QT_TRANSLATE_NOOP("RevisionRows", "its template is gone"));
    } else {
        row.cells[2] = {{{stable ? revisionText(QT_TRANSLATE_NOOP("RevisionRows", "runs now"))
                                 : revisionText(QT_TRANSLATE_NOOP("RevisionRows", "on its way")),
                          FontRole::Row12, Role::Muted}},
                        {}};
    }
    return {revision.createdAt.value_or(Instant{}), row};
}

DatedRow stepRow(const WeightMoment &moment, std::optional<int> before, Instant now)
{
    RunRow row;
    row.id = QStringLiteral("step-%1").arg(toEpochMs(moment.at));
    QList<TextRun> what;
    if (before)
        what.append({QStringLiteral("%1 %").arg(*before), FontRole::Mono12, Role::Text});
    what.append({before ? revisionText(QT_TRANSLATE_NOOP("RevisionRows", " to "))
                        : revisionText(QT_TRANSLATE_NOOP("RevisionRows", "began at ")),
                 FontRole::Row12, Role::Text});
    what.append({QStringLiteral("%1 %").arg(moment.weight), FontRole::Mono12, Role::Text});
    const bool back = before && moment.weight < *before;
    row.cells = {{{{dayText(moment.at, now), FontRole::Mono12, Role::Muted}}, {}},
                 {what, back ? StateGlyph::Warning : StateGlyph::Ok},
                 {{{revisionText(QT_TRANSLATE_NOOP("RevisionRows", "controller")), FontRole::Row12, Role::Muted}}, {}}};
    row.tip = utcDateTimeText(moment.at);
    return {moment.at, row};
}

} // namespace

QList<RunRow> historyRows(const RolloutEntry &entry, const std::vector<ClusterEvent> &events, const QString &refusal,
                          Instant now)
{
    const Rollout &rollout = *entry.rollout;
    std::vector<DatedRow> rows;
    const QList<WeightMoment> moments = weightMoments(rollout, events);
    for (qsizetype index = 0; index < moments.size(); ++index)
        rows.push_back(
            stepRow(moments.at(index), index > 0 ? std::optional(moments.at(index - 1).weight) : std::nullopt, now));
    if (rollout.isUpdating() && !rollout.pauses.isEmpty() && rollout.pauses.first().since) {
        RunRow pause;
        pause.id = QStringLiteral("pause");
        QList<TextRun> what{
            {revisionText(QT_TRANSLATE_NOOP("RevisionRows", "paused at ")), FontRole::Row12, Role::Text},
            {QStringLiteral("%1 %").arg(rollout.desiredWeight.value_or(0)), FontRole::Mono12, Role::Text}};
        const bool bad = entry.verdict && entry.verdict->result == CriterionVerdict::Result::Fail;
        pause.cells = {
            {{{dayText(*rollout.pauses.first().since, now), FontRole::Mono12, Role::Muted}}, {}},
            {what, bad ? StateGlyph::Critical : StateGlyph::Info},
            {{{revisionText(QT_TRANSLATE_NOOP("RevisionRows", "controller")), FontRole::Row12, Role::Muted}}, {}}};
        pause.tip = plainLine(rollout.pauses.first().reason, 100);
        rows.push_back({*rollout.pauses.first().since, pause});
    }
    for (const RolloutRevision &revision : rollout.revisions)
        rows.push_back(revisionRow(rollout, revision, refusal, now));
    std::stable_sort(rows.begin(), rows.end(), [](const DatedRow &a, const DatedRow &b) { return a.at > b.at; });
    QList<RunRow> result;
    for (DatedRow &dated : rows)
        result.append(std::move(dated.row));
    return result;
}

QList<RunRow> shortHistory(const QList<RunRow> &all, qsizetype most)
{
    QList<RunRow> rows;
    qsizetype steps = 0;
    for (const RunRow &row : all) {
        const bool step = row.id.startsWith(QStringLiteral("step-"));
        steps += step ? 1 : 0;
        if ((!step || steps <= 2) && rows.size() < most)
            rows.append(row);
    }
    return rows;
}

QList<RunRow> podRows(const Rollout &rollout, Instant now)
{
    QList<RunRow> rows;
    for (const RolloutRevision &revision : rollout.revisions) {
        QList<const PodFact *> pods;
        for (const PodFact &pod : rollout.pods) {
            if (pod.hash == revision.hash)
                pods.append(&pod);
        }
        if (revision.pods == 0 && pods.isEmpty())
            continue;
        QString trouble;
        int restarts = 0;
        QStringList tip;
        for (const PodFact *pod : pods) {
            restarts += pod->restarts;
            if (trouble.isEmpty() && !pod->ready)
                trouble = pod->terminating ? revisionText(QT_TRANSLATE_NOOP("RevisionRows", "ending"))
                                           : plainLine(pod->waiting.isEmpty() ? pod->phase : pod->waiting, 40);
            tip.append(
                plainLine(QStringLiteral("%1 %2 %3 %4").arg(pod->name, pod->phase, pod->waiting, pod->node), 160) +
                (pod->createdAt ? QStringLiteral(", ") + roughDurationText(now - *pod->createdAt) : QString()));
        }
        if (trouble.isEmpty() && restarts > 0)
            trouble = QCoreApplication::translate("RevisionRows", "%1 restarts").arg(restarts);
        const bool whole = revision.pods > 0 && revision.readyPods >= revision.pods;
        const Role ink = trouble.isEmpty() ? Role::Muted : Role::Text;
        rows.append(
            {revision.hash,
             {{{{versionText(revision), FontRole::Mono12, Role::Text}}, whole ? StateGlyph::Ok : StateGlyph::Warning},
              {{{QStringLiteral("%1/%2").arg(revision.readyPods).arg(revision.pods), FontRole::MonoMedium12,
                 Role::Text}},
               {}},
              {{{trouble, FontRole::Row12, ink}}, {}}},
             {},
             false,
             {},
             tip.mid(0, 30).join(u'\n')});
    }
    return rows;
}

} // namespace cockpit
