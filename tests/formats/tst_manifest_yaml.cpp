// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/manifest_pod_yaml.h"
#include "app/formats/manifest_yaml.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;

namespace {

const QByteArray gateway = "# gateway\n"
                           "apiVersion: apps/v1\n"
                           "kind: Deployment\n"
                           "metadata: {name: gateway, namespace: shop}\n"
                           "spec:\n"
                           "  replicas: 3\n"
                           "  revisionHistoryLimit: 5\n"
                           "  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%}}\n"
                           "  template:\n"
                           "    metadata: {labels: {app: gateway}}\n"
                           "    spec:\n"
                           "      terminationGracePeriodSeconds: 40\n"
                           "      containers:\n"
                           "      - name: gateway\n"
                           "        image: registry.example/gateway:1.2\n"
                           "        ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]\n"
                           "        readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 5}\n"
                           "        lifecycle: {preStop: {exec: {command: [sh, -c, 'sleep 10']}}}\n"
                           "        resources: {requests: {cpu: 250m}, limits: {memory: 1Gi}}\n"
                           "        env:\n"
                           "        - name: LEVEL\n"
                           "          value: info\n"
                           "        - {name: KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}\n";

} // namespace

class TestManifestYaml : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAWorkloadWithItsLines()
    {
        const ManifestSet set = readManifests(gateway, QStringLiteral("g.yaml"));
        QCOMPARE(set.workloads.size(), 1);
        const ManifestWorkload &workload = set.workloads.first();
        QCOMPARE(workload.line, 3);
        QCOMPARE(workload.replicas.value_or(0), 3);
        QCOMPARE(workload.grace.value_or(0), 40);
        QCOMPARE(workload.graceLine, 12);
        QCOMPARE(workload.historyLimit.value_or(0), 5);
        QCOMPARE(workload.maxUnavailable, QStringLiteral("25%"));
        QCOMPARE(workload.podLabels.value(QStringLiteral("app")), QStringLiteral("gateway"));
        const ManifestContainer &container = workload.containers.first();
        QCOMPARE(container.imageLine, 15);
        QVERIFY(container.servesPort);
        QCOMPARE(container.readiness->action, QStringLiteral("GET :8080 /ready"));
        QCOMPARE(container.readiness->patience(), 15);
        QCOMPARE(container.preStopSeconds, 10);
        QVERIFY(!container.liveness);
        QVERIFY(container.asksMemory && container.asksCpu && container.limitsMemory && !container.limitsCpu);
        QCOMPARE(container.cpu, 0.25);
        QCOMPARE(container.variables.first().line, 22);
        QVERIFY(container.variables.last().isSecretRef);
    }
    void aBrokenDocumentHidesNoOther()
    {
        const ManifestSet set = readManifests("---\na: [\n---\n" + gateway + "---\nx: [\n", QStringLiteral("g.yaml"));
        QCOMPARE(set.workloads.size(), 1);
        QCOMPARE(set.workloads.first().line, 6);
        QCOMPARE(set.notChecked.size(), 2);
        QVERIFY(set.notChecked.last().startsWith(QStringLiteral("g.yaml:2")));
    }
    void anchorsAndMergesAreFollowed()
    {
        const QByteArray text =
            "apiVersion: apps/v1\nkind: Deployment\nx: &base {revisionHistoryLimit: 4, replicas: 7}\n"
            "spec:\n  <<: *base\n  replicas: 2\n";
        const ManifestSet set = readManifests(text, QStringLiteral("a.yaml"));
        QCOMPARE(set.workloads.first().replicas.value_or(0), 2);
        QCOMPARE(set.workloads.first().historyLimit.value_or(0), 4);
    }
    void bombsAreBounded()
    {
        QByteArray text = "apiVersion: v1\nkind: List\na: &a [x,x,x,x,x,x,x,x,x]\n";
        for (char name = 'b'; name <= 'k'; ++name) {
            const QByteArray before(1, char(name - 1));
            text += QByteArray(1, name) + ": &" + QByteArray(1, name) + " {apiVersion: v1, kind: List, items: [";
            text += QByteArray("*" + before + ",").repeated(9) + "]}\n";
        }
        text += "items: [*k,*k]\n";
        QElapsedTimer timer;
        timer.start();
        const ManifestSet set = readManifests(text, QStringLiteral("bomb.yaml"));
        QVERIFY(timer.elapsed() < 5000);
        QCOMPARE(set.notChecked.size(), 1);
    }
    void whatLeadsBackToItselfEnds()
    {
        QVERIFY(readManifests("&a {apiVersion: v1, kind: List, <<: *a, items: [*a]}", QStringLiteral("a.yaml"))
                    .workloads.isEmpty());
        const QByteArray deep = "apiVersion: v1\nkind: List\nitems: " + QByteArray("[").repeated(100'000);
        QCOMPARE(readManifests(deep, QStringLiteral("a.yaml")).notChecked.size(), 1);
    }
    void templatesAndForeignTextsAreSaid()
    {
        const auto reason = [](const QByteArray &text) {
            return readManifests(text, QStringLiteral("a.yaml")).notChecked.value(0);
        };
        QVERIFY(reason("apiVersion: v1\nkind: Secret\nname: {{ .Values.name | quote }}\n").contains(u"helm template"));
        QVERIFY(reason("apiVersion: v1\nkind: Secret\n{{- if .Values.on }}\n").contains(u"helm template"));
        QVERIFY(reason("apiVersion: v1\nkind: ConfigMap\nname: caf\xe9\n").contains(u"UTF-8"));
        QVERIFY(reason(QByteArray("#").repeated(5 * 1024 * 1024)).contains(u"4 MiB"));
        QVERIFY(!isHelmTemplate("summary: '{{ $labels.pod }} of {{ $value }} {{ if gt $value 1.0 }}x{{ end }}'"));
    }
    void listsAndJsonAreRead()
    {
        const ManifestSet set = readManifests("{'apiVersion':'v1','kind':'List','items':[{'apiVersion':'v1','kind':"
                                              "'Service','spec':{'selector':{'app':'a'}}}]}",
                                              QStringLiteral("a.json"));
        QCOMPARE(set.services.size(), 1);
        QCOMPARE(set.services.first().labels.value(QStringLiteral("app")), QStringLiteral("a"));
    }
    void secretsAreDecodedAndKustomizationsKnown()
    {
        const ManifestSet set = readManifests("apiVersion: v1\nkind: Secret\ndata: {a: aHVudGVyMg==}\n---\n"
                                              "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
                                              "resources: [a.yaml]\npatches: [{path: p.yaml}]\n",
                                              QStringLiteral("k.yaml"));
        QCOMPARE(set.data.first().entries.first().value, QStringLiteral("hunter2"));
        QCOMPARE(set.kustomizations.first().patches, QStringList(QStringLiteral("p.yaml")));
        QCOMPARE(set.kustomizations.first().changes, QStringList(QStringLiteral("patches")));
    }
    void quantitiesAreKubernetes()
    {
        QCOMPARE(manifestQuantity(QStringLiteral("500m")), 0.5);
        QCOMPARE(manifestQuantity(QStringLiteral("2")), 2.0);
        QCOMPARE(manifestQuantity(QStringLiteral("1Gi")), 1073741824.0);
        QCOMPARE(manifestQuantity(QStringLiteral("1k")), 1000.0);
        QCOMPARE(manifestQuantity(QStringLiteral("3Ki")), 3072.0);
        QCOMPARE(manifestQuantity(QStringLiteral("a lot")), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestManifestYaml)
#include "tst_manifest_yaml.moc"
