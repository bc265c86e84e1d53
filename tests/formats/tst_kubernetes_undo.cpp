// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_patches.h"
#include "app/formats/template_diff.h"

#include "tests/formats/kubernetes_patch_fixtures.h"

#include <QTest>

using namespace cockpit;

/// Undo, against what kubectl and its plugin sent to a real API server; and how a template's changes are told.
class KubernetesUndoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoesARolloutAsThePluginDoes()
    {
        const KubernetesObject live = recordedObject("rollout-get");
        const auto made = undoPatches(live, replicaSet("replicasets-of-rollout", "ac-service-5c8d7f9b6d"));
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().text()));
        QVERIFY(made->constFirst().type == KubernetesPatch::Type::Json);
        const Json ours = bodyOf(made->constFirst());
        Json sent = Json::parse(recordedBody("rollout-undo.request.txt"));
        // The plugin sends it, and the server warns of an unknown field: we leave it out.
        sent[0]["value"]["metadata"].erase("creationTimestamp");
        QCOMPARE(ours.size(), size_t(2));
        QCOMPARE(QString::fromStdString(ours[0].dump()), QString::fromStdString(sent[0].dump()));
        QVERIFY(ours[1]["path"] == "/metadata/resourceVersion");
        QCOMPARE(QString::fromStdString(ours[1]["value"].get<std::string>()), live.resourceVersion());
        QCOMPARE(made->constFirst().path, pathOf("rollout-undo.request.txt"));
    }

    void undoesADeploymentWithTheEffectOfKubectl_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("previous") << QByteArray("kubectl-rollout-undo.sent1.txt")
                                  << QByteArray("cockpit-api-99f5b7b64");
        QTest::newRow("to revision") << QByteArray("kubectl-rollout-undo-to-revision.sent1.txt")
                                     << QByteArray("cockpit-api-965b4bd5c");
    }
    void undoesADeploymentWithTheEffectOfKubectl()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, target);
        // The live object at that moment, as a list held it: with the annotation that the cockpit never keeps.
        const Json list = Json::parse(recordedBody("deployments-list-all.response.txt"));
        Json wire;
        for (const Json &item : list["items"]) {
            if (item["metadata"]["name"] == "cockpit-api")
                wire = item;
        }
        wire["kind"] = "Deployment";
        const Json theirs = Json::parse(recordedBody(sent.toStdString()));
        const std::string revision = theirs[1]["value"]["deployment.kubernetes.io/revision"].get<std::string>();
        wire["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = revision;
        const KubernetesObject live(wire);
        const auto made = undoPatches(live, replicaSet("replicasets-of-deployment", target.constData()));
        QVERIFY2(made.has_value(), made ? "" : qPrintable(made.error().text()));
        const Json ours = bodyOf(made->constFirst());
        QVERIFY(ours.back()["path"] == "/metadata/resourceVersion");
        const Json afterOurs = wire.patch(ours);
        const Json afterTheirs = wire.patch(theirs);
        QCOMPARE(QString::fromStdString(afterOurs.dump()), QString::fromStdString(afterTheirs.dump()));
        QVERIFY(made->constFirst().body.indexOf("last-applied") < 0);
        QCOMPARE(made->constFirst().path, pathOf(sent.toStdString()));
    }

    void undoOfADeploymentWithoutAnnotations()
    {
        const KubernetesObject live =
            objectFrom("{'kind':'Deployment','metadata':{'name':'d','namespace':'n','resourceVersion':'3'},"
                       "'spec':{'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}}}");
        const KubernetesObject set =
            objectFrom("{'kind':'ReplicaSet','metadata':{'name':'d-1','annotations':{'team~a/b':'x'}},"
                       "'spec':{'template':{'metadata':{'labels':{'pod-template-hash':'1'}},'spec':{'containers':[{'"
                       "name':'m','image':'a'}]}}}}");
        const auto made = undoPatches(live, set);
        QVERIFY(made.has_value());
        Json operations = bodyOf(made->constFirst());
        operations.erase(operations.end() - 1);
        const Json after = live.json().patch(operations); // a missing parent would throw
        QVERIFY(after["metadata"]["annotations"]["team~a/b"] == "x");
        QVERIFY(!after["spec"]["template"]["metadata"]["labels"].contains("pod-template-hash"));
    }

    void keepsTheCockpitsOwnMarks()
    {
        const KubernetesObject live = objectFrom(
            "{'kind':'Deployment','metadata':{'name':'d','namespace':'n','resourceVersion':'3','annotations':"
            "{'dt-cockpit/"
            "override':'until','mine':'1'}},'spec':{'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}}}");
        const KubernetesObject set = objectFrom("{'kind':'ReplicaSet','metadata':{'name':'d-1'},'spec':{'template':{'"
                                                "spec':{'containers':[{'name':'m','image':'a'}]}}}}");
        const auto made = undoPatches(live, set);
        QVERIFY(made.has_value());
        QVERIFY(made->constFirst().body.indexOf("dt-cockpit") < 0);
        QVERIFY(made->constFirst().body.indexOf("/metadata/annotations/mine") > 0);
    }

    void refusesToUndoForNothing()
    {
        const KubernetesObject live = recordedObject("rollout-get");
        const auto same = undoPatches(live, replicaSet("replicasets-of-rollout", "ac-service-7d9f6b8c54"));
        QVERIFY(!same.has_value());
        QVERIFY2(same.error().what.contains(u"already"), qPrintable(same.error().what));
        const KubernetesObject paused =
            objectFrom("{'kind':'Deployment','metadata':{'name':'d','namespace':'n','resourceVersion':'3'},"
                       "'spec':{'paused':true,'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}}}");
        const KubernetesObject set = objectFrom(
            "{'metadata':{'name':'d-1'},'spec':{'template':{'spec':{'containers':[{'name':'m','image':'a'}]}}}}");
        const auto refused = undoPatches(paused, set);
        QVERIFY(!refused.has_value() && refused.error().what.contains(u"paused"));
        QVERIFY(!undoPatches(paused, objectFrom("{'metadata':{'name':'gone'}}")).has_value());
        QVERIFY(!undoPatches(objectFrom("{'kind':'Rollout','spec':{'workloadRef':{'name':'d'}}}"), set).has_value());
    }

    void undoOfAWorkloadRefTouchesTheTemplateOnly()
    {
        const KubernetesObject target = objectFrom(
            "{'kind':'Deployment','metadata':{'name':'d','namespace':'n','resourceVersion':'3','annotations':{'a':'1'}}"
            ","
            "'spec':{'replicas':0,'paused':true,'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}}}");
        const KubernetesObject set =
            objectFrom("{'metadata':{'name':'d-1','ownerReferences':[{'kind':'Rollout','controller':true}]},"
                       "'spec':{'template':{'metadata':{'labels':{'rollouts-pod-template-hash':'1'}},'spec':{'"
                       "containers':[{'name':'m','image':'a'}]}}}}");
        const auto made = undoPatches(target, set);
        QVERIFY(made.has_value());
        QCOMPARE(bodyOf(made->constFirst()).size(), size_t(2));
        QVERIFY(made->constFirst().path.endsWith(u"/deployments/d"));
    }

    void undoesAStatefulSetByItsControllerRevision()
    {
        const KubernetesObject live =
            objectFrom("{'kind':'StatefulSet','metadata':{'name':'s','namespace':'n','resourceVersion':'9'},"
                       "'spec':{'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}}}");
        const KubernetesObject revision =
            objectFrom("{'metadata':{'name':'s-1'},'revision':1,'data':{'spec':{'template':{'$patch':'replace',"
                       "'spec':{'containers':[{'name':'m','image':'a'}]}}}}}");
        const auto made = undoPatches(live, revision);
        QVERIFY(made.has_value());
        QVERIFY(made->constFirst().type == KubernetesPatch::Type::StrategicMerge);
        Json body = bodyOf(made->constFirst());
        QVERIFY(body["metadata"]["resourceVersion"] == "9");
        body.erase("metadata");
        QVERIFY(body == revision.json()["data"]); // verbatim, as kubectl sends it
        const KubernetesObject same = objectFrom("{'metadata':{'name':'s-2'},'data':{'spec':{'template':{'$patch':'"
                                                 "replace','spec':{'containers':[{'name':'m','image':'b'}]}}}}}");
        QVERIFY(!undoPatches(live, same).has_value());
    }

    void tellsTemplatesApart()
    {
        const QByteArray from = jsonBytes("{'metadata':{'labels':{'app':'a','pod-template-hash':'1'}},'spec':{'"
                                          "containers':[{'name':'gc','image':'gc-service:1.43.0',"
                                          "'env':[{'name':'LOG_LEVEL','value':'info'},{'name':'DB_PASSWORD','value':'"
                                          "hunter2'},{'name':'URL','value':'postgres://u:p4ss@db/x'},"
                                          "{'name':'KEY','valueFrom':{'secretKeyRef':{'name':'s','key':'k1'}}}],'"
                                          "resources':{'limits':{'memory':'256Mi'}},"
                                          "'args':['--token=abcdef'],'readinessProbe':{'periodSeconds':5}}]}}");
        QByteArray to = from;
        to.replace("gc-service:1.43.0", "gc-service:1.42.3")
            .replace("info", "debug")
            .replace("hunter2", "hunter3")
            .replace("p4ss", "w0rd")
            .replace("k1", "k2")
            .replace("256Mi", "512Mi")
            .replace("abcdef", "ghijkl")
            .replace("\"pod-template-hash\":\"1\"", "\"pod-template-hash\":\"2\"");
        const QString diff = templateDiff(from, to);
        for (const char *const line :
             {"- image: gc-service:1.43.0", "+ image: gc-service:1.42.3", "- env.LOG_LEVEL: info",
              "+ env.LOG_LEVEL: debug", "+ env.DB_PASSWORD: (hidden)", "- resources.limits.memory: 256Mi",
              "+ env.KEY: from secretKeyRef s k2", "+ env.URL: (hidden)"})
            QVERIFY2(diff.split(u'\n').contains(QString::fromLatin1(line)),
                     qPrintable(QLatin1String(line) + u'\n' + diff));
        for (const char *const secret :
             {"hunter", "p4ss", "w0rd", "abcdef", "ghijkl", "pod-template-hash", "readinessProbe"})
            QVERIFY2(!diff.contains(QLatin1String(secret)), secret);
        QVERIFY(templateDiff(from, from).isEmpty() && isSameTemplate(from, from) && !isSameTemplate(from, to));
        QByteArray rehashed = from;
        rehashed.replace("\"pod-template-hash\":\"1\"", "\"pod-template-hash\":\"2\"");
        QVERIFY(isSameTemplate(from, rehashed));
        QVERIFY(templateDiff("{", to).isEmpty() && templateDiff({}, {}).isEmpty() && !isSameTemplate("", ""));
    }

    void aLongDiffIsCut()
    {
        QByteArray env;
        for (int i = 0; i < 500; ++i)
            env += (i ? ",{'name':'V" : "{'name':'V") + QByteArray::number(i) + "','value':'x'}";
        const QByteArray from = jsonBytes("{'spec':{'containers':[{'name':'a'}]}}");
        const QByteArray to = jsonBytes("{'spec':{'containers':[{'name':'a','env':[" + env + "]}]}}");
        const QStringList lines = templateDiff(from, to, 20).split(u'\n');
        QCOMPARE(lines.size(), 20);
        QVERIFY2(lines.constLast().contains(u"481"), qPrintable(lines.constLast()));
    }
};

QTEST_GUILESS_MAIN(KubernetesUndoTest)
#include "tst_kubernetes_undo.moc"
