// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_checks.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct CheckWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutChecks)
};

constexpr Duration kFreshHand{std::chrono::minutes(1)};
/// Events further apart than this belong to different updates.
constexpr Duration kUpdateGap{std::chrono::minutes(10)};

/// Another action on it that is not over; null when there is none.
const ActionRecord *runningAction(const RolloutScene &scene)
{
    const auto found = std::find_if(scene.others.cbegin(), scene.others.cend(),
                                    [](const ActionRecord &one) { return !isFinal(one.state); });
    return found == scene.others.cend() ? nullptr : &*found;
}

} // namespace

Evidence rolloutCheck(const RolloutScene &scene, Evidence::Verdict verdict, const char *id, const QString &text)
{
    return Evidence{verdict,
                    QLatin1String(id),
                    text,
                    CheckWords::tr("Kubernetes %1").arg(scene.seen->key.context),
                    scene.seen->key.context,
                    scene.now,
                    {},
                    {}};
}

Evidence unchangedCheck(const RolloutScene &scene)
{
    if (scene.live.resourceVersion() == scene.seen->resourceVersion)
        return rolloutCheck(scene, Verdict::Good, "unchanged", CheckWords::tr("It is as the page shows it."));
    if (scene.live.number("metadata.generation") == scene.seen->generation)
        return rolloutCheck(scene, Verdict::Good, "unchanged",
                            CheckWords::tr("Only its status moved on since the page was drawn."));
    return rolloutCheck(scene, Verdict::Bad, "unchanged",
                        CheckWords::tr("Its specification was changed since the page was drawn, last by %1; this plan "
                                       "is made of what is there now.")
                            .arg(lastHandText(scene)));
}

Evidence inFlightCheck(const RolloutScene &scene)
{
    if (const ActionRecord *running = runningAction(scene)) {
        const ActionRecord &other = *running;
        return rolloutCheck(scene, Verdict::Bad, "in-flight",
                            CheckWords::tr("Another action on it is not over: %1, by %2 (%3). This one would disturb its "
                                           "proof.")
                                .arg(other.plan.title, other.request.actor,
                                     other.steps.isEmpty() ? toWireName(other.state) : other.steps.constLast().text));
    }
    const QString lease = scene.live.annotation(QLatin1String(kLeaseAnnotation));
    if (!lease.isEmpty())
        return rolloutCheck(scene, Verdict::Bad, "in-flight",
                            CheckWords::tr("Somebody overrides it: %1").arg(lease.left(120)));
    const auto hand = lastHand(scene.live);
    if (hand && scene.now - hand->at < kFreshHand)
        return rolloutCheck(scene, Verdict::Bad, "in-flight",
                            CheckWords::tr("%1 wrote to it, a moment ago.").arg(handText(scene, hand)));
    return rolloutCheck(
        scene, Verdict::Good, "in-flight",
        CheckWords::tr("No other hand wrote to it in the last minute; what others plan cannot be seen."));
}

bool inFlightIsSerious(const RolloutScene &scene)
{
    if (std::holds_alternative<AbortRollout>(scene.request.intent))
        return false;
    if (runningAction(scene) || !scene.live.annotation(QLatin1String(kLeaseAnnotation)).isEmpty())
        return true;
    static const QStringList operators{QStringLiteral("dt-cockpit"), QStringLiteral("kubectl-argo-rollouts"),
                                       QStringLiteral("kubectl-rollout"), QStringLiteral("kubectl-edit"),
                                       QStringLiteral("kubectl-patch")};
    const auto hand = lastHand(scene.live);
    return std::holds_alternative<UndoRollout>(scene.request.intent) && hand && operators.contains(hand->manager) &&
           scene.now - hand->at < kFreshHand;
}

Evidence gitOpsCheck(const RolloutScene &scene, bool changesSpecification)
{
    const GitOpsOwner &owner = scene.seen->gitOps;
    if (owner.tool.isEmpty())
        return rolloutCheck(scene, Verdict::Good, "gitops", CheckWords::tr("No GitOps owner is marked on it."));
    if (!changesSpecification) {
        return rolloutCheck(
            scene, Verdict::Good, "gitops",
            CheckWords::tr("%1 (%2) does not undo it: only the status changes. Revert Git afterwards, or the "
                           "next sync brings the same version again.")
                .arg(owner.tool, owner.name));
    }
    const QString suspend =
        owner.tool == u"Flux"
            ? CheckWords::tr("dt-cockpit gitops suspend %1, or flux suspend kustomization %2 --context %3")
                  .arg(scene.seen->key.name, owner.name.section(u'/', -1), scene.seen->key.context)
            : CheckWords::tr("dt-cockpit gitops suspend %1, or argocd app set %2 --sync-policy none")
                  .arg(scene.seen->key.name, owner.name.section(u'/', -1));
    return rolloutCheck(
        scene, Verdict::Bad, "gitops",
        CheckWords::tr("%1 (%2) puts its own state back at its next sync. Revert the change in Git instead, or "
                       "suspend the sync first (%3) and take it up again at the end.")
            .arg(owner.tool, owner.name, suspend));
}

Evidence sessionsCheck(const RolloutScene &scene)
{
    if (!scene.sessions)
        return rolloutCheck(
            scene, Verdict::Unknown, "sessions",
            CheckWords::tr("Live sessions on the pods that end are not known: no query is configured."));
    if (!*scene.sessions)
        return rolloutCheck(scene, Verdict::Unknown, "sessions",
                            CheckWords::tr("Live sessions are not known: %1").arg(scene.sessions->error().what));
    const std::optional<double> &count = **scene.sessions;
    if (!count)
        return rolloutCheck(scene, Verdict::Unknown, "sessions",
                            CheckWords::tr("The query for live sessions gave nothing."));
    Evidence check =
        rolloutCheck(scene, *count > 0 ? Verdict::Bad : Verdict::Good, "sessions",
                     *count > 0 ? CheckWords::tr("%1 live sessions are on the pods that end.").arg(*count, 0, 'f', 0)
                                : CheckWords::tr("No live session is on the pods that end."));
    check.count = static_cast<qint64>(*count);
    return check;
}

Evidence disruptionCheck(const RolloutScene &scene)
{
    if (!scene.disruptionBudgets || !*scene.disruptionBudgets)
        return rolloutCheck(scene, Verdict::Unknown, "disruption",
                            CheckWords::tr("PodDisruptionBudgets could not be read."));
    const QByteArray selector = scene.holder().jsonAt("spec.selector.matchLabels");
    for (const KubernetesObject &budget : **scene.disruptionBudgets) {
        if (selector.isEmpty() || budget.jsonAt("spec.selector.matchLabels") != selector)
            continue;
        const qint64 allowed = budget.number("status.disruptionsAllowed");
        return rolloutCheck(
            scene, allowed > 0 ? Verdict::Good : Verdict::Bad, "disruption",
            CheckWords::tr("PodDisruptionBudget %1 allows %2 disruption(s) now; a rolling update does not ask it.")
                .arg(budget.name())
                .arg(allowed));
    }
    return rolloutCheck(scene, Verdict::Good, "disruption",
                        CheckWords::tr("No PodDisruptionBudget names exactly its pods."));
}

std::optional<Evidence> healthyCheck(const RolloutScene &scene)
{
    const bool quiet = scene.seen->phase == RolloutPhase::Healthy && !scene.seen->isUpdating();
    if (!quiet)
        return std::nullopt;
    return rolloutCheck(scene, Verdict::Bad, "healthy",
                        CheckWords::tr("It is healthy and no update is under way: nothing asks for a rollback."));
}

QString durationFromEvents(const ObjectsRead &events, const char *beginsWith)
{
    if (!events || !*events)
        return {};
    std::vector<std::pair<Instant, bool>> times; // and whether such an update begins there
    for (const KubernetesObject &event : **events) {
        const bool begins = !*beginsWith || event.text("reason") == QLatin1String(beginsWith);
        for (const char *path : {"firstTimestamp", "lastTimestamp", "eventTime"}) {
            if (const auto at = event.time(path))
                times.emplace_back(*at, begins);
        }
    }
    std::sort(times.begin(), times.end());
    std::vector<Duration> updates;
    for (size_t start = 0; start < times.size();) {
        size_t end = start;
        while (end + 1 < times.size() && times[end + 1].first - times[end].first < kUpdateGap)
            ++end;
        while (start < end && !times[start].second)
            ++start;
        if (times[start].second && times[end].first > times[start].first)
            updates.push_back(times[end].first - times[start].first);
        start = end + 1;
    }
    if (updates.empty())
        return {};
    if (updates.size() > 3)
        updates.erase(updates.begin(), updates.end() - 3);
    const auto count = static_cast<int>(updates.size());
    std::sort(updates.begin(), updates.end());
    const QString middle = roughDurationText(updates[updates.size() / 2]);
    return count == 1 ? CheckWords::tr("about %1, as the last time").arg(middle)
                      : CheckWords::tr("about %1, as the last %2 times").arg(middle).arg(count);
}

} // namespace cockpit
