// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"
#include "models/operations_review.h"

#include <QHash>

namespace cockpit {

/// Findings of manifests against the rules of review_rule.h, file by file. Pure.
QList<ReviewFinding> reviewManifests(const ManifestSet &set);

/// Takes out of a set what a kustomization changes before it is applied (its images, patches, replicas), directly or
/// through another one: such an object is not what runs. Says so, and what a kustomization names and is not there.
QStringList takeOutUnrendered(ManifestSet &set, const QStringList &files);

/// What selects and scales the workloads of a set, found by labels. Refers to the set.
class ManifestIndex {
public:
    explicit ManifestIndex(const ManifestSet &set);

    /// Replicas that run at least; nothing when it is not known (a DaemonSet, a job).
    std::optional<int> replicasOf(const ManifestWorkload &workload) const;
    /// The most that a scaler makes of it.
    std::optional<int> mostReplicasOf(const ManifestWorkload &workload) const;
    /// Its containers that take requests: they declare a port that is not for metrics alone, or, where none declares
    /// one (which Kubernetes does not ask for), all containers of pods that a Service selects.
    QList<const ManifestContainer *> serversOf(const ManifestWorkload &workload) const;
    const ManifestSelector *budgetOf(const ManifestWorkload &workload) const;
    /// Its workloads.
    QList<const ManifestWorkload *> selectedBy(const ManifestSelector &budget) const;
    /// A LimitRange gives its containers a memory limit.
    bool hasDefaultLimit(const ManifestWorkload &workload) const;
    /// A variable's value, through a ConfigMap of the set; empty when it is not known.
    QString valueOf(const ManifestEntry &variable, const ManifestWorkload &workload) const;
    const ManifestData *configMap(const QString &name, const QString &nameSpace) const;

private:
    using Selectors = QHash<QString, QList<const ManifestSelector *>>;
    static Selectors byFirstLabel(const QList<ManifestSelector> &selectors);
    static const ManifestSelector *selecting(const Selectors &selectors, const ManifestWorkload &workload);
    const ManifestScaler *scalerOf(const ManifestWorkload &workload) const;

    const ManifestSet &m_set;
    Selectors m_services;
    Selectors m_budgets;
    QHash<QString, const ManifestScaler *> m_scalers{}; ///< by "kind/name"
    QHash<QString, QList<const ManifestData *>> m_configMaps{};
    QHash<QString, QList<const ManifestWorkload *>> m_workloads{}; ///< by each label of their pods
};

// The checks, one file each; they append what they find.
void checkManifestProbes(const ManifestWorkload &workload, const ManifestIndex &index, QList<ReviewFinding> &findings);
void checkManifestResources(const ManifestWorkload &workload, const ManifestIndex &index,
                            QList<ReviewFinding> &findings);
void checkManifestDisruption(const ManifestWorkload &workload, const ManifestIndex &index,
                             QList<ReviewFinding> &findings);
void checkManifestBudget(const ManifestSelector &budget, const ManifestIndex &index, QList<ReviewFinding> &findings);
void checkManifestShutdown(const ManifestWorkload &workload, const ManifestIndex &index,
                           QList<ReviewFinding> &findings);
void checkManifestRollout(const ManifestWorkload &workload, const ManifestIndex &index, QList<ReviewFinding> &findings);
void checkManifestImages(const ManifestWorkload &workload, QList<ReviewFinding> &findings);
void checkManifestVariables(const ManifestWorkload &workload, QList<ReviewFinding> &findings);
void checkManifestData(const ManifestData &data, QList<ReviewFinding> &findings);

/// "25%" or "2" of a number of replicas; `roundsUp` as Kubernetes does for minAvailable and a budget's maxUnavailable.
/// Nothing when it is no such figure.
std::optional<int> manifestShare(const QString &text, int replicas, bool roundsUp);

} // namespace cockpit
