// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/rollouts_world.h"

#include <functional>

namespace cockpit {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

QString text(const char *words) { return QString::fromUtf8(words); }

Instant at(const char *time) { return *parseRfc3339(time); }

ObjectKey keyOf(const QString &kind, const QString &name)
{
    return {text("prod-eu"), text("eu-west-1"), text("dark-tower"), kind, name, text("uid-") + name};
}

RolloutRevision revision(const char *hash, const char *version, qint64 number, int pods, Instant created,
                         const char *who)
{
    RolloutRevision one;
    one.hash = text(hash);
    one.objectName = text("rs-") + one.hash;
    one.number = number;
    one.version = text(version);
    one.images = {{text("app"), text("registry.example/app:") + one.version, text("sha256:0123456789abcdef")}};
    one.createdAt = created;
    one.changedBy = text(who);
    one.pods = one.readyPods = pods;
    one.podTemplate = "{}";
    return one;
}

Rollout base(const char *name, RolloutStrategy strategy)
{
    Rollout rollout;
    rollout.key = keyOf(text("Rollout"), text(name));
    rollout.service = ServiceId(text(name));
    rollout.strategy = strategy;
    rollout.resourceVersion = text("1001");
    rollout.generation = 7;
    rollout.phase = RolloutPhase::Healthy;
    rollout.trafficRouting = true;
    rollout.readAt = worldNow() - seconds(2);
    return rollout;
}

QList<RolloutStep> canarySteps()
{
    QList<RolloutStep> steps;
    for (const int weight : {5, 15, 25, 35, 45, 55, 65, 75, 85, 95}) {
        steps.append({RolloutStep::Kind::SetWeight, weight});
        steps.append({RolloutStep::Kind::Pause, 0, Duration(minutes(5))});
    }
    return steps;
}

AnalysisFact analysis(int index, const char *phase, const char *errors, const char *latency, Instant when)
{
    AnalysisFact fact;
    fact.name = text("gc-service-step-%1").arg(index);
    fact.type = text("Step");
    fact.phase = text(phase);
    fact.stepIndex = index;
    fact.completedAt = when;
    fact.metrics = {
        {text("errors"), text(phase), text(errors), text("result < 1"), text("sum(rate(errors[5m]))"), {}, when},
        {text("p99"), text(phase), text(latency), text("result < 218"), text("histogram_quantile(0.99, …)"), {}, when}};
    return fact;
}

Rollout badCanary()
{
    Rollout rollout = base("gc-service", RolloutStrategy::Canary);
    rollout.phase = RolloutPhase::Paused;
    rollout.steps = canarySteps();
    rollout.stepIndex = 5;
    rollout.weights = {5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100};
    rollout.desiredWeight = rollout.measuredWeight = 25;
    rollout.pauses = {{text("InconclusiveAnalysisRun"), at("2026-11-23T03:03:00Z")}};
    rollout.waitsForPerson = true;
    rollout.desiredReplicas = rollout.replicas = rollout.readyReplicas = 8;
    rollout.updatedReplicas = 2;
    rollout.stableHash = text("5d9f7c6b8");
    rollout.currentHash = text("7b8c9d4f5");
    rollout.startedAt = at("2026-11-23T02:48:00Z");
    rollout.revisions = {revision("7b8c9d4f5", "1.43.0", 42, 2, at("2026-11-23T02:48:00Z"), "release"),
                         revision("5d9f7c6b8", "1.42.3", 41, 6, at("2026-11-19T09:10:00Z"), "release"),
                         revision("6c6f5b4d9", "1.42.2", 40, 0, at("2026-11-18T14:31:00Z"), "second"),
                         revision("58f6d7c8b", "1.42.1", 39, 0, at("2026-11-12T10:02:00Z"), "release")};
    rollout.revisions[0].isCurrent = true;
    rollout.revisions[1].isStable = true;
    for (int index = 0; index < 8; ++index) {
        PodFact pod;
        pod.name = text("gc-service-%1").arg(index);
        pod.hash = index < 2 ? rollout.currentHash : rollout.stableHash;
        pod.phase = text("Running");
        pod.ready = true;
        pod.restarts = index == 0 ? 2 : 0;
        rollout.pods.append(pod);
    }
    rollout.analyses = {analysis(5, "Failed", "6.9", "404", at("2026-11-23T03:03:00Z")),
                        analysis(3, "Successful", "0.71", "206", at("2026-11-23T02:58:00Z")),
                        analysis(1, "Successful", "0.05", "191", at("2026-11-23T02:53:00Z"))};
    rollout.gitOps = {text("Argo CD"), text("argocd/dark-tower"), text("argocd.argoproj.io/tracking-id")};
    return rollout;
}

Rollout blueGreen()
{
    Rollout rollout = base("mh-service", RolloutStrategy::BlueGreen);
    rollout.phase = RolloutPhase::Paused;
    rollout.waitsForPerson = true;
    rollout.pauses = {{text("BlueGreenPause"), worldNow() - minutes(151)}};
    rollout.stableHash = text("aaa111");
    rollout.currentHash = text("bbb222");
    rollout.desiredReplicas = rollout.readyReplicas = 6;
    rollout.blueGreen = BlueGreenFact{text("aaa111"), text("bbb222"), false, hours(1)};
    rollout.startedAt = worldNow() - minutes(160);
    rollout.revisions = {revision("bbb222", "2.8.1", 12, 6, worldNow() - minutes(160), "mh-owner"),
                         revision("aaa111", "2.8.0", 11, 6, worldNow() - hours(90), "release")};
    rollout.revisions[0].isCurrent = true;
    rollout.revisions[1].isStable = true;
    return rollout;
}

Rollout settled(const char *name, const char *version, const char *before, Instant since)
{
    Rollout rollout = base(name, RolloutStrategy::Canary);
    rollout.weights = {5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100};
    rollout.stableHash = rollout.currentHash = text(version) + text("-hash");
    rollout.desiredReplicas = rollout.readyReplicas = rollout.replicas = 4;
    rollout.startedAt = since;
    RolloutRevision now = revision("", version, 9, 4, since, "release");
    now.hash = rollout.currentHash;
    now.isCurrent = now.isStable = true;
    RolloutRevision old = revision("", before, 8, 0, since - hours(200), "release");
    old.hash = text(before) + text("-hash");
    rollout.revisions = {now, old};
    return rollout;
}

CriterionVerdict criterion(CriterionVerdict::Kind kind, CriterionVerdict::Result result, const char *rule,
                           PolicyMetric metric, double canary, double stable, double limit, double margin)
{
    CriterionVerdict one;
    one.kind = kind;
    one.result = result;
    one.rule = text(rule);
    one.metric = metric;
    one.canary = canary;
    one.stable = stable;
    one.limit = limit;
    one.margin = margin;
    one.stableKnown = true;
    one.count = 63600;
    one.sampledAt = worldNow() - seconds(4);
    return one;
}

std::shared_ptr<const CanaryVerdict> verdict(double errors, double p99, double stableP99, bool bad)
{
    using Kind = CriterionVerdict::Kind;
    using Result = CriterionVerdict::Result;
    CanaryVerdict verdict;
    verdict.result = bad ? Result::Fail : Result::Pass;
    verdict.rollBackNow = bad;
    verdict.words = bad ? text("Two triggers are met and stable is inside.") : text("All criteria pass.");
    const double soft = stableP99 * 1.2;
    const double hard = stableP99 * 2.0;
    verdict.criteria = {criterion(Kind::Success, bad ? Result::Fail : Result::Pass, "error_rate < 1%",
                                  PolicyMetric::ErrorRate, errors, 0.0003, 0.01, 0.01 - errors),
                        criterion(Kind::Success, bad ? Result::Fail : Result::Pass, "p99_latency < baseline * 1.2",
                                  PolicyMetric::P99Latency, p99, stableP99, soft, soft - p99),
                        criterion(Kind::Rollback, bad ? Result::Fail : Result::Pass, "error_rate > 5%",
                                  PolicyMetric::ErrorRate, errors, 0.0003, 0.05, 0.05 - errors),
                        criterion(Kind::Rollback, bad ? Result::Fail : Result::Pass, "p99_latency > baseline * 2.0",
                                  PolicyMetric::P99Latency, p99, stableP99, hard, hard - p99)};
    verdict.enforced = {Evidence::Verdict::Bad, text("rollout.enforced"), text("the cluster does not enforce it")};
    verdict.measures.split = TrackSplit::PodTemplateHash;
    verdict.measures.window = minutes(5);
    verdict.measures.canary.requests = 63600;
    verdict.measures.canary.pods = 2;
    verdict.measures.stable.requests = 190800;
    verdict.measures.stable.pods = 6;
    verdict.at = worldNow() - seconds(12);
    return std::make_shared<const CanaryVerdict>(verdict);
}

std::shared_ptr<const DeploymentPolicy> policy()
{
    DeploymentPolicy one;
    one.file = text("rollout-policies/gc-service.yaml");
    using Comparison = MetricRule::Comparison;
    one.successCriteria = {
        {PolicyMetric::ErrorRate, Comparison::Below, false, 0.01, text("error_rate < 1%")},
        {PolicyMetric::P99Latency, Comparison::Below, true, 1.2, text("p99_latency < baseline * 1.2")}};
    one.triggers = {
        MetricRule{PolicyMetric::ErrorRate, Comparison::Above, false, 0.05, text("error_rate > 5%")},
        MetricRule{PolicyMetric::P99Latency, Comparison::Above, true, 2.0, text("p99_latency > baseline * 2.0")}};
    return std::make_shared<const DeploymentPolicy>(one);
}

ClusterEvent stepEvent(const char *time, const char *message)
{
    ClusterEvent event;
    event.object = keyOf(text("Rollout"), text("gc-service"));
    event.reason = text("TrafficWeightUpdated");
    event.message = text(message);
    event.at = at(time);
    event.reporter = text("rollouts-controller");
    event.service = ServiceId(text("gc-service"));
    return event;
}

std::vector<ClusterEvent> incidentEvents()
{
    std::vector<ClusterEvent> events{stepEvent("2026-11-23T02:58:00Z", "Traffic weight updated from 15 to 25"),
                                     stepEvent("2026-11-23T02:53:00Z", "Traffic weight updated from 5 to 15"),
                                     stepEvent("2026-11-23T02:48:10Z", "Traffic weight updated to 5")};
    ClusterEvent scale;
    scale.object = keyOf(text("Deployment"), text("mc-service"));
    scale.reason = text("ScalingReplicaSet");
    scale.message = text("Scaled up replica set mc-service-1 to 8 from 6");
    scale.at = at("2026-11-23T02:41:00Z");
    scale.reporter = text("horizontal-pod-autoscaler");
    scale.service = ServiceId(text("mc-service"));
    events.push_back(scale);
    return events;
}

void apply(PagesWorld &world, std::vector<RolloutPtr> rollouts, const QString &context = text("eu-west-1"))
{
    RolloutsUpdate update;
    update.context = context;
    update.source = SourceId(text("kubernetes/") + context);
    update.at = worldNow();
    update.rollouts = std::make_shared<const std::vector<RolloutPtr>>(std::move(rollouts));
    if (context == text("eu-west-1"))
        update.events = std::make_shared<const std::vector<ClusterEvent>>(incidentEvents());
    world.rollouts.apply(update);
}

} // namespace

void fillRollouts(PagesWorld &world)
{
    apply(world,
          {std::make_shared<const Rollout>(badCanary()), std::make_shared<const Rollout>(blueGreen()),
           std::make_shared<const Rollout>(settled("ac-service", "3.12.0", "3.11.4", at("2026-11-23T00:25:00Z"))),
           std::make_shared<const Rollout>(settled("mc-service", "2.9.1", "2.9.0", at("2026-11-21T14:02:00Z")))});
    world.rollouts.setPolicies({{text("gc-service"), policy()}, {text("ac-service"), policy()}});
    world.rollouts.setVerdict(keyOf(text("Rollout"), text("gc-service")), verdict(0.068, 0.412, 0.182, true));
    world.rollouts.setVerdict(keyOf(text("Rollout"), text("ac-service")), verdict(0.0002, 0.038, 0.0385, false));
}

void fillManyRollouts(PagesWorld &world, int count)
{
    std::vector<RolloutPtr> many;
    for (int index = 0; index < count; ++index) {
        Rollout one = settled("x", "1.0.1", "1.0.0", worldNow() - hours(3 + index % 40));
        one.key = keyOf(text("Rollout"), text("service-%1").arg(index, 4, 10, QLatin1Char('0')));
        one.key.context = text("us-east-1");
        one.service = ServiceId(one.key.name);
        many.push_back(std::make_shared<const Rollout>(one));
    }
    apply(world, std::move(many), text("us-east-1"));
}

void blameThePlatform(PagesWorld &world)
{
    CanaryVerdict changed = *verdict(0.068, 0.412, 0.182, true);
    changed.rollBackNow = false;
    changed.notTheCanary = true;
    changed.result = CriterionVerdict::Result::Inconclusive;
    changed.words = text("Stable breaks error_rate < 1% too.");
    changed.disagreement =
        text("The analysis run of Argo Rollouts says Failed; the cockpit holds the platform to be the cause.");
    world.rollouts.setVerdict(keyOf(text("Rollout"), text("gc-service")),
                              std::make_shared<const CanaryVerdict>(changed));
}

const RolloutEntry &rolloutNamed(PagesWorld &world, const QString &name)
{
    const QList<const RolloutEntry *> found = world.rollouts.named(name);
    Q_ASSERT(!found.isEmpty());
    return *found.first();
}

void changeRollout(PagesWorld &world, const QString &name, const std::function<void(Rollout &)> &change)
{
    std::vector<RolloutPtr> rollouts;
    for (const RolloutEntry &entry : world.rollouts.entries()) {
        if (entry.rollout->key.context != text("eu-west-1"))
            continue;
        Rollout copy = *entry.rollout;
        if (copy.key.name == name)
            change(copy);
        rollouts.push_back(std::make_shared<const Rollout>(copy));
    }
    apply(world, std::move(rollouts));
}

ActionPlan rollbackPlan(bool serious)
{
    using Verdict = Evidence::Verdict;
    ActionPlan plan;
    plan.title = text("Roll back gc-service 1.43.0 to 1.42.3");
    plan.runLabel = text("Roll back to 1.42.3");
    plan.willChange = {text("canary weight 25 % to 0 %, about 45 s"), text("2 canary pods drain 30 s, then stop"),
                       text("stable takes 848 req/s, room for 1 780")};
    plan.willNotChange = {text("fast-join stays on"), text("us-east-1, ap-south-1: they run 1.42.3"),
                          text("database and configuration")};
    plan.duration = text("about 45 s");
    plan.diff = text("- image: gc-service:1.43.0\n+ image: gc-service:1.42.3");
    plan.precondition = text("1001");
    plan.checks = {
        {Verdict::Good, text("permission"), text("may patch, shape accepted"), text("Kubernetes eu-west-1")},
        {Verdict::Good, text("image"), text("image present")},
        {Verdict::Good, text("unchanged"), text("unchanged since 03:03")},
        {serious ? Verdict::Bad : Verdict::Good, text("migration"),
         serious ? text("a migration since then is not backward compatible") : text("database in use by stable now")},
        {Verdict::Good, text("gitops"), text("Argo CD does not undo an abort")},
        {Verdict::Unknown, text("sessions"), text("live sessions on the 2 pods: not known")}};
    plan.advisory = {text("sessions")};
    return plan;
}

void moveAction(PagesWorld &world, const ActionId &id, ActionState state, const QString &message)
{
    ActionRecord record = *world.actions.find(id);
    record.state = state;
    record.message = message;
    record.updatedAt = worldNow();
    record.steps = {{text("Planned."), ActionState::Planned, worldNow() - seconds(60)}};
    record.steps.clear();
    record.steps.append({text("Requested."), ActionState::Executing, worldNow() - seconds(58)});
    if (state == ActionState::Verifying || state == ActionState::Succeeded) {
        record.steps.append({text("The server took it: aborted."), ActionState::Verifying, worldNow() - seconds(57)});
        record.steps.append({text("Improving. gc-service runs 1.42.3 on all traffic: 1.7 to 0.03 %, the window still "
                                  "holds old samples."),
                             ActionState::Verifying, worldNow() - seconds(9), true});
        record.proof = {
            {Evidence::Verdict::Good, text("error_rate"),
             text("Error rate, all traffic: 1.7 % before, 0.03 % now, limit below 1 %, held 2 m 39 s of 5 m")},
            {Evidence::Verdict::Good, text("p99_latency"),
             text("p99, all traffic: 327 ms before, 186 ms now, limit below 218 ms, held 2 m 39 s of 5 m")}};
    }
    if (isFinal(state))
        record.steps.append({message, state, worldNow()});
    world.actions.setRecord(record);
}

} // namespace cockpit
