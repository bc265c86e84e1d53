// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/secret_resolver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <mutex>
#include <vector>

using namespace cockpit;
using namespace std::chrono_literals;

/// Secrets come from where the configuration says, in bounded time, and their words never leave.
class SecretsTest : public QObject {
    Q_OBJECT

    static SecretRef command(const QStringList &words) { return {SecretRef::Kind::Command, {}, {}, words}; }
    static SecretRef shell(const char *script)
    {
        return command({QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromLatin1(script)});
    }
    static SecretSources sources(std::chrono::milliseconds limit = 10s)
    {
        SecretSources made;
        made.environment.insert(QStringLiteral("TOKEN"), QStringLiteral("from env\n"));
        made.limit = limit;
        return made;
    }

private Q_SLOTS:
    void readsVariables()
    {
        const SecretRef token{SecretRef::Kind::Environment, QStringLiteral("TOKEN"), {}, {}};
        QCOMPARE(*readSecret(token, sources()), QByteArray("from env"));
        const SecretRef other{SecretRef::Kind::Environment, QStringLiteral("OTHER"), {}, {}};
        QCOMPARE(readSecret(other, sources()).error().kind, Error::Kind::NotFound);
    }

    void readsFilesOfTheOwnerOnly()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("token")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("hunter2\n") > 0);
        file.close();
        const SecretRef secret{SecretRef::Kind::File, file.fileName(), {}, {}};
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        QCOMPARE(*readSecret(secret, sources()), QByteArray("hunter2"));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadGroup));
        const auto refused = readSecret(secret, sources());
        QCOMPARE(refused.error().kind, Error::Kind::Forbidden);
        QVERIFY(!refused.error().text().contains(QStringLiteral("hunter2")));
    }

    void readsCommands()
    {
        QCOMPARE(*readSecret(shell("printf 'a b\\n'"), sources()), QByteArray("a b"));
        QCOMPARE(*readSecret(shell("cat; echo end"), sources()), QByteArray("end")); // stdin is empty, not waiting
        QCOMPARE(*readSecret(shell("sleep 60 & echo quick"), sources()), QByteArray("quick")); // a helper left behind
    }

    void commandsFailInWordsWithoutOutput()
    {
        const auto failed = readSecret(shell("echo hunter2; echo hunter2 >&2; exit 3"), sources());
        QCOMPARE(failed.error().kind, Error::Kind::Invalid);
        QVERIFY(failed.error().text().contains(u'3'));
        QVERIFY(!failed.error().text().contains(QStringLiteral("hunter2")));
        QCOMPARE(readSecret(command({QStringLiteral("/nonexistent/x")}), sources()).error().kind, Error::Kind::Invalid);
        QCOMPARE(readSecret(shell("yes"), sources()).error().kind, Error::Kind::TooLarge);
        QCOMPARE(readSecret(shell("printf ''"), sources()).error().kind, Error::Kind::Invalid);
        QCOMPARE(readSecret(shell("printf 'a\\nb'"), sources()).error().kind, Error::Kind::Invalid);
    }

    void commandsEndAtTheLimitWithTheirGroup()
    {
        QTemporaryDir folder;
        const QString pidFile = folder.filePath(QStringLiteral("pid"));
        const QByteArray script = "sleep 60 & echo $! > " + pidFile.toUtf8() + "; wait";
        QCOMPARE(readSecret(shell(script.constData()), sources(300ms)).error().kind, Error::Kind::Timeout);
        QFile file(pidFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString status = QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(file.readAll().trimmed()));
        const auto isGone = [&] {
            QFile stat(status);
            return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isGone(), 5000);
    }

    void theKeychainIsAskedAndNotWaitedForTooLong()
    {
        const SecretRef secret{SecretRef::Kind::Keychain, QStringLiteral("svc"), QStringLiteral("acc"), {}};
        QCOMPARE(readSecret(secret, sources()).error().kind, Error::Kind::Invalid); // there is none
        SecretSources answering = sources();
        answering.keychain = [](const QString &service, const QString &account, auto done) {
            done(Result<QByteArray>((service + u'+' + account).toUtf8()));
        };
        QCOMPARE(*readSecret(secret, answering), QByteArray("svc+acc"));
        SecretSources silent = sources(100ms);
        silent.keychain = [](const QString &, const QString &, auto) {};
        QCOMPARE(readSecret(secret, silent).error().kind, Error::Kind::Timeout);
    }

    void resolvesAnEndpoint()
    {
        EndpointConfig config;
        config.url = QStringLiteral("https://x/");
        config.auth.bearer = {SecretRef::Kind::Environment, QStringLiteral("TOKEN"), {}, {}};
        config.headers = {{QStringLiteral("X-Org"), QStringLiteral("a"), {}},
                          {QStringLiteral("X-Key"), {}, shell("echo k")}};
        const auto endpoint = resolveEndpoint(config, sources());
        QVERIFY2(endpoint.has_value(), endpoint ? "" : qPrintable(endpoint.error().text()));
        QCOMPARE((*endpoint)->bearer, QByteArray("from env"));
        QCOMPARE((*endpoint)->headers[1].value, QByteArray("k"));
        config.tls.caFile = QStringLiteral("/nonexistent/ca.pem");
        QVERIFY(!resolveEndpoint(config, sources()).has_value());
        config.tls = {};
        config.via.context = QStringLiteral("prod");
        QVERIFY(!resolveEndpoint(config, sources()).has_value());
    }

    void worksOnAThreadOfItsOwnAndEndsAtOnce()
    {
        std::promise<QByteArray> got;
        std::thread::id where{};
        {
            SecretResolver resolver(sources(), [](std::function<void()> run) { run(); });
            resolver.read(shell("echo t"), [&](Result<QByteArray> found) {
                where = std::this_thread::get_id();
                got.set_value(found ? *found : QByteArray());
            });
            auto waiting = got.get_future();
            QVERIFY(waiting.wait_for(10s) == std::future_status::ready);
            QCOMPARE(waiting.get(), QByteArray("t"));
            QVERIFY(where != std::this_thread::get_id());
            resolver.read(shell("sleep 60"), [](Result<QByteArray>) { QFAIL("delivered after the end"); });
        } // the destructor does not wait for the sleep
    }
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
