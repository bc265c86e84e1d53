// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/context_credentials.h"
#include "app/kubernetes/exec_credential.h"
#include "kubeconfig_fixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <future>

#include <csignal>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const QString kV1 = QStringLiteral("client.authentication.k8s.io/v1");

QByteArray answerWith(const QByteArray &status, const QByteArray &version = "v1")
{
    return "printf '%s' '{\"apiVersion\":\"client.authentication.k8s.io/" + version +
           "\",\"kind\":\"ExecCredential\",\"status\":{" + status + "}}'\n";
}

} // namespace

/// Programs that log in: well, badly, slowly, never.
class ExecCredentialTest : public QObject {
    Q_OBJECT

    Instant m_now = fromEpochMs(1'800'000'000'000);

    ExecCredentials plugins(std::chrono::milliseconds limit = 10s, EnvironmentVariables extra = {})
    {
        EnvironmentVariables environment{{QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin")}};
        environment.insert(extra);
        return ExecCredentials({.environment = environment, .limit = limit}, [this] { return m_now; });
    }
    static KubeExec plugin(const QString &command) { return {.apiVersion = kV1, .command = command}; }
    static int runs(const KubeconfigFixture &files)
    {
        QFile log(files.path(QStringLiteral("runs")));
        return log.open(QIODevice::ReadOnly) ? int(log.readAll().count('\n')) : 0;
    }

private Q_SLOTS:
    void isToldTheCluster()
    {
        const KubeconfigFixture files;
        KubeExec exec = plugin(files.script(QStringLiteral("login"), "printf '%s' \"$KUBERNETES_EXEC_INFO\" > " +
                                                                         files.path(QStringLiteral("info")).toUtf8() +
                                                                         "\nprintf '%s' \"$AWS_PROFILE\" >&2\n" +
                                                                         answerWith("\"token\":\"abc\"")));
        exec.wantsClusterInfo = true;
        exec.environment.insert(QStringLiteral("AWS_PROFILE"), QStringLiteral("prod"));
        KubeCluster cluster;
        cluster.server = QStringLiteral("https://k");
        cluster.authorityPem = "pem";
        cluster.execExtension = QStringLiteral("{audience: a, level: 3}");
        ExecCredentials runner = plugins();
        const auto given = runner.get(exec, cluster, {}, nullptr);
        QVERIFY2(given.has_value(), given ? "" : qPrintable(given.error().text()));
        QCOMPARE(given->token, QByteArray("abc"));
        QFile info(files.path(QStringLiteral("info")));
        QVERIFY(info.open(QIODevice::ReadOnly));
        const QByteArray told = info.readAll();
        for (const char *part :
             {"\"interactive\":false", "\"server\":\"https://k\"", "\"level\":3", "\"audience\":\"a\"",
              "\"certificate-authority-data\":\"cGVt\"", "\"kind\":\"ExecCredential\""})
            QVERIFY2(told.contains(part), told.constData());
    }

    void keepsWhatItGaveUntilAMinuteBeforeItExpires()
    {
        const KubeconfigFixture files;
        const QByteArray expiry = toRfc3339(m_now + 10min).toUtf8();
        const KubeExec exec = plugin(files.script(
            QStringLiteral("login"), "echo run >> " + files.path(QStringLiteral("runs")).toUtf8() + "\n" +
                                         answerWith("\"token\":\"abc\",\"expirationTimestamp\":\"" + expiry + "\"")));
        ExecCredentials runner = plugins();
        const auto first = runner.get(exec, {}, {}, nullptr);
        QVERIFY(first.has_value());
        m_now += 8min + 59s;
        QVERIFY(runner.get(exec, {}, {}, nullptr).has_value());
        QCOMPARE(runs(files), 1);
        m_now += 2s;
        QVERIFY(runner.get(exec, {}, {}, nullptr).has_value());
        QCOMPARE(runs(files), 2);
        m_now -= 8min + 59s + 2s;
        QVERIFY(runner.get(exec, {}, *first, nullptr).has_value()); // the server said 401 to it
        QCOMPARE(runs(files), 3);
    }

    void oneLoginAtATime()
    {
        const KubeconfigFixture files;
        const KubeExec exec =
            plugin(files.script(QStringLiteral("login"), "echo run >> " + files.path(QStringLiteral("runs")).toUtf8() +
                                                             "\nsleep 0.2\n" + answerWith("\"token\":\"abc\"")));
        ExecCredentials runner = plugins();
        std::vector<std::future<bool>> all;
        for (int i = 0; i < 4; ++i)
            all.push_back(
                std::async(std::launch::async, [&] { return runner.get(exec, {}, {}, nullptr).has_value(); }));
        for (auto &one : all)
            QVERIFY(one.get());
        QCOMPARE(runs(files), 1);
    }

    void hasNoStandardInput()
    {
        const KubeconfigFixture files;
        const KubeExec exec = plugin(files.script(QStringLiteral("login"), "read answer || echo 'no terminal' >&2\n" +
                                                                               answerWith("\"token\":\"t$answer\"")));
        ExecCredentials runner = plugins();
        QVERIFY(runner.get(exec, {}, {}, nullptr).has_value()); // it did not wait
    }

    void saysWhyItFailed()
    {
        const KubeconfigFixture files;
        ExecCredentials runner = plugins();
        const auto failed = runner.get(
            plugin(files.script(QStringLiteral("fails"),
                                "echo noise >&2\necho 'token expired: Bearer abcdefghijklmnop' >&2\nexit 7\n")),
            {}, {}, nullptr);
        QVERIFY(failed.error().what.contains(QStringLiteral("failed with exit code 7")));
        QVERIFY(failed.error().what.contains(QStringLiteral("noise / token expired")));
        QVERIFY(!failed.error().what.contains(QStringLiteral("abcdefghijklmnop")));
        const auto junk = runner.get(plugin(files.script(QStringLiteral("junk"), "echo hunter2\n")), {}, {}, nullptr);
        QCOMPARE(junk.error().kind, Error::Kind::Parse);
        QVERIFY(!junk.error().text().contains(QStringLiteral("hunter2")));
        const auto version = runner.get(
            plugin(files.script(QStringLiteral("old"), answerWith("\"token\":\"x\"", "v1beta1"))), {}, {}, nullptr);
        QVERIFY2(version.error().what.contains(QStringLiteral("v1beta1")), qPrintable(version.error().what));
        const auto half =
            runner.get(plugin(files.script(QStringLiteral("half"), answerWith("\"clientCertificateData\":\"x\""))), {},
                       {}, nullptr);
        QVERIFY(half.error().what.contains(QStringLiteral("come together")));
        KubeExec missing = plugin(QStringLiteral("no-such-login-program"));
        missing.installHint = QStringLiteral("Install it from the portal.");
        QCOMPARE(runner.get(missing, {}, {}, nullptr).error().next, missing.installHint);
        KubeExec alpha = plugin(QStringLiteral("/bin/true"));
        alpha.apiVersion = QStringLiteral("client.authentication.k8s.io/v1alpha1");
        QVERIFY(runner.get(alpha, {}, {}, nullptr).error().what.contains(QStringLiteral("not supported")));
        KubeExec terminal = plugin(QStringLiteral("/bin/true"));
        terminal.interactive = KubeExec::Interactive::Always;
        QVERIFY(runner.get(terminal, {}, {}, nullptr).error().what.contains(QStringLiteral("terminal")));
    }

    void isStoppedWithItsWholeGroupWhenItHangs()
    {
        const KubeconfigFixture files;
        const QByteArray pidFile = files.path(QStringLiteral("pid")).toUtf8();
        const KubeExec exec = plugin(
            files.script(QStringLiteral("hangs"), "sleep 600 & echo $! > " + pidFile + "\necho waiting >&2\nwait\n"));
        ExecCredentials runner = plugins(500ms);
        const auto hung = runner.get(exec, {}, {}, nullptr);
        QCOMPARE(hung.error().kind, Error::Kind::Timeout);
        QVERIFY(hung.error().what.contains(QStringLiteral("0.5 s")));
        QVERIFY(hung.error().what.contains(QStringLiteral("waiting")));
        QFile file(QString::fromUtf8(pidFile));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t helper = file.readAll().trimmed().toInt();
        QVERIFY(helper > 0);
        // Its new parent reaps it in its own time: gone, or a zombie.
        const auto isDead = [helper] {
            QFile state(QStringLiteral("/proc/%1/stat").arg(helper));
            return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z");
        };
        QTRY_VERIFY(isDead());
    }

    void canBeCancelled()
    {
        const KubeconfigFixture files;
        const KubeExec exec = plugin(files.script(
            QStringLiteral("hangs"), "echo run >> " + files.path(QStringLiteral("runs")).toUtf8() + "\nsleep 600\n"));
        ExecCredentials runner = plugins(60s);
        std::atomic_bool stop{false};
        auto result = std::async(std::launch::async, [&] { return runner.get(exec, {}, {}, &stop).error().kind; });
        QTRY_COMPARE(runs(files), 1);
        stop = true;
        QCOMPARE(result.get(), Error::Kind::Cancelled);
    }

    void isFoundInThePathOfTheLoginShell()
    {
        const KubeconfigFixture files;
        files.script(QStringLiteral("my-login"), answerWith("\"token\":\"abc\""));
        const QByteArray folder = files.path({}).toUtf8();
        const QString shell =
            files.script(QStringLiteral("shell"),
                         "PATH=" + folder + ":$PATH\necho 'Welcome!'\n[ \"$1\" = -l ] && shift\nexec /bin/sh \"$@\"\n");
        ExecCredentials without = plugins();
        QVERIFY(!without.get(plugin(QStringLiteral("my-login")), {}, {}, nullptr).has_value());
        ExecCredentials with = plugins(10s, {{QStringLiteral("SHELL"), shell}});
        const auto given = with.get(plugin(QStringLiteral("my-login")), {}, {}, nullptr);
        QVERIFY2(given.has_value(), given ? "" : qPrintable(given.error().text()));
    }

    void aLoginThatFailedIsNotRepeatedAtOnce()
    {
        const KubeconfigFixture files;
        files.script(QStringLiteral("login"),
                     "echo run >> " + files.path(QStringLiteral("runs")).toUtf8() + "\nexit 1\n");
        const QString config = files.write(
            QStringLiteral("config"),
            KubeconfigFixture::config(
                QStringLiteral("https://k"),
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Never}"));
        auto runner = std::make_shared<ExecCredentials>(ExecCredentials::Settings{}, [] { return LiveClock().now(); });
        const LiveClock clock;
        ContextCredentials credentials(QStringLiteral("prod"), {{config}, true}, runner, clock);
        const auto get = [&credentials] {
            std::promise<Error::Kind> promise;
            credentials.get(nullptr, [&promise](const Result<ClusterAccessPtr> &access) {
                promise.set_value(access ? Error::Kind::Storage : access.error().kind);
            });
            return promise.get_future().get();
        };
        QCOMPARE(get(), Error::Kind::Invalid);
        QCOMPARE(get(), Error::Kind::Invalid);
        QCOMPARE(runs(files), 1);
        credentials.retry();
        QCOMPARE(get(), Error::Kind::Invalid);
        QCOMPARE(runs(files), 2);
    }
};

QTEST_GUILESS_MAIN(ExecCredentialTest)
#include "tst_exec_credential.moc"
