// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/gitops/set_sync.h"
#include "app/actions/override_keeper.h"
#include "models/sync_owner.h"
#include "tests/actions/engine_fixture.h"
#include "tests/support/fake_kubernetes.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;

namespace {

const QString applicationPath = QStringLiteral("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/dark-tower");
const QString kustomizationPath =
    QStringLiteral("/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps");

ObjectKey syncKey(const char *nameSpace, const char *kind, const char *name)
{
    return {QStringLiteral("prod"), QStringLiteral("eu"), QLatin1String(nameSpace), QLatin1String(kind),
            QLatin1String(name), {}};
}

/// An engine, a keeper of overrides, and a cluster with an Application and a Kustomization that sync by themselves.
struct SyncWorld {
    explicit SyncWorld(const QString &path)
        : world(path)
        , handler({world.clock, kubernetes, leaseStore(world.store)})
    {
        kubernetes.put(applicationPath, {{"kind", "Application"},
                                         {"metadata", {{"name", "dark-tower"}, {"namespace", "argocd"}, {"uid", "a"}}},
                                         {"spec", {{"syncPolicy", {{"automated", {{"prune", true}, {"selfHeal", true}}}}}}}});
        kubernetes.put(kustomizationPath, {{"kind", "Kustomization"},
                                           {"metadata", {{"name", "apps"}, {"namespace", "flux-system"}, {"uid", "k"}}},
                                           {"spec", {{"interval", "1m"}}}});
        ActionEngineParts parts = world.parts();
        parts.setSync = &handler;
        engine = std::make_unique<ActionEngine>(parts);
        keeper = std::make_unique<OverrideKeeper>(
            OverrideKeeper::Parts{.engine = *engine,
                                  .store = world.store,
                                  .clock = world.clock,
                                  .environment = QStringLiteral("prod"),
                                  .show = [this](const QList<Lease> &, const QList<Override> &all) { overrides = all; },
                                  .problem = [](const Error &) {}});
        world.onReport = [this](const ActionRecord &record) { keeper->observe(record); };
    }
    ActionState run(const SetSync &wish)
    {
        const ActionId id = engine->plan(world.request(wish));
        const auto state = [&] { return engine->find(id) ? engine->find(id)->state : ActionState::Requested; };
        if (!QTest::qWaitFor([&] { return state() == ActionState::Planned || isFinal(state()); }))
            return state();
        last = *engine->find(id);
        if (isFinal(state()))
            return state();
        engine->confirm(id, {});
        static_cast<void>(QTest::qWaitFor([&] { return isFinal(state()); }));
        last = *engine->find(id);
        return state();
    }
    nlohmann::json automated() { return kubernetes.at(applicationPath)["spec"]["syncPolicy"]["automated"]; }

    EngineWorld world;
    FakeKubernetes kubernetes{};
    SetSyncHandler handler;
    QList<Override> overrides{};
    ActionRecord last{};
    std::unique_ptr<ActionEngine> engine{};
    std::unique_ptr<OverrideKeeper> keeper{};
};

} // namespace

/// A sync of GitOps held still for a while, so that a rollback stays.
class SyncActionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownerLeadsToItsObject();
    void suspensionEndsByItself();
    void fluxIsSuspended();
    void takenUpMeanwhileIsLeft();
    void withoutPermissionNothingIsSent();
    void lengthAndStateAreChecked();

private:
    QString storePath() { return m_folder.filePath(QStringLiteral("store%1.sqlite").arg(++m_stores)); }
    QTemporaryDir m_folder;
    int m_stores = 0;
};

void SyncActionsTest::ownerLeadsToItsObject()
{
    Rollout rollout;
    rollout.key = syncKey("shop", "Rollout", "web");
    QVERIFY(!syncObjectOf(rollout));
    rollout.gitOps = {QStringLiteral("Argo CD"), QStringLiteral("dark-tower"), {}};
    QCOMPARE(syncObjectOf(rollout)->path(), QStringLiteral("eu/argocd/Application/dark-tower"));
    rollout.gitOps = {QStringLiteral("Flux"), QStringLiteral("flux-system/apps"),
                      QStringLiteral("kustomize.toolkit.fluxcd.io/name")};
    QCOMPARE(syncObjectOf(rollout)->path(), QStringLiteral("eu/flux-system/Kustomization/apps"));
    rollout.gitOps.reference = QStringLiteral("helm.toolkit.fluxcd.io/name");
    QCOMPARE(syncObjectOf(rollout)->kind, QStringLiteral("HelmRelease"));
}

void SyncActionsTest::suspensionEndsByItself()
{
    SyncWorld one(storePath());
    one.keeper->runOn();
    QCOMPARE(one.run({.object = syncKey("argocd", "Application", "dark-tower"), .length = std::chrono::minutes(30)}),
             ActionState::Succeeded);
    QVERIFY(one.automated().is_null());
    const std::string note = one.kubernetes.at(applicationPath)["metadata"]["annotations"]["dt-cockpit/lease"];
    QVERIFY2(note.find("looking into it") != std::string::npos, note.c_str());
    QTRY_COMPARE(one.overrides.size(), 1);
    QCOMPARE(one.overrides.first().target, QStringLiteral("sync of dark-tower"));

    one.world.clock.set(one.world.clock.now() + std::chrono::minutes(31));
    QTRY_VERIFY_WITH_TIMEOUT((one.keeper->tick(), !one.automated().is_null()), 10000);
    QVERIFY(one.automated()["selfHeal"].get<bool>());
    QVERIFY(one.automated()["prune"].get<bool>());
    QTRY_VERIFY((one.keeper->tick(), one.overrides.isEmpty()));
    QVERIFY(!one.kubernetes.at(applicationPath)["metadata"]["annotations"].contains("dt-cockpit/lease"));
}

void SyncActionsTest::fluxIsSuspended()
{
    SyncWorld one(storePath());
    const ObjectKey object = syncKey("flux-system", "Kustomization", "apps");
    QCOMPARE(one.run({.object = object}), ActionState::Succeeded);
    QVERIFY(one.kubernetes.at(kustomizationPath)["spec"]["suspend"].get<bool>());
    QCOMPARE(one.run({.object = object, .suspended = false}), ActionState::Succeeded);
    QVERIFY(!one.kubernetes.at(kustomizationPath)["spec"]["suspend"].get<bool>());
}

void SyncActionsTest::takenUpMeanwhileIsLeft()
{
    SyncWorld one(storePath());
    const ObjectKey object = syncKey("argocd", "Application", "dark-tower");
    QCOMPARE(one.run({.object = object}), ActionState::Succeeded);
    const QString lease = one.last.request.id.toString();
    one.kubernetes.touch(applicationPath, "argocd-server", "2026-11-20T10:00:00Z", [](nlohmann::json &application) {
        application["spec"]["syncPolicy"]["automated"] = {{"prune", false}};
    });
    QCOMPARE(one.run({.object = object,
                      .suspended = false,
                      .policy = QStringLiteral("{}"),
                      .lease = lease}),
             ActionState::Succeeded);
    QVERIFY(!one.automated()["prune"].get<bool>());
    QVERIFY2(one.last.steps.constLast().text.contains(QStringLiteral("argocd-server")) ||
                 one.last.message.contains(QStringLiteral("argocd-server")),
             qPrintable(one.last.message));
}

void SyncActionsTest::withoutPermissionNothingIsSent()
{
    SyncWorld one(storePath());
    one.kubernetes.allowed = false;
    QCOMPARE(one.run({.object = syncKey("argocd", "Application", "dark-tower")}), ActionState::Refused);
    QVERIFY2(one.last.message.contains(QStringLiteral("patch applications in argocd")), qPrintable(one.last.message));
    QCOMPARE(one.kubernetes.writes(), 0);
}

void SyncActionsTest::lengthAndStateAreChecked()
{
    SyncWorld one(storePath());
    const ObjectKey object = syncKey("argocd", "Application", "dark-tower");
    QCOMPARE(one.run({.object = object, .length = std::chrono::hours(48)}), ActionState::Refused);
    QCOMPARE(one.run({.object = object, .suspended = false}), ActionState::Refused);
    QVERIFY(one.last.message.contains(QStringLiteral("syncs already")));
    QCOMPARE(one.run({.object = syncKey("argocd", "Application", "other")}), ActionState::Refused);
    QCOMPARE(one.kubernetes.writes(), 0);
}

QTEST_GUILESS_MAIN(SyncActionsTest)
#include "tst_sync_actions.moc"
