// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/real_servers.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace cockpit::test;

/// The command line against a real Unleash with a real PostgreSQL.
class UnleashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString source = QStringLiteral(COCKPIT_SOURCE_DIR);
        if (!QFileInfo::exists(source + QStringLiteral("/build/unleash/node_modules/unleash-server/package.json")))
            QSKIP("No Unleash in build/unleash: run packaging/install-unleash.");
        if (!QFileInfo::exists(QStringLiteral("/usr/lib/postgresql")))
            QSKIP("No PostgreSQL server is installed.");
        const int port = freePort();
        m_server.setProgram(source + QStringLiteral("/tests/integration/unleash-server"));
        m_server.setArguments({m_folder.path(), QString::number(port)});
        m_server.setProcessChannelMode(QProcess::MergedChannels);
        m_server.start();
        m_started = true;
        QByteArray said;
        const bool ready = eventually([&] {
            said += m_server.readAll();
            return said.contains("READY") || m_server.state() == QProcess::NotRunning;
        });
        QVERIFY2(ready && said.contains("READY"), said.constData());
        writeConfig(QStringLiteral("good.yaml"), port, m_folder.filePath(QStringLiteral("token")));
        QFile wrong(m_folder.filePath(QStringLiteral("wrong")));
        QVERIFY(wrong.open(QIODevice::WriteOnly));
        wrong.write("user:nobody.knows-this\n");
        wrong.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        wrong.close();
        writeConfig(QStringLiteral("wrong.yaml"), port, wrong.fileName());
    }
    void cleanupTestCase()
    {
        if (!m_started)
            return;
        m_server.terminate();
        if (!m_server.waitForFinished(10'000))
            m_server.kill();
    }

    void itListsTheFlagWithItsState()
    {
        const QJsonObject flag = listed();
        QCOMPARE(flag.value(QStringLiteral("name")).toString(), QStringLiteral("fast-join"));
        QCOMPARE(flag.value(QStringLiteral("enabled")).toBool(), true);
        QCOMPARE(flag.value(QStringLiteral("changedBy")).toString(), QStringLiteral("admin"));
    }

    void itSwitchesOffAndOnAndReadsBackWithTheLog()
    {
        for (const bool on : {false, true}) {
            const Finished done = cockpit({QStringLiteral("flag"), QStringLiteral("fast-join"),
                                           on ? QStringLiteral("on") : QStringLiteral("off"), QStringLiteral("--reason"),
                                           QStringLiteral("test"), QStringLiteral("--yes"), QStringLiteral("--json")});
            QVERIFY2(done.exitCode == 0, (done.out + done.err).constData());
            const QJsonObject outcome = done.json().object();
            QCOMPARE(outcome.value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
            QVERIFY2(outcome.value(QStringLiteral("message")).toString().contains(QStringLiteral("by admin")), done.out.constData());
            QCOMPARE(listed().value(QStringLiteral("enabled")).toBool(), on);
        }
    }

    void whatIsSoAlreadyAndWhatDoesNotExistAreRefused()
    {
        const QStringList rest{QStringLiteral("--reason"), QStringLiteral("test"), QStringLiteral("--yes"), QStringLiteral("--json")};
        QCOMPARE(cockpit(QStringList{QStringLiteral("flag"), QStringLiteral("fast-join"), QStringLiteral("on")} + rest).exitCode, 2);
        QCOMPARE(cockpit(QStringList{QStringLiteral("flag"), QStringLiteral("ghost"), QStringLiteral("off")} + rest).exitCode, 2);
        const Finished elsewhere = cockpit(QStringList{QStringLiteral("flag"), QStringLiteral("fast-join"), QStringLiteral("off"),
                                                       QStringLiteral("--environment"), QStringLiteral("nowhere")} + rest);
        QCOMPARE(elsewhere.exitCode, 2);
        QVERIFY2(elsewhere.out.contains("does not exist in nowhere"), elsewhere.out.constData());
    }

    void aRefusedTokenIsSaidAsSuch()
    {
        m_config = QStringLiteral("wrong.yaml");
        const Finished status = cockpit({QStringLiteral("status"), QStringLiteral("--json")});
        m_config = QStringLiteral("good.yaml");
        const QJsonObject root = status.json().object();
        QCOMPARE(root.value(QStringLiteral("sources")).toArray().first().toObject().value(QStringLiteral("state")).toString(),
                 QStringLiteral("unauthorized"));
        QVERIFY(root.value(QStringLiteral("flags")).isNull());
        QVERIFY(!status.out.contains("knows-this"));
    }

private:
    void writeConfig(const QString &name, int port, const QString &token)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QStringLiteral("environment: {name: prod, kind: staging}\n"
                                  "flags: [{kind: unleash, url: \"http://127.0.0.1:%1\", project: default, "
                                  "environment: production, auth: {bearer: {file: %2}}}]\n"
                                  "store: {sqlite: %3}\n")
                       .arg(QString::number(port), token, m_folder.filePath(name + QStringLiteral(".sqlite")))
                       .toUtf8());
    }
    Finished cockpit(const QStringList &arguments) const
    {
        return runToEnd(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"),
                        QStringList{QStringLiteral("--config"), m_folder.filePath(m_config)} + arguments);
    }
    QJsonObject listed() const
    {
        return cockpit({QStringLiteral("flags"), QStringLiteral("--json")}).json().array().first().toObject();
    }

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_config{QStringLiteral("good.yaml")};
    bool m_started = false;
};

QTEST_GUILESS_MAIN(UnleashTest)
#include "tst_unleash.moc"
