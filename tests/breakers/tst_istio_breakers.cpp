// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/istio_breakers.h"
#include "app/formats/istio_json.h"
#include "tests/support/fake_kubernetes.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using nlohmann::json;

namespace {

json virtualService()
{
    return {{"apiVersion", "networking.istio.io/v1"},
            {"kind", "VirtualService"},
            {"metadata", {{"name", "redis-proxy"}, {"namespace", "dark-tower"}}},
            {"spec",
             {{"hosts", {"redis.dark-tower.svc.cluster.local"}},
              {"http",
               {{{"name", "primary"}, {"route", json::array()}},
                {{"fault", {{"delay", {{"fixedDelay", "1s"}}}}}, {"route", json::array()}}}}}}};
}

KubernetesObject objectOf(json value)
{
    value["metadata"]["resourceVersion"] = "7";
    return KubernetesObject(std::move(value));
}

} // namespace

class IstioBreakersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void forcesOpenAndGivesBack();
    void saysWhatItCannot();
    void patchesNoRouteOfAnotherName();
};

void IstioBreakersTest::forcesOpenAndGivesBack()
{
    LiveClock clock;
    FakeKubernetes kubernetes;
    const QString path = IstioBreakers::path(QStringLiteral("dark-tower"), QStringLiteral("redis-proxy"));
    kubernetes.put(path, virtualService());
    IstioBreakers source(kubernetes, clock, {.context = QStringLiteral("c"), .nameSpace = QStringLiteral("dark-tower")},
                         [](SourceUpdate) {});
    const auto apply = [&](BreakerMode mode) {
        QList<PodOutcome> got;
        source.apply({QStringLiteral("redis-proxy"), {{QStringLiteral("istio"), mode}}, {}},
                     [&got](const QList<PodOutcome> &outcomes) { got = outcomes; });
        [&] { QTRY_COMPARE(got.size(), 1); }();
        return got.first();
    };
    const PodOutcome opened = apply(BreakerMode::ForceOpen);
    QCOMPARE(opened.kind, PodOutcome::Kind::Done);
    QCOMPARE(opened.after, BreakerState::ForcedOpen);
    const json routes = kubernetes.at(path)["spec"]["http"];
    QCOMPARE(routes[0]["fault"]["abort"]["httpStatus"].get<int>(), 503);
    QCOMPARE(routes[1]["fault"]["delay"]["fixedDelay"].get<std::string>(), std::string("1s")); // another fault stays
    QCOMPARE(apply(BreakerMode::Reset).after, BreakerState::Closed);
    QVERIFY(kubernetes.at(path)["spec"] == virtualService()["spec"]);
    QCOMPARE(apply(BreakerMode::Disable).kind, PodOutcome::Kind::Refused);
}

void IstioBreakersTest::saysWhatItCannot()
{
    json bare = virtualService();
    bare["spec"].erase("http");
    QVERIFY(!istioBreaker(objectOf(bare)).readOnlyReason.isEmpty());
    json tested = virtualService();
    tested["spec"]["http"][0]["fault"]["abort"] = {{"percentage", {{"value", 5}}}, {"httpStatus", 500}};
    QVERIFY(!istioBreaker(objectOf(tested)).readOnlyReason.isEmpty()); // somebody's own experiment is not overwritten
    json owned = virtualService();
    owned["metadata"]["labels"] = {{"argocd.argoproj.io/instance", "mesh"}};
    QCOMPARE(istioBreaker(objectOf(owned)).controlledBy, QStringLiteral("Argo CD"));
}

void IstioBreakersTest::patchesNoRouteOfAnotherName()
{
    const auto body = istioFaultPatch(objectOf(virtualService()), BreakerMode::ForceOpen);
    QVERIFY(body);
    const json patch = json::parse(body->begin(), body->end());
    QCOMPARE(patch[0]["op"].get<std::string>(), std::string("test"));
    QCOMPARE(patch[0]["value"].get<std::string>(), std::string("primary"));
    QCOMPARE(patch.back()["path"].get<std::string>(), std::string("/metadata/resourceVersion"));
    QCOMPARE(patch.back()["value"].get<std::string>(), std::string("7"));
    QVERIFY(!istioFaultPatch(objectOf(virtualService()), BreakerMode::Disable));
}

QTEST_GUILESS_MAIN(IstioBreakersTest)
#include "tst_istio_breakers.moc"
