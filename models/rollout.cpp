// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rollout.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace cockpit {

namespace {

constexpr std::array<std::pair<WorkloadKind, const char *>, 5> workloadKindNames{
    {{WorkloadKind::Rollout, "rollout"},
     {WorkloadKind::FlaggerCanary, "canary"},
     {WorkloadKind::Deployment, "deployment"},
     {WorkloadKind::StatefulSet, "statefulset"},
     {WorkloadKind::DaemonSet, "daemonset"}}};

/// 0 is looked at first.
int attentionRank(const Rollout &rollout)
{
    if (rollout.phase == RolloutPhase::Degraded)
        return 0;
    if (rollout.waitsForPerson)
        return 1;
    const bool moves = rollout.phase == RolloutPhase::Progressing || rollout.phase == RolloutPhase::Paused;
    return moves || rollout.isUpdating() ? 2 : 3;
}

const RolloutRevision *revisionOf(const QList<RolloutRevision> &revisions, const QString &hash)
{
    if (hash.isEmpty())
        return nullptr;
    const auto found = std::find_if(revisions.cbegin(), revisions.cend(),
                                    [&](const RolloutRevision &one) { return one.hash == hash; });
    return found == revisions.cend() ? nullptr : &*found;
}

} // namespace

QString toWireName(WorkloadKind kind)
{
    for (const auto &[one, name] : workloadKindNames) {
        if (one == kind)
            return QLatin1String(name);
    }
    return {};
}

std::optional<WorkloadKind> workloadKindFromWireName(QStringView name)
{
    for (const auto &[one, known] : workloadKindNames) {
        if (name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0)
            return one;
    }
    return std::nullopt;
}

QString toWireName(RolloutStrategy strategy)
{
    switch (strategy) {
    case RolloutStrategy::Canary:
        return QStringLiteral("canary");
    case RolloutStrategy::BlueGreen:
        return QStringLiteral("blue-green");
    case RolloutStrategy::RollingUpdate:
        return QStringLiteral("rolling update");
    case RolloutStrategy::Recreate:
        return QStringLiteral("recreate");
    case RolloutStrategy::OnDelete:
        return QStringLiteral("on delete");
    }
    return {};
}

QString toWireName(RolloutPhase phase)
{
    switch (phase) {
    case RolloutPhase::Healthy:
        return QStringLiteral("healthy");
    case RolloutPhase::Progressing:
        return QStringLiteral("progressing");
    case RolloutPhase::Paused:
        return QStringLiteral("paused");
    case RolloutPhase::Degraded:
        return QStringLiteral("degraded");
    case RolloutPhase::Unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

const RolloutRevision *Rollout::stable() const { return revisionOf(revisions, stableHash); }

const RolloutRevision *Rollout::current() const { return revisionOf(revisions, currentHash); }

const RolloutRevision *Rollout::revision(QStringView name) const
{
    if (name.isEmpty())
        return nullptr;
    for (const RolloutRevision &one : revisions) {
        if (one.hash == name || one.objectName == name)
            return &one;
    }
    bool isNumber = false;
    const qint64 number = name.toLongLong(&isNumber);
    const auto found = std::find_if(revisions.cbegin(), revisions.cend(),
                                    [&](const RolloutRevision &one) { return isNumber && one.number == number; });
    return found == revisions.cend() ? nullptr : &*found;
}

const RolloutRevision *Rollout::previous() const
{
    // Also after an abort: the specification still asks for the newer version.
    if (stableHash != currentHash) {
        if (const RolloutRevision *const one = stable())
            return one;
    }
    const RolloutRevision *const now = current();
    const RolloutRevision *best = nullptr;
    for (const RolloutRevision &one : revisions) {
        const bool before = now ? one.hash != now->hash && one.number < now->number : one.hash != currentHash;
        if (before && (!best || one.number > best->number))
            best = &one;
    }
    return best;
}

bool Rollout::isUpdating() const
{
    if (aborted)
        return false;
    // Flagger's primary has a template of its own: hashes never agree.
    if (kind == WorkloadKind::FlaggerCanary)
        return phase == RolloutPhase::Progressing || phase == RolloutPhase::Paused;
    return !currentHash.isEmpty() && !stableHash.isEmpty() && currentHash != stableHash;
}

std::optional<Instant> Rollout::nextStepAt() const
{
    if (userPaused || aborted || !stepIndex || *stepIndex < 0 || *stepIndex >= steps.size())
        return std::nullopt;
    const RolloutStep &step = steps.at(*stepIndex);
    if (step.kind != RolloutStep::Kind::Pause || !step.duration)
        return std::nullopt;
    for (const PauseReason &pause : pauses) {
        if (pause.reason == u"CanaryPauseStep" && pause.since)
            return *pause.since + *step.duration;
    }
    return std::nullopt;
}

QString versionLabel(const RolloutRevision &revision)
{
    if (revision.version.isEmpty())
        return revision.hash;
    if (revision.version != u"latest")
        return revision.version;
    const QString digest = revision.images.isEmpty() ? QString() : revision.images.first().digest;
    return revision.version + QStringLiteral(" (") + (digest.isEmpty() ? revision.hash : digest.left(19)) + u')';
}

bool rolloutBefore(const Rollout &a, const Rollout &b)
{
    const int rankOfA = attentionRank(a);
    const int rankOfB = attentionRank(b);
    if (rankOfA != rankOfB)
        return rankOfA < rankOfB;
    return std::tie(a.service.toString(), a.key.environment, a.key.context, a.key.nameSpace, a.key.name, a.key.kind) <
           std::tie(b.service.toString(), b.key.environment, b.key.context, b.key.nameSpace, b.key.name, b.key.kind);
}

} // namespace cockpit
