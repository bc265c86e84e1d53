// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/review_material.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace cockpit {

/// What one file gave to a review.
struct ReviewFileRead {
    QString path{};
    ManifestSet manifests{};
    std::optional<MigrationFile> migration{};
    QList<LintedRule> rules{};
    QList<LintSuppression> suppressions{};
    QList<Finding> problems{};
    RunbookPtr runbook{};
    std::optional<DeploymentPolicy> policy{};
    QList<ReviewFinding> configuration{};
    bool isConfiguration = false;
    bool isCode = false;
    QStringList notChecked{};
};

/// The file is of a kind that a review reads, by its name: else nothing of it is read.
bool isReviewed(const QString &path);
/// Program text, by its name: it is not read, but its questions are asked.
bool isProgramText(const QString &path);

/// Reads one file by what it holds: manifests, alert rules, a deployment policy, a migration, a runbook (Markdown with
/// "runbook" in its path) or configuration. `isThere` says whether a path below the root is a file of the review.
/// Thread-safe.
ReviewFileRead readReviewFile(const QString &path, const QByteArray &bytes,
                              const std::function<bool(const QString &)> &isThere);

} // namespace cockpit
