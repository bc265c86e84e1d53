// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/kubernetes/pod_set.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

} // namespace

void PodSet::define(Group group) { m_groups[group.hash] = std::move(group); }

void PodSet::addPlanned(const PlannedPod &pod)
{
    m_made[pod.hash] = std::max(m_made[pod.hash], pod.number + 1);
    create(pod.hash, pod.name, pod.createdAt);
}

void PodSet::addNamed(const std::string &hash, const std::string &name, Offset now) { create(hash, name, now); }

void PodSet::setTarget(const std::string &hash, int count, Offset now)
{
    for (int living = alive(hash); living < count; ++living)
        create(hash, podName(m_state.seed, m_workload, hash, m_made[hash]++), now);
    // The newest go first.
    for (auto pod = m_pods.rbegin(); pod != m_pods.rend() && alive(hash) > count; ++pod)
        if (pod->hash == hash && pod->lives())
            end(*pod, now);
}

void PodSet::setTrack(const std::string &hash, const std::string &track, Offset now)
{
    Group &group = m_groups.at(hash);
    if (group.track == track)
        return;
    group.track = track;
    for (Pod &pod : m_pods) {
        if (pod.hash != hash || !pod.lives())
            continue;
        PodLife next = m_state.world.pods[pod.life];
        if (pod.readyAt < now) {
            m_state.world.pods[pod.life].until = now;
            next.startedAt = next.begin();
            next.readyAt = now;
            pod.life = m_state.world.pods.size();
            m_state.world.pods.push_back(next);
        }
        m_state.world.pods[pod.life].track = track;
    }
    m_state.worldChanged = true;
}

void PodSet::create(const std::string &hash, const std::string &name, Offset createdAt)
{
    const Group &group = m_groups.at(hash);
    Pod pod{name,
            hash,
            createdAt,
            createdAt + podStartup,
            PodLife::forever,
            PodLife::forever,
            false,
            m_state.world.pods.size()};
    m_state.world.pods.push_back({m_workload, name, group.version, group.track, pod.readyAt, PodLife::forever});
    m_state.worldChanged = true;
    m_pods.push_back(pod);
    write(m_pods.back());
}

void PodSet::end(Pod &pod, Offset now)
{
    pod.endedAt = now;
    pod.goneAt = now + (pod.readyAt <= now ? gracePeriod : 1.0);
    PodLife &life = m_state.world.pods[pod.life];
    life.until = std::max(now, life.readyAt);
    m_state.worldChanged = true;
    write(pod);
}

bool PodSet::end(const std::string &name, Offset now)
{
    for (Pod &pod : m_pods)
        if (pod.name == name && pod.lives()) {
            end(pod, now);
            return true;
        }
    return false;
}

Offset PodSet::advance(Offset now)
{
    Offset next = PodLife::forever;
    for (Pod &pod : m_pods) {
        if (pod.lives() && !pod.shownReady && pod.readyAt <= now) {
            pod.shownReady = true;
            write(pod);
        }
        if (pod.goneAt <= now)
            m_state.store.remove(*resourceOfKind("Pod"), m_state.nameSpace, pod.name);
        else if (!pod.lives())
            next = std::min(next, pod.goneAt);
        else if (!pod.shownReady)
            next = std::min(next, pod.readyAt);
    }
    std::erase_if(m_pods, [now](const Pod &pod) { return pod.goneAt <= now; });
    return next;
}

int PodSet::alive(const std::string &hash) const
{
    return static_cast<int>(
        std::count_if(m_pods.begin(), m_pods.end(), [&](const Pod &pod) { return pod.hash == hash && pod.lives(); }));
}

int PodSet::ready(const std::string &hash) const
{
    return static_cast<int>(std::count_if(m_pods.begin(), m_pods.end(), [&](const Pod &pod) {
        return pod.hash == hash && pod.lives() && pod.shownReady;
    }));
}

int PodSet::aliveInAll() const
{
    return static_cast<int>(std::count_if(m_pods.begin(), m_pods.end(), [](const Pod &pod) { return pod.lives(); }));
}

int PodSet::readyInAll() const
{
    return static_cast<int>(
        std::count_if(m_pods.begin(), m_pods.end(), [](const Pod &pod) { return pod.lives() && pod.shownReady; }));
}

std::string PodSet::oldPod(Offset createdBefore, const std::string &exceptHash) const
{
    for (auto pod = m_pods.rbegin(); pod != m_pods.rend(); ++pod)
        if (pod->lives() && pod->createdAt < createdBefore && (exceptHash.empty() || pod->hash != exceptHash))
            return pod->name;
    return {};
}

bool PodSet::exists(const std::string &name) const
{
    return std::any_of(m_pods.begin(), m_pods.end(), [&](const Pod &pod) { return pod.name == name; });
}

Json PodSet::statusOf(const Pod &pod, const Group &group) const
{
    const bool ready = pod.shownReady && pod.lives();
    const std::string since = m_state.timeText(ready ? pod.readyAt : pod.createdAt);
    Json conditions = Json::array();
    for (const char *type : {"Initialized", "Ready", "ContainersReady", "PodScheduled"}) {
        const bool always = std::string_view(type) == "Initialized" || std::string_view(type) == "PodScheduled";
        conditions.push_back({{"type", type},
                              {"status", always || ready ? "True" : "False"},
                              {"lastProbeTime", nullptr},
                              {"lastTransitionTime", always ? m_state.timeText(pod.createdAt) : since}});
    }
    const std::string address =
        "10.244." + std::to_string(hashOf(1, pod.name) % 4) + '.' + std::to_string(hashOf(2, pod.name) % 250 + 2);
    Json containers = Json::array();
    const std::string image = group.podTemplate.value("/spec/containers/0/image"_json_pointer, std::string());
    containers.push_back({{"name", group.podTemplate.value("/spec/containers/0/name"_json_pointer, m_workload)},
                          {"state", {{"running", {{"startedAt", m_state.timeText(pod.createdAt + 2.0)}}}}},
                          {"lastState", Json::object()},
                          {"ready", ready},
                          {"restartCount", 0},
                          {"image", image},
                          {"imageID", imageId(group.podTemplate)},
                          {"containerID", "containerd://" + pod.name},
                          {"started", true}});
    return {{"phase", pod.shownReady ? "Running" : "Pending"},
            {"conditions", std::move(conditions)},
            {"hostIP", "127.0.0.1"},
            {"podIP", address},
            {"podIPs", Json::array({{{"ip", address}}})},
            {"startTime", m_state.timeText(pod.createdAt)},
            {"containerStatuses", std::move(containers)},
            {"qosClass", "Burstable"}};
}

void PodSet::write(const Pod &pod)
{
    const Group &group = m_groups.at(pod.hash);
    const ResourceType &type = *resourceOfKind("Pod");
    const ObjectStore::Object before = m_state.store.find(type, m_state.nameSpace, pod.name);
    Json object;
    if (before) {
        object = *before;
    } else {
        object["metadata"] = metadataOf(m_state, pod.name, pod.createdAt);
        object["metadata"]["generateName"] = pod.name.substr(0, pod.name.rfind('-') + 1);
        object["metadata"]["labels"] = group.podTemplate.value("/metadata/labels"_json_pointer, Json::object());
        object["metadata"]["labels"][group.hashLabel] = group.hash;
        if (group.podTemplate["metadata"].contains("annotations"))
            object["metadata"]["annotations"] = group.podTemplate["metadata"]["annotations"];
        object["metadata"]["ownerReferences"] = Json::array({group.owner});
        object["spec"] = group.podTemplate["spec"];
        constexpr const char *nodes[] = {"node-a", "node-b", "node-c"};
        object["spec"]["nodeName"] = nodes[hashOf(3, pod.name) % 3];
    }
    if (!pod.lives()) {
        object["metadata"]["deletionTimestamp"] = m_state.timeText(pod.goneAt);
        object["metadata"]["deletionGracePeriodSeconds"] = static_cast<int>(pod.goneAt - pod.endedAt);
    }
    object["status"] = statusOf(pod, group);
    m_state.store.put(type, std::move(object));
}

} // namespace cockpit::demo
