// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/update_codec.h"

#include "tests/formats/fixtures.h"

#include <QTest>

#include <cmath>

using namespace cockpit;

/// Each kind of update survives being recorded and replayed.
class UpdateCodecTest : public QObject {
    Q_OBJECT

    static Labels someLabels() { return Labels({{QStringLiteral("a"), QStringLiteral("1\n<b>\u202e")}, {QStringLiteral("é"), {}}}); }
    static Instant at(qint64 ms) { return fromEpochMs(1763867560000 + ms); }

    template<typename T> static T roundTrip(const T &update)
    {
        const QByteArray line = encodeUpdate(update);
        if (line.contains('\n'))
            qFatal("a line holds a newline");
        const auto decoded = decodeUpdate(std::string_view(line.constData(), size_t(line.size())));
        if (!decoded)
            qFatal("%s", qPrintable(decoded.error().text()));
        return std::get<T>(*decoded);
    }

private Q_SLOTS:
    void alerts()
    {
        AlertsUpdate update;
        update.source = SourceId(QStringLiteral("alertmanager/eu/a"));
        update.cluster = QStringLiteral("eu");
        update.at = at(1);
        ReceivedAlert alert{QStringLiteral("f"), someLabels(), someLabels(), at(2), at(3), at(4), true,
                            {QStringLiteral("s")}, {QStringLiteral("i")}, {QStringLiteral("m")},
                            {QStringLiteral("r")}, QStringLiteral("http://x"), true};
        update.alerts = std::make_shared<const std::vector<ReceivedAlert>>(1, alert);
        Silence silence{QStringLiteral("id"), {{QStringLiteral("n"), QStringLiteral("v"), true, false}}, at(5), at(6),
                        at(7), QStringLiteral("alice"), QStringLiteral("ACK! x"), Silence::State::Pending};
        update.silences = std::make_shared<const std::vector<Silence>>(1, silence);
        update.uptime = Duration(5);
        update.settling = true;
        update.configYaml = QStringLiteral("route:\n  receiver: a\n");
        const AlertsUpdate back = roundTrip(update);
        QVERIFY(back.source == update.source && back.cluster == update.cluster && back.at == update.at);
        QVERIFY(*back.alerts == *update.alerts);
        QVERIFY(*back.silences == *update.silences);
        QVERIFY(back.uptime == update.uptime && back.settling && back.configYaml == update.configYaml);
        QVERIFY(!roundTrip(AlertsUpdate{}).alerts); // not known is not the same as none
    }

    void rules()
    {
        AlertRule rule;
        rule.group = QStringLiteral("g");
        rule.name = QStringLiteral("n");
        rule.query = QStringLiteral("up == 0");
        rule.holdFor = Duration(600000);
        rule.labels = someLabels();
        rule.health = AlertRule::Health::Error;
        rule.lastError = QStringLiteral("e");
        rule.lastEvaluation = at(9);
        rule.interval = Duration(60000);
        rule.instances.push_back({someLabels(), someLabels(), true, at(10), QStringLiteral("1e+00")});
        const RulesUpdate update{SourceId(QStringLiteral("p")), QStringLiteral("eu"), at(0),
                                 std::make_shared<const std::vector<AlertRule>>(1, rule), 2, QStringLiteral("broken")};
        const RulesUpdate back = roundTrip(update);
        QVERIFY(*back.rules == *update.rules);
        QCOMPARE(back.brokenRecordingRules, 2);
        QCOMPARE(back.brokenRecordingRule, QStringLiteral("broken"));
    }

    void figures()
    {
        FigureUpdate update;
        update.figure = Figure::P99SecondsByVersion;
        update.at = at(0);
        update.values = std::make_shared<const std::vector<FigureUpdate::Value>>(
            std::vector<FigureUpdate::Value>{{someLabels(), 0.1 + 0.2, at(1)}, {{}, std::nullopt, at(2)}});
        update.warnings = {QStringLiteral("partial")};
        const FigureUpdate back = roundTrip(update);
        QCOMPARE(back.figure, update.figure);
        QVERIFY(*back.values == *update.values);
        QCOMPARE(back.warnings, update.warnings);
    }

    void series()
    {
        SeriesUpdate update;
        update.key = {ServiceId(QStringLiteral("gc")), Figure::ErrorRatio, Duration(3600000)};
        update.data.start = at(0);
        update.data.end = at(3600000);
        update.data.step = Duration(15000);
        update.data.series = std::make_shared<const std::vector<Series>>(
            std::vector<Series>{{someLabels(), {{at(0), 0.5}, {at(1), std::nan("")}, {at(2), 1e-300}}}});
        update.data.query = QStringLiteral("q");
        update.data.error = Error{Error::Kind::Timeout, QStringLiteral("w"), QStringLiteral("m"), QStringLiteral("n")};
        update.data.loading = true;
        const SeriesUpdate back = roundTrip(update);
        QVERIFY(back.key == update.key);
        const auto &points = back.data.series->front().points;
        QCOMPARE(points.size(), size_t(3));
        QVERIFY(std::isnan(points[1].value) && points[2].value == 1e-300 && points[2].at == at(2));
        QVERIFY(back.data.error == update.data.error && back.data.loading && back.data.step == update.data.step);
    }

    void status()
    {
        SourceStatus status;
        status.id = SourceId(QStringLiteral("p"));
        status.name = QStringLiteral("Prometheus");
        status.kind = SourceStatus::Kind::Alertmanager;
        status.state = SourceStatus::State::Unauthorized;
        status.lastSuccess = at(1);
        status.nextTry = at(2);
        status.message = QStringLiteral("401");
        QVERIFY(roundTrip(StatusUpdate{status}).status == status);
        PastAlertsUpdate past{SourceId(QStringLiteral("prometheus/eu")), QStringLiteral("eu"), fromEpochMs(3000), nullptr};
        past.ended = std::make_shared<const std::vector<PastAlertsUpdate::Ended>>(
            1, PastAlertsUpdate::Ended{Labels({{QStringLiteral("alertname"), QStringLiteral("A")}}), fromEpochMs(1000),
                                       fromEpochMs(2000)});
        QVERIFY(*roundTrip(past).ended == *past.ended);
    }

    void keepsPagesWithTheirTimes()
    {
        PagingUpdate paging{.source = pagingSourceId(), .at = fromEpochMs(9000)};
        Page ended{.id = QStringLiteral("A"), .state = Page::State::Resolved, .createdAt = fromEpochMs(1000)};
        ended.assignedAt = fromEpochMs(2000);
        ended.resolvedAt = fromEpochMs(3000);
        const Page open{.id = QStringLiteral("B"), .createdAt = fromEpochMs(4000)}; // nobody told its times
        paging.pages = std::make_shared<const std::vector<Page>>(std::vector<Page>{ended, open});
        QVERIFY(*roundTrip(paging).pages == *paging.pages);
        // What an earlier version recorded has no such times, and is read all the same.
        QByteArray line = encodeUpdate(paging);
        line.replace("\"assignedAt\":2000,", "").replace("\"resolvedAt\":3000,", "").replace(",\"resolvedAt\":3000", "");
        const auto earlier = decodeUpdate(std::string_view(line.constData(), size_t(line.size())));
        QVERIFY(earlier);
        QVERIFY(!std::get<PagingUpdate>(*earlier).pages->front().resolvedAt);
    }

    void refusesOtherLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no json") << QByteArray("{");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("newer") << QByteArray(jsonBytes("{'v':2,'kind':'status'}"));
        QTest::newRow("kind") << QByteArray(jsonBytes("{'v':1,'kind':'weather'}"));
        QTest::newRow("fields") << QByteArray(jsonBytes("{'v':1,'kind':'status'}"));
        QTest::newRow("state") << encodeUpdate(StatusUpdate{}).replace("connecting", "dreaming");
    }
    void refusesOtherLines()
    {
        QFETCH(QByteArray, line);
        const auto decoded = decodeUpdate(std::string_view(line.constData(), size_t(line.size())));
        QVERIFY(!decoded.has_value());
        QCOMPARE(decoded.error().kind, Error::Kind::Parse);
    }
};

QTEST_GUILESS_MAIN(UpdateCodecTest)
#include "tst_update_codec.moc"
