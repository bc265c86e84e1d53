// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_access.h"
#include "app/kubernetes/context_credentials.h"
#include "kubeconfig_fixture.h"
#include "tests/net/test_certificates.h"

#include <QTest>

#include <future>

using namespace cockpit;
using namespace std::chrono_literals;

/// kubeconfig as client-go reads it, and the way in that follows from it.
class KubeconfigTest : public QObject {
    Q_OBJECT

    LiveClock m_clock;

    static Kubeconfig read(const QStringList &paths)
    {
        const Result<Kubeconfig> config = readKubeconfig(paths, false);
        return config ? *config : Kubeconfig{};
    }
    static Result<ClusterAccessPtr> open(const QByteArray &yaml, const QString &context = QStringLiteral("prod"))
    {
        const Result<Kubeconfig> config = parseKubeconfig(yaml, QStringLiteral("config"), QStringLiteral("/folder"));
        if (!config)
            return config.error();
        ExecCredentials plugins({}, [] { return LiveClock().now(); });
        return openCluster(*config, context, {.plugins = plugins, .realNow = LiveClock().now()});
    }
    Result<ClusterAccessPtr> get(ContextCredentials &credentials, const EndpointPtr &refused = nullptr)
    {
        std::promise<Result<ClusterAccessPtr>> promise;
        credentials.get(refused, [&promise](Result<ClusterAccessPtr> access) { promise.set_value(std::move(access)); });
        return promise.get_future().get();
    }
    static QByteArray bytes(const std::string &text) { return QByteArray::fromStdString(text); }

private Q_SLOTS:
    void asksForPathsAsKubectlDoes()
    {
        const EnvironmentVariables home{{QStringLiteral("HOME"), QStringLiteral("/home/kim")}};
        QCOMPARE(kubeconfigPaths({}, home), QStringList{QStringLiteral("/home/kim/.kube/config")});
        EnvironmentVariables listed = home;
        listed.insert(QStringLiteral("KUBECONFIG"), QStringLiteral("/a:/b::/a"));
        QCOMPARE(kubeconfigPaths({}, listed), (QStringList{QStringLiteral("/a"), QStringLiteral("/b")}));
        QCOMPARE(kubeconfigPaths({QStringLiteral("/own")}, listed), QStringList{QStringLiteral("/own")});
    }

    void theFirstFileWinsEntryByEntry()
    {
        const KubeconfigFixture files;
        const QString first = files.write(QStringLiteral("first"),
                                          "clusters: [{name: c, cluster: {server: https://one}}]\n"
                                          "users: [{name: u, user: {client-certificate: certs/me.pem}}]\n"
                                          "contexts: [{name: a, context: {cluster: c, user: u, namespace: shop}}]\n");
        const QString second =
            files.write(QStringLiteral("second"), "current-context: b\n"
                                                  "clusters: [{name: c, cluster: {server: https://two, "
                                                  "tls-server-name: n}}, {name: d, cluster: {server: https://d}}]\n"
                                                  "users: [{name: u, user: {token: t}}]\n"
                                                  "contexts: [{name: b, context: {cluster: d, user: u}}]\n");
        const Kubeconfig config = read({first, files.path(QStringLiteral("missing")), second});
        QCOMPARE(config.currentContext, QStringLiteral("b"));
        QCOMPARE(config.clusters[QStringLiteral("c")].server, QStringLiteral("https://one"));
        QVERIFY(config.clusters[QStringLiteral("c")].serverName.isEmpty()); // no merge inside of an entry
        QCOMPARE(config.clusters[QStringLiteral("d")].server, QStringLiteral("https://d"));
        QCOMPARE(config.users[QStringLiteral("u")].certificateFile, files.path(QStringLiteral("certs/me.pem")));
        QVERIFY(config.users[QStringLiteral("u")].token.isEmpty());
        QCOMPARE(config.contexts.size(), 2);
        QCOMPARE(config.files.size(), 3); // the missing one may come
    }

    void saysWhatIsMissingOrBroken()
    {
        const KubeconfigFixture files;
        QCOMPARE(readKubeconfig({files.path(QStringLiteral("none"))}, false).error().kind, Error::Kind::NotFound);
        QCOMPARE(readKubeconfig({files.path(QStringLiteral("none"))}, true).error().kind, Error::Kind::Storage);
        const auto broken =
            parseKubeconfig("users: [{name: u, user: {token: hunter2", QStringLiteral("/k"), QStringLiteral("/"));
        QCOMPARE(broken.error().kind, Error::Kind::Parse);
        QVERIFY(!broken.error().text().contains(QStringLiteral("hunter2")));
        const auto data = parseKubeconfig("users: [{name: u, user: {client-key-data: '%%%'}}]", QStringLiteral("/k"),
                                          QStringLiteral("/"));
        QVERIFY(data.error().what.contains(QStringLiteral("client-key-data is no base64")));
        const auto other =
            open(KubeconfigFixture::config(QStringLiteral("https://k"), "token: t"), QStringLiteral("staging"));
        QCOMPARE(other.error().kind, Error::Kind::NotFound);
        QVERIFY(other.error().text().contains(QStringLiteral("staging")));
        QVERIFY(other.error().text().contains(QStringLiteral("It knows prod.")));
    }

    void opensEachKindOfLogin()
    {
        const QString server = QStringLiteral("https://k:6443");
        const auto token = open(KubeconfigFixture::config(
            server, "token: abc, as: bob, as-groups: [x, y], as-user-extra: {scopes: [v]}", "shop"));
        QVERIFY(token.has_value());
        const Endpoint &way = *(*token)->endpoint;
        QCOMPARE(way.url, server);
        QCOMPARE(way.bearer, QByteArray("abc"));
        QCOMPARE((*token)->nameSpace, QStringLiteral("shop"));
        QCOMPARE(way.headers.size(), 4);
        QCOMPARE(way.headers[0], (HttpHeader{"Impersonate-User", "bob"}));
        QCOMPARE(way.headers[2], (HttpHeader{"Impersonate-Group", "y"}));
        QCOMPARE(way.headers[3], (HttpHeader{"Impersonate-Extra-scopes", "v"}));

        const auto basic = open(KubeconfigFixture::config(server, "username: kim, password: pw"));
        QCOMPARE((*basic)->endpoint->basicUser, QStringLiteral("kim"));
        QCOMPARE((*basic)->endpoint->basicPassword, QByteArray("pw"));

        const TestCertificate made = makeCertificate({.name = "operator"});
        const QByteArray data = "client-certificate-data: " + bytes(made.certificate).toBase64() +
                                ", client-key-data: " + bytes(made.key).toBase64();
        const auto certificate = open(KubeconfigFixture::config(server, data));
        QCOMPARE((*certificate)->endpoint->tls.clientCertPem, bytes(made.certificate));
        QCOMPARE((*certificate)->certificateName, QStringLiteral("operator"));

        const auto gone = open(KubeconfigFixture::config(server, "auth-provider: {name: gcp}"));
        QVERIFY(gone.error().what.contains(QStringLiteral("auth-provider gcp")));
        QVERIFY(gone.error().next.contains(QStringLiteral("exec plugin")));
        // A login of its own stands before the plugin, which is then not run.
        const auto both = open(KubeconfigFixture::config(
            server, "token: abc, exec: {apiVersion: client.authentication.k8s.io/v1, command: /no/such/program}"));
        QCOMPARE((*both)->endpoint->bearer, QByteArray("abc"));
    }

    void readsTheClusterEntry()
    {
        const auto access =
            open("clusters: [{name: c, cluster: {server: 'https://10.0.0.1', tls-server-name: k.example, "
                 "proxy-url: 'socks5://p:1080', insecure-skip-tls-verify: true, "
                 "certificate-authority-data: " +
                 QByteArray("pem").toBase64() +
                 "}}]\n"
                 "contexts: [{name: prod, context: {cluster: c}}]\n");
        QVERIFY(access.has_value());
        const Endpoint &way = *(*access)->endpoint;
        QCOMPARE(way.proxy, QStringLiteral("socks5://p:1080"));
        QCOMPARE(way.tls.serverName, QStringLiteral("k.example"));
        QCOMPARE(way.tls.caPem, QByteArray("pem"));
        QVERIFY(!way.tls.verify);
    }

    void anExpiredCertificateIsSaid()
    {
        const TestCertificate old = makeCertificate({.name = "operator", .validFromDays = -3, .validToDays = -1});
        const QByteArray data = "client-certificate-data: " + bytes(old.certificate).toBase64() +
                                ", client-key-data: " + bytes(old.key).toBase64();
        const auto access = open(KubeconfigFixture::config(QStringLiteral("https://k"), data));
        QCOMPARE(access.error().kind, Error::Kind::Unauthorized);
        QVERIFY(access.error().what.contains(QStringLiteral("expired on")));
    }

    void aTokenFileThatIsSwappedIsReadAgain()
    {
        const KubeconfigFixture files;
        files.write(QStringLiteral("token"), "first\n");
        const QString config =
            files.write(QStringLiteral("config"),
                        KubeconfigFixture::config(QStringLiteral("https://k"), "token: old, tokenFile: token"));
        auto plugins = std::make_shared<ExecCredentials>(ExecCredentials::Settings{}, [] { return LiveClock().now(); });
        ContextCredentials credentials(QStringLiteral("prod"), {{config}, true}, plugins, m_clock);
        const auto first = get(credentials);
        QCOMPARE((*first)->endpoint->bearer, QByteArray("first")); // the file stands before the token
        QCOMPARE((*get(credentials))->endpoint.get(), (*first)->endpoint.get());
        files.write(QStringLiteral("token"), "second\n");
        QCOMPARE((*get(credentials))->endpoint->bearer, QByteArray("second"));
    }

    void aChangedKubeconfigIsReadAgain()
    {
        const KubeconfigFixture files;
        const QString config = files.path(QStringLiteral("config"));
        auto plugins = std::make_shared<ExecCredentials>(ExecCredentials::Settings{}, [] { return LiveClock().now(); });
        ContextCredentials credentials(QStringLiteral("prod"), {{config}, false}, plugins, m_clock);
        QCOMPARE(get(credentials).error().kind, Error::Kind::NotFound);
        files.write(QStringLiteral("config"), "clusters: [");
        QCOMPARE(get(credentials).error().kind, Error::Kind::Parse);
        files.write(QStringLiteral("config"), KubeconfigFixture::config(QStringLiteral("https://one"), "token: t"));
        QCOMPARE((*get(credentials))->endpoint->url, QStringLiteral("https://one"));
        files.write(QStringLiteral("config"), KubeconfigFixture::config(QStringLiteral("https://other"), "token: t"));
        QCOMPARE((*get(credentials))->endpoint->url, QStringLiteral("https://other"));
    }
};

QTEST_GUILESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
