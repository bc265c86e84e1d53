// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_facts.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;

namespace {

const Instant kNow = fromEpochMs(1'800'000'000'000);

ObjectFacts factObject(KubernetesKind kind, const QString &name, const QString &owner = {})
{
    ObjectFacts object;
    object.kind = kind;
    object.nameSpace = QStringLiteral("shop");
    object.name = name;
    object.uid = toWireName(kind) + u'-' + name;
    object.ownerUid = owner;
    return object;
}
WorkloadFacts rolloutFact(const QString &name)
{
    WorkloadFacts facts;
    facts.object = factObject(KubernetesKind::Rollout, name);
    facts.strategy = RolloutStrategy::Canary;
    facts.podTemplate.images = {{QStringLiteral("main"), name + QStringLiteral(":1"), {}}};
    facts.currentHash = QStringLiteral("new");
    facts.stableHash = QStringLiteral("old");
    return facts;
}
ReplicaSetFacts replicaSetFact(const QString &name, const QString &owner, const QString &hash)
{
    ReplicaSetFacts facts;
    facts.object = factObject(KubernetesKind::ReplicaSet, name, owner);
    facts.object.labels.insert(QStringLiteral("rollouts-pod-template-hash"), hash);
    facts.replicas = 2;
    return facts;
}
PodFacts podFact(const QString &name, const QString &owner, const QString &hash)
{
    PodFacts facts;
    facts.object = factObject(KubernetesKind::Pod, name, owner);
    facts.pod.name = name;
    facts.pod.hash = hash;
    return facts;
}
WatchEvent factEvent(KubernetesFact fact, WatchEvent::Type type = WatchEvent::Type::Modified)
{
    return {.type = type, .resourceVersion = {}, .fact = std::move(fact)};
}

} // namespace

/// Which rollouts follow from what changed, and that the others are left alone.
class ClusterFactsTest : public QObject {
    Q_OBJECT

    static ClusterFacts facts() { return ClusterFacts({.context = QStringLiteral("prod")}, ServiceMap{}); }
    static RolloutPtr named(const ClusterFacts &facts, const QString &name)
    {
        const auto rollouts = facts.rollouts();
        for (const RolloutPtr &rollout : *rollouts) {
            if (rollout->key.name == name)
                return rollout;
        }
        return nullptr;
    }
    static QString firstKind(const ClusterFacts &facts)
    {
        const auto rollouts = facts.rollouts();
        return rollouts->empty() ? QString() : rollouts->front()->key.kind;
    }
    static void fill(ClusterFacts &facts, int rollouts)
    {
        std::vector<KubernetesFact> workloads, replicaSets, pods;
        for (int i = 0; i < rollouts; ++i) {
            const WorkloadFacts workload = rolloutFact(QStringLiteral("service-%1").arg(i));
            workloads.emplace_back(workload);
            for (const QString &hash : {QStringLiteral("old"), QStringLiteral("new")}) {
                const ReplicaSetFacts set =
                    replicaSetFact(workload.object.name + u'-' + hash, workload.object.uid, hash);
                for (int pod = 0; pod < 4; ++pod)
                    pods.emplace_back(
                        podFact(QStringLiteral("%1-%2").arg(set.object.name).arg(pod), set.object.uid, hash));
                replicaSets.emplace_back(set);
            }
        }
        facts.replace(KubernetesKind::Pod, {}, std::move(pods)); // in the order of a bad day
        facts.replace(KubernetesKind::ReplicaSet, {}, std::move(replicaSets));
        facts.replace(KubernetesKind::Rollout, {}, std::move(workloads));
        facts.assemble(kNow);
    }

private Q_SLOTS:
    void putsTogetherWhatBelongsTogether()
    {
        ClusterFacts all = facts();
        fill(all, 3);
        QCOMPARE(all.rollouts()->size(), std::size_t(3));
        const RolloutPtr one = named(all, QStringLiteral("service-1"));
        QCOMPARE(one->revisions.size(), 2);
        QCOMPARE(one->pods.size(), 8);
        QCOMPARE(one->readAt, kNow);
    }

    void onlyWhatChangedIsNew()
    {
        ClusterFacts all = facts();
        fill(all, 3);
        const RolloutPtr other = named(all, QStringLiteral("service-0"));
        PodFacts pod = podFact(QStringLiteral("service-1-new-0"), QStringLiteral("ReplicaSet-service-1-new"),
                               QStringLiteral("new"));
        pod.pod.ready = true;
        all.apply({factEvent(pod)});
        QVERIFY(all.isDirty());
        all.assemble(kNow + std::chrono::seconds(5));
        QCOMPARE(named(all, QStringLiteral("service-0")).get(), other.get());
        const RolloutPtr changed = named(all, QStringLiteral("service-1"));
        QVERIFY(
            std::any_of(changed->pods.begin(), changed->pods.end(), [](const PodFact &fact) { return fact.ready; }));
        QCOMPARE(changed->readAt, kNow + std::chrono::seconds(5));
        all.apply({factEvent(pod)});
        QVERIFY(!all.isDirty()); // a list repeats what the watch said
    }

    void whatGoesIsGone()
    {
        ClusterFacts all = facts();
        fill(all, 3);
        all.apply({factEvent(rolloutFact(QStringLiteral("service-0")), WatchEvent::Type::Deleted)});
        all.assemble(kNow);
        QCOMPARE(all.rollouts()->size(), std::size_t(2));
        QVERIFY(named(all, QStringLiteral("service-2")));
        all.replace(KubernetesKind::Rollout, QStringLiteral("other"),
                    {}); // another namespace's list says nothing of this one
        all.assemble(kNow);
        QCOMPARE(all.rollouts()->size(), std::size_t(2));
        all.replace(KubernetesKind::Rollout, QStringLiteral("shop"), {});
        all.assemble(kNow);
        QVERIFY(all.rollouts()->empty());
    }

    void aProofMovesTheAgeOfAll()
    {
        ClusterFacts all = facts();
        fill(all, 2);
        all.prove(kNow + std::chrono::seconds(30));
        const auto rollouts = all.rollouts();
        for (const RolloutPtr &rollout : *rollouts)
            QCOMPARE(rollout->readAt, kNow + std::chrono::seconds(30));
    }

    void aDeploymentThatARolloutDrivesIsShownThere()
    {
        ClusterFacts all = facts();
        WorkloadFacts deployment = rolloutFact(QStringLiteral("web"));
        deployment.object = factObject(KubernetesKind::Deployment, QStringLiteral("web"));
        all.apply({factEvent(deployment, WatchEvent::Type::Added)});
        all.assemble(kNow);
        QCOMPARE(all.rollouts()->size(), std::size_t(1));
        WorkloadFacts rollout = rolloutFact(QStringLiteral("web"));
        rollout.targetKind = QStringLiteral("Deployment");
        rollout.targetName = QStringLiteral("web");
        all.apply({factEvent(rollout, WatchEvent::Type::Added)});
        all.assemble(kNow);
        QCOMPARE(all.rollouts()->size(), std::size_t(1));
        QCOMPARE(firstKind(all), QStringLiteral("Rollout"));
        all.apply({factEvent(rollout, WatchEvent::Type::Deleted)});
        all.assemble(kNow);
        QCOMPARE(firstKind(all), QStringLiteral("Deployment"));
    }

    void eventsNameTheServiceTheyAreAbout()
    {
        ClusterFacts all = facts();
        fill(all, 1);
        EventFacts event;
        event.object = factObject(KubernetesKind::Event, QStringLiteral("e1"));
        event.aboutKind = QStringLiteral("Pod");
        event.aboutNameSpace = QStringLiteral("shop");
        event.aboutName = QStringLiteral("service-0-new-1");
        event.aboutUid = QStringLiteral("Pod-service-0-new-1");
        event.reason = QStringLiteral("BackOff");
        event.at = kNow;
        all.apply({factEvent(event, WatchEvent::Type::Added)});
        all.assemble(kNow);
        QCOMPARE(all.events()->size(), std::size_t(1));
        QCOMPARE(all.events()->front().service, ServiceId(QStringLiteral("service-0")));
    }

    void anEventAmongAThousandRolloutsIsQuick()
    {
        ClusterFacts all = facts();
        fill(all, 1000);
        QElapsedTimer timer;
        timer.start();
        constexpr int rounds = 50;
        for (int i = 0; i < rounds; ++i) {
            PodFacts pod = podFact(QStringLiteral("service-%1-new-0").arg(i),
                                   QStringLiteral("ReplicaSet-service-%1-new").arg(i), QStringLiteral("new"));
            pod.pod.restarts = i + 1;
            all.apply({factEvent(pod)});
            all.assemble(kNow);
            QCOMPARE(all.rollouts()->size(), std::size_t(1000));
        }
        const double each = double(timer.nsecsElapsed()) / 1e6 / rounds;
        qInfo("watch event to update: %.3f ms", each);
        QVERIFY2(each < 20.0, qPrintable(QString::number(each)));
    }
};

QTEST_APPLESS_MAIN(ClusterFactsTest)
#include "tst_cluster_facts.moc"
