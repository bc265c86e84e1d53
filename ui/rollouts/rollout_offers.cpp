// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_offers.h"

#include "models/sync_owner.h"

#include "models/plain_line.h"
#include "models/rollout_changes.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

QString offerText(const char *text) { return QCoreApplication::translate("RolloutOffers", text); }

constexpr Duration oldAfter{std::chrono::minutes(2)};

bool isFlagger(const Rollout &rollout) { return rollout.kind == WorkloadKind::FlaggerCanary; }
bool isArgo(const Rollout &rollout) { return rollout.kind == WorkloadKind::Rollout; }

/// The next weight of the bar, when there is one.
std::optional<int> nextWeight(const Rollout &rollout)
{
    for (const int weight : rollout.weights) {
        if (weight > rollout.desiredWeight.value_or(-1))
            return weight;
    }
    return std::nullopt;
}

QString criteriaRefusal(const RolloutEntry &entry)
{
    if (entry.verdict && entry.verdict->notTheCanary)
        return offerText(QT_TRANSLATE_NOOP("RolloutOffers", "stable breaks the same rules"));
    if (!entry.verdict || entry.verdict->result != CriterionVerdict::Result::Fail)
        return {};
    return offerText(QT_TRANSLATE_NOOP("RolloutOffers", "needs all criteria to pass"));
}

RolloutOffer promoteOffer(const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    RolloutOffer offer{
        QStringLiteral("promote"), {}, PromoteRollout{rollout.key, false}, criteriaRefusal(entry), false};
    const RolloutRevision *current = rollout.current();
    const auto weight = nextWeight(rollout);
    if (rollout.blueGreen)
        offer.text = QCoreApplication::translate("RolloutOffers", "Switch to %1")
                         .arg(current ? versionText(*current) : QString());
    else if (weight)
        offer.text = QCoreApplication::translate("RolloutOffers", "Go on to %1 %").arg(*weight);
    else
        offer.text = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Go on"));
    if (offer.disabledReason.isEmpty() && !rollout.waitsForPerson && rollout.phase != RolloutPhase::Paused)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "it goes on by itself"));
    if (isFlagger(rollout))
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Flagger decides it by its own checks"));
    return offer;
}

RolloutOffer simpleOffer(const char *id, const char *text, ActionIntent intent)
{
    return {QLatin1String(id), offerText(text), std::move(intent), {}, false};
}

void addRunning(QList<RolloutOffer> &offers, const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    if (isArgo(rollout) || isFlagger(rollout))
        offers.append(promoteOffer(entry));
    if (isArgo(rollout) && !rollout.blueGreen) {
        RolloutOffer full = simpleOffer("promote-full", QT_TRANSLATE_NOOP("RolloutOffers", "Finish at 100 %"),
                                        PromoteRollout{rollout.key, true});
        full.disabledReason = criteriaRefusal(entry);
        offers.append(full);
    }
}

bool canPause(const Rollout &rollout) { return isArgo(rollout) || rollout.kind == WorkloadKind::Deployment; }

} // namespace

QString versionText(const RolloutRevision &revision)
{
    return plainLine(revision.version.isEmpty() ? revision.hash.left(10) : versionLabel(revision), 40);
}

RolloutOffer rollbackOffer(const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    RolloutOffer offer{QStringLiteral("rollback"), {}, rollbackIntent(rollout), {}, false};
    const RolloutRevision *target = rollout.previous();
    if (!offer.intent) {
        offer.text = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Roll back"));
        offer.disabledReason = rollout.aborted
                                   ? offerText(QT_TRANSLATE_NOOP("RolloutOffers", "it is rolled back"))
                                   : offerText(QT_TRANSLATE_NOOP("RolloutOffers", "no earlier revision is kept"));
        return offer;
    }
    const bool waiting = rollout.blueGreen && rollout.isUpdating();
    const bool inWindow =
        rollout.blueGreen && !rollout.isUpdating() && target && target->scaleDownAt && target->pods > 0;
    if (waiting && std::holds_alternative<AbortRollout>(*offer.intent))
        offer.text = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Discard"));
    else if (!target)
        offer.text = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Roll back"));
    else
        offer.text = (inWindow ? QCoreApplication::translate("RolloutOffers", "Switch back to %1")
                               : QCoreApplication::translate("RolloutOffers", "Roll back to %1"))
                         .arg(versionText(*target));
    offer.supported = entry.verdict && entry.verdict->rollBackNow;
    return offer;
}

QList<RolloutOffer> rolloutOffers(const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    QList<RolloutOffer> offers;
    const RolloutOffer back = rollbackOffer(entry);
    const bool waitingColour = rollout.blueGreen && rollout.isUpdating() && rollout.waitsForPerson;
    if (waitingColour)
        offers.append(promoteOffer(entry));
    if (rollout.aborted && isArgo(rollout)) {
        const RolloutRevision *current = rollout.current();
        RolloutOffer retry =
            simpleOffer("retry", QT_TRANSLATE_NOOP("RolloutOffers", "Retry"), RetryRollout{rollout.key});
        if (current)
            retry.text = QCoreApplication::translate("RolloutOffers", "Retry %1").arg(versionText(*current));
        offers.append(retry);
    }
    offers.append(back);
    if (rollout.isUpdating() && !waitingColour)
        addRunning(offers, entry);
    if (rollout.userPaused)
        offers.append(simpleOffer("resume", QT_TRANSLATE_NOOP("RolloutOffers", "Resume"), ResumeRollout{rollout.key}));
    else if (canPause(rollout))
        offers.append(simpleOffer("pause", QT_TRANSLATE_NOOP("RolloutOffers", "Pause"), PauseRollout{rollout.key}));
    if (const std::optional<ObjectKey> sync = syncObjectOf(rollout))
        offers.append(simpleOffer("suspend-sync", QT_TRANSLATE_NOOP("RolloutOffers", "Suspend GitOps for 1 h"),
                                  SetSync{.object = *sync}));
    if (!isFlagger(rollout))
        offers.append(
            simpleOffer("restart", QT_TRANSLATE_NOOP("RolloutOffers", "Restart"), RestartRollout{rollout.key}));
    return offers;
}

QList<RolloutOffer> rowOffers(const RolloutEntry &entry)
{
    QList<RolloutOffer> offers = rolloutOffers(entry);
    const bool two = offers.size() > 1 && (offers.at(1).id == QStringLiteral("rollback"));
    return offers.mid(0, two ? 2 : 1);
}

RolloutOffer revisionOffer(const Rollout &rollout, const RolloutRevision &revision)
{
    RolloutOffer offer{QStringLiteral("undo:") + revision.hash, {}, UndoRollout{rollout.key, revision.hash}, {}, false};
    offer.text = QCoreApplication::translate("RolloutOffers", "Undo to it");
    const RolloutRevision *stable = rollout.stable();
    if (rollout.kind == WorkloadKind::FlaggerCanary)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "Flagger keeps no revisions"));
    else if (revision.hash == rollout.currentHash && (!stable || stable->hash == revision.hash))
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "it runs now"));
    else if (revision.hash == rollout.currentHash)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "it is the one being rolled out"));
    return offer;
}

RolloutOffer scaleOffer(const Rollout &rollout, int replicas)
{
    RolloutOffer offer{QStringLiteral("scale"),
                       QCoreApplication::translate("RolloutOffers", "Scale to %1").arg(replicas),
                       ScaleRollout{rollout.key, replicas},
                       {},
                       false};
    if (rollout.kind == WorkloadKind::DaemonSet)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "one pod a node"));
    else if (rollout.kind == WorkloadKind::FlaggerCanary)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "scale its Deployment"));
    else if (replicas == rollout.desiredReplicas)
        offer.disabledReason = offerText(QT_TRANSLATE_NOOP("RolloutOffers", "it has that many"));
    return offer;
}

QString clusterRefusal(const Rollout &rollout, const Fleet &fleet, Instant now)
{
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind != SourceStatus::Kind::Kubernetes || source.cluster != rollout.key.context)
            continue;
        if (source.state == SourceStatus::State::Down)
            return QCoreApplication::translate("RolloutOffers", "%1 does not answer").arg(plainLine(source.name, 40));
        if (source.state == SourceStatus::State::Unauthorized)
            return QCoreApplication::translate("RolloutOffers", "%1 refuses the login").arg(plainLine(source.name, 40));
    }
    return oldRolloutText(rollout, now);
}

QString oldRolloutText(const Rollout &rollout, Instant now)
{
    const Duration age = now - rollout.readAt;
    if (age <= oldAfter)
        return {};
    return QCoreApplication::translate("RolloutOffers", "read %1 ago").arg(roughDurationText(age));
}

ActionRequest requestFor(const Rollout &rollout, const RolloutOffer &offer)
{
    ActionRequest request;
    request.target = plainLine(rollout.key.name, 80);
    request.service = rollout.service;
    request.intent = *offer.intent;
    if (std::holds_alternative<SetSync>(request.intent))
        request.reason =
            QCoreApplication::translate("RolloutOffers", "so that a rollback of %1 stays").arg(request.target);
    return request;
}

} // namespace cockpit
