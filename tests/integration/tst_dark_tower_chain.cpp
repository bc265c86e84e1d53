// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/real_servers.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace cockpit::test;

/// The second chain: Dark Tower's own metric names and buckets, its own alert rules, the `dark-tower` preset.
class DarkTowerChainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void realNamesGiveRealFigures()
    {
        const QString rules = QStringLiteral(COCKPIT_SOURCE_DIR
                                             "/../shared/data/dark-tower/infra/docker/prometheus/rules/gc-alerts.yaml");
        if (!QFileInfo::exists(rules))
            QSKIP("not run: the Dark Tower data set is not beside the checkout");
        RealChain chain({.simArguments = {QStringLiteral("--metrics"), QStringLiteral("dark-tower")},
                         .ruleFiles = {rules},
                         .preset = QStringLiteral("dark-tower"),
                         .shortenWindows = false});
        if (const QString missing = chain.missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY(chain.start());
        QJsonObject status;
        const bool shown = eventually([&] {
            status = chain.status();
            for (const QJsonValue &service : status[QStringLiteral("services")].toArray()) {
                if (service[QStringLiteral("name")] == QStringLiteral("gc-service"))
                    return service[QStringLiteral("requestsPerSecond")].toDouble() > 100
                           && service[QStringLiteral("errorRatio")].toDouble() > 0.005
                           && service[QStringLiteral("p99Seconds")].toDouble() > 0.1;
            }
            return false;
        });
        QVERIFY2(shown, QJsonDocument(status).toJson().constData());
        const bool fires = eventually([&] {
            status = chain.status();
            for (const QJsonValue &alert : status[QStringLiteral("alerts")].toArray()) {
                // A page proposes P2, and P1 once several pages of one service fire together (operations.md §5).
                if (alert[QStringLiteral("name")] == QStringLiteral("GCHighErrorRate")
                    && alert[QStringLiteral("state")] == QStringLiteral("firing"))
                    return alert[QStringLiteral("priority")].toString().startsWith(u'P');
            }
            return false;
        });
        QVERIFY2(fires, QJsonDocument(status).toJson().constData());
    }
};

QTEST_GUILESS_MAIN(DarkTowerChainTest)
#include "tst_dark_tower_chain.moc"
