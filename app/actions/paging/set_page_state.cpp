// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/paging/set_page_state.h"

namespace cockpit {

namespace {

/// The two intents hold the same.
PageName pageNamedBy(const ActionRequest &request)
{
    if (const auto *resolve = std::get_if<ResolvePage>(&request.intent))
        return {resolve->page, resolve->dedupKey};
    const auto &acknowledge = std::get<AcknowledgePage>(request.intent);
    return {acknowledge.page, acknowledge.dedupKey};
}

bool isReached(Page::State state, Page::State wanted)
{
    return state == wanted || state == Page::State::Resolved; // what has ended rings nobody
}

} // namespace

PageName SetPageStateHandler::pageOf(const ActionRecord &record) const
{
    PageName name = pageNamedBy(record.request);
    if (!record.plan.precondition.isEmpty())
        name.id = record.plan.precondition; // as it was found by its key
    return name;
}

void SetPageStateHandler::plan(const ActionRequest &request, Planned done)
{
    const PagingAbilities can = m_parts.paging.abilities();
    const PageName name = pageNamedBy(request);
    const bool possible = m_wanted == Page::State::Resolved ? can.resolves : can.acknowledges;
    if (!possible || (!can.reads && name.dedupKey.isEmpty()))
        return done(Error{Error::Kind::Invalid, PageWords::tr("%1 cannot do this as it is configured.").arg(m_parts.paging.name()),
                          PageWords::tr("Nothing was sent."), PageWords::tr("Name a token for reading under `paging:`.")});
    if (!can.reads)
        return done(planned(request, {}));
    read(name, [this, request, done](const Result<PageReading> &reading) {
        done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
    });
}

Result<ActionPlan> SetPageStateHandler::planned(const ActionRequest &request, const PageReading &reading) const
{
    const QString service = m_parts.paging.name();
    const bool reads = m_parts.paging.abilities().reads;
    const bool resolves = m_wanted == Page::State::Resolved;
    if (reads && !reading.page)
        return pageNotThere(service);
    if (reading.page && reading.page->state == Page::State::Resolved)
        return pageIsOver(*reading.page);
    const QString what = reading.page ? pageLabel(*reading.page) : request.target;
    const QString who = m_parts.paging.user().isEmpty() ? request.actor : m_parts.paging.user();
    ActionPlan plan;
    plan.title = resolves ? PageWords::tr("Resolve %1").arg(what) : PageWords::tr("Acknowledge %1").arg(what);
    plan.runLabel = resolves ? PageWords::tr("Resolve") : PageWords::tr("Acknowledge");
    if (resolves) {
        plan.willChange = {PageWords::tr("The page ends at %1; nobody is paged of it any more.").arg(service)};
        plan.willNotChange = {PageWords::tr("The alert that made it; it pages again if it goes on firing.")};
    } else {
        plan.willChange = {PageWords::tr("Everybody at %1 sees that %2 is on it.").arg(service, who),
                           PageWords::tr("It does not escalate while it is acknowledged.")};
        plan.willNotChange = {PageWords::tr("The alert goes on notifying by its own route.")};
    }
    plan.steps = {PageWords::tr("Tell %1.").arg(service),
                  reads ? PageWords::tr("Read the page there.") : PageWords::tr("It cannot be read there: not proven.")};
    if (reading.page) {
        plan.precondition = reading.page->id;
        const bool taken = !resolves && reading.page->state == Page::State::Acknowledged;
        plan.checks = {pageCheck(!taken, "already-acknowledged",
                                 taken ? PageWords::tr("Acknowledged already by %1.").arg(peopleText(reading.page->acknowledgedBy))
                                       : PageWords::tr("Now it is %1, at %2.")
                                             .arg(toWireName(reading.page->state), peopleText(reading.page->assignees)),
                                 service, m_parts.clock.now())};
    }
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

void SetPageStateHandler::send(const ActionRecord &record, Event done)
{
    const PageName name = pageOf(record);
    m_parts.paging.setState(name, m_wanted, whileAlive<QString>([this, name, done](const Result<QString> &answer) {
        done(answered(answer, m_parts.paging.name(), name.id.isEmpty() ? name.dedupKey : name.id));
    }));
}

ActionEvent SetPageStateHandler::judged(const ActionRecord &, const PageReading &reading) const
{
    const QString service = m_parts.paging.name();
    if (!reading.page)
        return EffectNotProven{pageNotThere(service), {}};
    const Page &page = *reading.page;
    if (!isReached(page.state, m_wanted)) {
        return EffectNotProven{{Error::Kind::Conflict,
                                PageWords::tr("It is still %1 at %2: %3.").arg(toWireName(page.state), service, pageLabel(page)),
                                PageWords::tr("The request was dropped, or somebody took it back."),
                                PageWords::tr("Look at it there.")},
                               {}};
    }
    return EffectProven{page.state == Page::State::Acknowledged
                            ? PageWords::tr("%1 shows it acknowledged by %2.").arg(service, peopleText(page.acknowledgedBy))
                            : PageWords::tr("%1 shows it resolved.").arg(service),
                        page.id, service, {}};
}

} // namespace cockpit
