// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// What the operations review looks at in Kubernetes manifests, as read from files; defaults are those of Kubernetes.
/// Lines count from 1 in the file.

/// A probe. `action` tells whether two are the same: "GET :8080 /health", "TCP :5432", "gRPC :50051", "exec
/// pg_isready".
struct ManifestProbe {
    int line = 0;
    QString action{};
    int initialDelay = 0; ///< seconds, as the following
    int period = 10;
    int timeout = 1;
    int failureThreshold = 3;
    /// Seconds from the first failure until it acts.
    qint64 patience() const { return qint64(period) * failureThreshold; }
};

/// A variable of a container, or a key of a ConfigMap or Secret.
struct ManifestEntry {
    QString name{};
    QString value{}; ///< of a plain one
    int line = 0;
    bool isSecretRef = false;
    QString configMap{}; ///< name of the ConfigMap that it comes from, `configKey` of it
    QString configKey{};
};

struct ManifestContainer {
    QString name{};
    int line = 0;
    bool isInit = false;
    QString image{};
    int imageLine = 0;
    std::optional<ManifestProbe> liveness{};
    std::optional<ManifestProbe> readiness{};
    std::optional<ManifestProbe> startup{};
    bool asksCpu = false; ///< a request, or a limit, which is one then
    bool asksMemory = false;
    bool limitsCpu = false;
    bool limitsMemory = false;
    double cpu = 0.0;        ///< requested cores
    double memory = 0.0;     ///< requested bytes
    bool servesPort = false; ///< declares a port that is not for metrics alone
    bool hasPreStop = false;
    int preStopSeconds = 0; ///< its sleep, where it is one
    int preStopLine = 0;
    QList<ManifestEntry> variables{};
    QStringList configMaps{}; ///< of envFrom
};

/// Deployment, StatefulSet, DaemonSet, Rollout (Argo), Job, CronJob.
struct ManifestWorkload {
    QString kind{};
    QString name{};
    QString nameSpace{}; ///< empty = none is written
    QString file{};
    int line = 0;
    std::optional<int> replicas{}; ///< as written
    int replicasLine = 0;
    QMap<QString, QString> podLabels{};
    QList<ManifestContainer> containers{}; ///< init containers among them
    std::optional<int> grace{};            ///< terminationGracePeriodSeconds as written; Kubernetes' default is 30
    int graceLine = 0;
    QString strategy{}; ///< "RollingUpdate", "Recreate", "OnDelete", "canary", "blueGreen"; empty = none is written
    int strategyLine = 0;
    QString maxUnavailable{}; ///< "1", "25%"; empty = none is written
    int maxUnavailableLine = 0;
    std::optional<int> historyLimit{};
    int historyLine = 0;
    bool hasTemplate = true; ///< else its pods stand elsewhere (workloadRef)
    bool runsForever() const { return kind != u"Job" && kind != u"CronJob"; }
    /// "Deployment gc-service", for messages.
    QString title() const { return kind + u' ' + name; }
};

/// PodDisruptionBudget or Service: what it selects.
struct ManifestSelector {
    QString name{};
    QString nameSpace{};
    QString file{};
    int line = 0;
    QMap<QString, QString> labels{};
    bool isPartly = false; ///< has matchExpressions, which are not read: it may select less
    QString minAvailable{};
    QString maxUnavailable{};
};

/// HorizontalPodAutoscaler or ScaledObject (KEDA).
struct ManifestScaler {
    QString kind{}; ///< of its target
    QString name{};
    QString nameSpace{};
    int minimum = 1;
    int maximum = 0;
};

/// ConfigMap or Secret.
struct ManifestData {
    QString kind{};
    QString name{};
    QString nameSpace{};
    QString file{};
    int line = 0;
    QList<ManifestEntry> entries{}; ///< of a Secret decoded, never to be shown
};

/// A kustomization.
struct ManifestKustomization {
    QString file{};
    QStringList resources{}; ///< as written, relative to its folder
    QStringList patches{};   ///< files that are no whole objects
    QStringList changes{};   ///< what of it alters its resources: "images", "patches", "replicas"
    QList<int> resourceLines{};
};

/// All of one file, or of many.
struct ManifestSet {
    QList<ManifestWorkload> workloads{};
    QList<ManifestSelector> budgets{};
    QList<ManifestSelector> services{};
    QList<ManifestScaler> scalers{};
    QList<ManifestData> data{};
    QList<ManifestKustomization> kustomizations{};
    QStringList defaultedSpaces{}; ///< namespaces with a LimitRange that gives memory by default
    int objects = 0;               ///< all that have apiVersion and kind
    QStringList notChecked{};      ///< "deploy/a.yaml:12: this is no YAML: …"

    void append(const ManifestSet &other);
};

} // namespace cockpit
