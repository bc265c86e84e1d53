// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_rule.h"
#include "models/review_words.h"

namespace cockpit {

namespace {

ReviewPlace workloadPlace(const ManifestWorkload &workload, int line, const QString &detail = {})
{
    return {.file = workload.file,
            .line = line > 0 ? line : workload.line,
            .object = workload.title(),
            .name = workload.title(),
            .detail = detail};
}

} // namespace

void checkManifestDisruption(const ManifestWorkload &workload, const ManifestIndex &index,
                             QList<ReviewFinding> &findings)
{
    const std::optional<int> replicas = index.replicasOf(workload);
    if (!replicas || !workload.hasTemplate)
        return;
    if (*replicas > 1 && !index.budgetOf(workload))
        findings.append(reviewFinding("manifest-no-disruption-budget",
                                      workloadPlace(workload, workload.replicasLine, QString::number(*replicas))));
    if (*replicas == 1 && !index.serversOf(workload).isEmpty())
        findings.append(reviewFinding("manifest-single-replica", workloadPlace(workload, workload.replicasLine)));
}

void checkManifestBudget(const ManifestSelector &budget, const ManifestIndex &index, QList<ReviewFinding> &findings)
{
    QString how;
    if (manifestShare(budget.maxUnavailable, 100, true) == 0)
        how = QStringLiteral("maxUnavailable: ") + budget.maxUnavailable;
    else if (budget.minAvailable == u"100%")
        how = QStringLiteral("minAvailable: 100%");
    for (const ManifestWorkload *workload : index.selectedBy(budget)) {
        // It grows with its scaler; only what never has more than the budget keeps is stuck for sure.
        const std::optional<int> most = index.mostReplicasOf(*workload);
        const std::optional<int> kept = manifestShare(budget.minAvailable, most.value_or(0), true);
        if (how.isEmpty() && most && *most > 0 && kept && *kept >= *most)
            how = ReviewWords::tr("minAvailable: %1 of at most %2 replicas").arg(*kept).arg(*most);
    }
    if (!how.isEmpty())
        findings.append(
            reviewFinding("manifest-budget-blocks", {.file = budget.file,
                                                     .line = budget.line,
                                                     .object = QStringLiteral("PodDisruptionBudget ") + budget.name,
                                                     .name = budget.name,
                                                     .detail = how}));
}

void checkManifestRollout(const ManifestWorkload &workload, const ManifestIndex &index, QList<ReviewFinding> &findings)
{
    if (!workload.runsForever())
        return;
    if (workload.strategy == u"Recreate" && !index.serversOf(workload).isEmpty())
        findings.append(reviewFinding("manifest-recreate", workloadPlace(workload, workload.strategyLine)));
    const int replicas = index.replicasOf(workload).value_or(0);
    const std::optional<int> away = manifestShare(workload.maxUnavailable, replicas, false);
    const bool takesAll = workload.maxUnavailable == u"100%" || (away && replicas > 1 && *away >= replicas);
    if (takesAll)
        findings.append(reviewFinding("manifest-all-unavailable",
                                      workloadPlace(workload, workload.maxUnavailableLine, workload.maxUnavailable)));
    if (workload.historyLimit == 0)
        findings.append(reviewFinding("manifest-no-history", workloadPlace(workload, workload.historyLine)));
}

} // namespace cockpit
