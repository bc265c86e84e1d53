// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/migration_lint.h"
#include "models/review_material.h"
#include "models/review_rule.h"
#include "models/review_words.h"

#include <algorithm>

namespace cockpit {

namespace {

void addAll(const QList<Finding> &found, QList<ReviewFinding> &into)
{
    for (const Finding &finding : found)
        into.append({.finding = finding, .impact = impactOfRule(finding.rule)});
}

/// Where runbooks are among the files, one of them has to say how a workload goes back.
void checkRollback(const ReviewMaterial &material, QList<ReviewFinding> &findings)
{
    const bool isAutomatic = std::any_of(material.policies.begin(), material.policies.end(),
                                         [](const DeploymentPolicy &policy) { return policy.automaticRollback; });
    if (material.library.runbooks.isEmpty() || isAutomatic)
        return;
    const RollbackRunbooks rollbacks(material.library);
    for (const ManifestWorkload &workload : material.manifests.workloads) {
        if (workload.runsForever() && !rollbacks.of(workload))
            findings.append(reviewFinding(
                "review-no-rollback",
                {.file = workload.file, .line = workload.line, .object = workload.title(), .name = workload.title()}));
    }
}

/// Findings in what the range does not change are counted, not given; what it does not change asks no question.
void keepChanged(ReviewMaterial &material, OperationsReview &review)
{
    if (!material.changed)
        return;
    const auto isKept = [&](const QString &file) { return material.changed->contains(file); };
    const qsizetype before = review.findings.size();
    review.findings.removeIf([&](const ReviewFinding &found) { return !isKept(found.finding.file); });
    review.findingsElsewhere = int(before - review.findings.size());
    material.manifests.workloads.removeIf([&](const ManifestWorkload &workload) { return !isKept(workload.file); });
    material.migrations.removeIf([&](const MigrationFile &file) { return !isKept(file.path); });
    material.rules.removeIf([&](const LintedRule &rule) { return !isKept(rule.file); });
    material.policies.removeIf([&](const DeploymentPolicy &policy) { return !isKept(policy.file); });
    material.files.removeIf([&](const QString &file) { return !isKept(file); });
    const auto isElsewhere = [&](const QString &words) {
        return words.contains(u':') && !isKept(words.left(words.indexOf(u':')));
    };
    material.notChecked.removeIf(isElsewhere);
    material.manifests.notChecked.removeIf(isElsewhere);
}

QStringList lookedAt(const ReviewMaterial &material)
{
    QStringList looked{ReviewWords::tr("%n file(s)", nullptr, int(material.files.size()))};
    const auto add = [&looked](const QString &words, qsizetype count) {
        if (count > 0)
            looked.append(QString::number(count) + u' ' + words);
    };
    add(ReviewWords::tr("Kubernetes objects"), material.manifests.objects);
    add(ReviewWords::tr("workloads"), material.manifests.workloads.size());
    add(ReviewWords::tr("migrations"), material.migrations.size());
    add(ReviewWords::tr("alert rules"), material.rules.size());
    add(ReviewWords::tr("runbooks"), material.library.runbooks.size());
    add(ReviewWords::tr("deployment policies"), material.policies.size());
    add(ReviewWords::tr("files of configuration"), material.configurationFiles);
    return looked;
}

QList<ReviewFinding> allFindings(const ReviewMaterial &material, Instant now)
{
    QList<ReviewFinding> findings = reviewManifests(material.manifests);
    checkRollback(material, findings);
    addAll(lintMigrations(material.migrations, material.changed.has_value()), findings);
    if (!material.rules.isEmpty() || !material.library.runbooks.isEmpty())
        addAll(lintRunbooks(material.library, material.rules, material.suppressions, {}, now), findings);
    addAll(material.problems, findings);
    findings += material.configuration;
    return findings;
}

} // namespace

OperationsReview makeReview(ReviewMaterial material, Instant now)
{
    OperationsReview review{.subject = material.subject, .at = now};
    const qsizetype read = material.manifests.notChecked.size();
    const qsizetype workloads = material.manifests.workloads.size();
    material.notChecked += takeOutUnrendered(material.manifests, material.files);
    const int takenOut = int(workloads - material.manifests.workloads.size());
    review.findings = allFindings(material, now);
    keepChanged(material, review);
    const int unread = int(std::min(read, material.manifests.notChecked.size()));
    for (const ReviewFinding &own : std::as_const(material.added))
        review.findings.append(own);
    review.looked = lookedAt(material);
    review.checks = reviewChecks(material, review.findings, unread + takenOut);
    review.notChecked = material.notChecked + material.manifests.notChecked;
    for (const MigrationFile &file : std::as_const(material.migrations)) {
        for (const QString &words : file.notChecked)
            review.notChecked.append(file.path + QStringLiteral(": ") + words);
    }
    review.deployment = deploymentSection(material);
    review.runbooks = runbookSection(material, now);
    review.cost = costSection(material);
    review.rollback = rollbackSection(material);
    concludeReview(review);
    return review;
}

} // namespace cockpit
