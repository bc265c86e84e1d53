// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_patches.h"

#include "tests/formats/kubernetes_patch_fixtures.h"

#include <QTest>

using namespace cockpit;

/// What actions send, against what kubectl and its plugin sent to a real API server.
class KubernetesPatchesTest : public QObject {
    Q_OBJECT

    static KubernetesObject rollout(const QByteArray &spec, const QByteArray &status)
    {
        return objectFrom(
            "{'kind':'Rollout','apiVersion':'argoproj.io/v1alpha1','metadata':{'name':'a','namespace':'n',"
            "'resourceVersion':'7'},'spec':{" +
            spec + "},'status':{" + status + "}}");
    }

private Q_SLOTS:
    void sendsWhatTheToolsSent_data()
    {
        QTest::addColumn<QByteArray>("recording");
        for (const char *const name : {"rollout-abort", "rollout-retry", "rollout-promote", "rollout-promote-full",
                                       "rollout-pause", "rollout-unpause", "rollout-restart"})
            QTest::newRow(name) << QByteArray(name) + ".request.txt";
    }
    void sendsWhatTheToolsSent()
    {
        QFETCH(QByteArray, recording);
        const KubernetesObject live = recordedObject("rollout-get"); // ac-service, in a pause step
        Json changed = live.json();
        changed["status"]["abort"] = true;
        const KubernetesObject aborted(changed);
        Result<KubernetesPatches> made = abortPatches(live);
        if (recording.startsWith("rollout-retry"))
            made = retryPatches(aborted);
        else if (recording.startsWith("rollout-promote-full"))
            made = promotePatches(live, true);
        else if (recording.startsWith("rollout-promote"))
            made = promotePatches(live, false);
        else if (recording.startsWith("rollout-pause"))
            made = pausePatches(live);
        else if (recording.startsWith("rollout-unpause"))
            made = resumePatches(live);
        else if (recording.startsWith("rollout-restart"))
            made = restartPatches(live, instant("2026-11-23T09:30:00.250Z"));
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().text()));
        QCOMPARE(made->size(), 1);
        const KubernetesPatch &patch = made->constFirst();
        QVERIFY(patch.type == KubernetesPatch::Type::Merge);
        QCOMPARE(QString::fromStdString(bodyOf(patch).dump()),
                 QString::fromStdString(sentWithGuard(recording.toStdString(), live).dump()));
        QCOMPARE(patch.path.section(u'/', 0, 6), pathOf(recording.toStdString()).section(u'/', 0, 6));
        QCOMPARE(patch.path.endsWith(u"/status"), pathOf(recording.toStdString()).endsWith(u"/status"));
    }

    void skipsAStepThatIsNoPause()
    {
        const Json sent = Json::parse(recordedBody("rollout-promote-skip-step.request.txt"));
        Json changed = recordedObject("rollout-get").json();
        changed["status"].erase("pauseConditions");
        changed["status"]["currentStepIndex"] = sent["status"]["currentStepIndex"].get<int>() - 1;
        const auto made = promotePatches(KubernetesObject(changed), false);
        QVERIFY(made && made->size() == 1);
        QVERIFY(bodyOf(made->constFirst())["status"]["currentStepIndex"] == sent["status"]["currentStepIndex"]);
    }

    void promotesByTheTable_data()
    {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("bodies"); // joined by ';', without the guard; empty = refused
        const QByteArray steps = "'strategy':{'canary':{'steps':[{'setWeight':5},{'pause':{}}]}}";
        const QByteArray paused =
            "'controllerPause':true,'pauseConditions':[{'reason':'CanaryPauseStep'}],'currentStepIndex':1";
        QTest::newRow("pause step") << steps << paused << QByteArray("{'status':{'pauseConditions':null}}");
        QTest::newRow("inconclusive")
            << steps << QByteArray("'canary':{'currentStepAnalysisRunStatus':{'status':'Inconclusive'}}," + paused)
            << QByteArray("{'status':{'controllerPause':false,'currentStepIndex':2,'pauseConditions':null}}");
        QTest::newRow("running step") << steps << QByteArray("'currentStepIndex':0")
                                      << QByteArray("{'status':{'currentStepIndex':1,'pauseConditions':null}}");
        QTest::newRow("no index yet") << steps << QByteArray("")
                                      << QByteArray("{'status':{'currentStepIndex':1,'pauseConditions':null}}");
        QTest::newRow("status first, specification second")
            << QByteArray("'paused':true," + steps) << paused
            << QByteArray("{'status':{'pauseConditions':null}};{'spec':{'paused':false}}");
        QTest::newRow("a person's pause only") << QByteArray("'paused':true,'strategy':{'blueGreen':{}}")
                                               << QByteArray("") << QByteArray("{'spec':{'paused':false}}");
        QTest::newRow("all steps done") << steps << QByteArray("'currentStepIndex':2") << QByteArray();
        QTest::newRow("blue-green that does not wait")
            << QByteArray("'strategy':{'blueGreen':{}}") << QByteArray("") << QByteArray();
        QTest::newRow("aborted") << steps << QByteArray("'abort':true," + paused) << QByteArray();
    }
    void promotesByTheTable()
    {
        QFETCH(QByteArray, spec);
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, bodies);
        const auto made = promotePatches(rollout(spec, status), false);
        QCOMPARE(made.has_value(), !bodies.isEmpty());
        if (!made) {
            QVERIFY(made.error().kind == Error::Kind::Invalid && !made.error().what.isEmpty());
            return;
        }
        QStringList found;
        for (const KubernetesPatch &patch : *made) {
            Json body = bodyOf(patch);
            QCOMPARE(QString::fromStdString(body["metadata"]["resourceVersion"].get<std::string>()),
                     QStringLiteral("7"));
            body.erase("metadata");
            found.append(QString::fromStdString(body.dump()).replace(u'"', u'\''));
            QCOMPARE(patch.path.endsWith(u"/status"), body.contains("status"));
        }
        QCOMPARE(found.join(u';'), QString::fromUtf8(bodies));
    }

    void withoutAStatusSubresourceOnePatchDoesBoth()
    {
        const KubernetesObject live = rollout("'paused':true,'strategy':{'canary':{'steps':[{'pause':{}}]}}",
                                              "'pauseConditions':[{'reason':'CanaryPauseStep'}],'currentStepIndex':0");
        const auto made = promotePatches(live, false, false);
        QVERIFY(made && made->size() == 1);
        QVERIFY(!made->constFirst().path.endsWith(u"/status"));
        const Json body = bodyOf(made->constFirst());
        QVERIFY(body["spec"]["paused"] == false && body["status"]["pauseConditions"].is_null());
        const auto abort = abortPatches(live, false);
        QVERIFY(abort && abort->constFirst().path.endsWith(u"/rollouts/a"));
    }

    void theSecondPatchTakesTheNewVersion()
    {
        const auto made = pausePatches(rollout("", ""));
        QVERIFY(made.has_value());
        const KubernetesPatch again = withResourceVersion(made->constFirst(), QStringLiteral("8"));
        QVERIFY(bodyOf(again)["metadata"]["resourceVersion"] == "8" && bodyOf(again)["spec"]["paused"] == true);
        const auto undo =
            undoPatches(recordedObject("rollout-get"), replicaSet("replicasets-of-rollout", "ac-service-5c8d7f9b6d"));
        QVERIFY(undo.has_value());
        QVERIFY(bodyOf(withResourceVersion(undo->constFirst(), QStringLiteral("8"))).back()["value"] == "8");
    }

    void restartsAndScales()
    {
        const KubernetesObject live = objectFrom("{'kind':'Deployment','metadata':{'name':'otel-collector','namespace':"
                                                 "'dark-tower','resourceVersion':'3'},'spec':{}}");
        const auto restart = restartPatches(live, instant("2026-11-23T09:30:00Z"));
        QVERIFY(restart && restart->constFirst().type == KubernetesPatch::Type::StrategicMerge);
        QVERIFY(bodyOf(restart->constFirst()) == sentWithGuard("deployment-restart-patch.request.txt", live));
        QCOMPARE(restart->constFirst().path, pathOf("deployment-restart-patch.request.txt"));
        const auto scale = scalePatches(live, QStringLiteral("3"), 3);
        QVERIFY(scale.has_value());
        QVERIFY(bodyOf(scale->constFirst()) == sentWithGuard("scale-deployment-patch.request.txt", live));
        QCOMPARE(scale->constFirst().path, pathOf("scale-deployment-patch.request.txt"));
        QVERIFY(!scalePatches(live, QStringLiteral("3"), -1).has_value());
        QVERIFY(!restartPatches(objectFrom("{'kind':'Deployment','spec':{'paused':true}}"), Instant()).has_value());
        QVERIFY(!pausePatches(objectFrom("{'kind':'StatefulSet'}")).has_value());
        const auto flagger = pausePatches(objectFrom("{'kind':'Canary','metadata':{'name':'c','namespace':'n'}}"));
        QVERIFY(flagger && bodyOf(flagger->constFirst())["spec"]["suspend"] == true);
        QVERIFY(!abortPatches(live).has_value() && !retryPatches(rollout("", "")).has_value());
    }

    void marksAndDeletes()
    {
        const KubernetesObject live =
            objectFrom("{'kind':'Pod','metadata':{'name':'p','namespace':'n','uid':'u','resourceVersion':'3'}}");
        QVERIFY(bodyOf(annotationPatch(live, QStringLiteral("dt-cockpit/x"), std::nullopt)) ==
                Json::parse(json("{'metadata':{'annotations':{'dt-cockpit/x':null},'resourceVersion':'3'}}")));
        QVERIFY(Json::parse(deleteOptionsBody(live).toStdString()) ==
                Json::parse(json(
                    "{'apiVersion':'v1','kind':'DeleteOptions','preconditions':{'resourceVersion':'3','uid':'u'}}")));
    }
};

QTEST_GUILESS_MAIN(KubernetesPatchesTest)
#include "tst_kubernetes_patches.moc"
