// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/opencost_json.h"

#include <QTest>

using namespace cockpit;

namespace {

constexpr const char *costWindowText = "'window':{'start':'2026-11-20T00:00:00Z','end':'2026-11-21T00:00:00Z'}";

/// JSON with ' for ".
std::string quoted(QString text) { return text.replace(QLatin1Char('\''), QLatin1Char('"')).toStdString(); }
/// One allocation under a name, with the fields that follow its window.
QString allocation(const char *name, const char *fields)
{
    return QStringLiteral("'%1':{'name':'x','properties':{'cluster':'eu'},%2,%3}")
        .arg(QLatin1String(name), QLatin1String(costWindowText), QLatin1String(fields));
}
std::string answerOf(const QStringList &allocations)
{
    return quoted(QStringLiteral("{'code':200,'status':'success','data':[{") + allocations.join(QLatin1Char(',')) +
                  QStringLiteral("}]}"));
}
constexpr const char *gcName = "shop/rollout:gc-service/gc-service/gc/production/cc-1";

} // namespace

class OpenCostJsonTest : public QObject {
    Q_OBJECT

    static Instant day() { return *parseRfc3339("2026-11-20T00:00:00Z"); }
    static CostDay dayOf(const std::string &body)
    {
        const auto parsed = parseOpenCostAllocation(body, {});
        return parsed ? parsed->days.value(day()) : CostDay{};
    }
    static double amountOf(const CostDay &cost, CostCategory category)
    {
        double sum = 0;
        for (const CostLine &line : cost.lines)
            sum += line.category == category ? line.amount : 0.0;
        return sum;
    }

private Q_SLOTS:
    void asksForNamespaceControllerAndLabels()
    {
        QCOMPARE(openCostAggregate({}), QStringLiteral("namespace,controller,label:app,label:team,label:environment,"
                                                       "label:cost_center"));
        OpenCostQuestion question;
        question.services.insert(QStringLiteral("gc"), Labels({{QStringLiteral("part"), QStringLiteral("g")}}));
        QVERIFY(openCostAggregate(question).endsWith(QStringLiteral(",label:part")));
    }

    void tellsCategoriesAndOwner()
    {
        const CostDay cost = dayOf(answerOf({allocation(
            gcName, "'cpuCost':1.0,'ramCost':0.5,'gpuCost':0.25,'networkCost':0.2,'loadBalancerCost':0.1,'pvCost':0.4,"
                    "'externalCost':0.3,'sharedCost':0,'totalCost':2.75,'cpuCoreRequestAverage':2.0,"
                    "'cpuCoreUsageAverage':0.5,'ramByteRequestAverage':4096.0,'ramByteUsageAverage':1024.0")}));
        QCOMPARE(cost.lines.size(), 4);
        QCOMPARE(amountOf(cost, CostCategory::Compute), 1.75);
        QVERIFY(qAbs(amountOf(cost, CostCategory::Network) - 0.3) < 1e-9);
        QCOMPARE(amountOf(cost, CostCategory::Storage), 0.4);
        QVERIFY(qAbs(amountOf(cost, CostCategory::Other) - 0.3) < 1e-9);
        const CostLine &line = cost.lines.first();
        QCOMPARE(line.service, QStringLiteral("gc-service"));
        QCOMPARE(line.team, QStringLiteral("gc"));
        QCOMPARE(line.environment, QStringLiteral("production"));
        QCOMPARE(line.costCenter, QStringLiteral("cc-1"));
        QCOMPARE(line.currency, QStringLiteral("USD"));
        QCOMPARE(cost.usage.first().cpuRequested, 2.0);
        QCOMPARE(cost.usage.first().memoryUsed, 1024.0);
    }

    void readsLabelsThatNameThemselves()
    {
        const CostDay cost = dayOf(answerOf({allocation(
            "shop/rollout:gc/app=gc/team=blue/environment=prod/cost_center=7", "'cpuCost':1,'totalCost':1")}));
        QCOMPARE(cost.lines.first().service, QStringLiteral("gc"));
        QCOMPARE(cost.lines.first().costCenter, QStringLiteral("7"));
    }

    void tellsDatabasesAndCaches()
    {
        const CostDay cost = dayOf(answerOf(
            {allocation("s/statefulset:postgresql/__unallocated__/a/b/c", "'cpuCost':3,'pvCost':1,'totalCost':4"),
             allocation("s/statefulset:redis/redis/a/b/c", "'ramCost':2,'totalCost':2")}));
        QCOMPARE(amountOf(cost, CostCategory::Database), 3.0);
        QCOMPARE(amountOf(cost, CostCategory::Cache), 2.0);
        QCOMPARE(amountOf(cost, CostCategory::Storage), 1.0);
    }

    void unlabelledIsEmptyAndStaysCounted()
    {
        const CostDay cost =
            dayOf(answerOf({allocation("sandbox/__unallocated__/__unallocated__/__unallocated__/__unallocated__/"
                                       "__unallocated__",
                                       "'cpuCost':1.5,'totalCost':1.5")}));
        QCOMPARE(cost.lines.size(), 1);
        QVERIFY(cost.lines.first().service.isEmpty() && cost.lines.first().team.isEmpty());
        QCOMPARE(cost.lines.first().amount, 1.5);
    }

    void idleIsApartAndUnmountedIsBoth()
    {
        const CostDay cost = dayOf(answerOf(
            {allocation("__idle__", "'cpuCost':7,'totalCost':7"), allocation(gcName, "'cpuCost':1,'totalCost':1"),
             allocation("__unmounted__/__unallocated__/__unallocated__/__unallocated__/__unallocated__/__unallocated__",
                        "'pvCost':2,'totalCost':2")}));
        QCOMPARE(cost.idle, std::optional(7.0));
        QCOMPARE(cost.unmounted, std::optional(2.0));
        QCOMPARE(amountOf(cost, CostCategory::Compute), 1.0);
        QCOMPARE(amountOf(cost, CostCategory::Storage), 2.0);
    }

    void nullIsCountedAsNoNumber()
    {
        const auto parsed = parseOpenCostAllocation(
            answerOf({allocation(gcName, "'cpuCost':1,'ramCost':null,'cpuEfficiency':null,'totalCost':null")}), {});
        QVERIFY(parsed);
        QCOMPARE(parsed->notNumbers, 1);
        QCOMPARE(parsed->days.value(day()).lines.size(), 1);
        QCOMPARE(parsed->days.value(day()).lines.first().amount, 1.0);
    }

    void negativeAmountsStay()
    {
        const CostDay cost =
            dayOf(answerOf({allocation(gcName, "'cpuCost':1,'cpuCostAdjustment':-3.5,'totalCost':-2.5")}));
        QCOMPARE(amountOf(cost, CostCategory::Compute), -2.5);
        QCOMPARE(cost.lines.size(), 1);
    }

    void knowsServicesByTheirOwnLabels()
    {
        OpenCostQuestion question;
        question.labels = {QStringLiteral("app"), {}, {}, {}};
        question.services.insert(QStringLiteral("Chat"),
                                 Labels({{QStringLiteral("app"), QStringLiteral("gc-service")}}));
        const auto parsed = parseOpenCostAllocation(
            answerOf({allocation("shop/rollout:gc-service/gc-service", "'cpuCost':1,'totalCost':1")}), question);
        QVERIFY(parsed);
        QCOMPARE(parsed->days.value(day()).lines.first().service, QStringLiteral("Chat"));
    }

    void emptyAndPartialSetsAreNoData()
    {
        const auto empty = parseOpenCostAllocation(quoted(QStringLiteral("{'code':200,'data':[{},{}]}")), {});
        QVERIFY(empty && empty->days.isEmpty());
        const auto part = parseOpenCostAllocation(
            quoted(QStringLiteral("{'code':200,'data':[{'x':{'window':{'start':'2026-11-20T00:00:00Z','end':"
                                  "'2026-11-20T10:00:00Z'},'totalCost':3}}]}")),
            {});
        QVERIFY(part && part->days.isEmpty());
    }

    void saysWhatWasRefused()
    {
        QCOMPARE(
            parseOpenCostRefusal("Invalid 'window' parameter: x\n{\"code\":400,\"message\":\"Error: bad window\"}"),
            QStringLiteral("Error: bad window"));
        QCOMPARE(parseOpenCostRefusal("Invalid 'window' parameter: x\n"),
                 QStringLiteral("Invalid 'window' parameter: x"));
        QVERIFY(parseOpenCostRefusal("<html></html>").isEmpty());
        const auto failed = parseOpenCostAllocation(
            quoted(QStringLiteral("{'code':500,'status':'','data':null,'message':'Error: no Prometheus'}")), {});
        QVERIFY(!failed);
        QCOMPARE(failed.error().kind, Error::Kind::Server);
        QVERIFY(failed.error().what.contains(QStringLiteral("no Prometheus")));
        const auto odd = parseOpenCostAllocation("{}", {});
        QVERIFY(!odd);
        QCOMPARE(odd.error().kind, Error::Kind::Parse);
        QVERIFY(!parseOpenCostAllocation("", {}));
    }
};

QTEST_APPLESS_MAIN(OpenCostJsonTest)
#include "tst_opencost_json.moc"
