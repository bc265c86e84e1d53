// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations_review.h"

#include <span>

namespace cockpit {

/// A rule of the operations review: what is said, and an example of each side, which are tests. {name} and {detail}
/// stand for the names of the place.
struct ReviewRule {
    const char *id;
    const char *check; ///< id of the ReviewCheck that it answers
    Finding::Level level;
    const char *says;
    const char *risk;
    const char *impact; ///< on those who use or run the service
    const char *fix;
    const char *bad; ///< Kubernetes manifests
    const char *good;
};

/// All rules of the review itself, in the order of their page. Migrations, runbooks and policies have their own.
std::span<const ReviewRule> reviewRules();
/// Null when no rule has this id.
const ReviewRule *reviewRule(const QString &id);
/// The page of documentation on all rules, in Markdown.
QString reviewRulesPage();

/// Where a finding stands and what it is about.
struct ReviewPlace {
    QString file{};
    int line = 0;
    QString object{}; ///< "Deployment gc-service"
    QString name{};   ///< {name}
    QString detail{}; ///< {detail}
};
/// A finding of a rule with its names written in. REQUIRES: a rule has this id.
ReviewFinding reviewFinding(const char *rule, const ReviewPlace &place);

} // namespace cockpit
