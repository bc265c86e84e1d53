// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/actions/engine_fixture.h"
#include "tests/support/fake_kubernetes.h"

namespace cockpit::testing {

inline const QString kRolloutPath = QStringLiteral("/apis/argoproj.io/v1alpha1/namespaces/dark-tower/rollouts/gc-service");

inline nlohmann::json podTemplate(const char *image)
{
    return {{"metadata", {{"labels", {{"app", "gc-service"}}}}},
            {"spec", {{"containers", nlohmann::json::array({{{"name", "gc-service"}, {"image", image}}})}}}};
}

/// gc-service in the middle of a bad canary: 1.42.3 stable, 1.43.0 at 25 %.
class RolloutWorld {
public:
    explicit RolloutWorld(const QString &storePath)
        : store(StoreOptions{storePath, thisProcessIdentity(), std::chrono::seconds(10)}, clock, post())
    {
        putRollout();
        entry.rollout = std::make_shared<Rollout>(canary());
        auto wanted = std::make_shared<DeploymentPolicy>();
        wanted->interval = std::chrono::minutes(5);
        MetricRule rule;
        rule.limit = 0.01;
        rule.text = QStringLiteral("error_rate < 1%");
        wanted->successCriteria = {rule};
        entry.policy = wanted;
        engine = std::make_unique<ActionEngine>(parts());
    }

    void putRollout()
    {
        kubernetes.put(kRolloutPath,
                       {{"apiVersion", "argoproj.io/v1alpha1"},
                        {"kind", "Rollout"},
                        {"metadata", {{"name", "gc-service"}, {"namespace", "dark-tower"}, {"uid", "u-1"}, {"generation", 7}}},
                        {"spec",
                         {{"replicas", 4},
                          {"template", podTemplate("r.example/gc-service:1.43.0")},
                          {"strategy", {{"canary", {{"steps", nlohmann::json::array({{{"setWeight", 25}}, {{"pause", nlohmann::json::object()}}})}}}}}}},
                        {"status",
                         {{"observedGeneration", "7"},
                          {"phase", "Paused"},
                          {"stableRS", "5f8b4"},
                          {"currentPodHash", "6c7d9"},
                          {"currentStepIndex", 1},
                          {"pauseConditions", nlohmann::json::array({{{"reason", "CanaryPauseStep"}}})},
                          {"replicas", 5},
                          {"updatedReplicas", 1},
                          {"availableReplicas", 5}}}});
        kubernetes.put(QStringLiteral("/apis/apps/v1/namespaces/dark-tower/replicasets/gc-service-5f8b4"),
                       {{"apiVersion", "apps/v1"},
                        {"kind", "ReplicaSet"},
                        {"metadata", {{"name", "gc-service-5f8b4"}, {"namespace", "dark-tower"}, {"uid", "rs-1"}}},
                        {"spec", {{"template", podTemplate("r.example/gc-service:1.42.3")}}}});
    }

    static Rollout canary()
    {
        Rollout rollout;
        rollout.key = {QStringLiteral("prod"), QStringLiteral("eu"), QStringLiteral("dark-tower"), QStringLiteral("Rollout"),
                       QStringLiteral("gc-service"), QStringLiteral("u-1")};
        rollout.service = ServiceId(QStringLiteral("gc-service"));
        rollout.generation = 7;
        rollout.phase = RolloutPhase::Paused;
        rollout.stableHash = QStringLiteral("5f8b4");
        rollout.currentHash = QStringLiteral("6c7d9");
        rollout.desiredReplicas = 4;
        rollout.desiredWeight = 25;
        rollout.stepIndex = 1;
        rollout.steps = {RolloutStep{RolloutStep::Kind::SetWeight, 25, {}, {}}, RolloutStep{RolloutStep::Kind::Pause, 0, {}, {}}};
        rollout.trafficRouting = true;
        rollout.revisions = {revision("6c7d9", 14, "1.43.0", "sha256:bad"), revision("5f8b4", 13, "1.42.3", "sha256:good")};
        rollout.revisions[0].isCurrent = true;
        rollout.revisions[0].pods = rollout.revisions[0].readyPods = 1;
        rollout.revisions[1].isStable = true;
        rollout.revisions[1].pods = rollout.revisions[1].readyPods = 4;
        return rollout;
    }

    static RolloutRevision revision(const char *hash, qint64 number, const char *version, const char *digest)
    {
        RolloutRevision one;
        one.hash = QLatin1String(hash);
        one.objectName = QStringLiteral("gc-service-") + one.hash;
        one.number = number;
        one.version = QLatin1String(version);
        const std::string image = std::string("r.example/gc-service:") + version;
        one.images = {ContainerImage{QStringLiteral("gc-service"), QString::fromStdString(image), QLatin1String(digest)}};
        one.podTemplate = QByteArray::fromStdString(podTemplate(image.c_str()).dump());
        one.createdAt = *parseRfc3339("2026-11-20T00:00:00Z");
        return one;
    }

    void change(const std::function<void(Rollout &)> &how)
    {
        Rollout rollout = *entry.rollout;
        how(rollout);
        entry.rollout = std::make_shared<Rollout>(rollout);
    }

    Post post()
    {
        return [this](std::function<void()> call) {
            QMetaObject::invokeMethod(&receiver, std::move(call), Qt::QueuedConnection);
        };
    }

    ActionEngineParts parts()
    {
        return ActionEngineParts{
            .clock = clock,
            .http = alertmanager,
            .store = store,
            .post = post(),
            .members = [](const QString &) { return QList<AlertmanagerMember>(); },
            .fleet = [] { return std::shared_ptr<const Fleet>(); },
            .gates = [](const ActionRequest &) { return GateContext{}; },
            .later = [this](std::chrono::milliseconds, std::function<void()> call) {
                if (holdsLater)
                    return;
                clock.set(clock.now() + std::chrono::seconds(30)); // each look is half a minute later
                QTimer::singleShot(0, &receiver, std::move(call));
            },
            .report = [this](const ActionRecord &record) { reports.append(record); },
            .kubernetes = &kubernetes,
            .rollout = [this](const ObjectKey &key) -> const RolloutEntry * {
                const ObjectKey &known = entry.rollout->key;
                return key.name == known.name && (key.uid.isEmpty() || key.uid == known.uid) ? &entry : nullptr;
            },
            .measureAll = measures ? MeasureAll([this](const Rollout &, Duration, Instant at, auto done) { done(measureAt(at)); })
                                   : MeasureAll(),
            .leastBudget = [this](const ServiceId &) { return budget; }};
    }

    /// What users saw in the window that ends at `at`: bad until `goodFrom`.
    Result<TrackMeasure> measureAt(Instant at) const
    {
        TrackMeasure measure;
        measure.requests = requests;
        measure.errors = requests * (at < goodFrom ? 0.068 : 0.003);
        measure.sampledAt = at;
        return measure;
    }

    ActionId plan(ActionIntent intent)
    {
        const ActionId id = engine->plan({.environment = QStringLiteral("prod"),
                                          .target = QStringLiteral("eu/dark-tower/Rollout/gc-service"),
                                          .service = ServiceId(QStringLiteral("gc-service")),
                                          .intent = std::move(intent),
                                          .actor = QStringLiteral("alice"),
                                          .reason = QStringLiteral("bad canary")});
        return id;
    }
    ActionRecord record(const ActionId &id) const
    {
        const ActionRecord *known = engine->find(id);
        return known ? *known : ActionRecord{};
    }
    ObjectKey key() const { return entry.rollout->key; }

    /// As the Argo controller does after an abort.
    static void abortController(nlohmann::json &object)
    {
        if (!object["status"].value("abort", false))
            return;
        object["status"]["phase"] = "Degraded";
        object["status"]["updatedReplicas"] = 0;
        object["status"]["canary"]["weights"]["canary"]["weight"] = 0;
    }

    std::optional<SloStatus> budget{}; ///< the service's least error budget
    bool measures = true;
    bool holdsLater = false; ///< nothing is looked at again
    double requests = 1000.0;
    StandingClock clock;
    Instant goodFrom = clock.now() + std::chrono::minutes(2);
    QObject receiver;
    FakeAlertmanager alertmanager;
    FakeKubernetes kubernetes;
    RolloutEntry entry{};
    QList<ActionRecord> reports{};
    StoreThread store;
    std::unique_ptr<ActionEngine> engine;
};

/// The check of that id; a default one (unknown, no id) when the plan has none.
inline Evidence checkOf(const ActionRecord &record, const char *id)
{
    for (const Evidence &check : record.plan.checks) {
        if (check.id == QLatin1String(id))
            return check;
    }
    return {};
}

} // namespace cockpit::testing
