// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_facts.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <yaml-cpp/yaml.h>

using namespace cockpit;

/// The rights that we ask for: all that is watched, and no Secret.
class ClusterRoleTest : public QObject {
    Q_OBJECT

    /// "group/resource" of each rule with that verb.
    static QSet<QString> granted(const std::string &role, const std::string &verb)
    {
        QSet<QString> all;
        for (const YAML::Node &document :
             YAML::LoadAllFromFile(COCKPIT_SOURCE_DIR "/packaging/kubernetes/clusterrole.yaml")) {
            if (document["metadata"]["name"].Scalar() != role)
                continue;
            for (const YAML::Node &rule : document["rules"]) {
                bool holds = false;
                for (const YAML::Node &one : rule["verbs"])
                    holds = holds || one.Scalar() == verb;
                for (const YAML::Node &group : rule["apiGroups"]) {
                    for (const YAML::Node &resource : rule["resources"]) {
                        if (holds)
                            all.insert(QString::fromStdString(group.Scalar() + "/" + resource.Scalar()));
                    }
                }
            }
        }
        return all;
    }

private Q_SLOTS:
    void everythingThatIsWatchedIsIn()
    {
        for (const KubernetesKind kind :
             {KubernetesKind::Rollout, KubernetesKind::FlaggerCanary, KubernetesKind::Deployment,
              KubernetesKind::StatefulSet, KubernetesKind::DaemonSet, KubernetesKind::ReplicaSet,
              KubernetesKind::ControllerRevision, KubernetesKind::Pod, KubernetesKind::AnalysisRun,
              KubernetesKind::HorizontalPodAutoscaler, KubernetesKind::Event, KubernetesKind::ConfigMap}) {
            const KubernetesPath path = kubernetesPath(kind);
            const QString name = path.group + u'/' + path.resource;
            QVERIFY2(granted("dt-cockpit-view", "list").contains(name), qPrintable(name));
            QVERIFY2(granted("dt-cockpit-view", "watch").contains(name), qPrintable(name));
        }
        QVERIFY(granted("dt-cockpit-operate", "patch").contains(QStringLiteral("argoproj.io/rollouts/status")));
    }

    void noSecretAndNoWildcardIs()
    {
        for (const char *role : {"dt-cockpit-view", "dt-cockpit-operate"}) {
            for (const char *verb : {"get", "list", "watch", "patch", "delete", "create", "update", "*"}) {
                const QSet<QString> rights = granted(role, verb);
                for (const QString &right : rights) {
                    QVERIFY2(!right.contains(QStringLiteral("secret")), qPrintable(right));
                    QVERIFY2(!right.contains(u'*'), qPrintable(right));
                }
            }
        }
        QVERIFY(granted("dt-cockpit-view", "patch").isEmpty());
        QVERIFY(granted("dt-cockpit-operate", "*").isEmpty());
    }
};

QTEST_APPLESS_MAIN(ClusterRoleTest)
#include "tst_cluster_role.moc"
