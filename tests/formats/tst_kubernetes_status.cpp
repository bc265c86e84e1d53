// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_status.h"

#include "tests/formats/kubernetes_fixtures.h"

using namespace cockpit;

/// Every shape in which a real API server refused, in plain words.
class KubernetesStatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyShape_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, Error::Kind kind, const char *says) {
            QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(says);
        };
        using Kind = Error::Kind;
        row("forbidden-403-patch", Kind::Forbidden, "cannot patch resource \"rollouts/status\"");
        row("anonymous-403", Kind::Unauthorized, "does not know who asks");
        row("unauthorized-401", Kind::Unauthorized, "does not accept the credential");
        row("quota-exceeded-403", Kind::Forbidden, "quota is used up");
        row("namespace-terminating-403", Kind::Forbidden, "namespace is being deleted");
        row("admission-webhook-denied", Kind::Forbidden, "change freeze until Monday");
        row("rollout-get-404", Kind::NotFound, "no-such-rollout");
        row("rollouts-list-crd-not-installed-404", Kind::NotFound, "does not have this API");
        row("conflict-409-merge-patch-resourceversion", Kind::Conflict, "Somebody else changed this object");
        row("already-exists-409", Kind::Conflict, "name already");
        row("deployments-list-continue-expired-410", Kind::NotFound, "no longer holds that version");
        row("deployments-list-exact-rv-compacted-410", Kind::NotFound, "no longer holds that version");
        row("json-patch-test-op-failed-422", Kind::Rejected, "finds this change invalid");
        row("dryrun-422-crd-schema", Kind::Rejected, "must be of type integer");
        row("fieldvalidation-strict-unknown-field", Kind::Rejected, "invalid");
        row("too-many-requests-429", Kind::RateLimited, "Too many requests");
        row("eviction-429-disruption-budget", Kind::Rejected, "disruption budget");
        row("startup-window-503", Kind::Server, "not ready");
        row("metrics-api-not-available-503", Kind::Server, "service unavailable");
        row("etcd-down-list", Kind::Timeout, "gave up waiting for its storage");
        row("etcd-down-patch", Kind::Timeout, "gave up waiting");
        row("deployments-list-rv-too-large-504", Kind::Timeout, "Too large resource version");
    }
    void everyShape()
    {
        QFETCH(int, kind);
        QFETCH(QString, says);
        const Error error =
            kubernetesError(QStringLiteral("Kubernetes prod-eu"), recordedResponse(QTest::currentDataTag()));
        QCOMPARE(static_cast<int>(error.kind), kind);
        QVERIFY2(error.text().contains(says), qPrintable(error.text()));
        QVERIFY2(error.text().size() < 800, qPrintable(error.text()));
        QVERIFY(!error.text().contains(u"last-applied") && !error.text().contains(u'\n'));
        QVERIFY2(QStringLiteral(".!?…").contains(error.what.back()), qPrintable(error.what)); // more words follow it
    }

    void whenToTryAgain()
    {
        const auto wait = [](const char *name) { return kubernetesStatus(recordedResponse(name)).retryAfter; };
        QCOMPARE(wait("too-many-requests-429"), std::optional<Duration>(std::chrono::seconds(1))); // the header
        QCOMPARE(wait("startup-window-503"), std::optional<Duration>(std::chrono::seconds(5)));
        QVERIFY(!wait("eviction-429-disruption-budget")); // waiting would not help
        HttpResponse inDetails = recordedResponse("startup-window-503");
        inDetails.headers.clear();
        QCOMPARE(kubernetesStatus(inDetails).retryAfter, std::optional<Duration>(std::chrono::seconds(5)));
    }

    void expiredInBothHttpShapes()
    {
        const KubernetesStatus usable = kubernetesStatus(recordedResponse("deployments-list-continue-expired-410"));
        QVERIFY(isExpired(usable) && !usable.continueToken.isEmpty() && usable.reason == u"Expired");
        const KubernetesStatus without = kubernetesStatus(recordedResponse("deployments-list-exact-rv-compacted-410"));
        QVERIFY(isExpired(without) && without.continueToken.isEmpty());
        QVERIFY(!isExpired(kubernetesStatus(recordedResponse("rollout-get-404"))));
    }

    void causesAreNamedOnce()
    {
        const KubernetesStatus status = kubernetesStatus(recordedResponse("dryrun-422-crd-schema"));
        QVERIFY(!status.causes.isEmpty() && status.causes.size() <= 4);
        for (const QString &cause : status.causes)
            QVERIFY2(!cause.contains(u"<nil>:") && status.causes.count(cause) == 1, qPrintable(cause));
        const KubernetesStatus budget = kubernetesStatus(recordedResponse("eviction-429-disruption-budget"));
        QCOMPARE(budget.causes.constFirst(),
                 QStringLiteral("The disruption budget redis needs 1 healthy pods and has 1 currently"));
        QVERIFY(kubernetesError(QStringLiteral("k"), budget).what.contains(u"needs 1 healthy pods"));
    }

    void standsAnyBody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("page") << QByteArray("<html><body>Bad gateway</body></html>");
        QTest::newRow("half") << jsonBytes("{'kind':'Status','mess");
        QTest::newRow("types") << jsonBytes(
            "{'kind':'Status','status':1,'message':[],'details':7,'metadata':'x','reason':{}}");
        QTest::newRow("causes") << jsonBytes(
            "{'status':'Failure','message':'m','details':{'causes':[1,null,{'message':3}],'retryAfterSeconds':'x'}}");
        QTest::newRow("binary") << QByteArray("k8s\0\n\x0c\xff", 8);
        QTest::newRow("deep") << QByteArray(20000, '[');
    }
    void standsAnyBody()
    {
        QFETCH(QByteArray, body);
        HttpResponse response;
        response.body = body.toStdString();
        for (const int status : {400, 401, 403, 404, 409, 410, 422, 429, 500, 503, 504}) {
            response.status = status;
            const Error error = kubernetesError(QStringLiteral("Kubernetes"), response);
            QVERIFY(!error.what.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(KubernetesStatusTest)
#include "tst_kubernetes_status.moc"
