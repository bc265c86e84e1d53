// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet_news.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant three = fromEpochMs(1'763'866'800'000);

Alert alertAt(AlertState state, Instant startsAt, std::optional<Instant> resolvedAt = {})
{
    Alert alert;
    alert.name = QStringLiteral("GCHighErrorRate");
    alert.state = state;
    alert.priority = Priority::P1;
    alert.startsAt = startsAt;
    alert.resolvedAt = resolvedAt;
    return alert;
}

} // namespace

class FleetNewsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingKnownIsNoNews() { QVERIFY(!newestNews(Fleet{})); }

    void theNewestWins()
    {
        Fleet fleet;
        fleet.alerts = {alertAt(AlertState::Firing, three), alertAt(AlertState::Resolved, three - 10min, three + 4min)};
        const auto news = newestNews(fleet);
        QVERIFY(news);
        QCOMPARE(news->at, three + 4min);
        QCOMPARE(news->glyph, StateGlyph::Ok);
        QVERIFY(news->text.contains(QStringLiteral("14 m")));
    }

    void aSourceThatWentDownIsNews()
    {
        Fleet fleet;
        fleet.alerts = {alertAt(AlertState::Firing, three)};
        fleet.sources = {{.name = QStringLiteral("a"),
                          .kind = SourceStatus::Kind::Alertmanager,
                          .state = SourceStatus::State::Down,
                          .downSince = three + 1min}};
        const auto news = newestNews(fleet);
        QCOMPARE(news->glyph, StateGlyph::Critical);
        QVERIFY(news->text.startsWith(QStringLiteral("Alertmanager a is down")));
    }
};

QTEST_GUILESS_MAIN(FleetNewsTest)
#include "tst_fleet_news.moc"
