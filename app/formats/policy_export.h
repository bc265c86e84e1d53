// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/metric_preset.h"
#include "models/deployment_policy.h"
#include "models/rollout.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// Who enforces a policy in the cluster.
enum class PolicyEngine { ArgoRollouts, Flagger };
/// "argo-rollouts", "flagger": the words of the command line.
QString toWireName(PolicyEngine engine);
std::optional<PolicyEngine> policyEngineFromWireName(QStringView name);

/// What an export is made of.
struct PolicyExport {
    DeploymentPolicy policy{};
    QString service{};      ///< name of the Deployment and of what is made
    QString serviceValue{}; ///< value of the preset's service label in queries and alerts
    QString serviceLabel{QStringLiteral("service")};
    QString nameSpace{QStringLiteral("default")};
    QString prometheusUrl{}; ///< as the cluster reaches it
    TrackQueries queries{};
    QStringList leftOut{}; ///< what the policy asks for and these manifests do not hold, in words
    QString budgetQuery{}; ///< error budget left (0…1) of $service; empty = no gate on it
};

/// Manifests that enforce the policy without any laptop.
struct ExportedPolicy {
    QByteArray yaml{};  ///< several documents; the gaps stand above them as a comment
    QStringList gaps{}; ///< what this engine cannot express, and what it does instead
};

/// Fits the policy to what the cluster runs: a blue-green Rollout switches once, so that the steps of a canary are left
/// out (and said to be), instead of making a canary of it. Others stay as they are.
void fitToStrategy(PolicyExport &what, RolloutStrategy strategy);

/// For Argo Rollouts two AnalysisTemplates and a Rollout that refers to the Deployment; for Flagger a MetricTemplate
/// for each rule and a Canary. Pure. Format: argoproj.io/v1alpha1 and flagger.app/v1beta1.
ExportedPolicy exportPolicy(const PolicyExport &what, PolicyEngine engine);

} // namespace cockpit
