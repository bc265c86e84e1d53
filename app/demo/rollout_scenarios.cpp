// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rollout_scenarios.h"

namespace cockpit::demo {

namespace {

constexpr const char *migrationAnnotation = "dt-cockpit/migration";

Scenario badCanaryAs(std::string name, std::string description)
{
    Scenario scenario = *scenarioByName("bad-canary");
    scenario.name = std::move(name);
    scenario.description = std::move(description);
    return scenario;
}

} // namespace

void addPreview(Scenario &scenario)
{
    WorkloadPlan &mh = *scenario.cluster.workload("mh-service");
    RevisionPlan revision;
    revision.version = "2.8.1";
    revision.createdAt = -9085;
    revision.environment = {{"RUST_LOG", "info"}, {"SESSION_TABLE", "v2"}};
    revision.annotations = {{migrationAnnotation, "expand"}};
    beginCanary(mh, std::move(revision), {});
    mh.completedAt = -9060;
}

Scenario flagNotCanary()
{
    Scenario scenario = badCanaryAs("flag-not-canary", "A flag breaks both versions two minutes before a step");
    // 02:56; the step to 25 % follows at 02:58.
    scenario.flags.front().onAt = -1000; // what addJoinTrouble() says of it holds here too: off heals both versions
    scenario.cause.reset();
    ServicePlan &gc = *scenario.service("gc-service");
    gc.sharedTrouble = true;
    for (VersionPlan &version : gc.versions) {
        version.errors = Curve({{-1000, 0.0004}, {-970, 0.041}, {-598, 0.063}});
        version.slow = Curve({{-1000, 0.0}, {-900, 0.4}, {-480, 1.0}});
        version.slowP99 = 0.412;
        version.p99AtStart = 0.412;
    }
    return scenario;
}

Scenario latestTag()
{
    Scenario scenario = badCanaryAs("latest-tag", "Both revisions are :latest, the same image");
    std::vector<RevisionPlan> &revisions = scenario.cluster.workload("gc-service")->revisions;
    for (std::size_t i = revisions.size() - 2; i < revisions.size(); ++i)
        revisions[i].tag = "latest";
    return scenario;
}

Scenario blueGreenMigration()
{
    Scenario scenario = healthyFleet();
    scenario.name = "blue-green-migration";
    scenario.description = "mh-service with a migration is up as a preview and waits for a person";
    addPreview(scenario);
    return scenario;
}

Scenario contractMigration()
{
    Scenario scenario = badCanaryAs("contract-migration", "The bad version dropped a column: it cannot be rolled back");
    scenario.cluster.workload("gc-service")->revisions.back().annotations = {{migrationAnnotation, "contract"}};
    return scenario;
}

Scenario gitOpsFightsBack()
{
    Scenario scenario = badCanaryAs("gitops-fights-back", "Argo CD puts back what differs from Git after a minute");
    for (WorkloadPlan &workload : scenario.cluster.workloads) {
        if (workload.kind != "Rollout")
            continue;
        workload.labels["app.kubernetes.io/instance"] = "dark-tower";
        workload.annotations["argocd.argoproj.io/tracking-id"] =
            "dark-tower:argoproj.io/Rollout:" + scenario.cluster.nameSpace + '/' + workload.name;
    }
    scenario.cluster.switches.gitOpsReverts = true;
    return scenario;
}

Scenario threeRegions()
{
    Scenario scenario = badCanaryAs("three-regions", "The same bad canary in three clusters");
    scenario.cluster.contexts = {"eu-west-1", "us-east-1", "ap-south-1"};
    return scenario;
}

Scenario forbiddenActions()
{
    Scenario scenario = badCanaryAs("forbidden", "The user may look and may not touch");
    scenario.cluster.switches.forbidPatches = true;
    return scenario;
}

Scenario conflictingActor()
{
    Scenario scenario = badCanaryAs("conflict", "Somebody else changes the Rollout after the plan was made");
    scenario.cluster.switches.conflictOnce = true;
    return scenario;
}

bool applyClusterFault(ClusterSwitches &switches, const std::string &word)
{
    if (word == "forbidden")
        switches.forbidPatches = true;
    else if (word == "conflict")
        switches.conflictAlways = true;
    else if (word == "gone")
        switches.expireWatches = true;
    else if (word == "drop-patches")
        switches.dropPatches = true;
    else if (word == "cut-watches")
        switches.cutWatches = true;
    else if (word == "restarts")
        switches.restarts = true;
    else
        return false;
    return true;
}

} // namespace cockpit::demo
