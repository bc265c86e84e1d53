// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_row.h"

#include "models/plain_line.h"
#include "models/verdict_words.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/widgets/glyph.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

QString rowText(const char *text) { return QCoreApplication::translate("RolloutRow", text); }

bool fails(const RolloutEntry &entry)
{
    return entry.verdict && entry.rollout->isUpdating() &&
           (entry.verdict->rollBackNow || entry.verdict->result == CriterionVerdict::Result::Fail);
}

/// "03:03" today, "21 Nov 14:02" before.
QString whenText(Instant at, Instant now)
{
    if (now - at < std::chrono::hours(20))
        return utcShortTimeText(at);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(toEpochMs(at), Qt::UTC);
    return QLocale::c().toString(time, QStringLiteral("d MMM hh:mm"));
}

QList<StepChip> chipsOf(const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    QList<StepChip> chips;
    const bool moving = rollout.isUpdating();
    const int weight = rollout.desiredWeight.value_or(0);
    for (const int each : rollout.weights) {
        StepChip chip{QString::number(each), StepChip::State::Future};
        if (!moving && !rollout.aborted)
            chip.state = StepChip::State::Done;
        else if (moving && each == weight)
            chip.state = fails(entry) ? StepChip::State::Failing : StepChip::State::Current;
        else if (moving && each < weight)
            chip.state = StepChip::State::Done;
        chips.append(chip);
    }
    return chips;
}

QList<ColourBox> boxesOf(const Rollout &rollout)
{
    QList<ColourBox> boxes;
    if (!rollout.blueGreen)
        return boxes;
    const RolloutRevision *active = rollout.revision(rollout.blueGreen->activeHash);
    const RolloutRevision *preview = rollout.revision(rollout.blueGreen->previewHash);
    if (active)
        boxes.append({true, versionText(*active), QStringLiteral("100 %")});
    if (preview && preview != active)
        boxes.append(
            {false, versionText(*preview), QStringLiteral("%1/%2").arg(preview->readyPods).arg(preview->pods)});
    return boxes;
}

void setSteps(RolloutRowView &view, const RolloutEntry &entry, Instant now)
{
    const Rollout &rollout = *entry.rollout;
    const auto changed = lastChangeOf(rollout);
    const bool recent = changed && now - *changed < std::chrono::hours(24);
    view.boxes = boxesOf(rollout);
    const bool shown = rollout.isUpdating() || rollout.aborted || recent;
    if (!view.boxes.isEmpty() && (shown || view.boxes.size() > 1))
        return;
    view.boxes.clear();
    if (shown && !rollout.weights.isEmpty()) {
        view.chips = chipsOf(entry);
    } else if (rollout.isUpdating()) {
        view.stepText = QCoreApplication::translate("RolloutRow", "%1 of %2 pods updated")
                            .arg(rollout.updatedReplicas)
                            .arg(rollout.desiredReplicas);
    } else {
        view.stepText = changed ? QCoreApplication::translate("RolloutRow", "no rollout; %1 since %2")
                                      .arg(view.toVersion, whenText(*changed, now))
                                : rowText(QT_TRANSLATE_NOOP("RolloutRow", "no rollout"));
    }
}

QString pauseSince(const Rollout &rollout, Instant now)
{
    for (const PauseReason &pause : rollout.pauses) {
        if (pause.since)
            return whenText(*pause.since, now);
    }
    return {};
}

QString joinComma(const QStringList &parts)
{
    QStringList kept = parts;
    kept.removeAll(QString());
    return kept.join(QStringLiteral(", "));
}

void setStanding(RolloutRowView &view, const RolloutEntry &entry, Instant now)
{
    const Rollout &rollout = *entry.rollout;
    if (fails(entry)) {
        view.next = rollout.phase == RolloutPhase::Paused ? rowText(QT_TRANSLATE_NOOP("RolloutRow", "paused"))
                                                          : rowText(QT_TRANSLATE_NOOP("RolloutRow", "goes on"));
        view.nextRole = Role::Critical;
        view.nextBelow =
            joinComma({pauseSince(rollout, now), rowText(QT_TRANSLATE_NOOP("RolloutRow", "criteria failed"))});
        return;
    }
    if (rollout.waitsForPerson) {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "waits"));
        const auto since = rollout.pauses.isEmpty() ? std::nullopt : rollout.pauses.first().since;
        view.nextBelow = joinComma({rowText(QT_TRANSLATE_NOOP("RolloutRow", "for a person")),
                                    since ? durationText(std::max(now - *since, Duration(0))) : QString()});
        return;
    }
    if (const auto at = rollout.nextStepAt()) {
        const Duration left = *at - now;
        view.next = left.count() > 0 ? QCoreApplication::translate("RolloutRow", "in %1").arg(durationText(left))
                                     : rowText(QT_TRANSLATE_NOOP("RolloutRow", "any moment"));
        for (const int weight : rollout.weights) {
            if (weight > rollout.desiredWeight.value_or(0)) {
                view.nextBelow = QCoreApplication::translate("RolloutRow", "to %1 %").arg(weight);
                break;
            }
        }
        return;
    }
    view.next = toWireName(rollout.phase);
    view.nextBelow = QCoreApplication::translate("RolloutRow", "%1 of %2 pods ready")
                         .arg(rollout.readyReplicas)
                         .arg(rollout.desiredReplicas);
}

void setNext(RolloutRowView &view, const RolloutEntry &entry, Instant now)
{
    const Rollout &rollout = *entry.rollout;
    const auto changed = lastChangeOf(rollout);
    if (rollout.aborted) {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "aborted"));
        view.nextRole = Role::Warning;
        view.nextBelow = QCoreApplication::translate("RolloutRow", "all on %1").arg(view.fromVersion);
    } else if (rollout.phase == RolloutPhase::Degraded && !fails(entry)) {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "degraded"));
        view.nextRole = Role::Critical;
        view.nextBelow = plainLine(rollout.message, 80);
    } else if (rollout.isUpdating() || rollout.userPaused || rollout.waitsForPerson) {
        setStanding(view, entry, now);
    } else if (rollout.phase == RolloutPhase::Unknown) {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "not known"));
        view.nextBelow = plainLine(rollout.message, 80);
    } else if (rollout.phase == RolloutPhase::Progressing) {
        view.next = toWireName(rollout.phase);
        view.nextBelow = QCoreApplication::translate("RolloutRow", "%1 of %2 pods ready")
                             .arg(rollout.readyReplicas)
                             .arg(rollout.desiredReplicas);
    } else if (changed && now - *changed < std::chrono::hours(24)) {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "done"));
        view.nextBelow = QCoreApplication::translate("RolloutRow", "began %1").arg(whenText(*changed, now));
    } else {
        view.next = rowText(QT_TRANSLATE_NOOP("RolloutRow", "idle"));
        view.nextRole = Role::Muted;
    }
}

StateGlyph rowGlyph(const RolloutEntry &entry, Instant now)
{
    const Rollout &rollout = *entry.rollout;
    if (needsHand(entry))
        return StateGlyph::Critical;
    if (rollout.aborted)
        return StateGlyph::Warning;
    if (rollout.isUpdating() && !rollout.waitsForPerson)
        return StateGlyph::Info;
    const auto changed = lastChangeOf(rollout);
    const bool recent = changed && now - *changed < std::chrono::hours(24);
    return rollout.phase == RolloutPhase::Healthy && recent && !rollout.waitsForPerson ? StateGlyph::Ok
                                                                                       : StateGlyph::Unknown;
}

/// The distance to a limit without its unit: "5.8", "194".
QString distanceText(PolicyMetric metric, double distance)
{
    const double scaled = quantileOf(metric) ? std::abs(distance) * 1000.0 : std::abs(distance) * 100.0;
    return QString::number(scaled, 'g', 3);
}

/// The limit; a latency without its unit, which stands above it.
QString limitText(PolicyMetric metric, double limit)
{
    return quantileOf(metric) ? QString::number(limit * 1000.0, 'f', limit < 0.01 ? 1 : 0) : metricText(metric, limit);
}

/// Blue-green is judged by its checks before the switch, where no policy judges it.
VerdictCell checkCell(const Rollout &rollout, bool second)
{
    const QString none = rowText(QT_TRANSLATE_NOOP("RolloutRow", "none"));
    const RolloutRevision *current = rollout.current();
    if (!rollout.blueGreen || !rollout.isUpdating() || !current)
        return {{}, none, {}};
    if (second) {
        const QString marker = plainLine(current->annotations.value(QStringLiteral("dt-cockpit/migration")), 20);
        const StateGlyph glyph = marker == QStringLiteral("contract") ? StateGlyph::Critical
                                 : marker.isEmpty()                   ? StateGlyph::Unknown
                                                                      : StateGlyph::Ok;
        return {glyph, marker.isEmpty() ? rowText(QT_TRANSLATE_NOOP("RolloutRow", "not known")) : marker,
                rowText(QT_TRANSLATE_NOOP("RolloutRow", "migration"))};
    }
    for (const AnalysisFact &analysis : rollout.analyses) {
        if (analysis.hash.isEmpty() || analysis.hash == rollout.currentHash)
            return {analysis.phase == QStringLiteral("Successful") ? StateGlyph::Ok
                    : analysis.phase == QStringLiteral("Failed")   ? StateGlyph::Critical
                                                                   : StateGlyph::Unknown,
                    plainLine(analysis.phase.toLower(), 20),
                    rowText(QT_TRANSLATE_NOOP("RolloutRow", "check before the switch"))};
    }
    return {StateGlyph::Unknown, rowText(QT_TRANSLATE_NOOP("RolloutRow", "not checked")),
            rowText(QT_TRANSLATE_NOOP("RolloutRow", "before the switch"))};
}

VerdictCell cellOf(const CanaryVerdict *verdict, bool latency)
{
    for (const CriterionVerdict &one : verdict->criteria) {
        const bool wanted = one.metric && one.kind == CriterionVerdict::Kind::Success &&
                            (latency ? quantileOf(*one.metric).has_value() : *one.metric == PolicyMetric::ErrorRate);
        if (!wanted)
            continue;
        VerdictCell cell;
        cell.value =
            one.canary ? metricText(*one.metric, *one.canary) : rowText(QT_TRANSLATE_NOOP("RolloutRow", "not known"));
        cell.glyph = one.result == CriterionVerdict::Result::Pass   ? StateGlyph::Ok
                     : one.result == CriterionVerdict::Result::Fail ? StateGlyph::Critical
                                                                    : StateGlyph::Unknown;
        if (one.result == CriterionVerdict::Result::Inconclusive || !one.limit || !one.margin)
            cell.below = plainLine(one.words, 80);
        else
            cell.below = (*one.margin < 0 ? QCoreApplication::translate("RolloutRow", "over %1 by %2")
                                          : QCoreApplication::translate("RolloutRow", "under %1 by %2"))
                             .arg(limitText(*one.metric, *one.limit), distanceText(*one.metric, *one.margin));
        return cell;
    }
    return {{}, rowText(QT_TRANSLATE_NOOP("RolloutRow", "no rule")), {}};
}

} // namespace

std::optional<Instant> lastChangeOf(const Rollout &rollout)
{
    if (rollout.startedAt)
        return rollout.startedAt;
    const RolloutRevision *current = rollout.current();
    return current ? current->createdAt : std::nullopt;
}

bool needsHand(const RolloutEntry &entry)
{
    return fails(entry) || (entry.rollout->phase == RolloutPhase::Degraded && !entry.rollout->aborted);
}

bool waitsForPerson(const RolloutEntry &entry) { return entry.rollout->waitsForPerson && !needsHand(entry); }

bool isActive(const RolloutEntry &entry, Instant now)
{
    const Rollout &rollout = *entry.rollout;
    const auto changed = lastChangeOf(rollout);
    return rollout.isUpdating() || rollout.aborted || rollout.waitsForPerson ||
           rollout.phase != RolloutPhase::Healthy || (changed && now - *changed < std::chrono::hours(48));
}

RolloutRowView rolloutRow(const RolloutEntry &entry, Instant now, bool manyContexts)
{
    const Rollout &rollout = *entry.rollout;
    RolloutRowView view;
    view.old = !oldRolloutText(rollout, now).isEmpty();
    view.glyph = view.old ? StateGlyph::Stale : rowGlyph(entry, now);
    view.name = plainLine(rollout.key.name, 80);
    if (manyContexts)
        view.where = plainLine(rollout.key.context, 40);
    view.strategy = rollout.kind == WorkloadKind::Rollout || rollout.kind == WorkloadKind::FlaggerCanary
                        ? toWireName(rollout.strategy)
                        : toWireName(rollout.kind);
    const RolloutRevision *current = rollout.current();
    const RolloutRevision *stable = rollout.stable();
    view.toVersion = current ? versionText(*current) : rowText(QT_TRANSLATE_NOOP("RolloutRow", "not known"));
    if (stable && current && stable != current)
        view.fromVersion = versionText(*stable);
    setSteps(view, entry, now);
    setNext(view, entry, now);
    if (view.old)
        view.nextBelow = oldRolloutText(rollout, now);
    view.errors = entry.verdict ? cellOf(entry.verdict.get(), false) : checkCell(rollout, false);
    view.latency = entry.verdict ? cellOf(entry.verdict.get(), true) : checkCell(rollout, true);
    return view;
}

QString RolloutRowView::words() const
{
    QStringList parts{name, where, glyphWord(glyph), strategy,
                      fromVersion.isEmpty()
                          ? toVersion
                          : QCoreApplication::translate("RolloutRow", "%1 to %2").arg(fromVersion, toVersion)};
    for (const StepChip &chip : chips) {
        if (chip.state == StepChip::State::Current || chip.state == StepChip::State::Failing)
            parts.append(QCoreApplication::translate("RolloutRow", "at %1 %").arg(chip.text));
    }
    for (const ColourBox &box : boxes)
        parts.append((box.active ? QCoreApplication::translate("RolloutRow", "active %1")
                                 : QCoreApplication::translate("RolloutRow", "preview %1"))
                         .arg(box.version));
    parts << stepText << next << nextBelow;
    parts << QCoreApplication::translate("RolloutRow", "error rate %1")
                 .arg((errors.value + u' ' + errors.below).trimmed());
    parts << QCoreApplication::translate("RolloutRow", "p99 %1").arg((latency.value + u' ' + latency.below).trimmed());
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

} // namespace cockpit
