// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rollout.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace cockpit {

// What the cockpit keeps of the objects of an API server: small values, made where the bytes arrive. managedFields and
// the last-applied annotation (which can hold the value of a Secret, kubernetes.md 2) never get here.

/// The kinds that are listed and watched.
enum class KubernetesKind {
    Rollout,
    FlaggerCanary,
    Deployment,
    StatefulSet,
    DaemonSet,
    ReplicaSet,
    ControllerRevision,
    Pod,
    AnalysisRun,
    HorizontalPodAutoscaler,
    Event,
    ConfigMap,
    Secret
};
/// As the API spells it: "Rollout", "Canary", "HorizontalPodAutoscaler".
QString toWireName(KubernetesKind kind);
std::optional<KubernetesKind> kubernetesKindFromWireName(QStringView name);
/// Where its list is, below an optional "namespaces/NAME/": {"/apis/apps/v1", "deployments"}.
struct KubernetesPath {
    QString group{};  ///< "apps"; empty for the core group
    QString prefix{}; ///< "/apis/apps/v1", "/api/v1"
    QString resource{};
    QString list(const QString &nameSpace) const; ///< all namespaces when empty
    QString object(const QString &nameSpace, const QString &name, const QString &subresource = {}) const;
};
KubernetesPath kubernetesPath(KubernetesKind kind);
/// The kind of the workload that a rollout is.
KubernetesKind kubernetesKindOf(WorkloadKind kind);

/// metadata of any object. The owner is the one that controls it.
struct ObjectFacts {
    KubernetesKind kind = KubernetesKind::Rollout;
    QString nameSpace{};
    QString name{};
    QString uid{};
    QString resourceVersion{};
    qint64 generation = 0;
    QString ownerKind{};
    QString ownerName{};
    QString ownerUid{};
    bool deleting = false; ///< deletionTimestamp is set
    std::optional<Instant> createdAt{};
    QHash<QString, QString> labels{};
    QHash<QString, QString> annotations{};
    QString changedBy{}; ///< field manager that wrote the pod template last, else the specification, data or metadata
    std::optional<Instant> changedAt{};
    bool operator==(const ObjectFacts &) const = default;
};

/// A pod template, without the labels that controllers add.
struct TemplateFacts {
    QByteArray json{}; ///< empty = there is none
    QList<ContainerImage> images{};
    QHash<QString, QString> labels{};
    QHash<QString, QString> annotations{};
    bool operator==(const TemplateFacts &) const = default;
};

/// One of status.conditions.
struct ConditionFacts {
    QString type{};
    QString status{}; ///< "True", "False", "Unknown"
    QString reason{};
    QString message{};
    std::optional<Instant> updatedAt{};
    std::optional<Instant> changedAt{};
    bool operator==(const ConditionFacts &) const = default;
};

/// Traffic as the controller set it: status.canary.weights.
struct WeightFacts {
    int canary = 0;
    int stable = 0;
    int additional = 0;
    bool verified = true;
    bool operator==(const WeightFacts &) const = default;
};

/// Rollout, Flagger Canary, Deployment, StatefulSet or DaemonSet. What a kind does not have stays empty.
struct WorkloadFacts {
    ObjectFacts object{};
    RolloutStrategy strategy = RolloutStrategy::RollingUpdate;
    QHash<QString, QString> selector{}; ///< matchLabels
    int replicas = 1;                   ///< asked for; of a DaemonSet: the nodes that should run it
    bool paused = false;                ///< spec.paused; spec.suspend of Flagger
    TemplateFacts podTemplate{};
    QString targetKind{}; ///< workloadRef of a Rollout, targetRef of a Canary
    QString targetName{};
    QList<RolloutStep> steps{};
    bool trafficRouting = false;
    bool dynamicStableScale = false;
    int maxWeight = 100;
    bool autoPromotion = true;
    std::optional<Duration> autoPromotionAfter{};
    Duration scaleDownDelay{std::chrono::seconds(30)};
    int partition = 0;             ///< of a StatefulSet
    QList<QString> webhookTypes{}; ///< of Flagger: "rollback", "confirm-promotion"

    std::optional<qint64> observedGeneration{};         ///< nothing when absent or no number
    std::optional<qint64> workloadObservedGeneration{}; ///< of a Rollout with workloadRef
    QString phase{};
    QString message{};
    bool controllerPause = false;
    bool abort = false;
    bool promoteFull = false;
    QList<PauseReason> pauses{};
    std::optional<int> stepIndex{};
    QString stableHash{};  ///< stableRS; currentRevision of a StatefulSet; lastPromotedSpec of Flagger
    QString currentHash{}; ///< currentPodHash; updateRevision of a StatefulSet; lastAppliedSpec of Flagger
    QString activeHash{};
    QString previewHash{};
    std::optional<WeightFacts> weights{};
    int statusReplicas = 0;
    int updatedReplicas = 0;
    int readyReplicas = 0;
    int availableReplicas = 0;
    QList<ConditionFacts> conditions{};
    bool operator==(const WorkloadFacts &) const = default;
};

struct ReplicaSetFacts {
    ObjectFacts object{};
    int replicas = 0; ///< asked for
    int readyReplicas = 0;
    int availableReplicas = 0;
    TemplateFacts podTemplate{};
    bool operator==(const ReplicaSetFacts &) const = default;
};

struct ControllerRevisionFacts {
    ObjectFacts object{};
    qint64 revision = 0;
    QByteArray data{}; ///< a strategic merge patch: what an undo sends
    TemplateFacts podTemplate{};
    bool operator==(const ControllerRevisionFacts &) const = default;
};

struct PodFacts {
    ObjectFacts object{};
    PodFact pod{};
    bool operator==(const PodFacts &) const = default;
};

struct AnalysisRunFacts {
    ObjectFacts object{};
    AnalysisFact analysis{};
    bool operator==(const AnalysisRunFacts &) const = default;
};

struct AutoscalerFacts {
    ObjectFacts object{};
    QString targetKind{};
    QString targetName{};
    int minReplicas = 1;
    int maxReplicas = 0;
    bool operator==(const AutoscalerFacts &) const = default;
};

/// Of v1 or events.k8s.io/v1.
struct EventFacts {
    ObjectFacts object{}; ///< the Event itself
    QString aboutKind{};
    QString aboutNameSpace{};
    QString aboutName{};
    QString aboutUid{};
    QString reason{};
    QString message{};
    bool warning = false;
    Instant at{}; ///< the newest occurrence
    int count = 1;
    QString reporter{};
    bool operator==(const EventFacts &) const = default;
};

/// Of a ConfigMap or Secret nothing but the metadata (PartialObjectMetadata).
struct MetadataFacts {
    ObjectFacts object{};
    bool operator==(const MetadataFacts &) const = default;
};

using KubernetesFact = std::variant<WorkloadFacts, ReplicaSetFacts, ControllerRevisionFacts, PodFacts, AnalysisRunFacts,
                                    AutoscalerFacts, EventFacts, MetadataFacts>;
/// The metadata of whichever it is.
const ObjectFacts &objectOf(const KubernetesFact &fact);

} // namespace cockpit
