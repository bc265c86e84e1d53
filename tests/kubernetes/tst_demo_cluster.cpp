// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configuration_loader.h"
#include "cluster_fixture.h"

#include <QProcess>
#include <QTest>

using namespace cockpit;

/// The demo world's API server through the product's own client: nothing between them is special.
class DemoClusterTest : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;
    LiveClock m_clock;
    QTemporaryDir m_folder;
    QProcess m_world;
    CurlHttpClient m_http{m_clock, 7};
    SeenUpdates m_seen;
    std::unique_ptr<KubernetesBackend> m_backend;
    QString m_context;

    bool hasRollout(const std::function<bool(const Rollout &)> &holds) const
    {
        const auto update = m_seen.rollouts(m_context);
        return update && std::any_of(update->rollouts->begin(), update->rollouts->end(),
                                     [&holds](const RolloutPtr &rollout) { return holds(*rollout); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString config = m_folder.filePath(QStringLiteral("world.yaml"));
        m_world.start(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit-sim"),
                      {QStringLiteral("--scenario"), QStringLiteral("bad-canary"), QStringLiteral("--write-config"),
                       config, QStringLiteral("--exit-with-parent")});
        QVERIFY(m_world.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(config) && QFileInfo(config).size() > 0, 20000);
        const LoadedConfiguration loaded = loadConfiguration(config, {});
        QVERIFY(loaded.isUsable() && loaded.configuration.kubernetes);
        m_context = loaded.configuration.kubernetes->contexts.value(0);
        KubernetesBackend::Settings settings{.config = *loaded.configuration.kubernetes,
                                             .environment = loaded.configuration.environment.name,
                                             .services = ServiceMap(loaded.configuration.serviceDefinitions())};
        m_backend = std::make_unique<KubernetesBackend>(
            m_http, m_clock, std::move(settings), [](const std::function<void()> &) {}, m_seen.sink());
        m_backend->start();
    }
    void cleanupTestCase()
    {
        m_backend.reset();
        m_world.closeWriteChannel();
        QVERIFY(m_world.waitForFinished());
    }

    void isReadInFull()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_seen.state(m_context) == SourceStatus::State::Ok, 20000);
        QVERIFY(hasRollout([](const Rollout &rollout) {
            return rollout.key.name == u"gc-service" && rollout.kind == WorkloadKind::Rollout &&
                   !rollout.steps.isEmpty() && !rollout.pods.isEmpty() && rollout.revisions.size() >= 2 &&
                   rollout.service == ServiceId(QStringLiteral("gc-service"));
        }));
        QVERIFY(hasRollout([](const Rollout &rollout) { return rollout.kind == WorkloadKind::StatefulSet; }));
        QVERIFY(!m_backend->calls().identity(m_context).isEmpty());
    }

    void movesWithTheWorld()
    {
        const auto before = m_seen.all<RolloutsUpdate>().size();
        QTRY_VERIFY_WITH_TIMEOUT(m_seen.all<RolloutsUpdate>().size() > before, 60000);
    }
};

QTEST_GUILESS_MAIN(DemoClusterTest)
#include "tst_demo_cluster.moc"
