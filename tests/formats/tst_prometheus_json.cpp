// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/prometheus_json.h"

#include "app/formats/wire_number.h"
#include "tests/formats/fixtures.h"

#include <QTest>

#include <clocale>
#include <cmath>

using namespace cockpit;

/// Bodies of Prometheus, sound and broken, to values.
class PrometheusJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAVector()
    {
        const auto answer = parseInstantQuery(fixture("prometheus/vector.json"));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->values.size(), size_t(4)); // the histogram is left out
        QCOMPARE(answer->values[0].labels.value(u"job"), QStringLiteral("gc-service"));
        QCOMPARE(answer->values[0].value, std::optional<double>(1.0));
        QCOMPARE(toEpochMs(answer->values[0].at), qint64(1755763451781));
        QCOMPARE(answer->values[1].value, std::optional<double>(1.5));
        QVERIFY(!answer->values[2].value);
        QVERIFY(!answer->values[3].value);
        QCOMPARE(answer->warnings.size(), 2);
        QCOMPARE(answer->warnings.first(), QStringLiteral("one store did not answer"));
    }

    void readsAScalar()
    {
        const auto answer = parseInstantQuery(
            paddedBody(json("{'status':'success','data':{'resultType':'scalar','result':[1755763451.781,'42']}}")));
        QVERIFY(answer.has_value());
        QCOMPARE(answer->values.size(), size_t(1));
        QCOMPARE(answer->values[0].value, std::optional<double>(42.0));
    }

    void emptyVectorIsNoError()
    {
        const auto answer =
            parseInstantQuery(json("{'data':{'resultType':'vector','result':[]},'status':'success'}")); // no spare bytes
        QVERIFY(answer.has_value());
        QVERIFY(answer->values.empty());
    }

    void readsARangeWithGaps()
    {
        const auto answer = parseRangeQuery(fixture("prometheus/matrix.json"), std::chrono::seconds(15));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->series.size(), size_t(1));
        const auto &points = answer->series[0].points;
        QVERIFY(points.size() >= 4); // 60 s without a sample are a gap
        QCOMPARE(points.front().value, 0.5);
        QVERIFY(std::isnan(points[1].value)); // +Inf
        QVERIFY(std::isnan(points[2].value)); // the gap
        QCOMPARE(points.back().value, 0.25);
        QCOMPARE(answer->warnings.size(), 1);
    }

    void readsRules()
    {
        const auto answer = parseRules(fixture("prometheus/rules.json"));
        QVERIFY2(answer.has_value(), answer ? "" : qPrintable(answer.error().text()));
        QCOMPARE(answer->rules.size(), size_t(2));
        const AlertRule &first = answer->rules[0];
        QCOMPARE(first.group, QStringLiteral("api"));
        QCOMPARE(first.interval, Duration(60000));
        QCOMPARE(first.holdFor, Duration(600000));
        QCOMPARE(first.health, AlertRule::Health::Ok);
        QCOMPARE(first.instances.size(), size_t(2));
        QVERIFY(first.instances[0].firing && !first.instances[1].firing);
        QCOMPARE(toRfc3339(first.instances[1].activeAt), QStringLiteral("2026-08-21T09:59:00.000Z"));
        QCOMPARE(answer->rules[1].health, AlertRule::Health::Error);
        QVERIFY(!answer->rules[1].lastEvaluation);
        QCOMPARE(answer->brokenRecordingRules, 1);
        QCOMPARE(answer->brokenRecordingRule, QStringLiteral("job:x:rate5m: duplicate series"));
        QCOMPARE(answer->nextToken, QStringLiteral("abc"));
    }

    void readsFailures_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isFailure");
        QTest::addColumn<QString>("type");
        QTest::newRow("prometheus") << QByteArray(jsonBytes("{'status':'error','errorType':'bad_data','error':'x'}")) << true << "bad_data";
        QTest::newRow("victoria") << QByteArray(jsonBytes("{'status':'error','errorType':'422','error':'x'}")) << true << "422";
        QTest::newRow("success") << QByteArray(jsonBytes("{'status':'success','data':{}}")) << false << "";
        QTest::newRow("text") << QByteArray("Service Unavailable") << false << "";
        QTest::newRow("html") << QByteArray("<html>") << false << "";
        QTest::newRow("empty") << QByteArray() << false << "";
    }
    void readsFailures()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, isFailure);
        QFETCH(QString, type);
        const auto failure = parsePrometheusFailure(body.toStdString());
        QCOMPARE(failure.has_value(), isFailure);
        if (failure)
            QCOMPARE(failure->errorType, type);
    }

    void refusesWhatIsNotTheProtocol_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QByteArray &body, Error::Kind kind = Error::Kind::Parse) {
            QTest::newRow(name) << body << static_cast<int>(kind);
        };
        const QByteArray good = QByteArray::fromStdString(fixture("prometheus/vector.json"));
        row("empty", "");
        row("blank", "  \n ");
        row("html", "<!DOCTYPE html><html>login</html>", Error::Kind::Unauthorized);
        row("half a body", good.left(good.size() / 2));
        row("one byte short", good.trimmed().chopped(1));
        row("trailing garbage", good + "x");
        row("text", "Service Unavailable");
        row("array", "[]");
        row("null", "null");
        row("number", "5");
        row("no data", jsonBytes("{'status':'success'}"));
        row("matrix", jsonBytes("{'status':'success','data':{'resultType':'matrix','result':[]}}"));
        row("string", jsonBytes("{'status':'success','data':{'resultType':'string','result':[1,'x']}}"));
        row("wrong type of result", jsonBytes("{'status':'success','data':{'resultType':'vector','result':{}}}"));
        row("value is no pair", jsonBytes("{'status':'success','data':{'resultType':'vector','result':[{'metric':{},'value':[1]}]}}"));
        row("value is a number", jsonBytes("{'status':'success','data':{'resultType':'vector','result':[{'metric':{},'value':[1,2]}]}}"));
        row("value is words", jsonBytes("{'status':'success','data':{'resultType':'vector','result':[{'metric':{},'value':[1,'two']}]}}"));
        row("time beyond all", jsonBytes("{'status':'success','data':{'resultType':'vector','result':[{'metric':{},'value':[1e300,'2']}]}}"));
        row("deep nesting", QByteArray(5000, '['));
        row("deep and closed", QByteArray(5000, '[') + QByteArray(5000, ']'));
        row("bad query", jsonBytes("{'status':'error','errorType':'bad_data','error':'parse error'}"), Error::Kind::Rejected);
        row("timeout", jsonBytes("{'status':'error','errorType':'timeout','error':'too slow','data':{'x':1}}"), Error::Kind::Timeout);
        row("not ready", jsonBytes("{'status':'error','errorType':'unavailable','error':'TSDB not ready'}"), Error::Kind::Server);
    }
    void refusesWhatIsNotTheProtocol()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        const auto answer = parseInstantQuery(paddedBody(body.toStdString()));
        QVERIFY(!answer.has_value());
        QCOMPARE(static_cast<int>(answer.error().kind), kind);
        QVERIFY(!answer.error().what.isEmpty());
        QVERIFY(!parseRangeQuery(paddedBody(body.toStdString()), Duration(1000)).has_value() || body.contains("matrix"));
        QVERIFY(!parseRules(body.toStdString()).has_value() || body.contains("success"));
    }

    void mendsBrokenText()
    {
        const auto answer = parseInstantQuery(paddedBody(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"x\xff\"},\"value\":[1,\"2\"]}]}}"));
        QVERIFY(answer.has_value());
        QCOMPARE(answer->values[0].labels.value(u"a"), QStringLiteral("x\uFFFD"));
        QCOMPARE(answer->warnings.size(), 1);
    }

    void readsALargeBody()
    {
        std::string body = json("{'status':'success','data':{'resultType':'vector','result':[");
        const std::string label(10000, 'x');
        for (int i = 0; i < 3000; ++i)
            body += (i ? "," : "") + std::string(json("{'metric':{'n':'")) + std::to_string(i) + json("','long':'") + label
                    + json("'},'value':[1755763451,'1']}");
        body += "]}}";
        QVERIFY(body.size() > 30'000'000);
        const auto answer = parseInstantQuery(paddedBody(std::move(body)));
        QVERIFY(answer.has_value());
        QCOMPARE(answer->values.size(), size_t(3000));
        QCOMPARE(answer->values[7].labels.value(u"long").size(), 10000);
    }

    void numbersDoNotDependOnTheLocale()
    {
        const char *before = std::setlocale(LC_ALL, nullptr);
        const std::string kept = before ? before : "C";
        std::setlocale(LC_ALL, "de_DE.UTF-8");
        QCOMPARE(parseWireNumber("1.5"), std::optional<double>(1.5));
        std::setlocale(LC_ALL, kept.c_str());
        QVERIFY(std::isinf(*parseWireNumber("-Inf")));
        QVERIFY(!parseWireNumber("") && !parseWireNumber("1,5") && !parseWireNumber("++1"));
    }

    void readsVersionAndTime()
    {
        QCOMPARE(*parseBuildVersion(json("{'status':'success','data':{'version':'2.42.0','revision':'x'}}")),
                 QStringLiteral("2.42.0"));
        QCOMPARE(toRfc3339(**parseServerTime(json("{'status':'success','data':{'serverTime':'2026-08-21T10:00:00.5Z'}}"))),
                 QStringLiteral("2026-08-21T10:00:00.500Z"));
        QVERIFY(!parseServerTime(json("{'status':'success','data':{'startTime':'x'}}"))->has_value());
    }
};

QTEST_GUILESS_MAIN(PrometheusJsonTest)
#include "tst_prometheus_json.moc"
