// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/paging/trigger_page.h"

#include "models/incident_clock.h"

namespace cockpit {

namespace {

constexpr int secondaryTries = 10;
constexpr std::chrono::milliseconds secondaryPause{500};

const TriggerPage &triggerWish(const ActionRequest &request) { return std::get<TriggerPage>(request.intent); }

/// The secondaries who are neither assigned nor called.
QList<OnCall> secondariesMissing(const PageReading &reading)
{
    QList<OnCall> missing;
    const QString policy = reading.page ? reading.page->policyId : QString();
    for (const OnCall &one : onCallAt(reading.onCalls, 2, policy)) {
        if (!reading.assigneeIds.contains(one.personId) && !reading.responderIds.contains(one.personId))
            missing.append(one);
    }
    return missing;
}

Evidence onCallCheck(const TriggerPage &wish, const PageReading &reading, bool reads, const QString &service, Instant now)
{
    Evidence check = pageCheck(true, "on-call", {}, service, now);
    const QStringList primary = namesOf(onCallAt(reading.onCalls, 1));
    const QStringList secondary = namesOf(onCallAt(reading.onCalls, 2));
    if (!reads || reading.onCalls.empty()) {
        check.verdict = Evidence::Verdict::Unknown;
        check.text = PageWords::tr("Who is on call cannot be read: the service's own policy decides.");
    } else if (primary.isEmpty() || (wish.level == Priority::P1 && secondary.isEmpty())) {
        check.verdict = Evidence::Verdict::Bad;
        check.text = primary.isEmpty() ? PageWords::tr("Nobody is on call at the first level.")
                                       : PageWords::tr("Nobody is on call at the second level.");
    } else {
        check.text = wish.level == Priority::P1
                         ? PageWords::tr("Primary: %1. Secondary: %2.").arg(peopleText(primary), peopleText(secondary))
                         : PageWords::tr("Primary: %1.").arg(peopleText(primary));
    }
    return check;
}

} // namespace

PageName TriggerPageHandler::pageOf(const ActionRecord &record) const { return {{}, triggerWish(record.request).dedupKey}; }

void TriggerPageHandler::plan(const ActionRequest &request, Planned done)
{
    const TriggerPage &wish = triggerWish(request);
    const PagingAbilities can = m_parts.paging.abilities();
    if (!can.triggers)
        return done(Error{Error::Kind::Invalid, PageWords::tr("%1 cannot page anybody as it is configured.").arg(m_parts.paging.name()),
                          PageWords::tr("Nothing was sent."), PageWords::tr("Name a routing key under `paging:`.")});
    if (wish.dedupKey.isEmpty() || wish.summary.trimmed().isEmpty())
        return done(Error{Error::Kind::Invalid, PageWords::tr("A page needs a dedup key and a summary."),
                          PageWords::tr("Nothing was sent."), {}});
    if (!can.reads)
        return done(planned(request, {}));
    read(pageOf(ActionRecord{.request = request}), [this, request, done](const Result<PageReading> &reading) {
        done(reading ? Result<ActionPlan>(planned(request, *reading)) : Result<ActionPlan>(reading.error()));
    });
}

ActionPlan TriggerPageHandler::planned(const ActionRequest &request, const PageReading &reading) const
{
    const TriggerPage &wish = triggerWish(request);
    const QString service = m_parts.paging.name();
    const Instant now = m_parts.clock.now();
    const bool reads = m_parts.paging.abilities().reads;
    const bool both = wish.level == Priority::P1;
    ActionPlan plan;
    plan.title = PageWords::tr("Page %1 about %2").arg(whoIsPaged(wish.level), request.target);
    plan.runLabel = PageWords::tr("Page");
    plan.willChange = {PageWords::tr("%1 opens a page of level %2: %3").arg(service, toWireName(wish.level), wish.summary),
                       both ? PageWords::tr("Primary and secondary are paged at once.")
                            : PageWords::tr("The primary is paged; %1's own policy escalates.").arg(service)};
    plan.willNotChange = {PageWords::tr("Alerts and silences stay as they are."),
                          PageWords::tr("The same key again makes no second page.")};
    plan.steps = {PageWords::tr("Send the event to %1, with the key %2.").arg(service, wish.dedupKey)};
    if (both && reads)
        plan.steps.append(PageWords::tr("Call the secondary in addition."));
    plan.steps.append(reads ? PageWords::tr("Read the page there.") : PageWords::tr("It cannot be read there: not proven."));
    const bool isOpen = reading.page && reading.page->state != Page::State::Resolved;
    plan.checks = {onCallCheck(wish, reading, reads, service, now),
                   pageCheck(!isOpen, "not-paged-yet",
                             isOpen ? PageWords::tr("It is open already: %1.").arg(pageLabel(*reading.page))
                                    : PageWords::tr("No page with this key is open."),
                             service, now)};
    if (wish.level == Priority::P4)
        plan.checks.append(pageCheck(false, "level-pages", PageWords::tr("A P4 pages nobody: it is for the team's channel."),
                                     QStringLiteral("operations"), now));
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    plan.reverse = ResolvePage{wish.source, {}, wish.dedupKey, wish.summary};
    return plan;
}

void TriggerPageHandler::send(const ActionRecord &record, Event done)
{
    const TriggerPage &wish = triggerWish(record.request);
    m_parts.paging.trigger(wish, whileAlive<QString>([this, record, wish, done](const Result<QString> &answer) {
        const bool both = wish.level == Priority::P1 && m_parts.paging.abilities().addsResponders;
        if (answer && both)
            return callSecondary(record, secondaryTries, done);
        done(answered(answer, m_parts.paging.name(), wish.dedupKey));
    }));
}

/// Events are worked on later: the page shows after a while.
void TriggerPageHandler::callSecondary(const ActionRecord &record, int tries, Event done)
{
    const TriggerPage wish = triggerWish(record.request);
    const QString service = m_parts.paging.name();
    read(pageOf(record), [this, record, wish, service, tries, done](const Result<PageReading> &reading) {
        const bool isThere = reading && reading->page && reading->page->state != Page::State::Resolved;
        if (!isThere && tries > 1) {
            return m_parts.later(secondaryPause, [this, alive = std::weak_ptr<bool>(m_alive), record, tries, done] {
                if (!alive.expired())
                    callSecondary(record, tries - 1, done);
            });
        }
        const QList<OnCall> missing = isThere ? secondariesMissing(*reading) : QList<OnCall>();
        if (missing.isEmpty())
            return done(ServerAccepted{PageWords::tr("%1 took it.").arg(service), wish.dedupKey, service});
        QStringList people;
        for (const OnCall &one : missing)
            people.append(one.personId);
        m_parts.paging.addResponders(
            reading->page->id, people, wish.summary,
            whileAlive<QString>([wish, service, missing, done](const Result<QString> &answer) {
                const QString words = answer ? PageWords::tr("%1 took it; called too: %2.").arg(service, peopleText(namesOf(missing)))
                                             : PageWords::tr("%1 took it. The secondary was not called: ").arg(service) +
                                                   answer.error().text();
                done(ServerAccepted{words, wish.dedupKey, service});
            }));
    });
}

ActionEvent TriggerPageHandler::judged(const ActionRecord &record, const PageReading &reading) const
{
    const TriggerPage &wish = triggerWish(record.request);
    const QString service = m_parts.paging.name();
    if (!reading.page || reading.page->state == Page::State::Resolved) {
        return EffectNotProven{{Error::Kind::NotFound, PageWords::tr("%1 shows no open page with the key %2.").arg(service, wish.dedupKey),
                                PageWords::tr("Nobody may have been paged."),
                                PageWords::tr("Page again: the same key makes no second page. Else call.")},
                               {}};
    }
    const QList<OnCall> missing = wish.level == Priority::P1 ? secondariesMissing(reading) : QList<OnCall>();
    if (!missing.isEmpty()) {
        return EffectNotProven{{Error::Kind::Conflict,
                                PageWords::tr("Open is %1, and the secondary was not paged: %2.")
                                    .arg(pageLabel(*reading.page), peopleText(namesOf(missing))),
                                PageWords::tr("Only the primary was paged."), PageWords::tr("Escalate the page, or call.")},
                               {}};
    }
    return EffectProven{PageWords::tr("Open is %1, at %2.").arg(pageLabel(*reading.page), peopleText(reading.page->assignees)),
                        reading.page->id, service, {}};
}

} // namespace cockpit
