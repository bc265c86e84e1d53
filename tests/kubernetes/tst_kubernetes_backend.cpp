// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

/// Whole contexts over recorded answers: what is published, and what happens when a server goes away.
class KubernetesBackendTest : public QObject {
    Q_OBJECT

    using State = SourceStatus::State;

    NetworkRuntime m_runtime;
    LiveClock m_clock;
    std::unique_ptr<KubeconfigFixture> m_files;
    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<CurlHttpClient> m_http;
    std::unique_ptr<SeenUpdates> m_seen;
    std::unique_ptr<KubernetesBackend> m_backend;

    void begin(QStringList contexts = {QStringLiteral("prod")}, QStringList namespaces = {},
               ClusterWatchOptions options = fastCluster())
    {
        KubernetesBackend::Settings settings;
        settings.config = {{m_files->path(QStringLiteral("config"))}, std::move(contexts), std::move(namespaces)};
        settings.environment = QStringLiteral("test");
        settings.variables = {{QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin")}};
        settings.options = options;
        settings.pluginLimit = 20s;
        m_backend = std::make_unique<KubernetesBackend>(
            *m_http, m_clock, settings, [](const std::function<void()> &) {}, m_seen->sink());
        m_backend->start();
    }
    void writeConfig(const QString &server, const QByteArray &nameSpace = {}, const QByteArray &user = "token: t")
    {
        m_files->write(QStringLiteral("config"), KubeconfigFixture::config(server, user, nameSpace));
    }
    std::size_t rolloutCount(const QString &context = QStringLiteral("prod")) const
    {
        const auto update = m_seen->rollouts(context);
        return update ? update->rollouts->size() : 0;
    }

private Q_SLOTS:
    void init()
    {
        m_files = std::make_unique<KubeconfigFixture>();
        m_server = std::make_unique<WireServer>();
        m_http = std::make_unique<CurlHttpClient>(m_clock, 7);
        m_seen = std::make_unique<SeenUpdates>();
        serveCluster(*m_server);
        writeConfig(m_server->url());
    }
    void cleanup()
    {
        m_backend.reset();
        m_http.reset();
        m_server.reset();
    }

    void showsWhatRollsOut()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QCOMPARE(rolloutCount(), std::size_t(6)); // the facts came before the word
        const auto status = m_seen->status();
        QCOMPARE(status->kind, SourceStatus::Kind::Kubernetes);
        QCOMPARE(displayName(*status), QStringLiteral("Kubernetes prod"));
        QVERIFY(status->lastSuccess.has_value());
        const RolloutPtr rollout = m_seen->rollout(QStringLiteral("ac-service"));
        QVERIFY(rollout);
        QCOMPARE(rollout->key.context, QStringLiteral("prod"));
        QCOMPARE(rollout->key.environment, QStringLiteral("test"));
        QCOMPARE(m_backend->order(), QList<SourceId>{kubernetesSourceId(QStringLiteral("prod"))});
        QCOMPARE(m_seen->all<StatusUpdate>().front().status.state, State::Connecting);
        QCOMPARE(m_backend->calls().identity(QStringLiteral("prod")), QStringLiteral("u"));
        // Metadata alone of what can hold secrets; Secrets are not asked for at all.
        QVERIFY(m_server->seen("/configmaps?limit")[0].head.find("as=PartialObjectMetadataList") != std::string::npos);
        QCOMPARE(m_server->count("/secrets"), 0);
    }

    void anEventChangesOneRolloutOnly()
    {
        ClusterWatchOptions calm = fastCluster();
        calm.proofInterval = 60s;
        std::string added = WireServer::recording("watch-cut-by-apiserver-sigkill");
        m_server->on("/rollouts?watch",
                     {WireServer::recorded("rollouts-list-empty"), WireServer::Reply{added, WireServer::Then::Hang}});
        begin({QStringLiteral("prod")}, {}, calm);
        QTRY_VERIFY(m_seen->rollout(QStringLiteral("mh-service")) &&
                    m_seen->rollout(QStringLiteral("mh-service"))->resourceVersion == QStringLiteral("1640"));
        const auto updates = m_seen->all<RolloutsUpdate>();
        QVERIFY(updates.size() >= 2);
        int moved = 0;
        for (const RolloutPtr &before : *updates.front().rollouts) {
            const auto &after = *updates.back().rollouts;
            moved += std::find(after.begin(), after.end(), before) == after.end();
        }
        QCOMPARE(moved, 1);
    }

    void theAgeIsThatOfTheLastProvenRead()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        const Instant first = *m_seen->status()->lastSuccess;
        const Instant read = m_seen->rollout(QStringLiteral("ac-service"))->readAt;
        QTRY_VERIFY(*m_seen->status()->lastSuccess > first);
        QTRY_VERIFY(m_seen->rollout(QStringLiteral("ac-service"))->readAt > read);
        QVERIFY(m_server->count("limit=1") > 0);
    }

    void storageThatIsDownIsSaidAlthoughTheWatchesStayOpen()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        m_server->on("/rollouts?limit=1", {WireServer::recorded("etcd-down-list")});
        m_server->on("/rollouts?limit=500", {WireServer::recorded("rollouts-list")});
        QTRY_COMPARE(m_seen->state(), State::Down);
        const Instant last = *m_seen->status()->lastSuccess;
        QVERIFY(m_seen->status()->message.contains(QStringLiteral("Kubernetes prod")));
        QVERIFY(m_seen->status()->downSince.has_value());
        QCOMPARE(rolloutCount(), std::size_t(6)); // what was known stays, with its age
        const int watches = m_server->count("/rollouts?watch");
        m_server->on("/rollouts?limit=1", {WireServer::recorded("rollouts-list")});
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QVERIFY(*m_seen->status()->lastSuccess > last);
        QTRY_VERIFY(m_server->count("/rollouts?watch") > watches); // the old ones may be dead
    }

    void aServerThatHangsIsDownInTime()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        m_server->on("/rollouts?limit=1", {{"", WireServer::Then::Hang}});
        QTRY_COMPARE(m_seen->state(), State::Down);
        QVERIFY(m_seen->status()->message.contains(QStringLiteral("0.5 s")));
    }

    void aServerThatGoesAwayComesBack()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        m_server->setAway(true);
        QTRY_COMPARE(m_seen->state(), State::Down);
        m_server->setAway(false);
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QCOMPARE(rolloutCount(), std::size_t(6));
    }

    void aContextThatHangsDelaysNoOther()
    {
        WireServer hanging;
        hanging.on("", {{"", WireServer::Then::Hang}});
        const QString login = m_files->script(QStringLiteral("login"), "sleep 600\n");
        m_files->write(QStringLiteral("config"),
                       "clusters: [{name: c, cluster: {server: \"" + m_server->url().toUtf8() +
                           "\"}}, {name: h, cluster: {server: \"" + hanging.url().toUtf8() +
                           "\"}}]\n"
                           "users: [{name: u, user: {token: t}}, {name: x, user: {exec: {apiVersion: "
                           "client.authentication.k8s.io/v1, command: " +
                           login.toUtf8() +
                           ", interactiveMode: Never}}}]\n"
                           "contexts: [{name: hangs, context: {cluster: h, user: u}}, {name: login, context: {cluster: "
                           "c, user: x}}, {name: prod, context: {cluster: c, user: u}}]\n");
        QElapsedTimer timer;
        timer.start();
        begin({QStringLiteral("hangs"), QStringLiteral("login"), QStringLiteral("prod")});
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QVERIFY2(timer.elapsed() < 1900, qPrintable(QString::number(timer.elapsed()))); // not one wait of the others
        QTRY_COMPARE_WITH_TIMEOUT(m_seen->state(QStringLiteral("hangs")), State::Down, 20000);
        QCOMPARE(m_seen->state(QStringLiteral("login")), State::Connecting);
        m_backend->cancelLogin(kubernetesSourceId(QStringLiteral("login")));
        QTRY_COMPARE(m_seen->state(QStringLiteral("login")), State::Unauthorized);
        timer.restart();
        m_backend.reset();
        QVERIFY(timer.elapsed() < 2000); // the end waits for nobody either
    }

    void aUserOfOneNamespaceSeesIt()
    {
        m_server->on("GET /apis/argoproj.io/v1alpha1/rollouts?limit",
                     {WireServer::recorded("rollouts-list-cluster-wide-403")});
        for (const char *place :
             {"GET /apis/apps/v1/deployments?limit", "GET /apis/apps/v1/statefulsets?limit",
              "GET /apis/apps/v1/daemonsets?limit", "GET /apis/apps/v1/replicasets?limit",
              "GET /apis/apps/v1/controllerrevisions?limit", "GET /api/v1/pods?limit", "GET /api/v1/events?limit",
              "GET /api/v1/configmaps?limit", "GET /apis/argoproj.io/v1alpha1/analysisruns?limit",
              "GET /apis/autoscaling/v2/horizontalpodautoscalers?limit"})
            m_server->on(place, {WireServer::recorded("rollouts-list-cluster-wide-403")});
        writeConfig(m_server->url(), "dark-tower");
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QCOMPARE(rolloutCount(), std::size_t(6));
        QVERIFY(m_server->count("/namespaces/dark-tower/pods?watch") > 0);
    }

    void configuredNamespacesAreAllThatIsAsked()
    {
        begin({QStringLiteral("prod")}, {QStringLiteral("dark-tower"), QStringLiteral("other")});
        m_server->on("/namespaces/other/rollouts?limit", {WireServer::recorded("rollouts-list-empty")});
        QTRY_COMPARE(m_seen->state(), State::Ok);
        QCOMPARE(m_server->count("GET /apis/apps/v1/deployments"), 0);
        QVERIFY(m_server->count("/namespaces/other/pods?limit") > 0);
        QVERIFY(m_server->count("/namespaces/dark-tower/pods?limit") > 0);
    }

    void whatMayNotBeReadIsSaid()
    {
        m_server->on("/configmaps?limit", {WireServer::recorded("rollouts-list-cluster-wide-403")});
        begin({QStringLiteral("prod")}, {QStringLiteral("dark-tower")});
        QTRY_COMPARE(m_seen->state(), State::Partial);
        QTRY_COMPARE(m_seen->status()->message, QStringLiteral("Not allowed to read: configmaps."));
        QCOMPARE(rolloutCount(), std::size_t(6));
    }

    void anotherClusterUnderTheSameNameIsReadAnew()
    {
        begin();
        QTRY_COMPARE(m_seen->state(), State::Ok);
        WireServer other;
        serveCluster(other);
        other.on("/rollouts?limit", {WireServer::recorded("rollouts-list-empty")});
        writeConfig(other.url());
        QTRY_COMPARE(rolloutCount(), std::size_t(0));
        QVERIFY(other.count("/rollouts?watch") > 0);
        m_backend.reset(); // before its server
    }

    void withoutContextsItIsTheCurrentOne()
    {
        m_files->write(QStringLiteral("config"), KubeconfigFixture::config(m_server->url(), "token: t"));
        begin(QStringList());
        QTRY_COMPARE(m_seen->state(), State::Ok);
    }

    void noWayInIsSaidInWords()
    {
        const QString login = m_files->script(QStringLiteral("login"), "echo 'SSO session expired' >&2\nexit 3\n");
        writeConfig(m_server->url(), {},
                    "exec: {apiVersion: client.authentication.k8s.io/v1, command: " + login.toUtf8() +
                        ", interactiveMode: Never}");
        begin();
        QTRY_COMPARE(m_seen->state(), State::Unauthorized);
        QVERIFY(m_seen->status()->message.contains(QStringLiteral("failed with exit code 3")));
        QVERIFY(m_seen->status()->message.contains(QStringLiteral("SSO session expired")));
        // After the person logged in: Retry now.
        m_files->script(QStringLiteral("login"), "printf '%s' "
                                                 "'{\"apiVersion\":\"client.authentication.k8s.io/"
                                                 "v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t\"}}'\n");
        m_backend->retry(kubernetesSourceId(QStringLiteral("prod")));
        QTRY_COMPARE(m_seen->state(), State::Ok);
    }

    void aTokenThatIsRefusedIsUnauthorized()
    {
        m_server->on("/", {WireServer::recorded("unauthorized-401")});
        for (const char *kind :
             {"rollouts", "deployments", "statefulsets", "daemonsets", "replicasets", "controllerrevisions", "pods",
              "horizontalpodautoscalers", "events", "configmaps", "analysisruns"})
            m_server->on(std::string("/") + kind + "?limit", {WireServer::recorded("unauthorized-401")});
        begin();
        QTRY_COMPARE(m_seen->state(), State::Unauthorized);
        QVERIFY(m_server->count("") < 300); // no storm
    }
};

QTEST_GUILESS_MAIN(KubernetesBackendTest)
#include "tst_kubernetes_backend.moc"
