// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_facts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::size_t mostEvents = 2000;
constexpr Duration eventsKept = std::chrono::hours(24);

QString nameKey(const QString &kind, const QString &nameSpace, const QString &name)
{
    return kind + u'/' + nameSpace + u'/' + name;
}

QString nameKey(const ObjectFacts &object) { return nameKey(toWireName(object.kind), object.nameSpace, object.name); }

/// What a Rollout with workloadRef or a Canary drives: their target, and a Canary's primary.
QStringList drivenKeys(const WorkloadFacts &workload)
{
    if (workload.targetName.isEmpty())
        return {};
    const QString target = nameKey(workload.targetKind, workload.object.nameSpace, workload.targetName);
    return workload.object.kind == KubernetesKind::FlaggerCanary
               ? QStringList{target, target + QStringLiteral("-primary")}
               : QStringList{target};
}

bool isEventKind(KubernetesKind kind)
{
    return kind == KubernetesKind::Event || kind == KubernetesKind::ConfigMap || kind == KubernetesKind::Secret;
}

} // namespace

ClusterFacts::ClusterFacts(ClusterScene scene, ServiceMap services)
    : m_scene(std::move(scene))
    , m_services(std::move(services))
    , m_eventList(std::make_shared<const std::vector<ClusterEvent>>())
{}

void ClusterFacts::replace(KubernetesKind kind, const QString &nameSpace, std::vector<KubernetesFact> facts)
{
    QSet<QString> gone = m_ofKind.value(kind);
    for (const KubernetesFact &fact : facts)
        gone.remove(objectOf(fact).uid);
    for (const QString &uid : std::as_const(gone)) {
        if (nameSpace.isEmpty() || objectOf(m_facts.at(uid)).nameSpace == nameSpace)
            remove(uid);
    }
    for (KubernetesFact &fact : facts)
        add(std::move(fact));
}

void ClusterFacts::apply(std::vector<WatchEvent> events)
{
    for (WatchEvent &event : events) {
        if (!event.fact)
            continue;
        if (event.type == WatchEvent::Type::Deleted)
            remove(objectOf(*event.fact).uid);
        else
            add(std::move(*event.fact));
    }
}

void ClusterFacts::clear()
{
    m_facts.clear();
    m_ofKind.clear();
    m_children.clear();
    m_workloads.clear();
    m_drivers.clear();
    m_autoscalers.clear();
    m_dirty.clear();
    m_rollouts.clear();
    m_positions.clear();
    m_eventsDirty = true;
}

void ClusterFacts::setRolloutStatusSubresource(bool known)
{
    if (std::exchange(m_scene.rolloutStatusSubresource, known) == known)
        return;
    m_dirty.unite(m_ofKind.value(KubernetesKind::Rollout));
}

void ClusterFacts::add(KubernetesFact fact)
{
    const QString uid = objectOf(fact).uid;
    const auto known = m_facts.find(uid);
    if (known != m_facts.end()) {
        if (known->second == fact)
            return;           // a list repeats what the watch said
        touch(known->second); // what it belonged to until now
        link(known->second, false);
        known->second = std::move(fact);
        link(known->second, true);
        touch(known->second);
    } else {
        const auto [added, isNew] = m_facts.emplace(uid, std::move(fact));
        link(added->second, true);
        touch(added->second);
    }
}

void ClusterFacts::remove(const QString &uid)
{
    const auto found = m_facts.find(uid);
    if (found == m_facts.end())
        return;
    touch(found->second);
    link(found->second, false);
    m_facts.erase(found);
}

/// Keeps the indexes.
void ClusterFacts::link(const KubernetesFact &fact, bool adds)
{
    const ObjectFacts &object = objectOf(fact);
    const auto keep = [adds, &object](QHash<QString, QSet<QString>> &index, const QString &key) {
        if (adds)
            index[key].insert(object.uid);
        else if (auto found = index.find(key); found != index.end() && found->remove(object.uid) && found->isEmpty())
            index.erase(found);
    };
    const auto name = [adds, &object](QHash<QString, QString> &index, const QString &key) {
        if (adds)
            index.insert(key, object.uid);
        else if (index.value(key) == object.uid)
            index.remove(key);
    };
    if (adds)
        m_ofKind[object.kind].insert(object.uid);
    else
        m_ofKind[object.kind].remove(object.uid);
    if (!object.ownerUid.isEmpty() && !isEventKind(object.kind))
        keep(m_children, object.ownerUid);
    if (const auto *workload = std::get_if<WorkloadFacts>(&fact)) {
        name(m_workloads, nameKey(object));
        for (const QString &key : drivenKeys(*workload))
            keep(m_drivers, key);
    } else if (const auto *autoscaler = std::get_if<AutoscalerFacts>(&fact)) {
        name(m_autoscalers, nameKey(autoscaler->targetKind, object.nameSpace, autoscaler->targetName));
    }
}

/// Marks the workloads that this is a part of.
void ClusterFacts::touch(const KubernetesFact &fact)
{
    const ObjectFacts &object = objectOf(fact);
    if (isEventKind(object.kind)) {
        m_eventsDirty = true;
    } else if (const auto *workload = std::get_if<WorkloadFacts>(&fact)) {
        touchWorkload(object.uid);
        for (const QString &key : drivenKeys(*workload))
            touchNamed(key);
    } else if (const auto *autoscaler = std::get_if<AutoscalerFacts>(&fact)) {
        touchNamed(nameKey(autoscaler->targetKind, object.nameSpace, autoscaler->targetName));
    } else if (object.kind == KubernetesKind::Pod) {
        const auto owner = m_facts.find(object.ownerUid);
        if (owner != m_facts.end() && objectOf(owner->second).kind == KubernetesKind::ReplicaSet)
            touchWorkload(objectOf(owner->second).ownerUid);
        else
            touchWorkload(object.ownerUid);
    } else {
        touchWorkload(object.ownerUid);
    }
}

void ClusterFacts::touchNamed(const QString &key)
{
    const auto found = m_workloads.find(key);
    if (found != m_workloads.end())
        touchWorkload(*found);
}

void ClusterFacts::touchWorkload(const QString &uid)
{
    const WorkloadFacts *found = workload(uid);
    if (!found)
        return;
    m_dirty.insert(uid);
    if (!m_drivers.isEmpty())
        m_dirty.unite(m_drivers.value(nameKey(found->object)));
}

const WorkloadFacts *ClusterFacts::workload(const QString &uid) const
{
    const auto found = m_facts.find(uid);
    return found == m_facts.end() ? nullptr : std::get_if<WorkloadFacts>(&found->second);
}

const WorkloadFacts *ClusterFacts::named(const QString &kind, const QString &nameSpace, const QString &name) const
{
    return name.isEmpty() ? nullptr : workload(m_workloads.value(nameKey(kind, nameSpace, name)));
}

/// What a workload controls, with the pods of its ReplicaSets.
void ClusterFacts::collect(const QString &ownerUid, RelatedFacts &related) const
{
    const auto children = m_children.find(ownerUid);
    if (children == m_children.end())
        return;
    for (const QString &uid : *children) {
        const KubernetesFact &fact = m_facts.at(uid);
        if (const auto *replicaSet = std::get_if<ReplicaSetFacts>(&fact)) {
            related.replicaSets.push_back(replicaSet);
            collect(uid, related);
        } else if (const auto *revision = std::get_if<ControllerRevisionFacts>(&fact)) {
            related.controllerRevisions.push_back(revision);
        } else if (const auto *pod = std::get_if<PodFacts>(&fact)) {
            related.pods.push_back(pod);
        } else if (const auto *run = std::get_if<AnalysisRunFacts>(&fact)) {
            related.analysisRuns.push_back(run);
        }
    }
}

RelatedFacts ClusterFacts::relatedTo(const WorkloadFacts &workload) const
{
    RelatedFacts related;
    const ObjectFacts &object = workload.object;
    related.target = named(workload.targetKind, object.nameSpace, workload.targetName);
    collect(object.uid, related);
    QStringList scaled{nameKey(object)};
    if (object.kind == KubernetesKind::FlaggerCanary) {
        related.primary =
            named(workload.targetKind, object.nameSpace, workload.targetName + QStringLiteral("-primary"));
        for (const WorkloadFacts *driven : {related.target, related.primary}) {
            if (driven)
                collect(driven->object.uid, related);
        }
        scaled += drivenKeys(workload);
    }
    for (const QString &key : scaled) {
        const auto found = m_facts.find(m_autoscalers.value(key));
        if (found != m_facts.end() && !related.autoscaler)
            related.autoscaler = std::get_if<AutoscalerFacts>(&found->second);
    }
    // In one order, whatever the hash: an unchanged rollout must compare equal.
    const auto byName = [](const auto *a, const auto *b) { return a->object.name < b->object.name; };
    std::sort(related.replicaSets.begin(), related.replicaSets.end(), byName);
    std::sort(related.controllerRevisions.begin(), related.controllerRevisions.end(), byName);
    std::sort(related.pods.begin(), related.pods.end(), byName);
    std::sort(related.analysisRuns.begin(), related.analysisRuns.end(), byName);
    return related;
}

void ClusterFacts::assemble(Instant now)
{
    const QSet<QString> dirty = std::exchange(m_dirty, {});
    for (const QString &uid : dirty)
        assembleOne(uid, now);
    if (std::exchange(m_eventsDirty, false))
        assembleEvents(now);
}

void ClusterFacts::assembleOne(const QString &uid, Instant now)
{
    const WorkloadFacts *found = workload(uid);
    const auto position = m_positions.constFind(uid);
    if (!found || m_drivers.contains(nameKey(found->object))) { // driven by another: shown there
        if (position == m_positions.constEnd())
            return;
        const std::size_t at = *position;
        m_positions.remove(uid);
        if (at + 1 != m_rollouts.size()) {
            m_rollouts[at] = m_rollouts.back();
            m_positions[m_rollouts[at]->key.uid] = at;
        }
        m_rollouts.pop_back();
        return;
    }
    const ServiceId service = serviceOfObject(toWireName(found->object.kind), found->object, m_services);
    Rollout fresh = assembleRollout(*found, relatedTo(*found), m_scene, service, now);
    if (position == m_positions.constEnd()) {
        m_positions.insert(uid, m_rollouts.size());
        m_rollouts.push_back(std::make_shared<const Rollout>(std::move(fresh)));
        return;
    }
    RolloutPtr &slot = m_rollouts[*position];
    fresh.readAt = slot->readAt;
    if (fresh == *slot)
        return;
    fresh.readAt = now;
    slot = std::make_shared<const Rollout>(std::move(fresh));
}

void ClusterFacts::prove(Instant now)
{
    for (RolloutPtr &rollout : m_rollouts) {
        auto proven = std::make_shared<Rollout>(*rollout);
        proven->readAt = now;
        rollout = std::move(proven);
    }
}

std::shared_ptr<const std::vector<RolloutPtr>> ClusterFacts::rollouts() const
{
    return std::make_shared<const std::vector<RolloutPtr>>(m_rollouts);
}

/// The service of what an event is about: of the workload that it belongs to.
ServiceId ClusterFacts::serviceOf(const QString &uid, const QString &kind, const QString &nameSpace,
                                  const QString &name) const
{
    auto found = m_facts.find(uid);
    if (found == m_facts.end())
        found = m_facts.find(m_workloads.value(nameKey(kind, nameSpace, name)));
    for (int level = 0; level < 4 && found != m_facts.end(); ++level) {
        const ObjectFacts &object = objectOf(found->second);
        const auto owner = m_facts.find(object.ownerUid);
        if (owner == m_facts.end())
            return serviceOfObject(toWireName(object.kind), object, m_services);
        found = owner;
    }
    ObjectFacts unknown;
    unknown.nameSpace = nameSpace;
    unknown.name = name;
    return serviceOfObject(kind, unknown, m_services);
}

void ClusterFacts::assembleEvents(Instant now)
{
    auto list = std::make_shared<std::vector<ClusterEvent>>();
    const QSet<QString> events = m_ofKind.value(KubernetesKind::Event);
    for (const QString &uid : events) {
        if (const auto *event = std::get_if<EventFacts>(&m_facts.at(uid)); event && now - event->at < eventsKept)
            list->push_back(
                clusterEvent(*event, m_scene,
                             serviceOf(event->aboutUid, event->aboutKind, event->aboutNameSpace, event->aboutName)));
    }
    for (const KubernetesKind kind : {KubernetesKind::ConfigMap, KubernetesKind::Secret}) {
        const QSet<QString> written = m_ofKind.value(kind);
        for (const QString &uid : written) {
            const auto *object = std::get_if<MetadataFacts>(&m_facts.at(uid));
            const bool isRecent = object && object->object.changedAt && now - *object->object.changedAt < eventsKept;
            const auto event =
                isRecent ? changeEvent(*object, m_scene, serviceOfObject(toWireName(kind), object->object, m_services))
                         : std::nullopt;
            if (event)
                list->push_back(*event);
        }
    }
    std::sort(list->begin(), list->end(), [](const ClusterEvent &a, const ClusterEvent &b) {
        return a.at != b.at ? a.at > b.at : a.object.path() < b.object.path();
    });
    if (list->size() > mostEvents)
        list->resize(mostEvents);
    m_eventList = std::move(list);
}

} // namespace cockpit
