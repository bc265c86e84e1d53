// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/ids.h"
#include "models/instant.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// The kinds of objects that roll out a new version.
enum class WorkloadKind { Rollout, FlaggerCanary, Deployment, StatefulSet, DaemonSet };
/// "rollout", "canary", "deployment", "statefulset", "daemonset": the words of the command line.
QString toWireName(WorkloadKind kind);
std::optional<WorkloadKind> workloadKindFromWireName(QStringView name);

enum class RolloutStrategy { Canary, BlueGreen, RollingUpdate, Recreate, OnDelete };
/// "canary", "blue-green", "rolling update", "recreate", "on delete".
QString toWireName(RolloutStrategy strategy);

/// The effective phase, as `kubectl argo rollouts` prints it (backends.md §4.1), for every kind alike.
enum class RolloutPhase { Healthy, Progressing, Paused, Degraded, Unknown };
/// "healthy", "progressing", "paused", "degraded", "unknown".
QString toWireName(RolloutPhase phase);

/// One step of a canary.
struct RolloutStep {
    enum class Kind { SetWeight, Pause, SetCanaryScale, Analysis, Experiment, Other };
    Kind kind = Kind::Other;
    int weight = 0;                     ///< SetWeight, in per cent
    std::optional<Duration> duration{}; ///< Pause; nothing = until a person goes on
    QString text{};                     ///< of the other kinds: "analysis success-rate"
    bool operator==(const RolloutStep &) const = default;
};

/// The image of one container. `digest` is what the pods really run ("sha256:…"), empty when it is not known.
struct ContainerImage {
    QString container{};
    QString image{};
    QString digest{};
    bool operator==(const ContainerImage &) const = default;
};

/// One revision that the cluster still holds: a ReplicaSet or a ControllerRevision. Undo renumbers: `hash` names it.
struct RolloutRevision {
    QString hash{};        ///< pod template hash
    QString objectName{};  ///< of the ReplicaSet or ControllerRevision
    qint64 number = 0;     ///< changes with each undo
    QList<ContainerImage> images{};
    QString version{};     ///< tag of the first image, or the label app.kubernetes.io/version
    std::optional<Instant> createdAt{};
    QString changedBy{};   ///< who the server says wrote the template (field manager), or the annotation
    QString changeCause{}; ///< annotation kubernetes.io/change-cause
    bool isStable = false; ///< serves as stable, active or (plain workloads) the fully rolled out one
    bool isCurrent = false; ///< of the newest template: canary or preview while it differs from stable
    int pods = 0;
    int readyPods = 0;
    std::optional<Instant> scaleDownAt{}; ///< blue-green: when the old colour's pods go
    QByteArray podTemplate{}; ///< JSON of the pod template without the hash label; what an undo puts back
    QHash<QString, QString> annotations{}; ///< of the template and of the object: migration marker and the like
    bool operator==(const RolloutRevision &) const = default;
};

/// One pod.
struct PodFact {
    QString name{};
    QString hash{};   ///< of its template
    QString phase{};  ///< "Running"
    QString waiting{}; ///< reason of the first container that waits: "ImagePullBackOff"
    bool ready = false;
    bool terminating = false;
    int restarts = 0;
    QString node{};
    std::optional<Instant> createdAt{};
    QList<ContainerImage> images{};
    bool operator==(const PodFact &) const = default;
};

/// What the cluster itself measured: one metric of one analysis run.
struct AnalysisMetric {
    QString name{};
    QString phase{};     ///< "Successful", "Failed", "Error", "Inconclusive", "Running", "Pending"
    QString value{};     ///< of the newest measurement, as the engine wrote it
    QString condition{}; ///< successCondition, else "not " failureCondition
    QString query{};
    QString message{};
    std::optional<Instant> measuredAt{};
    bool operator==(const AnalysisMetric &) const = default;
};
struct AnalysisFact {
    QString name{};
    QString type{};  ///< "Step", "Background", "PrePromotion", "PostPromotion"
    QString phase{};
    QString message{};
    QString hash{};
    std::optional<int> stepIndex{};
    std::optional<Instant> startedAt{};
    std::optional<Instant> completedAt{};
    QList<AnalysisMetric> metrics{};
    bool operator==(const AnalysisFact &) const = default;
};

/// Why it stands still.
struct PauseReason {
    QString reason{}; ///< "CanaryPauseStep", "BlueGreenPause", "InconclusiveAnalysisRun", "spec.paused"
    std::optional<Instant> since{};
    bool operator==(const PauseReason &) const = default;
};

/// Blue-green facts.
struct BlueGreenFact {
    QString activeHash{};
    QString previewHash{};
    bool autoPromotion = true;
    Duration scaleDownDelay{std::chrono::seconds(30)}; ///< how long the old colour stays up after the switch
    bool operator==(const BlueGreenFact &) const = default;
};

/// Who else owns the object's specification, and would put it back.
struct GitOpsOwner {
    QString tool{}; ///< "Argo CD", "Flux"; empty = none was seen
    QString name{}; ///< "argocd/dark-tower", "flux-system/gc-service"
    QString reference{}; ///< the label or annotation that says so
    bool operator==(const GitOpsOwner &) const = default;
};

/// One thing that rolls out, whatever its kind: what the cluster said at one moment. Immutable, shared.
struct Rollout {
    ObjectKey key{}; ///< kind as the API spells it: "Rollout", "Deployment", "Canary"
    WorkloadKind kind = WorkloadKind::Rollout;
    RolloutStrategy strategy = RolloutStrategy::Canary;
    ServiceId service{};
    QString resourceVersion{};
    qint64 generation = 0;
    bool observed = true; ///< the controller has seen the newest specification
    RolloutPhase phase = RolloutPhase::Unknown;
    QString message{}; ///< of the phase, in the controller's words
    bool userPaused = false; ///< spec.paused
    bool aborted = false;
    bool waitsForPerson = false; ///< an unlimited pause, a blue-green pause, an inconclusive analysis, spec.paused
    QList<PauseReason> pauses{};
    QList<RolloutStep> steps{};
    std::optional<int> stepIndex{}; ///< index into steps; steps.size() when all are done; nothing without steps
    QList<int> weights{};           ///< the bar: per cent of each SetWeight step, ending with 100
    std::optional<int> desiredWeight{};
    std::optional<int> measuredWeight{}; ///< nothing when the cluster does not say
    bool trafficRouting = false;    ///< else weights follow from pod counts
    bool dynamicStableScale = false;
    int maxWeight = 100;
    int desiredReplicas = 0;
    int replicas = 0;
    int updatedReplicas = 0;
    int readyReplicas = 0;
    int availableReplicas = 0;
    QString stableHash{};
    QString currentHash{};
    std::optional<BlueGreenFact> blueGreen{};
    QList<RolloutRevision> revisions{}; ///< newest first
    QList<PodFact> pods{};
    QList<AnalysisFact> analyses{}; ///< newest first
    QString workloadRef{};          ///< "Deployment/gc-service" when the template lives elsewhere
    QString autoscaler{};           ///< name of the HorizontalPodAutoscaler that owns the replicas; empty = none
    int maxReplicas = 0;            ///< of the autoscaler; 0 = not known
    GitOpsOwner gitOps{};
    QHash<QString, QString> labels{};
    QHash<QString, QString> annotations{}; ///< without last-applied-configuration
    std::optional<Instant> startedAt{}; ///< of the newest update
    bool statusSubresource = true; ///< what discovery says of the resource
    Instant readAt{}; ///< last proven read; a silent watch proves nothing
    bool operator==(const Rollout &) const = default;

    /// The fully trusted revision (stable, active, or the newest complete one); null when it is not known.
    const RolloutRevision *stable() const;
    /// The newest revision; equals stable() when nothing rolls out.
    const RolloutRevision *current() const;
    /// By hash, object name or number in decimal. Null when there is none.
    const RolloutRevision *revision(QStringView name) const;
    /// Where an undo without a choice goes: while an update runs the stable one, else the newest one before the current.
    const RolloutRevision *previous() const;
    /// A new version is on its way, or stands half way.
    bool isUpdating() const;
    /// Pause steps: when the present one ends by itself; nothing when it does not.
    std::optional<Instant> nextStepAt() const;
};
using RolloutPtr = std::shared_ptr<const Rollout>;

/// An event or a state change that somebody may have caused, as the cluster tells it (Events, revisions, scale).
struct ClusterEvent {
    ObjectKey object{};
    QString reason{};
    QString message{};
    bool warning = false;
    Instant at{};
    int count = 1;
    QString reporter{};
    ServiceId service{};
    bool operator==(const ClusterEvent &) const = default;
};

/// Everything that one context shows now. Rollouts that did not change are the same pointers as before.
struct RolloutsUpdate {
    SourceId source{};
    QString context{};
    Instant at{};
    std::shared_ptr<const std::vector<RolloutPtr>> rollouts{};
    std::shared_ptr<const std::vector<ClusterEvent>> events{};
};

/// "1.42.3", or the hash where there is no version. A tag that moves (latest) names nothing: with what the pods really
/// run, "latest (sha256:4f9a1c20b7de)", or with the hash while that is not known.
QString versionLabel(const RolloutRevision &revision);

/// The order of the list: what needs a hand, what waits for a person, what moves, the rest; then by service and key.
bool rolloutBefore(const Rollout &a, const Rollout &b);

} // namespace cockpit
