// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/real_servers.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <cmath>

using namespace cockpit::test;

namespace {

QSet<QString> fingerprints(const QJsonArray &alerts)
{
    QSet<QString> found;
    for (const QJsonValue &alert : alerts)
        found.insert(alert[QStringLiteral("fingerprint")].toString());
    return found;
}

QJsonArray alertsIn(const QJsonObject &status, const QStringList &states)
{
    QJsonArray found;
    for (const QJsonValue &alert : status[QStringLiteral("alerts")].toArray()) {
        if (states.contains(alert[QStringLiteral("state")].toString()))
            found.append(alert);
    }
    return found;
}

const QStringList seenByAlertmanager{QStringLiteral("firing"), QStringLiteral("acknowledged"),
                                     QStringLiteral("silenced"), QStringLiteral("inhibited")};

} // namespace

/// dt-cockpit-sim /metrics → real Prometheus → real Alertmanager → dt-cockpit, against amtool and promtool.
class RealChainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void statusShowsWhatAmtoolShows();
    void figuresAreWhatPromtoolShows();
    void acknowledgeSilencesForRealAndIsProven();
    void silenceAndUnsilenceByHand();
    void restartedAlertmanagerIsNotCalm();
    void suspendedPrometheusIsSaidToBeDown();
    void deadAlertmanagerIsNotCalm();
    void cleanupTestCase() { m_chain.reset(); }

private:
    QJsonArray amtoolAlerts() const;
    /// The alerts of the cockpit without the Watchdog, which is a check and no alert.
    QString firstFiring(const QJsonObject &status) const;
    std::unique_ptr<RealChain> m_chain;
};

void RealChainTest::initTestCase()
{
    const QString rules = QStringLiteral(COCKPIT_SOURCE_DIR "/resources/rules/");
    m_chain = std::make_unique<RealChain>(
        RealChain::Options{.ruleFiles = {rules + QStringLiteral("recording.yml"), rules + QStringLiteral("alerts.yml")}});
    if (const QString missing = m_chain->missing(); !missing.isEmpty())
        QSKIP(qPrintable(missing));
    QVERIFY(m_chain->start());
    QVERIFY2(eventually([this] { return amtoolAlerts().size() >= 3; }), "the real rules fire in the real Alertmanager");
}

QJsonArray RealChainTest::amtoolAlerts() const
{
    return runToEnd(QStringLiteral("amtool"),
                    {QStringLiteral("--alertmanager.url=") + m_chain->alertmanagerUrl(), QStringLiteral("alert"),
                     QStringLiteral("query"), QStringLiteral("-o"), QStringLiteral("json")})
        .json()
        .array();
}

QString RealChainTest::firstFiring(const QJsonObject &status) const
{
    const QJsonArray firing = alertsIn(status, {QStringLiteral("firing")});
    return firing.isEmpty() ? QString() : firing.first()[QStringLiteral("fingerprint")].toString();
}

void RealChainTest::statusShowsWhatAmtoolShows()
{
    QSet<QString> fromAmtool;
    QSet<QString> fromCockpit;
    const bool same = eventually([&] {
        QJsonArray alerts = amtoolAlerts();
        for (qsizetype i = alerts.size(); i-- > 0;) {
            if (alerts[i][QStringLiteral("labels")][QStringLiteral("alertname")] == QStringLiteral("Watchdog"))
                alerts.removeAt(i);
        }
        fromAmtool = fingerprints(alerts);
        fromCockpit = fingerprints(alertsIn(m_chain->status(), seenByAlertmanager));
        fromCockpit.remove(QString());
        return fromAmtool == fromCockpit && !fromAmtool.isEmpty();
    });
    QVERIFY2(same, qPrintable(QStringLiteral("amtool %1, cockpit %2")
                                  .arg(QStringList(fromAmtool.values()).join(u' '),
                                       QStringList(fromCockpit.values()).join(u' '))));
    const Finished status = m_chain->cockpit({QStringLiteral("status"), QStringLiteral("--json")});
    QCOMPARE(status.exitCode, 2);
    QCOMPARE(status.json()[QStringLiteral("schema")].toInt(), 1);
    QCOMPARE(status.json()[QStringLiteral("calm")][QStringLiteral("result")].toString(), QStringLiteral("bad"));
    QVERIFY(status.json()[QStringLiteral("rollouts")].isNull());
}

void RealChainTest::figuresAreWhatPromtoolShows()
{
    const bool close = eventually([this] {
        const Finished query = runToEnd(
            QStringLiteral("promtool"),
            {QStringLiteral("query"), QStringLiteral("instant"), QStringLiteral("-o"), QStringLiteral("json"),
             m_chain->prometheusUrl(), QStringLiteral("service:error_ratio:rate5m{service=\"gc-service\"}")});
        const double real = query.json()[0][QStringLiteral("value")][1].toString().toDouble();
        for (const QJsonValue &service : m_chain->status()[QStringLiteral("services")].toArray()) {
            if (service[QStringLiteral("name")] == QStringLiteral("gc-service")) {
                const double shown = service[QStringLiteral("errorRatio")].toDouble(-1);
                return real > 0 && std::abs(shown - real) < 0.2 * real;
            }
        }
        return false;
    });
    QVERIFY(close);
}

void RealChainTest::acknowledgeSilencesForRealAndIsProven()
{
    const QString fingerprint = firstFiring(m_chain->status());
    QVERIFY(!fingerprint.isEmpty());
    const Finished planned = m_chain->cockpit({QStringLiteral("ack"), fingerprint, QStringLiteral("--dry-run"),
                                               QStringLiteral("--json")});
    QCOMPARE(planned.exitCode, 0);
    QCOMPARE(planned.json()[QStringLiteral("state")].toString(), QStringLiteral("planned"));
    const Finished done =
        m_chain->cockpit({QStringLiteral("ack"), fingerprint, QStringLiteral("--reason"), QStringLiteral("looking"),
                          QStringLiteral("--actor"), QStringLiteral("alice"), QStringLiteral("--yes"),
                          QStringLiteral("--json")});
    QVERIFY2(done.exitCode == 0, (done.out + done.err).constData());
    QCOMPARE(done.json()[QStringLiteral("state")].toString(), QStringLiteral("succeeded"));
    const QJsonArray silences =
        runToEnd(QStringLiteral("amtool"), {QStringLiteral("--alertmanager.url=") + m_chain->alertmanagerUrl(),
                                            QStringLiteral("silence"), QStringLiteral("query"), QStringLiteral("-o"),
                                            QStringLiteral("json")})
            .json()
            .array();
    QCOMPARE(silences.size(), 1);
    QVERIFY(silences[0][QStringLiteral("comment")].toString().startsWith(QStringLiteral("ACK!")));
    QCOMPARE(silences[0][QStringLiteral("createdBy")].toString(), QStringLiteral("alice"));
    QVERIFY(eventually([&] {
        for (const QJsonValue &alert : alertsIn(m_chain->status(), {QStringLiteral("acknowledged")})) {
            if (alert[QStringLiteral("fingerprint")].toString() == fingerprint)
                return alert[QStringLiteral("acknowledgedBy")].toString() == QStringLiteral("alice");
        }
        return false;
    }));
    const Finished log = m_chain->cockpit({QStringLiteral("activity"), QStringLiteral("--json")});
    QVERIFY(log.out.contains("alert.acknowledge"));
    QCOMPARE(m_chain->cockpit({QStringLiteral("verify-log")}).exitCode, 0);
}

void RealChainTest::silenceAndUnsilenceByHand()
{
    const Finished silenced = m_chain->cockpit(
        {QStringLiteral("silence"), QStringLiteral("alertname=\"GCHighLatency\""), QStringLiteral("--for"),
         QStringLiteral("10m"), QStringLiteral("--reason"), QStringLiteral("known"), QStringLiteral("--actor"),
         QStringLiteral("bob"), QStringLiteral("--yes"), QStringLiteral("--accept"), QStringLiteral("all"),
         QStringLiteral("--json")});
    QVERIFY2(silenced.exitCode == 0, (silenced.out + silenced.err).constData());
    const auto active = [this] {
        return runToEnd(QStringLiteral("amtool"), {QStringLiteral("--alertmanager.url=") + m_chain->alertmanagerUrl(),
                                                   QStringLiteral("silence"), QStringLiteral("query"),
                                                   QStringLiteral("createdBy=\"bob\""), QStringLiteral("-q")})
            .out;
    };
    const QJsonArray all =
        QJsonDocument::fromJson(fetch(m_chain->alertmanagerUrl() + QStringLiteral("/api/v2/silences"))).array();
    QString id;
    for (const QJsonValue &silence : all) {
        if (silence[QStringLiteral("createdBy")] == QStringLiteral("bob"))
            id = silence[QStringLiteral("id")].toString();
    }
    QVERIFY2(!id.isEmpty(), active().constData());
    const Finished ended = m_chain->cockpit({QStringLiteral("unsilence"), id, QStringLiteral("--actor"),
                                             QStringLiteral("bob"), QStringLiteral("--yes"), QStringLiteral("--json")});
    QVERIFY2(ended.exitCode == 0, (ended.out + ended.err).constData());
    const QByteArray after = fetch(m_chain->alertmanagerUrl() + QStringLiteral("/api/v2/silence/") + id);
    QVERIFY(after.contains("\"expired\""));
}

void RealChainTest::restartedAlertmanagerIsNotCalm()
{
    m_chain->alertmanager().kill();
    QVERIFY(m_chain->alertmanager().start());
    QVERIFY(eventually([this] { return !fetch(m_chain->alertmanagerUrl() + QStringLiteral("/-/ready")).isEmpty(); }));
    const QJsonObject status = m_chain->status();
    QVERIFY(status[QStringLiteral("calm")][QStringLiteral("result")] != QStringLiteral("good"));
    QVERIFY(eventually([this] { return amtoolAlerts().size() >= 3; }));
}

void RealChainTest::suspendedPrometheusIsSaidToBeDown()
{
    m_chain->prometheus().suspend();
    const Finished status = m_chain->cockpit({QStringLiteral("status"), QStringLiteral("--json"),
                                              QStringLiteral("--timeout"), QStringLiteral("4s")});
    m_chain->prometheus().resume();
    const QJsonArray sources = status.json()[QStringLiteral("sources")].toArray();
    QCOMPARE(sources.size(), 2);
    for (const QJsonValue &source : sources) {
        if (source[QStringLiteral("kind")] == QStringLiteral("prometheus"))
            QVERIFY(source[QStringLiteral("state")] != QStringLiteral("ok"));
    }
    QVERIFY(status.json()[QStringLiteral("calm")][QStringLiteral("result")] != QStringLiteral("good"));
}

void RealChainTest::deadAlertmanagerIsNotCalm()
{
    m_chain->alertmanager().kill();
    const Finished status = m_chain->cockpit({QStringLiteral("status"), QStringLiteral("--json")});
    QVERIFY(status.exitCode != 0);
    QVERIFY(status.json()[QStringLiteral("calm")][QStringLiteral("result")] != QStringLiteral("good"));
    // What Prometheus says fires is shown nevertheless.
    QVERIFY(status.json()[QStringLiteral("alerts")].isArray());
}

QTEST_GUILESS_MAIN(RealChainTest)
#include "tst_real_chain.moc"
