// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deployment_policy.h"
#include "models/manifest.h"
#include "models/migration.h"
#include "models/operations_review.h"
#include "models/runbook_coverage.h"

#include <QSet>

#include <optional>

namespace cockpit {

/// A person's word on what files cannot tell: the check holds.
struct ReviewConfirmation {
    QString check{}; ///< ReviewCheck::id
    QString reason{};
    QString by{};
};

/// Everything that a review looks at, as read. Paths are relative to one root.
struct ReviewMaterial {
    QString subject{};
    QStringList files{}; ///< all that were looked at
    ManifestSet manifests{};
    QList<MigrationFile> migrations{};
    QList<LintedRule> rules{};
    QList<LintSuppression> suppressions{};
    RunbookLibrary library{};
    QList<DeploymentPolicy> policies{};
    QList<Finding> problems{};            ///< of rule files and policies that are wrong
    QList<ReviewFinding> configuration{}; ///< of configuration files
    int configurationFiles = 0;
    std::optional<QSet<QString>> changed{}; ///< of a range: only findings in these files are given
    QStringList notChecked{};
    bool hasCode = false; ///< program text is among the files, of a range among the changed ones
    bool isCut = false;   ///< there were more files than are looked at
    QList<ReviewConfirmation> confirmations{};
    QList<ReviewFinding> added{}; ///< a person's own
};

/// The whole review. Pure; `now` is its time and what the age of runbooks is counted to.
OperationsReview makeReview(ReviewMaterial material, Instant now);

/// The report's sections of facts. `material` is without what is not rendered.
ReviewSection deploymentSection(const ReviewMaterial &material);
ReviewSection runbookSection(const ReviewMaterial &material, Instant now);
ReviewSection costSection(const ReviewMaterial &material);
ReviewSection rollbackSection(const ReviewMaterial &material);

/// The checks with their states, from what was looked at and what was found. `unrendered`: manifests that were not
/// read.
QList<ReviewCheck> reviewChecks(const ReviewMaterial &material, const QList<ReviewFinding> &findings, int unrendered);
/// Id of the check that a rule's findings answer; rules of migrations, runbooks and policies among them.
QString checkOfRule(const QString &rule);
/// What a finding of another lint does to those who use or run the service.
QString impactOfRule(const QString &rule);

/// The runbooks that say how something goes back: a heading or a command of a rollback. Refers to the library.
class RollbackRunbooks {
public:
    explicit RollbackRunbooks(const RunbookLibrary &library);
    /// The one that speaks of a workload by its name; null when none does.
    const Runbook *of(const ManifestWorkload &workload) const;

private:
    struct Known {
        const Runbook *runbook;
        QSet<QString> words; ///< lower case
    };
    QList<Known> m_known{};
};

} // namespace cockpit
