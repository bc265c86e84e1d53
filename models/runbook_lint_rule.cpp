// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <QRegularExpression>

#include <array>

namespace cockpit {

namespace {

/// One word for every way to say how bad it is: 1 wakes somebody, 2 can wait for the day, 3 is for reading.
int severityClass(const QString &word)
{
    static const QHash<QString, int> classes{
        {QStringLiteral("critical"), 1}, {QStringLiteral("page"), 1},    {QStringLiteral("p1"), 1},
        {QStringLiteral("p2"), 1},       {QStringLiteral("high"), 1},    {QStringLiteral("sev1"), 1},
        {QStringLiteral("sev2"), 1},     {QStringLiteral("warning"), 2}, {QStringLiteral("warn"), 2},
        {QStringLiteral("p3"), 2},       {QStringLiteral("medium"), 2},  {QStringLiteral("sev3"), 2},
        {QStringLiteral("info"), 3},     {QStringLiteral("p4"), 3},      {QStringLiteral("low"), 3},
        {QStringLiteral("sev4"), 3},     {QStringLiteral("none"), 4}};
    return classes.value(word.toLower(), 0);
}

/// Whether a runbook's words for its severity can mean the rule's; without any known word there is nothing to say.
bool severityAgrees(const QString &runbookSays, const QString &ruleSays, const RunbookLintRules &asked)
{
    const QString own = asked.severityWords.value(ruleSays);
    if (!own.isEmpty())
        return runbookSays.contains(own, Qt::CaseInsensitive);
    const int wanted = severityClass(ruleSays);
    static const QRegularExpression word(QStringLiteral("[A-Za-z]+[0-9]?"));
    bool isKnown = false;
    for (const QRegularExpressionMatch &match : word.globalMatch(runbookSays)) {
        const int said = severityClass(match.captured());
        isKnown = isKnown || said > 0;
        if (said == wanted && said > 0)
            return true;
    }
    return !isKnown || wanted == 0;
}

bool wakesSomebody(const LintedRule &rule)
{
    const int how = severityClass(rule.labels.value(u"severity"));
    return how <= 2;
}

void lintLink(const LintedRule &rule, const RunbookLink &link, QList<Finding> &findings)
{
    const char *place = rule.annotations.contains(u"runbook_url") ? "annotations.runbook_url" : "annotations.runbook";
    const bool isAsked =
        !rule.annotations.value(u"runbook_url").isEmpty() || !rule.annotations.value(u"runbook").isEmpty();
    const Finding::Level level = wakesSomebody(rule) ? Finding::Level::High : Finding::Level::Medium;
    if (!link.candidates.isEmpty()) {
        QStringList paths;
        for (const RunbookKey &key : link.candidates)
            paths.append(key.path);
        findings.append(ruleFinding(
            "runbook-ambiguous", Finding::Level::Medium, rule, place,
            RunbookLintWords::tr("Several runbooks fit: %1.").arg(paths.mid(0, 5).join(QStringLiteral(", "))),
            RunbookLintWords::tr("Name one in runbook_url.")));
    } else if (isAsked && link.how != RunbookLink::How::Annotation) {
        // A runbook elsewhere is none that the cockpit could show, but it is not known to be dead either.
        if (link.url.isEmpty())
            findings.append(ruleFinding("runbook-link-unresolved", level, rule, place, link.problem,
                                        RunbookLintWords::tr("Correct runbook_url, or write the file it names.")));
    } else if (!link.found) {
        findings.append(ruleFinding(
            "runbook-missing", level, rule, "", RunbookLintWords::tr("This alert has no runbook."),
            RunbookLintWords::tr("Write docs/runbooks/alerts/%1.md and name it in runbook_url.").arg(rule.alert)));
    }
    if (link.found && !link.anchorFound)
        findings.append(ruleFinding("runbook-anchor-unresolved", level, rule, place, link.problem,
                                    RunbookLintWords::tr("Use the anchor of a heading of %1.").arg(link.runbook.path)));
}

const RunbookBlock *firstOf(const LintedSection &section, RunbookSection wanted)
{
    for (int i = section.blocks.first; i < section.blocks.second; ++i) {
        if (section.runbook->blocks[i].section == wanted)
            return &section.runbook->blocks[i];
    }
    return nullptr;
}

QString blockWords(const RunbookBlock &block)
{
    return block.kind == RunbookBlock::Kind::Code ? block.code : plainText(block.text);
}

bool matchesAnywhere(const LintedSection &section, const QRegularExpression &shape, bool onlyRemedies)
{
    for (int i = section.blocks.first; i < section.blocks.second; ++i) {
        const RunbookBlock &block = section.runbook->blocks[i];
        const bool isRemedy =
            block.section == RunbookSection::Remediation || block.section == RunbookSection::Verification;
        if ((isRemedy || !onlyRemedies) && shape.match(blockWords(block)).hasMatch())
            return true;
    }
    return false;
}

bool hasRollback(const LintedSection &section)
{
    using Verb = RunbookActionReference::Verb;
    static const QRegularExpression words(
        QStringLiteral("\\b(?:roll(?:ed|ing)?[ -]?back|rollout undo|rollouts? abort|undo|revert|previous version|"
                       "last (?:known )?good|turn\\S* (?:\\S+ ){0,3}off|switch back|take back)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    for (int i = section.blocks.first; i < section.blocks.second; ++i) {
        const auto &action = section.runbook->blocks[i].action;
        if (action && (action->verb == Verb::Rollback || action->verb == Verb::Flag || action->verb == Verb::Breaker))
            return true;
    }
    return matchesAnywhere(section, words, false);
}

bool hasVerification(const LintedSection &section)
{
    static const QRegularExpression words(
        QStringLiteral(
            "\\b(?:verif(?:y|ies|ied|ication)|validate|confirm(?:s|ed)?|(?:must|should) (?:return|be|show|drop|fall)|"
            "check (?:that|recovery))\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return firstOf(section, RunbookSection::Verification) != nullptr || matchesAnywhere(section, words, true);
}

QString nameOf(RunbookSection section)
{
    switch (section) {
    case RunbookSection::Description:
        return RunbookLintWords::tr("Alert description");
    case RunbookSection::Severity:
        return RunbookLintWords::tr("Severity");
    case RunbookSection::Impact:
        return RunbookLintWords::tr("Impact");
    case RunbookSection::Investigation:
        return RunbookLintWords::tr("Investigation steps");
    case RunbookSection::Causes:
        return RunbookLintWords::tr("Common causes");
    case RunbookSection::Remediation:
        return RunbookLintWords::tr("Remediation");
    case RunbookSection::Verification:
        return RunbookLintWords::tr("Verification");
    case RunbookSection::Escalation:
        return RunbookLintWords::tr("Escalation");
    case RunbookSection::Related:
        return RunbookLintWords::tr("Related");
    case RunbookSection::Lessons:
        return RunbookLintWords::tr("What we learned");
    case RunbookSection::None:
        break;
    }
    return {};
}

} // namespace

QList<Finding> lintRule(const LintedRule &rule, const RunbookLink &link, const LintedSection *section,
                        const RunbookLintRules &asked)
{
    QList<Finding> findings;
    lintLink(rule, link, findings);
    findings += lintAnnotations(rule);
    if (!section)
        return findings;
    const QString says = section->severity();
    const QString severity = rule.labels.value(u"severity");
    if (!says.isEmpty() && !severity.isEmpty() && !severityAgrees(says, severity, asked))
        findings.append(ruleFinding(
            "runbook-severity-differs", Finding::Level::Medium, rule, "labels.severity",
            RunbookLintWords::tr("The rule says \"%1\", its runbook says \"%2\".").arg(severity, says.left(80)),
            RunbookLintWords::tr("Let both say the same, or give the alert a section of its own.")));
    const auto reviewed = section->runbook->reviewedAt;
    if (rule.changedAt && reviewed && *rule.changedAt > *reviewed + std::chrono::hours(24))
        findings.append(
            ruleFinding("runbook-older-than-rule", Finding::Level::Medium, rule, "",
                        RunbookLintWords::tr("The rule changed on %1, after its runbook was reviewed on %2.")
                            .arg(toRfc3339(*rule.changedAt).left(10), toRfc3339(*reviewed).left(10)),
                        RunbookLintWords::tr("Review the runbook against the rule and set its date.")));
    return findings;
}

int sectionsHeld(const LintedSection &section, const RunbookLintRules &asked)
{
    int held = 0;
    for (const RunbookSection wanted : asked.sectionsAsked)
        held += section.holds(wanted) ? 1 : 0;
    return held;
}

QList<Finding> lintSection(const LintedSection &section, const RunbookLintRules &asked)
{
    QList<Finding> findings;
    const auto add = [&](const char *rule, int line, const QString &message, const QString &fix) {
        findings.append(runbookFinding(rule, Finding::Level::Medium, *section.runbook, line, message, fix));
        findings.last().object = section.alertNames();
    };
    QStringList missing;
    for (const RunbookSection wanted : asked.sectionsAsked) {
        if (wanted != RunbookSection::Escalation && !section.holds(wanted))
            missing.append(nameOf(wanted));
    }
    if (!missing.isEmpty())
        add("runbook-section-missing", section.line(),
            RunbookLintWords::tr("These sections are missing: %1.").arg(missing.join(QStringLiteral(", "))),
            RunbookLintWords::tr("Write them here, each under its own heading."));
    const RunbookBlock *remedy = firstOf(section, RunbookSection::Remediation);
    const int remedyLine = remedy ? remedy->line : section.line();
    if (!hasRollback(section))
        add("runbook-no-rollback", remedyLine, RunbookLintWords::tr("Nothing here says how to go back to what worked."),
            RunbookLintWords::tr("Add a rollback step, or say why there is none."));
    if (!hasVerification(section))
        add("runbook-no-verification", remedyLine,
            RunbookLintWords::tr("Nothing here says how to see that it is over."),
            RunbookLintWords::tr("Add a step that names the query and the value it must return."));
    if (asked.sectionsAsked.contains(RunbookSection::Escalation) && !section.holds(RunbookSection::Escalation))
        add("runbook-no-escalation", section.line(), RunbookLintWords::tr("Nothing here says whom to ask, and when."),
            RunbookLintWords::tr("Add an escalation section: after which time, to which team."));
    return findings;
}

} // namespace cockpit
