// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/real_servers.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace cockpit::test;

namespace {

QJsonArray listOf(const QJsonValue &object, const char *name) { return object[QLatin1String(name)].toArray(); }
QString wordOf(const QJsonValue &object, const char *name) { return object[QLatin1String(name)].toString(); }
QDateTime timeOf(const QJsonValue &object, const char *name)
{
    return QDateTime::fromString(wordOf(object, name), Qt::ISODateWithMs);
}

} // namespace

/// One incident by command line alone, from the page to the postmortem: each command is a process of its own, so
/// nothing watches between them.
class IncidentFlowTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder{};
    std::unique_ptr<Server> m_sim{};
    QString m_alert{};

    Finished cockpit(const QStringList &arguments) const
    {
        return runToEnd(QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit"),
                        arguments + QStringList{QStringLiteral("--config"), m_folder.filePath(QStringLiteral("c.yaml")),
                                                QStringLiteral("--actor"), QStringLiteral("alice")});
    }
    QJsonObject shown() const
    {
        return cockpit({QStringLiteral("incident"), QStringLiteral("show"), QStringLiteral("INC-1"), QStringLiteral("--json")})
            .json()
            .object();
    }
    /// The first entry whose words hold these.
    QJsonObject entryWith(const QString &words) const
    {
        for (const QJsonValue &entry : listOf(shown(), "timeline")) {
            if (wordOf(entry, "text").contains(words))
                return entry.toObject();
        }
        return {};
    }
    void done(const QStringList &arguments) const
    {
        const Finished finished = cockpit(arguments);
        QVERIFY2(finished.exitCode == 0, (arguments.join(u' ').toUtf8() + ": " + finished.err + finished.out).constData());
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
        qputenv("QT_QPA_PLATFORM", "offscreen");
        const QString config = m_folder.filePath(QStringLiteral("c.yaml"));
        m_sim = std::make_unique<Server>(
            QStringLiteral(COCKPIT_BIN_DIR "/dt-cockpit-sim"),
            QStringList{QStringLiteral("--scenario"), QStringLiteral("bad-canary"), QStringLiteral("--speed"),
                        QStringLiteral("20"), QStringLiteral("--write-config"), config},
            m_folder.filePath(QStringLiteral("sim.log")));
        QVERIFY(m_sim->start());
        QVERIFY(eventually([&] { return QFileInfo::exists(config); }));
    }

    void aPageIsDeclared()
    {
        const bool fires = eventually([this] {
            const QJsonObject status = cockpit({QStringLiteral("status"), QStringLiteral("--json")}).json().object();
            for (const QJsonValue &alert : listOf(status, "alerts")) {
                const QString service = wordOf(alert, "service");
                if (wordOf(alert, "state") == QStringLiteral("firing") && service == QStringLiteral("gc-service"))
                    m_alert = wordOf(alert, "name");
            }
            return !m_alert.isEmpty();
        });
        QVERIFY(fires);
        const Finished opened = cockpit({QStringLiteral("incident"), QStringLiteral("open"), QStringLiteral("--alert"), m_alert,
                                         QStringLiteral("--json")});
        QVERIFY2(opened.exitCode == 0, opened.err.constData());
        QCOMPARE(wordOf(opened.json().object(), "id"), QStringLiteral("INC-1"));
        QCOMPARE(wordOf(opened.json().object(), "service"), QStringLiteral("gc-service"));
        QVERIFY(!entryWith(m_alert + QStringLiteral(" fired")).isEmpty());
    }

    void itIsAcknowledgedAndRolledBackWithProof()
    {
        done({QStringLiteral("ack"), m_alert, QStringLiteral("--reason"), QStringLiteral("I have it"), QStringLiteral("--yes")});
        done({QStringLiteral("incident"), QStringLiteral("phase"), QStringLiteral("mitigation"), QStringLiteral("--reason"),
              QStringLiteral("the canary fails")});
        const Finished rolledBack =
            cockpit({QStringLiteral("rollback"), QStringLiteral("gc-service"), QStringLiteral("--reason"),
                     QStringLiteral("errors of the canary"), QStringLiteral("--yes"), QStringLiteral("--json"),
                     QStringLiteral("--verify"), QStringLiteral("55s")});
        QVERIFY2(rolledBack.exitCode == 0, (rolledBack.err + rolledBack.out).constData());
        QCOMPARE(wordOf(rolledBack.json().object(), "state"), QStringLiteral("succeeded"));
        const QJsonArray timeline = listOf(shown(), "timeline");
        const auto actions = std::count_if(timeline.begin(), timeline.end(), [](const QJsonValue &entry) {
            return wordOf(entry, "kind") == QStringLiteral("action") && wordOf(entry, "text").contains(QStringLiteral("gc-service"));
        });
        QVERIFY2(actions >= 2, "its confirmation and its end");
    }

    void itsRecoveryIsProvenThoughNobodyWatchedTheAlertsEnd()
    {
        // Without a reason: the guard has nothing against it any more.
        Finished moved;
        const bool isMoved = eventually(
            [&] {
                moved = cockpit({QStringLiteral("incident"), QStringLiteral("phase"), QStringLiteral("resolution")});
                return moved.exitCode == 0;
            },
            150'000);
        QVERIFY2(isMoved, moved.err.constData());
        const QJsonObject ended = entryWith(m_alert + QStringLiteral(" ended"));
        QVERIFY2(!ended.isEmpty(), "the end of the alert stands in the timeline");
        QVERIFY(timeOf(ended, "at") < timeOf(ended, "recordedAt"));
        QVERIFY(timeOf(ended, "at") < timeOf(shown(), "mitigatedAt"));
    }

    void thePostmortemIsWritten()
    {
        done({QStringLiteral("incident"), QStringLiteral("field"), QStringLiteral("cause"), QStringLiteral("The canary lost its pool.")});
        done({QStringLiteral("incident"), QStringLiteral("phase"), QStringLiteral("postmortem"), QStringLiteral("--reason"),
              QStringLiteral("nothing is left to do")});
        const Finished written =
            cockpit({QStringLiteral("postmortem"), QStringLiteral("INC-1"), QStringLiteral("--format"), QStringLiteral("md")});
        QVERIFY2(written.exitCode == 0, written.err.constData());
        const QByteArray text = written.out;
        for (const char *part : {"# Postmortem INC-1", "Alert fired: ", "Oncall engaged", "Confirmed: ", "**Mitigation applied: ",
                                 "**Service restored**", "Root cause identified: The canary lost its pool.", "## Times"})
            QVERIFY2(text.contains(part), (part + QByteArray("\n") + text).constData());
        QVERIFY2(!text.contains("\\."), "a number is no list");
        QVERIFY2(!text.contains("alice"), "roles, not names");
        const QString pdf = m_folder.filePath(QStringLiteral("postmortem.pdf"));
        done({QStringLiteral("postmortem"), QStringLiteral("INC-1"), QStringLiteral("--out"), pdf});
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(5) == "%PDF-" && file.size() > 4000);
    }
};

QTEST_GUILESS_MAIN(IncidentFlowTest)
#include "tst_incident_flow.moc"
