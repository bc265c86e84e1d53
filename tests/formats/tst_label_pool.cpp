// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"
#include "app/formats/label_pool.h"
#include "app/formats/prometheus_json.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;

namespace {

/// JSON with its quotes written as apostrophes: moc cannot read raw string literals.
std::string quoted(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    text.reserve(text.size() + 64);
    return text;
}

std::string alertsBody(const std::string &pod, const std::string &updated)
{
    return quoted("[{'fingerprint':'1','startsAt':'2026-11-23T03:02:00Z','updatedAt':'" + updated +
                  "','endsAt':'2026-11-23T03:20:00Z','status':{'state':'active'},'labels':{'alertname':'A','pod':'" + pod +
                  "'},'annotations':{'summary':'It is slow'}}]");
}

} // namespace

/// What is told again and again is kept once.
class LabelPoolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalSetsOfManyAnswersAreOne()
    {
        LabelPool pool;
        const auto first = parseAlerts(alertsBody("a", "2026-11-23T03:12:00Z"), &pool);
        const auto second = parseAlerts(alertsBody("a", "2026-11-23T03:13:00Z"), &pool);
        QVERIFY(first && second);
        QCOMPARE(first->front().labels.find(u"pod"), second->front().labels.find(u"pod"));
        QCOMPARE(first->front().annotations.find(u"summary"), second->front().annotations.find(u"summary"));
        QCOMPARE(pool.size(), size_t(2));
        const auto without = parseAlerts(alertsBody("a", "2026-11-23T03:13:00Z"));
        QVERIFY(without->front().labels == first->front().labels);
        QVERIFY(without->front().labels.find(u"pod") != first->front().labels.find(u"pod"));
    }

    void theRulesShareWithTheAlertmanager()
    {
        LabelPool pool;
        const auto alerts = parseAlerts(alertsBody("a", "2026-11-23T03:12:00Z"), &pool);
        const auto rules = parseRules(
            quoted("{'status':'success','data':{'groups':[{'name':'g','interval':60,'rules':[{'type':'alerting','name':'A',"
                   "'query':'up == 0','duration':0,'health':'ok','alerts':[{'state':'firing','activeAt':"
                   "'2026-11-23T03:00:00Z','value':'1','labels':{'alertname':'A','pod':'a'},'annotations':"
                   "{'summary':'It is slow'}}]}]}]}}"),
            &pool);
        QVERIFY(alerts && rules);
        QCOMPARE(rules->rules.front().instances.front().annotations.find(u"summary"),
                 alerts->front().annotations.find(u"summary"));
    }

    void whatNobodyHoldsGoes()
    {
        LabelPool pool;
        auto first = parseAlerts(alertsBody("a", "2026-11-23T03:12:00Z"), &pool);
        first = Error{};
        const auto second = parseAlerts(alertsBody("b", "2026-11-23T03:12:00Z"), &pool);
        QCOMPARE(pool.size(), size_t(2)); // of the second alone
        QCOMPARE(second->front().labels.value(u"pod"), QStringLiteral("b"));
    }

    void setsThatDifferStayApart_data()
    {
        QTest::addColumn<QByteArray>("one");
        QTest::addColumn<QByteArray>("other");
        QTest::newRow("value") << QByteArray("a") << QByteArray("b");
        QTest::newRow("length") << QByteArray("a") << QByteArray("aa");
        QTest::newRow("case") << QByteArray("a") << QByteArray("A");
        QTest::newRow("beyond ASCII") << QByteArray("\xc3\xa9") << QByteArray("\xc3\xa8");
        QTest::newRow("composed or not") << QByteArray("\xc3\xa9") << QByteArray("e\xcc\x81");
        QTest::newRow("emoji") << QByteArray("\xf0\x9f\x94\xa5") << QByteArray("\xf0\x9f\x94\xa6");
    }

    void setsThatDifferStayApart()
    {
        QFETCH(QByteArray, one);
        QFETCH(QByteArray, other);
        LabelPool pool;
        TextPool texts;
        const Labels a = pool.take({{"pod", one.constData()}}, texts);
        const Labels b = pool.take({{"pod", other.constData()}}, texts);
        QCOMPARE(a.value(u"pod"), QString::fromUtf8(one));
        QCOMPARE(b.value(u"pod"), QString::fromUtf8(other));
        QCOMPARE(pool.take({{"pod", one.constData()}}, texts).find(u"pod"), a.find(u"pod"));
    }

    void brokenTextAndRepeatedNamesAreReadAnew()
    {
        LabelPool pool;
        TextPool texts;
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(pool.take({{"pod", "\xff"}}, texts).value(u"pod"), QString(QChar::ReplacementCharacter));
            const Labels twice = pool.take({{"pod", "a"}, {"pod", "b"}}, texts);
            QCOMPARE(twice.size(), size_t(1));
            QCOMPARE(twice.value(u"pod"), QStringLiteral("b"));
        }
    }
};

QTEST_GUILESS_MAIN(LabelPoolTest)
#include "tst_label_pool.moc"
