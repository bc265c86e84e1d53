// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rollout_changes.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <queue>

namespace cockpit {

namespace {

using Relation = RankedChange::Relation;
using std::chrono::minutes;

constexpr qsizetype mostChanges = 50;
constexpr Duration sameMoment{minutes(5)};   ///< an event and the revision that it tells of
constexpr Duration longestRoll{minutes(15)}; ///< pods of a finished update were scaled at most this long after it began

struct ChangeWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutChanges)
};

struct Nearness {
    Relation relation = Relation::Elsewhere;
    int distance = 0;
};

/// Steps from `from` along `next` until `to`; 0 when there is no way.
template <typename Next> int stepsBetween(const ServiceId &from, const ServiceId &to, Next next)
{
    QHash<ServiceId, int> seen{{from, 0}};
    std::queue<ServiceId> open;
    open.push(from);
    while (!open.empty()) {
        const ServiceId at = open.front();
        open.pop();
        for (const ServiceId &one : next(at)) {
            if (seen.contains(one))
                continue;
            seen.insert(one, seen.value(at) + 1);
            open.push(one);
        }
    }
    return seen.value(to, 0);
}

Nearness nearnessOf(const ServiceId &changed, const ServiceId &hurt, const ServiceMap &services)
{
    if (changed.isEmpty() || hurt.isEmpty())
        return {};
    if (changed == hurt)
        return {Relation::Same, 0};
    const int down = stepsBetween(hurt, changed, [&](const ServiceId &id) {
        const ServiceDefinition *const definition = services.definition(id);
        return definition ? definition->dependsOn : QList<ServiceId>();
    });
    if (down > 0)
        return {Relation::Dependency, down};
    const int up = stepsBetween(hurt, changed, [&](const ServiceId &id) { return services.dependantsOf(id); });
    return up > 0 ? Nearness{Relation::Dependant, up} : Nearness{};
}

Duration costOf(const RankedChange &one)
{
    switch (one.relation) {
    case Relation::Same:
        return one.gap;
    case Relation::Dependency:
        return one.gap + minutes(10) * one.distance;
    case Relation::Dependant:
        return one.gap + minutes(20) * one.distance;
    case Relation::Elsewhere:
        break;
    }
    return one.gap + minutes(90);
}

std::optional<ActionRequest> requestOf(const Rollout &rollout, const std::optional<ActionIntent> &intent)
{
    if (!intent)
        return std::nullopt;
    ActionRequest request;
    request.environment = rollout.key.environment;
    request.target = rollout.key.name;
    request.service = rollout.service;
    request.intent = *intent;
    return request;
}

QString revisionText(const Rollout &rollout, const RolloutRevision &revision)
{
    const QString version = revision.version.isEmpty() ? revision.hash : revision.version;
    return ChangeWords::tr("%1 %2 (revision %3)").arg(rollout.key.name, version).arg(revision.number);
}

QString writerOf(const RolloutRevision &revision)
{
    return revision.changedBy.isEmpty() ? revision.changeCause : revision.changedBy;
}

/// One rollout's revisions. Only that of the current one can be taken back.
void addRevisions(const Rollout &rollout, QList<RankedChange> &changes)
{
    for (const RolloutRevision &revision : rollout.revisions) {
        const std::optional<Instant> at =
            revision.isCurrent && rollout.startedAt ? rollout.startedAt : revision.createdAt;
        // The first revision is the service's birth, not a change of it.
        if (!at || rollout.revisions.size() < 2)
            continue;
        Change change;
        change.kind = Change::Kind::Rollout;
        change.what = revisionText(rollout, revision);
        change.at = *at;
        change.who = writerOf(revision);
        change.service = rollout.service;
        change.target = rollout.key.name;
        if (revision.isCurrent)
            change.undo = requestOf(rollout, rollbackIntent(rollout));
        changes.append({change, rollout.key, {}, {}, 0});
    }
}

/// What an Event tells of.
enum class EventSubject { Nothing, Step, Update, Scale, Configuration };

EventSubject subjectOf(const ClusterEvent &event)
{
    static const QSet<QString> steps{
        QStringLiteral("RolloutStepCompleted"), QStringLiteral("TrafficWeightUpdated"), QStringLiteral("SetWeight"),
        QStringLiteral("Set Weight"),           QStringLiteral("RolloutAborted"),       QStringLiteral("SkipSteps"),
        QStringLiteral("RolloutCompleted"),     QStringLiteral("SwitchService")};
    // The end of a pause moves nothing; the weight that follows does.
    if (event.reason == u"RolloutStepCompleted" && event.message.contains(QStringLiteral("(pause")))
        return EventSubject::Nothing;
    if (steps.contains(event.reason))
        return EventSubject::Step;
    if (event.reason == u"RolloutUpdated")
        return EventSubject::Update;
    if (event.reason == u"ScalingReplicaSet" || event.reason == u"SuccessfulRescale")
        return EventSubject::Scale;
    if (event.reason == u"ConfigMapChanged" || event.reason == u"SecretChanged")
        return EventSubject::Configuration;
    // Flagger tells everything under one reason.
    const bool isFlagger = event.reason == u"Synced" && event.object.kind == u"Canary";
    const bool moves = event.message.startsWith(u"Advance") || event.message.startsWith(u"New revision") ||
                       event.message.startsWith(u"Promotion") || event.message.startsWith(u"Rolling back");
    return isFlagger && moves ? EventSubject::Step : EventSubject::Nothing;
}

const Rollout *rolloutOf(const ClusterEvent &event, const std::vector<RolloutEntry> &rollouts)
{
    const ObjectKey &object = event.object;
    for (const RolloutEntry &entry : rollouts) {
        const ObjectKey &key = entry.rollout->key;
        const bool isItself = key.kind == object.kind && key.name == object.name;
        const bool isItsAutoscaler =
            object.kind == u"HorizontalPodAutoscaler" && entry.rollout->autoscaler == object.name;
        if (key.context == object.context && key.nameSpace == object.nameSpace && (isItself || isItsAutoscaler))
            return entry.rollout.get();
    }
    return nullptr;
}

/// "… to 2 from 8" gives the way back, where no autoscaler would take it again.
std::optional<ActionIntent> scaleBack(const ClusterEvent &event, const Rollout *rollout)
{
    static const QRegularExpression pattern(QStringLiteral("\\bto (\\d+) from (\\d+)"));
    const QRegularExpressionMatch match = pattern.match(event.message);
    if (!match.hasMatch() || !rollout || !rollout->autoscaler.isEmpty())
        return std::nullopt;
    const bool stillSo = rollout->desiredReplicas == match.captured(1).toInt();
    return stillSo ? std::optional<ActionIntent>(ScaleRollout{rollout->key, match.captured(2).toInt()}) : std::nullopt;
}

/// A ReplicaSet is scaled by every update too: that is no change of its own.
bool belongsToUpdate(const ClusterEvent &event, const Rollout *rollout, const QList<RankedChange> &changes)
{
    const bool stillRolls = rollout && rollout->isUpdating();
    return std::any_of(changes.cbegin(), changes.cend(), [&](const RankedChange &one) {
        const bool sameObject = one.object.name == event.object.name && one.object.kind == event.object.kind &&
                                one.object.nameSpace == event.object.nameSpace &&
                                one.object.context == event.object.context;
        const bool inItsTime =
            event.at + sameMoment >= one.change.at && (stillRolls || event.at - one.change.at <= longestRoll);
        return sameObject && one.change.kind == Change::Kind::Rollout && inItsTime;
    });
}

void addEvent(const ClusterEvent &event, const std::vector<RolloutEntry> &rollouts, QList<RankedChange> &changes)
{
    const EventSubject subject = subjectOf(event);
    const bool repeats = subject == EventSubject::Update || event.reason == u"ScalingReplicaSet";
    if (subject == EventSubject::Nothing)
        return;
    const Rollout *const rollout = rolloutOf(event, rollouts);
    if (repeats && belongsToUpdate(event, rollout, changes))
        return;
    Change change;
    change.what = event.message;
    change.at = event.at;
    change.who = event.reporter;
    change.service = rollout && event.service.isEmpty() ? rollout->service : event.service;
    change.target = event.object.name;
    switch (subject) {
    case EventSubject::Scale:
        change.kind = Change::Kind::Scale;
        if (rollout)
            change.undo = requestOf(*rollout, scaleBack(event, rollout));
        break;
    case EventSubject::Configuration:
        change.kind = Change::Kind::Configuration; // the old content is nowhere: no undo
        break;
    default:
        change.kind = Change::Kind::Rollout;
        if (rollout && rollout->isUpdating())
            change.undo = requestOf(*rollout, rollbackIntent(*rollout));
        break;
    }
    changes.append({change, event.object, {}, {}, 0});
}

} // namespace

QString toWireName(RankedChange::Relation relation)
{
    switch (relation) {
    case Relation::Same:
        return QStringLiteral("same service");
    case Relation::Dependency:
        return QStringLiteral("dependency");
    case Relation::Dependant:
        return QStringLiteral("dependant");
    case Relation::Elsewhere:
        return QStringLiteral("elsewhere");
    }
    return {};
}

std::optional<ActionIntent> rollbackIntent(const Rollout &rollout)
{
    const bool canAbort = rollout.kind == WorkloadKind::Rollout || rollout.kind == WorkloadKind::FlaggerCanary;
    if (canAbort && rollout.isUpdating())
        return AbortRollout{rollout.key};
    const RolloutRevision *const before = rollout.previous();
    if (!before || before->podTemplate.isEmpty() || before->hash == rollout.currentHash)
        return std::nullopt;
    return UndoRollout{rollout.key, before->hash};
}

RankedChange rankedChange(Change change, const ObjectKey &object, Instant onset, const ServiceId &service,
                          const ServiceMap &services)
{
    const Nearness near = nearnessOf(change.service, service, services);
    const Duration gap = onset - change.at;
    return {std::move(change), object, gap, near.relation, near.distance};
}

void sortByLikelihood(QList<RankedChange> &changes)
{
    std::stable_sort(changes.begin(), changes.end(), [](const RankedChange &a, const RankedChange &b) {
        const Duration costOfA = costOf(a);
        const Duration costOfB = costOf(b);
        return costOfA != costOfB ? costOfA < costOfB : a.relation < b.relation;
    });
}

QList<RankedChange> changesBefore(Instant onset, Duration window, const ServiceId &service,
                                  const std::vector<RolloutEntry> &rollouts, const std::vector<ClusterEvent> &events,
                                  const ServiceMap &services)
{
    QList<RankedChange> changes;
    const auto isInside = [&](Instant at) { return at <= onset && onset - at <= window; };
    for (const RolloutEntry &entry : rollouts)
        addRevisions(*entry.rollout, changes);
    for (const ClusterEvent &event : events) {
        if (isInside(event.at))
            addEvent(event, rollouts, changes);
    }
    changes.removeIf([&](const RankedChange &one) { return !isInside(one.change.at); });
    QHash<ServiceId, Nearness> near; // a storm of events is about few services
    for (RankedChange &one : changes) {
        if (!near.contains(one.change.service))
            near.insert(one.change.service, nearnessOf(one.change.service, service, services));
        const Nearness found = near.value(one.change.service);
        one.relation = found.relation;
        one.distance = found.distance;
        one.gap = onset - one.change.at;
    }
    sortByLikelihood(changes);
    if (changes.size() > mostChanges)
        changes.resize(mostChanges);
    return changes;
}

} // namespace cockpit
