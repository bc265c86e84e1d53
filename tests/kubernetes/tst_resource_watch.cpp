// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_fixture.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

/// One kind, listed and watched over recorded answers: pages, cuts, each shape of 410, refusals.
class ResourceWatchTest : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;
    LiveClock m_clock;
    std::unique_ptr<KubeconfigFixture> m_files;
    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<CurlHttpClient> m_http;
    std::shared_ptr<TaskThread> m_worker;
    std::shared_ptr<ContextLink> m_link;
    std::shared_ptr<ResourceWatch> m_watch;
    // What the sink saw; written on the worker's thread.
    mutable std::mutex m_mutex;
    std::vector<QStringList> m_lists;
    QStringList m_changes;
    std::vector<ResourceWatch::State> m_states;

    void begin(KubernetesKind kind = KubernetesKind::Rollout)
    {
        ResourceWatch::Sink sink;
        sink.replaced = [this](std::vector<KubernetesFact> facts) {
            const std::lock_guard lock(m_mutex);
            QStringList names;
            for (const KubernetesFact &fact : facts)
                names.append(objectOf(fact).name);
            names.sort();
            m_lists.push_back(names);
        };
        sink.events = [this](std::vector<WatchEvent> events) {
            const std::lock_guard lock(m_mutex);
            for (const WatchEvent &event : events)
                m_changes.append((event.type == WatchEvent::Type::Deleted ? QStringLiteral("-") : QStringLiteral("+")) +
                                 objectOf(*event.fact).name);
        };
        sink.stateChanged = [this] {
            const std::lock_guard lock(m_mutex);
            m_states.push_back(m_watch->state());
        };
        m_watch =
            std::make_shared<ResourceWatch>(m_link, m_worker, kind, QStringLiteral("dark-tower"), fastWatch(), sink);
        m_worker->post([this] { m_watch->start(); });
    }
    std::size_t lists() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lists.size();
    }
    QStringList list(std::size_t at) const
    {
        const std::lock_guard lock(m_mutex);
        return m_lists.at(at);
    }
    QStringList changes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_changes;
    }
    ResourceWatch::State state() const
    {
        const std::lock_guard lock(m_mutex);
        return m_states.empty() ? ResourceWatch::State::Listing : m_states.back();
    }
    bool wasIn(ResourceWatch::State state) const
    {
        const std::lock_guard lock(m_mutex);
        return std::find(m_states.begin(), m_states.end(), state) != m_states.end();
    }
    std::string watchTarget(int at) const { return m_server->seen("watch=1").at(std::size_t(at)).target; }

private Q_SLOTS:
    void init()
    {
        m_lists.clear();
        m_changes.clear();
        m_states.clear();
        m_files = std::make_unique<KubeconfigFixture>();
        m_server = std::make_unique<WireServer>();
        m_files->write(QStringLiteral("config"), KubeconfigFixture::config(m_server->url(), "token: t"));
        m_http = std::make_unique<CurlHttpClient>(m_clock, 7);
        m_worker = std::make_shared<TaskThread>(m_clock);
        m_link = std::make_shared<ContextLink>(
            *m_http, m_clock,
            ContextLink::Settings{.context = QStringLiteral("prod"),
                                  .place = {{m_files->path(QStringLiteral("config"))}, true},
                                  .forbiddenPause = 20ms},
            std::make_shared<ExecCredentials>(ExecCredentials::Settings{}, [] { return LiveClock().now(); }), m_worker);
        m_server->on("?limit", {WireServer::recorded("rollouts-list")});
        m_server->on("watch=1", {WireServer::watch({})});
    }
    void cleanup()
    {
        m_worker->stop();
        if (m_watch)
            m_watch->stop();
        m_link->stop();
        m_watch.reset();
        m_link.reset();
        m_http.reset();
    }

    void listsAndWatchesFromThere()
    {
        m_server->on("watch=1",
                     {WireServer::recorded("watch-rollouts-added-modified-deleted-bookmark"), WireServer::watch({})});
        begin();
        QTRY_COMPARE(m_server->count("watch=1"), 2);
        QCOMPARE(lists(), std::size_t(1));
        QCOMPARE(list(0).size(), 6);
        QCOMPARE(changes(), (QStringList{QStringLiteral("+np-service"), QStringLiteral("+ac-service"),
                                         QStringLiteral("+ac-service"), QStringLiteral("-np-service")}));
        QVERIFY(watchTarget(0).find("allowWatchBookmarks=true") != std::string::npos);
        QVERIFY(watchTarget(0).find("timeoutSeconds=") != std::string::npos);
        // A clean end goes on from the newest version, here that of a bookmark.
        QVERIFY2(watchTarget(1).find("resourceVersion=1082&") != std::string::npos, watchTarget(1).c_str());
    }

    void takesAllPages()
    {
        m_server->on("limit=500", {WireServer::recorded("deployments-list-limit-page1"),
                                   WireServer::recorded("deployments-list-limit-page2"),
                                   WireServer::recorded("deployments-list-limit-page3")});
        begin(KubernetesKind::Deployment);
        QTRY_COMPARE(lists(), std::size_t(1));
        QCOMPARE(m_server->count("limit=500"), 3);
        QVERIFY(list(0).size() > 6);
        QVERIFY(m_server->seen("limit=500")[1].target.find("continue=") != std::string::npos);
    }

    void readsZippedAnswers()
    {
        m_server->on("?limit", {WireServer::recorded("pods-list-gzip")});
        begin(KubernetesKind::Pod);
        QTRY_COMPARE(lists(), std::size_t(1));
        QVERIFY(!list(0).isEmpty());
        QVERIFY(m_server->seen("?limit")[0].head.find("gzip") != std::string::npos);
    }

    void aPageThatCameTooLateBeginsAgain()
    {
        m_server->on("limit=500", {WireServer::recorded("deployments-list-limit-page1"),
                                   WireServer::recorded("deployments-list-continue-expired-410"),
                                   WireServer::recorded("deployments-list-limit-page1"),
                                   WireServer::recorded("deployments-list-limit-page2"),
                                   WireServer::recorded("deployments-list-limit-page3")});
        begin(KubernetesKind::Deployment);
        QTRY_COMPARE(lists(), std::size_t(1));
        QCOMPARE(m_server->count("limit=500"), 5);
        QStringList once = list(0);
        QCOMPARE(once.removeDuplicates(), 0);
    }

    void aServerThatDiesMidWatchIsResumed_data()
    {
        QTest::addColumn<QByteArray>("recording");
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("SIGKILL") << QByteArray("watch-cut-by-apiserver-sigkill") << QByteArray("resourceVersion=1640&");
        QTest::newRow("SIGTERM") << QByteArray("watch-cut-by-apiserver-sigterm") << QByteArray("resourceVersion=1637&");
    }
    void aServerThatDiesMidWatchIsResumed()
    {
        QFETCH(QByteArray, recording);
        QFETCH(QByteArray, version);
        m_server->on("watch=1",
                     {WireServer::recorded(recording.constData(), WireServer::Then::Cut), WireServer::watch({})});
        begin();
        QTRY_COMPARE(m_server->count("watch=1"), 2);
        QVERIFY2(watchTarget(1).find(version.constData()) != std::string::npos, watchTarget(1).c_str());
        QCOMPARE(lists(), std::size_t(1)); // nothing was lost: no new list
        QVERIFY(!wasIn(ResourceWatch::State::Waiting));
    }

    void eachShapeOf410ListsAgain_data()
    {
        QTest::addColumn<QByteArray>("recording");
        QTest::newRow("inside of the stream") << QByteArray("watch-rollouts-expired-410");
        QTest::newRow("as the status") << QByteArray("deployments-list-exact-rv-compacted-410");
        QTest::newRow("with a continue token") << QByteArray("deployments-list-continue-expired-410");
        QTest::newRow("after a restart") << QByteArray("watch-after-restart-old-rv-410");
    }
    void eachShapeOf410ListsAgain()
    {
        QFETCH(QByteArray, recording);
        m_server->on("watch=1", {WireServer::recorded(recording.constData()), WireServer::watch({})});
        begin();
        QTRY_COMPARE(lists(), std::size_t(2));
        QTRY_COMPARE(m_server->count("watch=1"), 2);
        QCOMPARE(state(), ResourceWatch::State::Watching);
    }

    void aWatchThatIsRefusedListsAgain()
    {
        m_server->on("watch=1", {WireServer::recorded("watch-rv-invalid-500"), WireServer::watch({})});
        begin();
        QTRY_COMPARE(lists(), std::size_t(2));
        QVERIFY(wasIn(ResourceWatch::State::Waiting));
        QTRY_COMPARE(state(), ResourceWatch::State::Watching);
    }

    void silenceIsNoError()
    {
        m_server->on("watch=1", {WireServer::recorded("watch-rollouts-future-rv", WireServer::Then::Hang)});
        begin();
        QTRY_COMPARE(state(), ResourceWatch::State::Watching);
        QCOMPARE(lists(), std::size_t(1));
    }

    void aLineThatIsNoneListsAgain()
    {
        m_server->on("watch=1", {WireServer::watch("{'type':'MODIFIED','obj\n"), WireServer::watch({})});
        begin();
        QTRY_COMPARE(lists(), std::size_t(2));
    }

    void aKindThatIsNotThereIsAskedForAgainLater()
    {
        m_server->on("?limit", {WireServer::recorded("rollouts-list-crd-not-installed-404"),
                                WireServer::recorded("rollouts-list")});
        begin();
        QTRY_VERIFY(wasIn(ResourceWatch::State::Absent));
        QTRY_COMPARE(lists(), std::size_t(2));
        QVERIFY(list(0).isEmpty());
        QCOMPARE(list(1).size(), 6);
    }

    void aRefusalIsKeptAndAskedAgainLater()
    {
        m_server->on("?limit",
                     {WireServer::recorded("rollouts-list-cluster-wide-403"), WireServer::recorded("rollouts-list")});
        begin();
        QTRY_VERIFY(wasIn(ResourceWatch::State::Forbidden));
        QTRY_COMPARE(lists(), std::size_t(1));
    }

    void waitsAsLongAsABusyServerAsks()
    {
        m_server->on("?limit", {WireServer::recorded("too-many-requests-429"), WireServer::recorded("etcd-down-list"),
                                WireServer::recorded("startup-window-403"), WireServer::recorded("startup-window-503"),
                                WireServer::recorded("rollouts-list")});
        begin();
        QTRY_COMPARE_WITH_TIMEOUT(lists(), std::size_t(1), 20000);
        QVERIFY(wasIn(ResourceWatch::State::Waiting));
        QVERIFY(!wasIn(ResourceWatch::State::Forbidden)); // the false one, after the 503 or the 504
    }
};

QTEST_GUILESS_MAIN(ResourceWatchTest)
#include "tst_resource_watch.moc"
