// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_timeline.h"

#include "models/plain_line.h"
#include "ui/rollouts/rollout_offers.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

QString timelineText(const char *text) { return QCoreApplication::translate("RolloutTimeline", text); }

/// "setWeight: 25", "weight updated from 15 to 25", "Advance web.test canary weight 20".
struct WeightWords {
    std::optional<int> from{};
    std::optional<int> to{};
};

WeightWords weightWords(const QString &message)
{
    static const QRegularExpression updated(
        QStringLiteral("weight updated(?: from (\\d{1,3}))? to (?:desired )?(\\d{1,3})"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression set(QStringLiteral("(?:setWeight:?|canary weight|Set Weight:?) ?(\\d{1,3})"),
                                        QRegularExpression::CaseInsensitiveOption);
    WeightWords words;
    if (const auto match = updated.match(message); match.hasMatch()) {
        if (!match.captured(1).isEmpty())
            words.from = match.captured(1).toInt();
        words.to = match.captured(2).toInt();
    } else if (const auto one = set.match(message); one.hasMatch()) {
        words.to = one.captured(1).toInt();
    }
    return words;
}

QString podsWords(const Change &change)
{
    static const QRegularExpression pattern(QStringLiteral("\\bto (\\d+) from (\\d+)"));
    static const QRegularExpression rescale(QStringLiteral("New size: (\\d+)"));
    if (const auto match = pattern.match(change.what); match.hasMatch())
        return QCoreApplication::translate("RolloutTimeline", "%1 %2 to %3 pods")
            .arg(plainLine(change.target, 60), match.captured(2), match.captured(1));
    if (const auto match = rescale.match(change.what); match.hasMatch())
        return QCoreApplication::translate("RolloutTimeline", "%1 to %2 pods")
            .arg(plainLine(change.target, 60), match.captured(1));
    return {};
}

} // namespace

QList<WeightMoment> weightMoments(const Rollout &rollout, const std::vector<ClusterEvent> &events)
{
    QList<WeightMoment> moments;
    for (const ClusterEvent &event : events) {
        const bool own = event.object.name == rollout.key.name && event.object.nameSpace == rollout.key.nameSpace &&
                         event.object.context == rollout.key.context && event.object.kind == rollout.key.kind;
        const auto weight = own ? weightWords(event.message).to : std::nullopt;
        if (weight && (!rollout.startedAt || event.at >= *rollout.startedAt))
            moments.append({event.at, *weight});
    }
    std::sort(moments.begin(), moments.end(), [](const WeightMoment &a, const WeightMoment &b) { return a.at < b.at; });
    QList<WeightMoment> kept;
    for (const WeightMoment &moment : std::as_const(moments)) {
        if (kept.isEmpty() || kept.last().weight != moment.weight)
            kept.append(moment);
    }
    // An update whose first step has no event: the share that it has now, since it began.
    if (kept.isEmpty() && rollout.startedAt && rollout.isUpdating() && rollout.desiredWeight)
        kept.append({*rollout.startedAt, *rollout.desiredWeight});
    return kept;
}

QList<ChartBand> weightBands(const Rollout &rollout, const QList<WeightMoment> &moments, Instant start, Instant end)
{
    QList<ChartBand> bands;
    if (moments.isEmpty())
        return bands;
    bands.append({start, moments.first().at, {}, Role::Raised2});
    for (qsizetype index = 0; index < moments.size(); ++index) {
        const WeightMoment &moment = moments.at(index);
        const bool last = index + 1 == moments.size();
        QString label = QStringLiteral("%1 %").arg(moment.weight);
        if (last && rollout.isUpdating() && rollout.phase == RolloutPhase::Paused && !rollout.pauses.isEmpty() &&
            rollout.pauses.first().since)
            label = QCoreApplication::translate("RolloutTimeline", "%1 %, paused %2")
                        .arg(moment.weight)
                        .arg(utcShortTimeText(*rollout.pauses.first().since));
        const bool back = index > 0 && moment.weight == 0;
        bands.append({moment.at, last ? end : moments.at(index + 1).at, label, back ? Role::Ok : Role::Canary});
    }
    return bands;
}

QList<ChartMarker> weightMarkers(const Rollout &rollout, const QList<WeightMoment> &moments)
{
    QList<ChartMarker> markers;
    for (qsizetype index = 0; index < moments.size(); ++index) {
        const WeightMoment &moment = moments.at(index);
        const bool last = index + 1 == moments.size();
        const bool back = index > 0 && moment.weight == 0;
        const QString label = back ? timelineText(QT_TRANSLATE_NOOP("RolloutTimeline", "rolled back"))
                                   : QStringLiteral("%1 %").arg(moment.weight);
        const bool strong = last || back || (index + 2 == moments.size() && moments.last().weight == 0);
        markers.append({moment.at, label, strong, back});
    }
    Q_UNUSED(rollout)
    return markers;
}

QList<TextRun> changeRuns(const Change &change, Role ink)
{
    const WeightWords weight = weightWords(change.what);
    QList<TextRun> runs;
    if (change.kind == Change::Kind::Rollout && weight.to) {
        runs.append({timelineText(QT_TRANSLATE_NOOP("RolloutTimeline", "Canary ")), FontRole::Row12, ink});
        if (weight.from) {
            runs.append({QStringLiteral("%1 %").arg(*weight.from), FontRole::MonoMedium12, ink});
        }
        runs.append({timelineText(weight.from ? QT_TRANSLATE_NOOP("RolloutTimeline", " to ")
                                              : QT_TRANSLATE_NOOP("RolloutTimeline", "to ")),
                     FontRole::Row12, ink});
        runs.append({QStringLiteral("%1 %").arg(*weight.to), FontRole::MonoMedium12, ink});
        return runs;
    }
    const QString pods = change.kind == Change::Kind::Scale ? podsWords(change) : QString();
    const QString words = pods.isEmpty() ? plainLine(change.what, 160) : pods;
    return numberRuns(words, FontRole::Row12, FontRole::Mono12, ink, ink);
}

QString changeWords(const Change &change)
{
    QString text;
    for (const TextRun &run : changeRuns(change, Role::Text))
        text += run.text;
    return text;
}

QString changedByWords(const QString &who)
{
    if (who == QStringLiteral("rollouts-controller"))
        return timelineText(QT_TRANSLATE_NOOP("RolloutTimeline", "rollout controller"));
    if (who == QStringLiteral("horizontal-pod-autoscaler"))
        return timelineText(QT_TRANSLATE_NOOP("RolloutTimeline", "autoscaler"));
    if (who == QStringLiteral("deployment-controller"))
        return timelineText(QT_TRANSLATE_NOOP("RolloutTimeline", "deployment controller"));
    return plainLine(who, 60);
}

} // namespace cockpit
