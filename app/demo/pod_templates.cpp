// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/pod_templates.h"

#include "app/demo/planned_pods.h"
#include "app/demo/scenario.h"

#include <algorithm>
#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// Without vowels and look-alikes, as Kubernetes spells what it makes up.
constexpr std::string_view safeLetters = "bcdfghjklmnpqrstvwxz2456789";

std::string safeText(std::uint64_t number, int length)
{
    std::string text;
    for (int i = 0; i < length; ++i, number /= safeLetters.size())
        text += safeLetters[number % safeLetters.size()];
    return text;
}

Json environmentOf(const WorkloadPlan &workload, const RevisionPlan &revision)
{
    Json list = Json::array();
    for (const auto &[name, value] : revision.environment)
        list.push_back({{"name", name}, {"value", value}});
    if (workload.kind == "Rollout") {
        const Json reference{{"name", workload.name + "-secrets"}, {"key", "DATABASE_URL"}};
        list.push_back({{"name", "DATABASE_URL"}, {"valueFrom", {{"secretKeyRef", reference}}}});
    }
    return list;
}

Json containerOf(const WorkloadPlan &workload, const RevisionPlan &revision)
{
    const std::string tag = revision.tag.empty() ? revision.version : revision.tag;
    const Json probe{{"httpGet", {{"path", "/ready"}, {"port", "http"}}}, {"periodSeconds", 5}};
    return {{"name", workload.name},
            {"image", "registry.example.test/dark-tower/" + workload.name + ':' + tag},
            {"ports", Json::array({{{"name", "http"}, {"containerPort", 8080}, {"protocol", "TCP"}}})},
            {"env", environmentOf(workload, revision)},
            {"envFrom", Json::array({{{"configMapRef", {{"name", workload.name + "-config"}}}}})},
            {"resources",
             {{"limits", {{"cpu", "2"}, {"memory", "1Gi"}}}, {"requests", {{"cpu", "500m"}, {"memory", "512Mi"}}}}},
            {"readinessProbe", probe},
            {"imagePullPolicy", "IfNotPresent"}};
}

/// How many pods of the newest and of the stable template an update at `weight` per cent has.
std::pair<int, int> splitOf(int replicas, int weight)
{
    const double share = weight / 100.0;
    return {static_cast<int>(std::ceil(replicas * share)), static_cast<int>(std::ceil(replicas * (1.0 - share)))};
}

} // namespace

Json podTemplateOf(const WorkloadPlan &workload, const RevisionPlan &revision)
{
    Json labels{{"app", workload.name}, {"app.kubernetes.io/name", workload.name}};
    Json metadata{{"labels", std::move(labels)}};
    if (!revision.annotations.empty())
        metadata["annotations"] = revision.annotations;
    return {{"metadata", std::move(metadata)},
            {"spec",
             {{"containers", Json::array({containerOf(workload, revision)})}, {"terminationGracePeriodSeconds", 30}}}};
}

std::string templateHash(const Json &podTemplate)
{
    // Sorted keys: two clients may write the same template in two orders.
    nlohmann::json sorted = nlohmann::json::parse(podTemplate.dump());
    if (sorted.contains("metadata") && sorted["metadata"].is_object()) {
        sorted["metadata"].erase("creationTimestamp");
        if (sorted["metadata"].contains("labels"))
            for (const char *label : {"rollouts-pod-template-hash", "pod-template-hash", "controller-revision-hash"})
                sorted["metadata"]["labels"].erase(label);
    }
    return safeText(hashOf(0, sorted.dump()), 10);
}

std::string imageTag(const Json &podTemplate)
{
    const std::string image = podTemplate.value("/spec/containers/0/image"_json_pointer, std::string());
    const std::size_t colon = image.rfind(':');
    return colon == std::string::npos || image.find('/', colon) != std::string::npos ? "" : image.substr(colon + 1);
}

std::string imageId(const Json &podTemplate)
{
    const std::string image = podTemplate.value("/spec/containers/0/image"_json_pointer, std::string());
    std::string digest;
    for (std::uint64_t part = 1; part <= 4; ++part) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::uint64_t number = hashOf(part, image);
        for (int i = 0; i < 16; ++i, number >>= 4U)
            digest += digits[number & 15U];
    }
    return image.substr(0, image.rfind(':')) + "@sha256:" + digest;
}

std::string podName(std::uint64_t seed, const std::string &workload, const std::string &hash, int number)
{
    return workload + '-' + hash + '-' + safeText(hashOf(seed, workload + hash + std::to_string(number)), 5);
}

std::vector<PlannedPod> plannedPodsOf(const WorkloadPlan &workload, std::uint64_t seed)
{
    std::vector<PlannedPod> pods;
    const auto add = [&](std::size_t index, int count, Offset from, Offset apart) {
        const std::string hash = templateHash(podTemplateOf(workload, workload.revisions[index]));
        for (int i = 0; i < count; ++i) {
            const bool ordinal = workload.kind == "StatefulSet";
            pods.push_back({ordinal ? workload.name + '-' + std::to_string(i) : podName(seed, workload.name, hash, i),
                            hash, index, from + i * apart, i});
        }
    };
    const std::size_t last = workload.revisions.size() - 1;
    if (!workload.updating) {
        const int before = workload.scaledFrom.empty() ? workload.replicas : workload.scaledFrom.back().second;
        add(last, workload.replicas, workload.revisions[last].createdAt, 20.0);
        for (std::size_t i = static_cast<std::size_t>(before); i < pods.size(); ++i)
            pods[i].createdAt = workload.scaledFrom.back().first;
    } else if (workload.blueGreen) {
        add(last - 1, workload.replicas, workload.revisions[last - 1].createdAt, 20.0);
        add(last, workload.replicas, workload.revisions[last].createdAt, 1.0);
    } else {
        const auto [canary, stable] = splitOf(workload.replicas, workload.weightsSet.back().second);
        add(last - 1, stable, workload.revisions[last - 1].createdAt, 20.0);
        const std::size_t first = pods.size();
        add(last, canary, workload.weightsSet.front().first - podStartup, 0.0);
        for (std::size_t i = 0; i < static_cast<std::size_t>(canary); ++i)
            for (const auto &[at, weight] : workload.weightsSet)
                if (static_cast<std::size_t>(splitOf(workload.replicas, weight).first) > i) {
                    pods[first + i].createdAt = at - podStartup;
                    break;
                }
    }
    return pods;
}

std::vector<PodLife> plannedPods(const Scenario &scenario, std::uint64_t seed)
{
    std::vector<PodLife> lives;
    for (const ServicePlan &service : scenario.services) {
        const WorkloadPlan *workload = scenario.cluster.workload(service.name);
        if (workload == nullptr)
            continue;
        for (const PlannedPod &pod : plannedPodsOf(*workload, seed)) {
            const bool newest = workload->updating && pod.revision + 1 == workload->revisions.size();
            lives.push_back({service.name, pod.name, workload->revisions[pod.revision].version,
                             newest && !workload->blueGreen ? "canary" : "stable", pod.createdAt + podStartup,
                             PodLife::forever});
        }
    }
    return lives;
}

} // namespace cockpit::demo
