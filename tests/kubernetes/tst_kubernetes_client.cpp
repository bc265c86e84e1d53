// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_fixture.h"
#include "tests/net/test_certificates.h"

#include <QTest>

#include <condition_variable>

using namespace cockpit;
using namespace std::chrono_literals;

/// Calls to an API server that answers what a real one answered.
class KubernetesClientTest : public QObject {
    Q_OBJECT

    NetworkRuntime m_runtime;
    LiveClock m_clock;
    std::unique_ptr<KubeconfigFixture> m_files;
    std::unique_ptr<WireServer> m_server;
    std::unique_ptr<CurlHttpClient> m_http;
    std::shared_ptr<TaskThread> m_worker;
    std::shared_ptr<ContextLink> m_link;
    std::unique_ptr<KubernetesClient> m_client;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted;

    /// Runs what was posted to the owner's thread.
    void runPosted()
    {
        std::vector<std::function<void()>> jobs;
        {
            const std::lock_guard lock(m_mutex);
            jobs.swap(m_posted);
        }
        for (const auto &job : jobs)
            job();
    }
    template <typename Begin> auto wait(Begin begin)
    {
        using R = std::optional<Result<KubernetesAnswer>>;
        R answer;
        begin([&answer](Result<KubernetesAnswer> result) { answer = std::move(result); });
        [this, &answer] { QTRY_VERIFY_WITH_TIMEOUT((runPosted(), answer.has_value()), 20000); }();
        return answer ? *answer
                      : Result<KubernetesAnswer>(Error{Error::Kind::Storage, QStringLiteral("no answer"), {}, {}});
    }
    Result<KubernetesAnswer> call(const KubernetesCall &call)
    {
        return wait([&](KubernetesCalls::Answer<KubernetesAnswer> done) { m_client->call(call, std::move(done)); });
    }
    Result<AccessAnswer> mayI(const AccessQuestion &question)
    {
        std::optional<Result<AccessAnswer>> answer;
        m_client->mayI(question, [&answer](Result<AccessAnswer> result) { answer = std::move(result); });
        [this, &answer] { QTRY_VERIFY_WITH_TIMEOUT((runPosted(), answer.has_value()), 20000); }();
        return answer ? *answer
                      : Result<AccessAnswer>(Error{Error::Kind::Storage, QStringLiteral("no answer"), {}, {}});
    }
    static KubernetesCall get(const QString &path)
    {
        KubernetesCall call;
        call.context = QStringLiteral("prod");
        call.path = path;
        return call;
    }
    static KubernetesCall patch(const QString &path)
    {
        KubernetesCall made = get(path);
        made.method = "PATCH";
        made.bodyKind = KubernetesCall::Body::MergePatch;
        made.body = "{\"status\":{\"abort\":true}}";
        made.lane = HttpLane::Action;
        return made;
    }
    inline static const QString kRollout =
        QStringLiteral("/apis/argoproj.io/v1alpha1/namespaces/dark-tower/rollouts/ac-service");
    inline static const std::string kObject =
        "{'kind':'Rollout','apiVersion':'argoproj.io/v1alpha1','metadata':{'name':'ac-service','uid':'u'}}";

    void connectTo(const QByteArray &user)
    {
        m_files->write(QStringLiteral("config"), KubeconfigFixture::config(m_server->url(), user));
        auto plugins = std::make_shared<ExecCredentials>(
            ExecCredentials::Settings{.environment = {{QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin")}}},
            [] { return LiveClock().now(); });
        m_link = std::make_shared<ContextLink>(
            *m_http, m_clock,
            ContextLink::Settings{.context = QStringLiteral("prod"),
                                  .place = {{m_files->path(QStringLiteral("config"))}, true},
                                  .forbiddenPause = 20ms},
            plugins, m_worker);
        m_client->addContext(m_link);
    }

private Q_SLOTS:
    void init()
    {
        m_files = std::make_unique<KubeconfigFixture>();
        m_server = std::make_unique<WireServer>();
        HttpClientOptions options;
        options.retry.base = 10ms;
        options.retry.cap = 10ms;
        m_http = std::make_unique<CurlHttpClient>(m_clock, options);
        m_worker = std::make_shared<TaskThread>(m_clock);
        m_client = std::make_unique<KubernetesClient>(m_clock, m_worker, [this](std::function<void()> job) {
            const std::lock_guard lock(m_mutex);
            m_posted.push_back(std::move(job));
        });
        connectTo("token: secret-token");
    }
    void cleanup()
    {
        m_client.reset();
        m_link->stop();
        m_worker->stop();
        m_link.reset();
        m_http.reset();
        m_posted.clear();
    }

    void readsAnObject()
    {
        m_server->on("GET", {WireServer::json(200, kObject)});
        const auto answer = call(get(kRollout));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->object.name(), QStringLiteral("ac-service"));
        const auto seen = m_server->seen();
        QCOMPARE(seen.size(), std::size_t(1));
        QVERIFY(seen[0].head.find("Authorization: Bearer secret-token") != std::string::npos);
        QVERIFY((seen[0].head + "\r").find("Accept: application/json\r") != std::string::npos);
    }

    void writesSayWhoAndMayBeDry()
    {
        m_server->on("PATCH", {WireServer::recorded("admission-webhook-warning")});
        KubernetesCall dry = patch(kRollout + QStringLiteral("/status"));
        dry.dryRun = true;
        const auto answer = call(dry);
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->warnings.size(), 1);
        QVERIFY(!answer->warnings.first().contains(u'"'));
        const auto seen = m_server->seen("PATCH");
        QVERIFY(seen[0].target.ends_with("/status?fieldManager=dt-cockpit&dryRun=All&fieldValidation=Strict"));
        QVERIFY(seen[0].head.find("Content-Type: application/merge-patch+json") != std::string::npos);
        QCOMPARE(seen[0].body, std::string("{\"status\":{\"abort\":true}}"));
    }

    void asksForMetadataAlone()
    {
        m_server->on("GET", {WireServer::recorded("configmaps-list-partialobjectmetadata")});
        KubernetesCall list = get(QStringLiteral("/api/v1/namespaces/dark-tower/configmaps"));
        list.metadataOnly = true;
        const auto answer = call(list);
        QVERIFY(answer.has_value());
        QVERIFY(!answer->object.items().isEmpty());
        for (const KubernetesObject &item : answer->object.items())
            QVERIFY(item.annotation(QStringLiteral("kubectl.kubernetes.io/last-applied-configuration")).isEmpty());
        QVERIFY(m_server->seen()[0].head.find("as=PartialObjectMetadataList;") != std::string::npos);
        KubernetesCall one = get(QStringLiteral("/api/v1/namespaces/dark-tower/configmaps/a"));
        one.metadataOnly = true;
        QVERIFY(kubernetesRequest(one).headers.first().value.contains("as=PartialObjectMetadata;"));
    }

    void aReadIsSentAgainWithNewCredentialsAfter401()
    {
        const QByteArray runs = m_files->path(QStringLiteral("runs")).toUtf8();
        const QString login = m_files->script(
            QStringLiteral("login"),
            "echo run >> " + runs + "\nn=$(wc -l < " + runs +
                ")\n"
                "printf '%s' "
                "\"{\\\"apiVersion\\\":\\\"client.authentication.k8s.io/"
                "v1\\\",\\\"kind\\\":\\\"ExecCredential\\\",\\\"status\\\":{\\\"token\\\":\\\"token-$n\\\"}}\"\n");
        connectTo("exec: {apiVersion: client.authentication.k8s.io/v1, command: " + login.toUtf8() +
                  ", interactiveMode: Never}");
        m_server->on("GET", {WireServer::recorded("unauthorized-401"), WireServer::json(200, kObject)});
        QVERIFY(call(get(kRollout)).has_value());
        const auto seen = m_server->seen("GET");
        QCOMPARE(seen.size(), std::size_t(2));
        QVERIFY(seen[0].head.find("Bearer token-1") != std::string::npos);
        QVERIFY(seen[1].head.find("Bearer token-2") != std::string::npos);
    }

    void aWriteIsNotSentAgainAfter401()
    {
        m_server->on("PATCH", {WireServer::recorded("unauthorized-401"), WireServer::json(200, kObject)});
        const auto answer = call(patch(kRollout));
        QCOMPARE(answer.error().kind, Error::Kind::Unauthorized);
        QVERIFY(KubernetesCalls::outcomeIsKnown(answer.error()));
        QVERIFY(!answer.error().text().contains(QStringLiteral("secret-token")));
        QCOMPARE(m_server->count("PATCH"), 1);
    }

    void tooManyRequestsAreAskedAgainWhenTheServerSaysSo()
    {
        m_server->on("PATCH", {WireServer::recorded("too-many-requests-429"), WireServer::json(200, kObject)});
        QVERIFY(call(patch(kRollout)).has_value());
        QCOMPARE(m_server->count("PATCH"), 2);
        // An eviction that a PodDisruptionBudget forbids has no Retry-After: it is an answer.
        m_server->on("POST", {WireServer::recorded("eviction-429-disruption-budget")});
        KubernetesCall evict = get(QStringLiteral("/api/v1/namespaces/dark-tower/pods/p/eviction"));
        evict.method = "POST";
        evict.bodyKind = KubernetesCall::Body::Json;
        evict.body = "{}";
        QVERIFY(KubernetesCalls::outcomeIsKnown(call(evict).error()));
        QCOMPARE(m_server->count("POST"), 1);
    }

    void aCutOrFailedWriteIsNeverSentAgain()
    {
        m_server->on("PATCH", {{"", WireServer::Then::Cut}});
        const auto cut = call(patch(kRollout));
        QVERIFY(!cut.has_value());
        QVERIFY(!KubernetesCalls::outcomeIsKnown(cut.error()));
        QCOMPARE(m_server->count("PATCH"), 1);
        m_server->on("PATCH", {WireServer::recorded("etcd-down-patch")});
        const auto down = call(patch(kRollout));
        QCOMPARE(down.error().kind, Error::Kind::Timeout);
        QVERIFY(!KubernetesCalls::outcomeIsKnown(down.error()));
        QCOMPARE(m_server->count("PATCH"), 2);
        m_server->on("PATCH", {WireServer::recorded("conflict-409-merge-patch-resourceversion")});
        const auto conflict = call(patch(kRollout));
        QCOMPARE(conflict.error().kind, Error::Kind::Conflict);
        QVERIFY(KubernetesCalls::outcomeIsKnown(conflict.error()));
    }

    void aFalse403RightAfterAReconnectIsAskedAgain()
    {
        m_server->on("GET", {WireServer::recorded("startup-window-403"), WireServer::json(200, kObject)});
        QCOMPARE(call(get(kRollout)).error().kind, Error::Kind::Forbidden); // nothing happened before: it is meant
        m_link->noteDisturbance();
        m_server->on("GET", {WireServer::recorded("startup-window-403"), WireServer::json(200, kObject)});
        QVERIFY(call(get(kRollout)).has_value());
        m_server->on("GET", {WireServer::recorded("startup-window-503"), WireServer::recorded("startup-window-403"),
                             WireServer::json(200, kObject)});
        QVERIFY(call(get(kRollout)).has_value());
        m_server->on("GET", {WireServer::recorded("startup-window-403")});
        QCOMPARE(call(get(kRollout)).error().kind, Error::Kind::Forbidden);
    }

    void rightsAreKnownBeforehandAndKept()
    {
        const AccessQuestion question{.context = QStringLiteral("prod"),
                                      .nameSpace = QStringLiteral("dark-tower"),
                                      .verb = QStringLiteral("patch"),
                                      .group = QStringLiteral("argoproj.io"),
                                      .resource = QStringLiteral("rollouts"),
                                      .subresource = QStringLiteral("status"),
                                      .name = QStringLiteral("ac-service")};
        m_server->on("POST", {WireServer::recorded("ssar-allowed")});
        const auto allowed = mayI(question);
        QVERIFY(allowed.has_value() && allowed->allowed);
        QVERIFY(allowed->reason.contains(QStringLiteral("RBAC")));
        const std::string body = m_server->seen("POST")[0].body;
        QVERIFY(body.find("\"subresource\":\"status\"") != std::string::npos);
        QVERIFY(mayI(question)->allowed);
        QCOMPARE(m_server->count("POST"), 1);
        AccessQuestion other = question;
        other.verb = QStringLiteral("delete");
        m_server->on("POST", {WireServer::recorded("ssar-denied")});
        QVERIFY(!mayI(other)->allowed);
        // Right after a restart a refusal is asked again.
        other.verb = QStringLiteral("create");
        m_link->noteDisturbance();
        m_server->on("POST", {WireServer::recorded("ssar-denied"), WireServer::recorded("ssar-allowed")});
        QVERIFY(mayI(other)->allowed);
    }

    void knowsWhoItIs()
    {
        QCOMPARE(m_client->identity(QStringLiteral("prod")), QString());
        m_server->on("GET", {WireServer::json(200, kObject)});
        QVERIFY(call(get(kRollout)).has_value());
        QCOMPARE(m_client->identity(QStringLiteral("prod")), QStringLiteral("u")); // the kubeconfig's user entry
        const TestCertificate made = makeCertificate({.name = "operator"});
        connectTo("client-certificate-data: " + QByteArray::fromStdString(made.certificate).toBase64() +
                  ", client-key-data: " + QByteArray::fromStdString(made.key).toBase64());
        QVERIFY(call(get(kRollout)).has_value());
        QCOMPARE(m_client->identity(QStringLiteral("prod")), QStringLiteral("operator"));
        m_link->setReviewedUser(QStringLiteral("system:operator"));
        QCOMPARE(m_client->identity(QStringLiteral("prod")), QStringLiteral("system:operator"));
    }

    void anUnknownContextIsSaid()
    {
        KubernetesCall other = get(kRollout);
        other.context = QStringLiteral("staging");
        QCOMPARE(call(other).error().kind, Error::Kind::NotFound);
    }

    void speaksToAServerOverTls()
    {
        const TestCertificate authority = makeCertificate({.name = "authority", .isAuthority = true});
        const TestCertificate mine = makeCertificate({.name = "operator"}, authority);
        const TestCertificate its = makeCertificate({.name = "k.example"}, authority);
        WireServer server(FaultTls{its.certificate, its.key, authority.certificate});
        server.on("GET", {WireServer::json(200, kObject)});
        const auto base64 = [](const std::string &text) { return QByteArray::fromStdString(text).toBase64(); };
        m_files->write(
            QStringLiteral("config"),
            "clusters: [{name: c, cluster: {server: \"" + server.url(QStringLiteral("https")).toUtf8() +
                "\", tls-server-name: k.example, certificate-authority-data: " + base64(authority.certificate) +
                "}}]\n"
                "contexts: [{name: prod, context: {cluster: c, user: u}}]\n"
                "users: [{name: u, user: {client-certificate-data: " +
                base64(mine.certificate) + ", client-key-data: " + base64(mine.key) + "}}]\n");
        const auto answer = call(get(kRollout));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
    }
};

QTEST_GUILESS_MAIN(KubernetesClientTest)
#include "tst_kubernetes_client.moc"
