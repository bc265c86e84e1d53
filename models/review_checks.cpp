// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/review_material.h"
#include "models/review_rule.h"
#include "models/review_words.h"

#include <algorithm>

namespace cockpit {

namespace {

enum class CheckKind { Manifests, Code, Migrations, MigrationsByPerson, Rules, Policy, Files, Cost };

struct CheckShape {
    const char *id;
    const char *title;
    CheckKind kind;
    bool isCritical;
};

constexpr CheckShape checkShapes[] = {
    {"probes", QT_TRANSLATE_NOOP("ReviewWords", "Health checks"), CheckKind::Manifests, true},
    {"resources", QT_TRANSLATE_NOOP("ReviewWords", "Requests and limits"), CheckKind::Manifests, true},
    {"disruption", QT_TRANSLATE_NOOP("ReviewWords", "Disruption and single points of failure"), CheckKind::Manifests,
     true},
    {"shutdown", QT_TRANSLATE_NOOP("ReviewWords", "Graceful shutdown"), CheckKind::Manifests, true},
    {"rollout", QT_TRANSLATE_NOOP("ReviewWords", "Rollout strategy"), CheckKind::Manifests, true},
    {"images", QT_TRANSLATE_NOOP("ReviewWords", "Images with a fixed version"), CheckKind::Manifests, true},
    {"rollback", QT_TRANSLATE_NOOP("ReviewWords", "Rollback procedure"), CheckKind::Manifests, true},
    {"policy", QT_TRANSLATE_NOOP("ReviewWords", "Deployment policy"), CheckKind::Policy, false},
    {"secrets", QT_TRANSLATE_NOOP("ReviewWords", "Secrets in files"), CheckKind::Files, true},
    {"migrations", QT_TRANSLATE_NOOP("ReviewWords", "Database migrations"), CheckKind::Migrations, true},
    {"data-volume", QT_TRANSLATE_NOOP("ReviewWords", "Migrations tried with production-like data volume"),
     CheckKind::MigrationsByPerson, true},
    {"runbooks", QT_TRANSLATE_NOOP("ReviewWords", "Alert rules and their runbooks"), CheckKind::Rules, false},
    {"timeouts", QT_TRANSLATE_NOOP("ReviewWords", "Timeouts of calls in code"), CheckKind::Code, true},
    {"breakers", QT_TRANSLATE_NOOP("ReviewWords", "Circuit breakers on critical paths"), CheckKind::Code, true},
    {"retries", QT_TRANSLATE_NOOP("ReviewWords", "Retries: bounded, with backoff"), CheckKind::Code, false},
    {"queues", QT_TRANSLATE_NOOP("ReviewWords", "Bounded queues and connection pools"), CheckKind::Code, true},
    {"configuration", QT_TRANSLATE_NOOP("ReviewWords", "Configuration validated at start, fails closed"),
     CheckKind::Code, true},
    {"flag", QT_TRANSLATE_NOOP("ReviewWords", "Feature flag in front of new behaviour"), CheckKind::Code, false},
    {"cost", QT_TRANSLATE_NOOP("ReviewWords", "Cost per 1000 requests"), CheckKind::Cost, false},
};

bool isSeriousFor(const ReviewFinding &found, const QString &check)
{
    return (found.finding.level == Finding::Level::Blocker || found.finding.level == Finding::Level::High) &&
           checkOfRule(found.finding.rule) == check;
}

void judgeManifests(ReviewCheck &check, const ReviewMaterial &material, int unrendered)
{
    const qsizetype count = material.manifests.workloads.size();
    if (unrendered > 0)
        check.reason = ReviewWords::tr("%n file(s) could not be read as they run", nullptr, unrendered);
    else if (count == 0)
        check.state = ReviewCheck::State::NotApplicable;
    else
        check.state = ReviewCheck::State::Passed;
    if (check.reason.isEmpty())
        check.reason = ReviewWords::tr("%n workload(s) looked at", nullptr, int(count));
    const RollbackRunbooks rollbacks(material.library);
    const bool isGone = std::any_of(material.manifests.workloads.begin(), material.manifests.workloads.end(),
                                    [&](const auto &workload) { return !rollbacks.of(workload); });
    const bool isAutomatic = std::any_of(material.policies.begin(), material.policies.end(),
                                         [](const DeploymentPolicy &policy) { return policy.automaticRollback; });
    if (check.id == u"rollback" && check.state == ReviewCheck::State::Passed && isGone && !isAutomatic) {
        check.state = ReviewCheck::State::NotChecked;
        check.reason = ReviewWords::tr("no runbook among the files says how each workload goes back");
    }
}

void judgeCheck(ReviewCheck &check, CheckKind kind, const ReviewMaterial &material, int unrendered)
{
    using State = ReviewCheck::State;
    const bool runsCode = material.hasCode || !material.manifests.workloads.isEmpty() || unrendered > 0;
    switch (kind) {
    case CheckKind::Manifests:
        return judgeManifests(check, material, unrendered);
    case CheckKind::Code:
        check.state = runsCode ? State::NotChecked : State::NotApplicable;
        check.reason = ReviewWords::tr("it stands in code, which is not read: ask those who wrote the change");
        return;
    case CheckKind::Cost:
        check.state = runsCode ? State::NotChecked : State::NotApplicable;
        check.reason = ReviewWords::tr("prices and traffic are not in files: the Cost tab has them");
        return;
    case CheckKind::Migrations: {
        const bool isUnread = std::any_of(material.migrations.begin(), material.migrations.end(),
                                          [](const MigrationFile &file) { return !file.notChecked.isEmpty(); });
        check.state = material.migrations.isEmpty() ? State::NotApplicable
                      : isUnread                    ? State::NotChecked
                                                    : State::Passed;
        check.reason = isUnread ? ReviewWords::tr("parts of some files were not read")
                                : ReviewWords::tr("%n file(s) looked at", nullptr, int(material.migrations.size()));
        return;
    }
    case CheckKind::MigrationsByPerson:
        check.state = std::any_of(material.migrations.begin(), material.migrations.end(),
                                  [](const MigrationFile &file) { return file.changed; })
                          ? State::NotChecked
                          : State::NotApplicable;
        check.reason = ReviewWords::tr("only a person can say so");
        return;
    case CheckKind::Rules:
        check.state = material.rules.isEmpty() ? State::NotApplicable : State::Passed;
        check.reason = ReviewWords::tr("%n alert rule(s) looked at", nullptr, int(material.rules.size()));
        return;
    case CheckKind::Policy:
        check.state = !material.policies.isEmpty() ? State::Passed
                      : runsCode                   ? State::NotChecked
                                                   : State::NotApplicable;
        check.reason = material.policies.isEmpty()
                           ? ReviewWords::tr("no deployment policy is among the files")
                           : ReviewWords::tr("%n policy file(s) looked at", nullptr, int(material.policies.size()));
        return;
    case CheckKind::Files:
        check.state = material.isCut ? State::NotChecked : State::Passed;
        check.reason = ReviewWords::tr("known shapes and names only; %n file(s) of configuration", nullptr,
                                       material.configurationFiles);
        return;
    }
}

} // namespace

QString checkOfRule(const QString &rule)
{
    if (const ReviewRule *known = reviewRule(rule))
        return QString::fromLatin1(known->check);
    if (rule.startsWith(u"migration-"))
        return QStringLiteral("migrations");
    if (rule.startsWith(u"runbook-") || rule.startsWith(u"rule-") || rule.startsWith(u"lint-"))
        return QStringLiteral("runbooks");
    return rule.startsWith(u"policy-") ? QStringLiteral("policy") : QString();
}

QString impactOfRule(const QString &rule)
{
    if (rule.startsWith(u"migration-no-") || rule.startsWith(u"migration-down"))
        return ReviewWords::tr("A bad deploy cannot be taken back together with its schema.");
    if (rule.startsWith(u"migration-"))
        return ReviewWords::tr("Requests that use the table wait or fail while it runs, or after it.");
    if (rule == u"runbook-missing" || rule == u"runbook-link-unresolved" || rule == u"runbook-anchor-unresolved")
        return ReviewWords::tr("The person on call is woken and finds no help.");
    if (rule.startsWith(u"runbook-") || rule.startsWith(u"lint-"))
        return ReviewWords::tr("The incident lasts longer than it has to.");
    if (rule.startsWith(u"rule-"))
        return ReviewWords::tr("The alerts of the file do not fire.");
    return ReviewWords::tr("The rollout is not decided as was meant.");
}

QList<ReviewCheck> reviewChecks(const ReviewMaterial &material, const QList<ReviewFinding> &findings, int unrendered)
{
    QList<ReviewCheck> checks;
    for (const CheckShape &shape : checkShapes) {
        ReviewCheck check{
            .id = QString::fromLatin1(shape.id), .title = ReviewWords::tr(shape.title), .isCritical = shape.isCritical};
        judgeCheck(check, shape.kind, material, unrendered);
        const bool isFailed = std::any_of(findings.begin(), findings.end(),
                                          [&](const ReviewFinding &found) { return isSeriousFor(found, check.id); });
        if (isFailed)
            check.state = ReviewCheck::State::Failed;
        for (const ReviewConfirmation &word : material.confirmations) {
            if (word.check == check.id && check.state == ReviewCheck::State::NotChecked) {
                check.state = ReviewCheck::State::Confirmed;
                check.reason = word.by.isEmpty() ? word.reason : word.by + QStringLiteral(": ") + word.reason;
            }
        }
        checks.append(check);
    }
    return checks;
}

} // namespace cockpit
