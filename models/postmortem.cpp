// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/postmortem.h"

#include "models/fold/postmortem_timeline.h"
#include "models/incident_clock.h"
#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct PostmortemWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

constexpr Duration kChangeWindow = std::chrono::hours(2);

QString fieldText(const Incident &incident, IncidentField field)
{
    return plainBlock(incident.fields.value(field)).trimmed();
}

QStringList fieldLines(const Incident &incident, IncidentField field)
{
    return fieldText(incident, field).split(u'\n', Qt::SkipEmptyParts);
}

std::optional<Instant> fieldTime(const Incident &incident, IncidentField field)
{
    const QByteArray text = incident.fields.value(field).toUtf8();
    return parseRfc3339({text.constData(), static_cast<size_t>(text.size())});
}

QString serviceName(const Incident &incident)
{
    return incident.service.isEmpty() ? PostmortemWords::tr("the service") : incident.service.toString();
}

QString statusWords(const Incident &incident)
{
    switch (incident.phase) {
    case IncidentPhase::Closed:
        return PostmortemWords::tr("closed");
    case IncidentPhase::Merged:
        return PostmortemWords::tr("merged into %1").arg(incident.mergedIntoName);
    case IncidentPhase::Postmortem:
        return PostmortemWords::tr("draft, the incident is resolved");
    default:
        return PostmortemWords::tr("draft, %1 running").arg(phaseName(incident.phase).toLower());
    }
}

std::optional<Instant> impactEnd(const Incident &incident)
{
    const std::optional<Instant> set = fieldTime(incident, IncidentField::ImpactEnded);
    return set ? set : serviceRestoredAt(incident);
}

QString durationWords(const Incident &incident, Instant now)
{
    if (!incident.impactStarted)
        return {};
    const QString from = utcDateTimeText(*incident.impactStarted);
    const std::optional<Instant> end = impactEnd(incident);
    const Duration length = end.value_or(now) - *incident.impactStarted;
    if (length < Duration::zero())
        return {};
    return end ? PostmortemWords::tr("%1, from %2 to %3").arg(durationInWords(length), from, utcDateTimeText(*end))
               : PostmortemWords::tr("%1 so far, since %2").arg(durationInWords(length), from);
}

const IncidentEntry *firstAlert(const Incident &incident)
{
    const auto found = std::find_if(incident.timeline.begin(), incident.timeline.end(), [](const IncidentEntry &one) {
        const auto *alert = std::get_if<IncidentAlert>(&one.body);
        return alert && alert->fired;
    });
    return found == incident.timeline.end() ? nullptr : &*found;
}

/// "GCHighErrorRate, 4 minutes after: canary at 25 %".
QString detectedWords(const Incident &incident, const RoleWords &roles)
{
    const IncidentEntry *alert = firstAlert(incident);
    if (!alert)
        return PostmortemWords::tr("a person; no alert fired");
    const QString name = plainLine(std::get<IncidentAlert>(alert->body).name, 200);
    const auto before = changesBefore(incident, alert->at, kChangeWindow);
    if (before.empty())
        return name;
    return PostmortemWords::tr("%1, %2 after this change: %3")
        .arg(name, roughlyInWords(alert->at - before.front()->at), roles.withRoles(entryText(*before.front())));
}

QStringList suggestedFactors(const Incident &incident, const RoleWords &roles)
{
    if (!incident.impactStarted)
        return {};
    QStringList factors;
    for (const IncidentEntry *entry : changesBefore(incident, *incident.impactStarted, kChangeWindow))
        factors << PostmortemWords::tr("Suggested, not confirmed: %1 (%2 UTC, %3 before the impact).")
                       .arg(roles.withRoles(entryText(*entry)), utcShortTimeText(entry->at),
                            roughlyInWords(*incident.impactStarted - entry->at));
    return factors.mid(0, 10);
}

QString triggerWords(const Incident &incident, const RoleWords &roles)
{
    const QString told = fieldText(incident, IncidentField::Trigger);
    if (!told.isEmpty())
        return roles.withRoles(told);
    if (!incident.impactStarted)
        return {};
    const auto before = changesBefore(incident, *incident.impactStarted, kChangeWindow);
    return before.empty() ? QString()
                          : PostmortemWords::tr("Hypothesis, from what changed last before the impact: %1")
                                .arg(roles.withRoles(entryText(*before.front())));
}

/// How long a step took against its goal, as a sentence for what went well or what did not.
void judgeFigures(const Incident &incident, Postmortem &draft)
{
    const QString names[] = {
        PostmortemWords::tr("The first alert fired"), PostmortemWords::tr("The page was acknowledged"),
        PostmortemWords::tr("Mitigation ended"), PostmortemWords::tr("The incident was resolved")};
    for (const IncidentFigure &figure : draft.figures) {
        if (!figure.value || figure.running || !figure.goal)
            continue;
        const QString what = names[static_cast<size_t>(figure.what)];
        const QString taken = durationInWords(*figure.value);
        const QString goal = durationInWords(*figure.goal);
        if (*figure.value <= *figure.goal)
            draft.wentWell << PostmortemWords::tr("%1 after %2, within the goal of %3.").arg(what, taken, goal);
        else
            draft.couldBeImproved << PostmortemWords::tr("%1 after %2; the goal is %3.").arg(what, taken, goal);
    }
    if (incident.statusUpdates == 0 && incident.level <= Priority::P2)
        draft.couldBeImproved << PostmortemWords::tr("No status update was sent.");
    if (incident.statusUpdates > 0)
        draft.wentWell << (incident.statusUpdates == 1
                               ? PostmortemWords::tr("One status update was sent.")
                               : PostmortemWords::tr("%1 status updates were sent.").arg(incident.statusUpdates));
    if (!firstAlert(incident))
        draft.couldBeImproved << PostmortemWords::tr("No alert fired: a person noticed it.");
}

QStringList usedRunbooks(const Incident &incident)
{
    QStringList paths;
    for (const IncidentEntry &entry : incident.timeline) {
        const auto *tick = std::get_if<IncidentTick>(&entry.body);
        if (tick && !tick->runbook.isEmpty() && !paths.contains(tick->runbook))
            paths << plainLine(tick->runbook, 300);
    }
    return paths;
}

QStringList itemsToSuggest(const Incident &incident, const Postmortem &draft)
{
    QStringList items;
    const IncidentEntry *alert = firstAlert(incident);
    if (!alert)
        items << PostmortemWords::tr("Add an alert that would have noticed it.");
    if (alert && draft.runbooks.isEmpty())
        items << PostmortemWords::tr("No runbook was used: write one for %1, or link it.")
                     .arg(plainLine(std::get<IncidentAlert>(alert->body).name, 200));
    if (draft.cause.isEmpty() && incident.resolvedAt)
        items << PostmortemWords::tr("Find the root cause.");
    if (incident.fields.value(IncidentField::PagesActionable) == QStringLiteral("no"))
        items << PostmortemWords::tr("The pages were not actionable: review their alert rules.");
    const auto covers = [&](const QString &text) {
        return std::any_of(incident.followUps.begin(), incident.followUps.end(),
                           [&](const IncidentFollowUp &one) { return one.text == text; });
    };
    items.erase(std::remove_if(items.begin(), items.end(), covers), items.end());
    return items;
}

QString alertSentence(const Incident &incident)
{
    const IncidentEntry *alert = firstAlert(incident);
    return alert ? PostmortemWords::tr("The alert %1 fired first.")
                       .arg(plainLine(std::get<IncidentAlert>(alert->body).name, 200))
                 : PostmortemWords::tr("No alert fired.");
}

/// Three or four full sentences.
QString summaryWords(const Incident &incident, const RoleWords &roles, Instant now)
{
    const QString told = fieldText(incident, IncidentField::Summary);
    if (!told.isEmpty())
        return roles.withRoles(told);
    QStringList sentences;
    if (incident.impactStarted)
        sentences << PostmortemWords::tr("On %1 at %2 UTC, %3 was affected.")
                         .arg(utcDateTimeText(*incident.impactStarted).left(10),
                              utcShortTimeText(*incident.impactStarted), serviceName(incident));
    sentences << alertSentence(incident);
    const std::optional<Instant> restoredAt = serviceRestoredAt(incident);
    if (restoredAt && incident.impactStarted && *restoredAt >= *incident.impactStarted)
        sentences << PostmortemWords::tr("Service was restored after %1.")
                         .arg(durationInWords(*restoredAt - *incident.impactStarted));
    else if (incident.isOpen())
        sentences
            << PostmortemWords::tr("The incident has been open for %1.").arg(durationInWords(now - incident.openedAt));
    const QString cause = fieldText(incident, IncidentField::Cause);
    sentences << (cause.isEmpty() ? PostmortemWords::tr("The root cause is not known yet.")
                                  : PostmortemWords::tr("Root cause: %1").arg(roles.withRoles(cause)));
    return sentences.join(u' ');
}

} // namespace

Postmortem draftPostmortem(const Incident &incident, Instant now, const ResponseTargets &targets)
{
    const RoleWords roles(incident);
    const auto told = [&](IncidentField field) { return roles.withRoles(fieldText(incident, field)); };
    Postmortem draft;
    draft.name = incident.name();
    draft.title = plainLine(incident.title, 300);
    draft.level = incident.level;
    draft.status = statusWords(incident);
    draft.summary = summaryWords(incident, roles, now);
    draft.duration = durationWords(incident, now);
    draft.usersAffected = told(IncidentField::UsersAffected);
    draft.revenueImpact = told(IncidentField::RevenueImpact);
    draft.impact = told(IncidentField::Impact);
    draft.detectedBy = detectedWords(incident, roles);
    draft.trigger = triggerWords(incident, roles);
    draft.cause = told(IncidentField::Cause);
    draft.timeline = postmortemTimeline(incident, roles);
    draft.contributing = suggestedFactors(incident, roles);
    draft.figures = figuresOf(incident, now, targets);
    judgeFigures(incident, draft);
    for (const QString &line : fieldLines(incident, IncidentField::WentWell))
        draft.wentWell << roles.withRoles(line);
    for (const QString &line : fieldLines(incident, IncidentField::CouldBeImproved))
        draft.couldBeImproved << roles.withRoles(line);
    draft.actionItems = incident.followUps;
    draft.lessons = told(IncidentField::Lessons);
    draft.runbooks = usedRunbooks(incident);
    draft.suggestedItems = itemsToSuggest(incident, draft);
    draft.dueAt = postmortemDueAt(incident);
    return draft;
}

} // namespace cockpit
