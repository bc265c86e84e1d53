// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_skeleton.h"

#include "app/formats/format_words.h"
#include "models/rule_threshold.h"

#include <QStringList>

namespace cockpit {

namespace {

/// Text of a rule as one line of Markdown: signs that would be markup are escaped, and Prometheus' templates stand as
/// code so that they read as what they are.
QString markdownLine(const QString &text)
{
    QString line;
    for (const QChar letter : text.simplified()) {
        if (QStringView(u"\\`*_{}[]<>#|").contains(letter))
            line += u'\\';
        line += letter;
    }
    return line;
}

/// One scalar of YAML on one line.
QString quotedYaml(const QString &text)
{
    QString quoted = text.simplified();
    return u'"' + quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\"")) + u'"';
}

/// A fence that is longer than any in the code.
QString fenced(const QString &language, const QString &code)
{
    QString fence = QStringLiteral("```");
    while (code.contains(fence))
        fence += u'`';
    return fence + language + u'\n' + code.trimmed() + u'\n' + fence + u'\n';
}

class SkeletonWriter {
public:
    SkeletonWriter(const LintedRule &rule, const QString &service, const QString &owner)
        : m_rule(rule)
        , m_service(service)
        , m_owner(owner)
    {}

    QByteArray write(const QString &day)
    {
        frontMatter(day);
        line(QStringLiteral("# ") + markdownLine(m_rule.alert) + u'\n');
        descriptionAndSeverity();
        investigation();
        remediation();
        escalation();
        return m_text.toUtf8();
    }

private:
    void line(const QString &words = {}) { m_text += words + u'\n'; }
    void section(const QString &title) { line(QStringLiteral("\n## ") + title + u'\n'); }
    QString annotation(const char *name) const
    {
        return markdownLine(m_rule.annotations.value(QString::fromLatin1(name)));
    }

    void frontMatter(const QString &day)
    {
        line(QStringLiteral("---"));
        line(QStringLiteral("alert: ") + quotedYaml(m_rule.alert));
        if (!m_service.isEmpty())
            line(QStringLiteral("service: ") + quotedYaml(m_service));
        line(QStringLiteral("owner: ") + quotedYaml(m_owner.isEmpty() ? FormatWords::tr("Say which team") : m_owner));
        line(QStringLiteral("severity: ") + quotedYaml(severity()));
        line(QStringLiteral("reviewed: ") + day);
        line(QStringLiteral("---\n"));
    }

    QString severity() const
    {
        const QString word = m_rule.labels.value(u"severity");
        return word.isEmpty() ? FormatWords::tr("Say how urgent") : word;
    }

    void descriptionAndSeverity()
    {
        section(FormatWords::tr("Alert description"));
        const QString summary = annotation("summary");
        const QString description = annotation("description");
        line(!description.isEmpty() ? description
             : !summary.isEmpty()   ? summary
                                    : FormatWords::tr("Say what people see when this fires."));
        line();
        if (m_rule.holdFor > Duration::zero())
            line(FormatWords::tr("It fires when this query has held for %1:").arg(durationText(m_rule.holdFor)) +
                 u'\n');
        else
            line(FormatWords::tr("It fires as soon as this query gives anything:") + u'\n');
        line(fenced(QStringLiteral("promql"), m_rule.query));
        line(QStringLiteral("## ") + FormatWords::tr("Severity") + u'\n');
        line(markdownLine(severity()));
        section(FormatWords::tr("Impact"));
        const QString impact = annotation("impact");
        line(impact.isEmpty() ? FormatWords::tr("Say who is affected, and what they cannot do.") : impact);
    }

    void investigation()
    {
        section(FormatWords::tr("Investigation steps"));
        line(FormatWords::tr("1. See since when, and how far the value is from its limit.") + u'\n');
        QString code;
        for (const QString &one : fenced(QStringLiteral("promql"), m_rule.query).trimmed().split(u'\n'))
            code += one.isEmpty() ? QStringLiteral("\n") : QStringLiteral("   ") + one + u'\n';
        line(code);
        line(FormatWords::tr("2. Look at what changed in the hour before: rollouts, flags, configuration."));
        line(FormatWords::tr("3. Say how to find out which part is the cause."));
        section(FormatWords::tr("Common causes"));
        line(FormatWords::tr(
            "- Say what it was before.\n  - How to identify: say what shows it.\n  - How to fix: say what ended it."));
    }

    void remediation()
    {
        section(FormatWords::tr("Remediation"));
        line(QStringLiteral("### ") + FormatWords::tr("Quick fix") + u'\n');
        line(FormatWords::tr("1. Roll back if a rollout is the cause. Say how where it is not a rollout.") + u'\n');
        if (!m_service.isEmpty())
            line(QStringLiteral("   ```cockpit\n   rollback: ") + m_service + QStringLiteral("\n   ```\n"));
        line(QStringLiteral("### ") + FormatWords::tr("Root cause fix") + u'\n');
        line(FormatWords::tr("1. Say how to end the cause for good."));
        section(FormatWords::tr("Verification"));
        const auto limit = thresholdOf(m_rule.query);
        line(limit ? FormatWords::tr("1. Verify that the query no longer holds: no value may be %1 %2.")
                         .arg(limit->op, QString::number(limit->value))
                   : FormatWords::tr("1. Verify that the query gives nothing any more."));
    }

    void escalation()
    {
        section(FormatWords::tr("Escalation"));
        line(FormatWords::tr("After 30 min: Escalate to %1.")
                 .arg(m_owner.isEmpty() ? FormatWords::tr("the owning team (say which, and where it is reached)")
                                        : markdownLine(m_owner)));
        section(FormatWords::tr("Related"));
        line(FormatWords::tr("- Say which dashboards, alerts and runbooks belong to this."));
        section(FormatWords::tr("What we learned"));
        line(FormatWords::tr("- Nothing yet. Each incident adds a line."));
    }

    const LintedRule &m_rule;
    const QString &m_service;
    const QString &m_owner;
    QString m_text{};
};

} // namespace

QByteArray runbookSkeleton(const LintedRule &rule, const QString &service, const QString &owner, const QString &day)
{
    return SkeletonWriter(rule, service, owner).write(day);
}

} // namespace cockpit
