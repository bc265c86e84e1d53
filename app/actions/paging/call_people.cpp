// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/paging/call_people.h"

#include <algorithm>

namespace cockpit {

namespace {

const EscalatePage &escalateWish(const ActionRequest &request) { return std::get<EscalatePage>(request.intent); }
const AddResponders &respondersWish(const ActionRequest &request) { return std::get<AddResponders>(request.intent); }

Error cannotCall(const QString &service)
{
    return {Error::Kind::Invalid, PageWords::tr("%1 cannot call anybody as it is configured.").arg(service),
            PageWords::tr("Nothing was sent."), PageWords::tr("Name a token under `paging:`.")};
}

} // namespace

PageName EscalatePageHandler::pageOf(const ActionRecord &record) const { return {escalateWish(record.request).page, {}}; }
bool EscalatePageHandler::isProvable() const { return m_parts.paging.abilities().provesPeople; }

void EscalatePageHandler::plan(const ActionRequest &request, Planned done)
{
    if (!m_parts.paging.abilities().escalates)
        return done(cannotCall(m_parts.paging.name()));
    read({escalateWish(request).page, {}}, [this, request, done](const Result<PageReading> &reading) {
        done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
    });
}

Result<ActionPlan> EscalatePageHandler::planned(const ActionRequest &request, const PageReading &reading) const
{
    const QString service = m_parts.paging.name();
    if (!reading.page)
        return pageNotThere(service);
    const Page &page = *reading.page;
    if (page.state == Page::State::Resolved)
        return pageIsOver(page);
    const int wanted = escalateWish(request).level;
    const int level = wanted > 0 ? wanted : std::max(page.escalationLevel, 1) + 1;
    const QList<OnCall> people = onCallAt(reading.onCalls, level, page.policyId);
    if (people.isEmpty() && !reading.onCalls.empty())
        return Error{Error::Kind::Invalid, PageWords::tr("Nobody is on call at level %1 of its policy.").arg(level),
                     PageWords::tr("Nothing was sent."), PageWords::tr("Call somebody by name instead.")};
    ActionPlan plan;
    plan.title = PageWords::tr("Escalate %1 to level %2").arg(pageLabel(page)).arg(level);
    plan.runLabel = PageWords::tr("Escalate");
    plan.willChange = {people.isEmpty() ? PageWords::tr("%1 pages the people of level %2.").arg(service).arg(level)
                                        : PageWords::tr("%1 pages %2.").arg(service, peopleText(namesOf(people)))};
    plan.willNotChange = {PageWords::tr("The policy itself; it goes on escalating from there.")};
    plan.steps = {PageWords::tr("Tell %1.").arg(service), PageWords::tr("Read who has the page.")};
    plan.checks = {pageCheck(true, "assigned", PageWords::tr("Now it is at %1.").arg(peopleText(page.assignees)), service,
                             m_parts.clock.now())};
    plan.precondition = QString::number(level);
    return plan;
}

void EscalatePageHandler::send(const ActionRecord &record, Event done)
{
    const QString page = escalateWish(record.request).page;
    m_parts.paging.escalate(page, record.plan.precondition.toInt(), whileAlive<QString>([this, page, done](const Result<QString> &answer) {
        done(answered(answer, m_parts.paging.name(), page));
    }));
}

ActionEvent EscalatePageHandler::judged(const ActionRecord &record, const PageReading &reading) const
{
    const QString service = m_parts.paging.name();
    if (!reading.page)
        return EffectNotProven{pageNotThere(service), {}};
    const int level = record.plan.precondition.toInt();
    if (reading.page->escalationLevel >= level)
        return EffectProven{PageWords::tr("It is at level %1: %2.")
                                .arg(QString::number(reading.page->escalationLevel), peopleText(reading.page->assignees)),
                            reading.page->id, service, {}};
    return EffectNotProven{{Error::Kind::Conflict, PageWords::tr("It is still at %1.").arg(peopleText(reading.page->assignees)),
                            PageWords::tr("The people of level %1 were not paged.").arg(level), PageWords::tr("Call them.")},
                           {}};
}

PageName AddRespondersHandler::pageOf(const ActionRecord &record) const { return {respondersWish(record.request).page, {}}; }
bool AddRespondersHandler::isProvable() const { return m_parts.paging.abilities().provesPeople; }

void AddRespondersHandler::plan(const ActionRequest &request, Planned done)
{
    const AddResponders &wish = respondersWish(request);
    if (!m_parts.paging.abilities().addsResponders)
        return done(cannotCall(m_parts.paging.name()));
    if (wish.people.isEmpty())
        return done(Error{Error::Kind::Invalid, PageWords::tr("Nobody was named."), PageWords::tr("Nothing was sent."), {}});
    read({wish.page, {}}, [this, request, done](const Result<PageReading> &reading) {
        done(reading ? planned(request, *reading) : Result<ActionPlan>(reading.error()));
    });
}

Result<ActionPlan> AddRespondersHandler::planned(const ActionRequest &request, const PageReading &reading) const
{
    const AddResponders &wish = respondersWish(request);
    const QString service = m_parts.paging.name();
    if (!reading.page)
        return pageNotThere(service);
    if (reading.page->state == Page::State::Resolved)
        return pageIsOver(*reading.page);
    const QString names = peopleText(wish.names.isEmpty() ? wish.people : wish.names);
    ActionPlan plan;
    plan.title = PageWords::tr("Call %1 to %2").arg(names, pageLabel(*reading.page));
    plan.runLabel = PageWords::tr("Call");
    plan.willChange = {PageWords::tr("%1 pages %2 now, in addition.").arg(service, names)};
    plan.willNotChange = {PageWords::tr("Who has the page, and its policy.")};
    plan.steps = {PageWords::tr("Tell %1.").arg(service), PageWords::tr("Read who was called.")};
    const bool isThere = std::any_of(wish.people.cbegin(), wish.people.cend(), [&](const QString &one) {
        return reading.assigneeIds.contains(one) || reading.responderIds.contains(one);
    });
    plan.checks = {pageCheck(!isThere, "not-called-yet",
                             isThere ? PageWords::tr("Somebody of them has it, or was called already.")
                                     : PageWords::tr("None of them was called yet."),
                             service, m_parts.clock.now())};
    if (isThere)
        plan.bar = Duration::zero();
    return plan;
}

void AddRespondersHandler::send(const ActionRecord &record, Event done)
{
    const AddResponders &wish = respondersWish(record.request);
    m_parts.paging.addResponders(wish.page, wish.people, wish.message.isEmpty() ? record.request.reason : wish.message,
                                 whileAlive<QString>([this, page = wish.page, done](const Result<QString> &answer) {
                                     done(answered(answer, m_parts.paging.name(), page));
                                 }));
}

ActionEvent AddRespondersHandler::judged(const ActionRecord &record, const PageReading &reading) const
{
    const AddResponders &wish = respondersWish(record.request);
    const QString service = m_parts.paging.name();
    QStringList missing;
    for (qsizetype i = 0; i < wish.people.size(); ++i) {
        const QString &one = wish.people.at(i);
        if (!reading.assigneeIds.contains(one) && !reading.responderIds.contains(one))
            missing.append(wish.names.value(i, one));
    }
    if (missing.isEmpty())
        return EffectProven{PageWords::tr("%1 shows them called.").arg(service), wish.page, service, {}};
    return EffectNotProven{{Error::Kind::Conflict, PageWords::tr("%1 does not show as called: %2.").arg(service, peopleText(missing)),
                            {}, PageWords::tr("Call them by telephone.")},
                           {}};
}

} // namespace cockpit
