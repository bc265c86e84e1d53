// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_markdown.h"

#include <QStringList>

namespace cockpit {

namespace {

using SectionWords = std::pair<RunbookSection, const char *>;

constexpr SectionWords sectionWords[] = {
    {RunbookSection::Description,
     "alert description|description|symptom|symptoms|overview|summary|what this means|what it means|meaning|"
     "what happened|alert|when to"},
    {RunbookSection::Severity, "severity|severities|severity classification|priority|response times"},
    {RunbookSection::Impact, "impact|user impact|business impact|blast radius|who is affected|consequences"},
    {RunbookSection::Investigation,
     "investigation|investigation steps|diagnosis|diagnose|diagnostic|diagnostics|diagnostic commands|diagnostic steps|"
     "initial response|triage|troubleshooting|investigate|what to check|checks|first steps|initial checks"},
    {RunbookSection::Causes,
     "causes|common causes|common root causes|root causes|possible causes|likely causes|known causes|cause"},
    {RunbookSection::Remediation,
     "remediation|remediation steps|mitigation|mitigate|mitigation steps|resolution|resolve|fix|fixes|how to fix|"
     "quick fix|root cause fix|immediate actions|long-term fixes|recovery|recovery procedures|recovery steps|rollback|"
     "rollback procedure|roll back|restore|procedure|workaround|actions|deployment steps|rotation steps|"
     "restore steps"},
    {RunbookSection::Verification,
     "verification|verify|verify recovery|validation|confirm recovery|post-deployment verification|"
     "recovery verification|how to verify|how to confirm"},
    {RunbookSection::Escalation,
     "escalation|escalation path|escalation paths|escalation chain|escalate|when to escalate|contacts|contact|"
     "who to call"},
    {RunbookSection::Related,
     "related|related alerts|related runbooks|related documentation|see also|references|additional resources|links|"
     "dashboards|further reading"},
    {RunbookSection::Lessons,
     "lessons|lessons learned|what we learned|what earlier incidents taught|earlier incidents|past incidents|"
     "incident history"},
};

QHash<QString, RunbookSection> builtIn()
{
    QHash<QString, RunbookSection> sections;
    for (const auto &[section, words] : sectionWords) {
        for (const QString &word : QString::fromLatin1(words).split(u'|'))
            sections.insert(word, section);
    }
    return sections;
}

} // namespace

const QHash<QString, RunbookSection> &RunbookReading::defaultRunbookSections()
{
    static const QHash<QString, RunbookSection> sections = builtIn();
    return sections;
}

} // namespace cockpit
