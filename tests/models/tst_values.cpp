// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_scene.h"

#include "models/plain_line.h"
#include "models/series.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace cockpit;
using namespace cockpit::test;

class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void labelsSortAndTheLastOfARepeatedNameStands()
    {
        const Labels made = labels({{"b", "1"}, {"a", "x"}, {"b", "2"}});
        QCOMPARE(made.size(), size_t(2));
        QCOMPARE(made.begin()->first, text("a"));
        QCOMPARE(made.value(u"b"), text("2"));
        QVERIFY(made.value(u"c").isEmpty());
        QVERIFY(!made.contains(u"c"));
    }

    void rfc3339_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("utc") << QByteArray("1970-01-02T00:00:01Z") << qint64(86401000);
        QTest::newRow("nanoseconds") << QByteArray("1970-01-01T00:00:00.123999999Z") << qint64(123);
        QTest::newRow("one digit") << QByteArray("1970-01-01T00:00:00.5Z") << qint64(500);
        QTest::newRow("east") << QByteArray("1970-01-01T02:00:00+02:00") << qint64(0);
        QTest::newRow("west") << QByteArray("1969-12-31T23:00:00-01:00") << qint64(-1);
        QTest::newRow("leap day") << QByteArray("2024-02-29T00:00:00Z") << qint64(1709164800000);
        QTest::newRow("no such day") << QByteArray("2023-02-29T00:00:00Z") << qint64(-1);
        QTest::newRow("zero time of Go") << QByteArray("0001-01-01T00:00:00Z") << qint64(-1);
        QTest::newRow("no offset") << QByteArray("2026-11-23T03:12:40") << qint64(-1);
        QTest::newRow("day only") << QByteArray("2026-11-23") << qint64(-1);
        QTest::newRow("rest") << QByteArray("2026-11-23T03:12:40Zx") << qint64(-1);
        QTest::newRow("empty") << QByteArray() << qint64(-1);
    }
    void rfc3339()
    {
        QFETCH(QByteArray, written);
        QFETCH(qint64, ms);
        const std::optional<Instant> read = parseRfc3339({written.constData(), size_t(written.size())});
        QCOMPARE(read.has_value(), ms >= 0);
        if (read)
            QCOMPARE(toEpochMs(*read), ms);
    }
    void rfc3339RoundTrips()
    {
        const Instant at = fromEpochMs(1'795'403'560'123);
        QCOMPARE(toRfc3339(at), text("2026-11-23T03:12:40.123Z"));
        QCOMPARE(parseRfc3339(toRfc3339(at).toStdString()), at);
    }

    void evidenceIsUnknownWithoutEvidence()
    {
        Evidence good;
        good.verdict = Evidence::Verdict::Good;
        Evidence bad;
        bad.verdict = Evidence::Verdict::Bad;
        QCOMPARE(worstOf({}), Evidence::Verdict::Unknown);
        QCOMPARE(worstOf({good}), Evidence::Verdict::Good);
        QCOMPARE(worstOf({good, Evidence{}}), Evidence::Verdict::Unknown);
        QCOMPARE(worstOf({Evidence{}, bad, good}), Evidence::Verdict::Bad);
    }

    // operations.md §5: critical→P1, page→P2, warning→P3, info→P4.
    void severitiesProposePriorities()
    {
        const SeverityMap map;
        QCOMPARE(map.priorityOf(text("critical")), Priority::P1);
        QCOMPARE(map.priorityOf(text("page")), Priority::P2);
        QCOMPARE(map.priorityOf(text("warning")), Priority::P3);
        QCOMPARE(map.priorityOf(text("info")), Priority::P4);
        QVERIFY(!map.priorityOf(text("catastrophe")));
        QVERIFY(!map.priorityOf({}));
    }

    void hostileSummaryIsOnePlainLine()
    {
        Alert alert;
        alert.annotations = Labels({{text("summary"), text("a\n\tb\u202E<img src=x>\u2066\x01 c ")}});
        QCOMPARE(alert.summaryLine(), text("a b<img src=x> c"));
        alert.annotations = Labels({{text("summary"), QString(10240, u'x')}});
        QCOMPARE(alert.summaryLine().size(), Alert::summaryLimit);
        QVERIFY(alert.summaryLine().endsWith(QChar(0x2026)));
        alert.annotations = Labels({{text("summary"), {}}, {text("message"), text("m")}});
        QCOMPARE(alert.summaryLine(), text("m"));
    }
    void plainLineKeepsEmojiWhole()
    {
        const QString emoji = text("\U0001F525\U0001F525");
        QCOMPARE(plainLine(emoji, 10), emoji);
        QCOMPARE(plainLine(emoji, 3), text("\U0001F525\u2026"));
        QCOMPARE(plainLine(emoji, 2), text("\u2026"));
    }

    // architecture.md, network rules: stale is older than twice the poll interval.
    void staleIsOlderThanTwiceTheInterval()
    {
        FleetScene scene;
        SourceStatus status = scene.status("a", SourceStatus::Kind::Alertmanager, SourceStatus::State::Ok);
        status.interval = 15s;
        QVERIFY(!isStale(status, scene.now + 30s));
        QVERIFY(isStale(status, scene.now + 30s + 1ms));
        QCOMPARE(stateNow(status, scene.now + 31s), SourceStatus::State::Stale);
        QVERIFY2(isStale(status, scene.now - 1h), "the clock jumped back");
        status.state = SourceStatus::State::Down;
        QCOMPARE(stateNow(status, scene.now + 1h), SourceStatus::State::Down);
        QCOMPARE(stateAfter(Error{Error::Kind::Forbidden, {}, {}, {}}), SourceStatus::State::Unauthorized);
        QCOMPARE(stateAfter(Error{Error::Kind::Parse, {}, {}, {}}), SourceStatus::State::Down);
    }

    void gapsAreNaNPoints()
    {
        const auto at = [](int s) { return fromEpochMs(s * 1000); };
        const std::vector<Point> points = withGaps({{at(0), 1}, {at(15), 2}, {at(60), 3}}, 15s);
        QCOMPARE(points.size(), size_t(4));
        QVERIFY(std::isnan(points[2].value));
        QVERIFY(points[2].at == at(30));
    }
    void decimationKeepsExtremesAndGaps()
    {
        std::vector<Point> points;
        for (int i = 0; i < 20000; ++i)
            points.push_back({fromEpochMs(i * 1000), std::sin(i * 0.01)});
        points[7777].value = 50;
        points[12345].value = -50;
        points[15000].value = std::numeric_limits<double>::quiet_NaN();
        const std::vector<Point> few = decimate(points, 300);
        QVERIFY(few.size() <= 603);
        const auto holds = [&](double value) {
            return std::any_of(few.begin(), few.end(), [&](const Point &p) { return p.value == value; });
        };
        QVERIFY(holds(50));
        QVERIFY(holds(-50));
        QVERIFY(std::any_of(few.begin(), few.end(), [](const Point &p) { return std::isnan(p.value); }));
        QVERIFY(few.front().at == points.front().at);
        QVERIFY(few.back().at == points.back().at);
        QVERIFY(std::is_sorted(few.begin(), few.end(), [](const Point &a, const Point &b) { return a.at < b.at; }));
        QCOMPARE(decimate(points, 0).size(), points.size());
    }

    void figureNamesRoundTrip()
    {
        for (int i = 0; i < static_cast<int>(Figure::Count); ++i) {
            const auto figure = static_cast<Figure>(i);
            QCOMPARE(figureFromWireName(toWireName(figure)), figure);
        }
        QVERIFY(!figureFromWireName(u"nonsense"));
    }

    void serviceMapPrefersTheMostMatchers()
    {
        ServiceDefinition broad{ServiceId(text("shop")), labels({{"namespace", "shop"}}), {}, {}, {}, 0};
        ServiceDefinition narrow{ServiceId(text("cart")), labels({{"app", "cart"}, {"namespace", "shop"}}), {},
                                 {ServiceId(text("shop"))}, {}, 0};
        const ServiceMap map({broad, narrow});
        QCOMPARE(map.serviceOf(labels({{"namespace", "shop"}, {"app", "cart"}})), narrow.id);
        QCOMPARE(map.serviceOf(labels({{"namespace", "shop"}, {"app", "x"}})), broad.id);
        QCOMPARE(map.serviceOf(labels({{"job", "j"}, {"app", "x"}})), ServiceId(text("j")));
        QVERIFY(map.serviceOf(labels({{"instance", "i"}})).isEmpty());
        QCOMPARE(map.dependantsOf(broad.id), QList<ServiceId>{narrow.id});
    }

    void updatesThatWereOvertakenAreDropped()
    {
        FleetScene scene;
        scene.tell("a", {});
        scene.now -= 10s;
        scene.tell("a", {FleetScene::alert("1", "Late", "page")});
        QVERIFY(scene.inputs.alerts.value(SourceId(text("a"))).alerts->empty());
        scene.now -= 1h;
        scene.tell("a", {FleetScene::alert("1", "AfterTheClockJumped", "page")});
        QCOMPARE(scene.inputs.alerts.value(SourceId(text("a"))).alerts->size(), size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
