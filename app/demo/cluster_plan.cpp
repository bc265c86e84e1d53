// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/cluster_plan.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

constexpr Offset planHour = 3600.0;
constexpr Offset planDay = 24.0 * planHour;

WorkloadPlan workloadOf(std::string kind, std::string name, int replicas, int newestRevision,
                        std::vector<RevisionPlan> revisions)
{
    WorkloadPlan plan;
    plan.kind = std::move(kind);
    plan.name = std::move(name);
    plan.replicas = replicas;
    plan.newestRevision = newestRevision;
    plan.completedAt = revisions.back().createdAt + 3300.0;
    plan.revisions = std::move(revisions);
    return plan;
}

RevisionPlan revision(std::string version, Offset createdAt, std::string by = "release")
{
    RevisionPlan plan;
    plan.version = std::move(version);
    plan.createdAt = createdAt;
    plan.changedBy = std::move(by);
    plan.environment = {{"RUST_LOG", "info"}};
    return plan;
}

} // namespace

WorkloadPlan *ClusterPlan::workload(const std::string &name)
{
    const auto found =
        std::find_if(workloads.begin(), workloads.end(), [&](const WorkloadPlan &plan) { return plan.name == name; });
    return found == workloads.end() ? nullptr : &*found;
}

const WorkloadPlan *ClusterPlan::workload(const std::string &name) const
{
    return const_cast<ClusterPlan *>(this)->workload(name);
}

ClusterPlan healthyCluster()
{
    ClusterPlan plan;
    // 1.42.2 was rolled back on 18 Nov and 1.42.3 was done on 19 Nov; 2.9.1 runs since 21 Nov 14:02.
    plan.workloads.push_back(workloadOf(
        "Rollout", "gc-service", 8, 40,
        {revision("1.38.0", -81.3 * planDay), revision("1.39.0", -66.2 * planDay), revision("1.39.1", -58.4 * planDay),
         revision("1.40.0", -44.62 * planDay), revision("1.40.1", -43.3 * planDay), revision("1.41.0", -30.5 * planDay),
         revision("1.42.0", -19.4 * planDay), revision("1.42.1", -12.0 * planDay), revision("1.42.2", -5.2 * planDay),
         revision("1.42.1", -5.17 * planDay, "second"), revision("1.42.3", -3.7 * planDay)}));
    WorkloadPlan mc = workloadOf(
        "Rollout", "mc-service", 8, 23,
        {revision("2.6.0", -74.1 * planDay), revision("2.7.0", -56.3 * planDay), revision("2.8.0", -41.2 * planDay),
         revision("2.8.3", -29.4 * planDay), revision("2.8.4", -20.0 * planDay), revision("2.9.0", -9.0 * planDay), revision("2.9.1", -133840.0 - 3300.0)});
    mc.completedAt = -133840.0;
    plan.workloads.push_back(std::move(mc));
    WorkloadPlan mh = workloadOf("Rollout", "mh-service", 6, 17,
                                 {revision("2.6.0", -77.2 * planDay), revision("2.7.0", -54.1 * planDay),
                                  revision("2.7.3", -30.0 * planDay), revision("2.8.0", -8.0 * planDay)});
    mh.blueGreen = true;
    plan.workloads.push_back(std::move(mh));
    // Done at 01:20 after 55 min.
    WorkloadPlan ac = workloadOf("Rollout", "ac-service", 4, 31,
                                 {revision("3.9.0", -83.4 * planDay), revision("3.10.0", -68.3 * planDay),
                                  revision("3.10.1", -52.2 * planDay), revision("3.11.0", -39.1 * planDay),
                                  revision("3.11.3", -25.0 * planDay), revision("3.11.4", -11.0 * planDay),
                                  revision("3.12.0", -6760.0 - 3300.0)});
    ac.completedAt = -6760.0;
    plan.workloads.push_back(std::move(ac));
    plan.workloads.push_back(workloadOf("StatefulSet", "postgresql", 3, 2,
                                        {revision("16.3", -90.0 * planDay), revision("16.4", -40.0 * planDay)}));
    plan.workloads.push_back(workloadOf("StatefulSet", "redis", 3, 2,
                                        {revision("7.2.4", -80.0 * planDay), revision("7.2.5", -50.0 * planDay)}));
    plan.workloads.push_back(workloadOf("Deployment", "otel-collector", 2, 3,
                                        {revision("0.110.0", -60.0 * planDay), revision("0.111.0", -28.0 * planDay),
                                         revision("0.112.0", -14.0 * planDay)}));
    plan.workloads.push_back(workloadOf("DaemonSet", "node-agent", 3, 2,
                                        {revision("1.8.1", -70.0 * planDay), revision("1.8.2", -35.0 * planDay)}));
    for (WorkloadPlan &workload : plan.workloads)
        if (workload.kind != "Rollout")
            for (RevisionPlan &entry : workload.revisions)
                entry.changedBy = "platform";
    return plan;
}

void beginCanary(WorkloadPlan &workload, RevisionPlan revision, std::vector<std::pair<Offset, int>> weightsSet)
{
    workload.revisions.push_back(std::move(revision));
    ++workload.newestRevision;
    workload.updating = true;
    workload.weightsSet = std::move(weightsSet);
}

} // namespace cockpit::demo
