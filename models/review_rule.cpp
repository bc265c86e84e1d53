// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/review_rule.h"

#include "models/review_words.h"

#include <QHash>

namespace cockpit {

namespace {

constexpr ReviewRule allReviewRules[] = {
#include "models/review_rules_pods.inc"
#include "models/review_rules_rollout.inc"
#include "models/review_rules_secrets.inc"
};

QString withNames(const char *words, const ReviewPlace &place)
{
    // One pass: a name may itself hold "{detail}".
    const QString text = ReviewWords::tr(words);
    QString filled;
    for (qsizetype at = 0; at < text.size();) {
        if (QStringView(text).mid(at).startsWith(u"{name}")) {
            filled += place.name;
            at += 6;
        } else if (QStringView(text).mid(at).startsWith(u"{detail}")) {
            filled += place.detail;
            at += 8;
        } else {
            filled += text.at(at++);
        }
    }
    return filled;
}

} // namespace

std::span<const ReviewRule> reviewRules() { return allReviewRules; }

const ReviewRule *reviewRule(const QString &id)
{
    static const QHash<QString, const ReviewRule *> byId = [] {
        QHash<QString, const ReviewRule *> all;
        for (const ReviewRule &rule : allReviewRules)
            all.insert(QString::fromLatin1(rule.id), &rule);
        return all;
    }();
    return byId.value(id);
}

ReviewFinding reviewFinding(const char *id, const ReviewPlace &place)
{
    const QString ruleId = QString::fromLatin1(id);
    const ReviewRule &rule = *reviewRule(ruleId);
    return {.finding = {.rule = ruleId,
                        .level = rule.level,
                        .file = place.file,
                        .line = place.line,
                        .object = place.object,
                        .message = withNames(rule.says, place),
                        .risk = withNames(rule.risk, place),
                        .fix = withNames(rule.fix, place)},
            .impact = withNames(rule.impact, place)};
}

QString reviewRulesPage()
{
    QString page = QStringLiteral(
        "# Rules of `dt-cockpit review`\n\nThe review reads Kubernetes manifests, deployment policies, migrations, "
        "alert "
        "rules, runbooks and configuration files. Migrations have [rules of their own](migration-lint.md), and so have "
        "runbooks (`dt-cockpit lint runbooks`) and policies (`dt-cockpit lint policy`).\n\nThe score begins at 100. A "
        "finding takes 30 points (BLOCKER), 11 (HIGH), 3 (MEDIUM) or 1 (LOW); of one rule at most three places count, "
        "and with a BLOCKER the score is at most 49. Nothing is called safe while a critical check is not made: "
        "`--confirm CHECK=REASON` records that a person made it.\n");
    for (const ReviewRule &rule : allReviewRules) {
        const auto paragraph = [&page](const char *heading, const char *text) {
            page += QStringLiteral("\n**") + QLatin1String(heading) + QStringLiteral("** ") + QString::fromUtf8(text) +
                    u'\n';
        };
        const auto code = [&page](const char *heading, const char *text) {
            page += u'\n' + QLatin1String(heading) + QStringLiteral(":\n\n```yaml\n") +
                    QString::fromUtf8(text).trimmed() + QStringLiteral("\n```\n");
        };
        page += QStringLiteral("\n## ") + QLatin1String(rule.id) + QStringLiteral("\n\n") + toWireName(rule.level) +
                QStringLiteral(". ") + QString::fromUtf8(rule.says) + u'\n';
        paragraph("Risk:", rule.risk);
        paragraph("Impact:", rule.impact);
        paragraph("Fix:", rule.fix);
        code("Bad", rule.bad);
        code("Good", rule.good);
    }
    return page;
}

} // namespace cockpit
