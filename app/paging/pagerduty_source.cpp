// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/paging/pagerduty_source.h"

#include "app/paging/paging_words.h"

#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int dutyPageSize = 100;
constexpr std::size_t mostDutyPages = 500; ///< of one poll; more are told as partial
constexpr std::size_t mostDutyOnCalls = 300;
constexpr Duration endedKept{std::chrono::hours(24)};

QString dutyPath(const QString &page, const QString &rest = {})
{
    return QStringLiteral("/incidents/") + QString::fromLatin1(QUrl::toPercentEncoding(page)) + rest;
}

PageReading dutyReading(const ParsedPage &parsed)
{
    return {parsed.page, parsed.assigneeIds, parsed.responderIds, {}};
}

} // namespace

/// One poll: open pages, those that ended, who is on call; three lists that go on while there is more.
struct PagerDutySource::Round {
    PollRound round;
    HttpLane lane;
    std::vector<Page> pages{};
    std::vector<OnCall> onCalls{};
    bool pagesKnown = true;
    bool onCallsKnown = true;
    bool isPartial = false;
    int open = 3; ///< lists on the way

    void finish(const Link &link)
    {
        if (--open > 0 || !pagesKnown)
            return;
        for (Page &page : pages)
            page.escalationLevel = escalationLevelOf(page, onCalls);
        PagingUpdate update{link.parts.identity.id, link.parts.clock.now(), nullptr, nullptr, isPartial};
        update.pages = std::make_shared<const std::vector<Page>>(std::move(pages));
        if (onCallsKnown)
            update.onCalls = std::make_shared<const std::vector<OnCall>>(std::move(onCalls));
        link.parts.publish(std::move(update));
    }
};

PagerDutySource::PagerDutySource(PagingParts parts, PagerDutyAccess access)
    : m_link(std::make_shared<const Link>(Link{std::move(parts), std::move(access)}))
{}

PagingAbilities PagerDutySource::abilities() const
{
    const bool rest = m_link->access.rest != nullptr;
    const bool events = !m_link->access.routingKey.isEmpty();
    return {rest, events, rest || events, rest || events, rest, rest, rest};
}

HttpRequest PagerDutySource::Link::rest(const QString &path, HttpLane lane) const
{
    HttpRequest request;
    request.endpoint = access.rest;
    request.path = path;
    request.headers = {{"Accept", "application/vnd.pagerduty+json;version=2"}};
    request.lane = lane;
    request.backend = parts.identity.backend;
    request.totalTimeout = std::chrono::milliseconds(15'000);
    request.deliverErrorBodies = true;
    return request;
}

HttpRequest PagerDutySource::Link::change(const QByteArray &method, const QString &path, QByteArray body) const
{
    HttpRequest request = rest(path, HttpLane::Action);
    request.method = method;
    request.headers.append(HttpHeader{"Content-Type", "application/json"});
    if (!access.from.isEmpty())
        request.headers.append(HttpHeader{"From", access.from.toUtf8()});
    request.body = std::move(body);
    request.idempotent = method == "PUT"; // the same state twice is the same state
    return request;
}

HttpRequest PagerDutySource::Link::event(QByteArray body) const
{
    HttpRequest request;
    request.endpoint = access.events;
    request.method = "POST";
    request.path = QStringLiteral("/v2/enqueue");
    request.headers = {{"Content-Type", "application/json"}};
    request.body = std::move(body);
    request.lane = HttpLane::Action;
    request.backend = parts.identity.backend;
    request.totalTimeout = std::chrono::milliseconds(10'000);
    request.idempotent = true; // the dedup key is fixed: twice is one page
    request.deliverErrorBodies = true;
    return request;
}

HttpRequest PagerDutySource::Link::list(const QStringList &statuses, std::size_t offset, HttpLane lane) const
{
    HttpRequest request = rest(QStringLiteral("/incidents"), lane);
    request.query = {{QStringLiteral("limit"), QString::number(dutyPageSize)},
                     {QStringLiteral("offset"), QString::number(offset)},
                     {QStringLiteral("sort_by"), QStringLiteral("created_at:desc")}};
    for (const QString &status : statuses)
        request.query.append({QStringLiteral("statuses[]"), status});
    for (const QString &service : access.services)
        request.query.append({QStringLiteral("service_ids[]"), service});
    return request;
}

HttpRequest PagerDutySource::Link::onCalls(std::size_t offset, HttpLane lane) const
{
    HttpRequest request = rest(QStringLiteral("/oncalls"), lane);
    request.query = {{QStringLiteral("earliest"), QStringLiteral("true")},
                     {QStringLiteral("limit"), QString::number(dutyPageSize)},
                     {QStringLiteral("offset"), QString::number(offset)}};
    for (const QString &policy : access.policies)
        request.query.append({QStringLiteral("escalation_policy_ids[]"), policy});
    return request;
}

void PagerDutySource::Link::send(HttpRequest request, Answer<std::string> done) const
{
    const QString backend = request.backend;
    parts.client.send(std::move(request), [backend, done = std::move(done)](Result<HttpResponse> response) {
        if (!response)
            return done(response.error());
        if (response->status < 400)
            return done(std::move(response->body));
        Error error = httpStatusError(backend, *response);
        const QString words = parsePagerDutyRefusal(response->body);
        if (!words.isEmpty())
            error.what = PagingWords::tr("%1 answered %2: ").arg(backend, QString::number(response->status)) + words;
        done(error);
    });
}

void PagerDutySource::poll(HttpLane lane)
{
    const Link &link = *m_link;
    if (!link.access.rest) { // there is nothing to be asked: it takes events only
        PollRound round(link.parts.identity, link.memory, link.parts.clock, link.parts.client, link.parts.publish, 1);
        return round.succeeded();
    }
    const auto round = std::make_shared<Round>(Round{
        PollRound(link.parts.identity, link.memory, link.parts.clock, link.parts.client, link.parts.publish, 3), lane});
    askPages(m_link, round, true, 0);
    askPages(m_link, round, false, 0);
    askOnCalls(m_link, round, 0);
}

void PagerDutySource::askPages(const LinkPtr &link, const std::shared_ptr<Round> &round, bool open, std::size_t offset)
{
    HttpRequest request = open ? link->list({QStringLiteral("triggered"), QStringLiteral("acknowledged")}, offset, round->lane)
                               : link->list({QStringLiteral("resolved")}, offset, round->lane);
    if (open) // an open page of last month is still open
        request.query.append({QStringLiteral("date_range"), QStringLiteral("all")});
    else
        request.query.append({QStringLiteral("since"), toRfc3339(link->parts.clock.now() - endedKept)});
    link->send(std::move(request), [link, round, open, offset](const Result<std::string> &body) {
        auto list = body ? parsePagerDutyIncidents(*body) : Result<PagerDutyPages>(body.error());
        if (!list) {
            round->pagesKnown = round->pagesKnown && !open;
            round->isPartial = true;
            round->finish(*link);
            return round->round.failed(open ? PagingWords::tr("open pages") : PagingWords::tr("pages that ended"), list.error(),
                                       open ? PollRound::Weight::Essential : PollRound::Weight::OneOfMany);
        }
        for (ParsedPage &one : list->pages)
            round->pages.push_back(std::move(one.page));
        const std::size_t next = offset + static_cast<std::size_t>(dutyPageSize);
        if (list->more && !list->pages.empty() && next < mostDutyPages)
            return askPages(link, round, open, next);
        round->isPartial = round->isPartial || list->more;
        round->finish(*link); // the pages before the status that says that they are known
        round->round.succeeded(list->more ? QStringList{PagingWords::tr("there are more pages than are shown")}
                                          : QStringList());
    });
}

void PagerDutySource::askOnCalls(const LinkPtr &link, const std::shared_ptr<Round> &round, std::size_t offset)
{
    link->send(link->onCalls(offset, round->lane), [link, round, offset](const Result<std::string> &body) {
        auto list = body ? parsePagerDutyOnCalls(*body) : Result<PagerDutyOnCalls>(body.error());
        if (!list) {
            round->onCallsKnown = false;
            round->finish(*link);
            return round->round.failed(PagingWords::tr("who is on call"), list.error());
        }
        round->onCalls.insert(round->onCalls.end(), list->onCalls.begin(), list->onCalls.end());
        const std::size_t next = offset + static_cast<std::size_t>(dutyPageSize);
        if (list->more && !list->onCalls.empty() && next < mostDutyOnCalls)
            return askOnCalls(link, round, next);
        round->finish(*link);
        round->round.succeeded();
    });
}

void PagerDutySource::readOnCalls(const LinkPtr &link, std::shared_ptr<PageReading> reading, Answer<PageReading> done)
{
    link->send(link->onCalls(0, HttpLane::Interactive), [reading, done](const Result<std::string> &body) {
        if (const auto list = body ? parsePagerDutyOnCalls(*body) : Result<PagerDutyOnCalls>(body.error()))
            reading->onCalls = list->onCalls; // without them it is only not told who
        if (reading->page)
            reading->page->escalationLevel = escalationLevelOf(*reading->page, reading->onCalls);
        done(std::move(*reading));
    });
}

void PagerDutySource::read(const PageName &name, Answer<PageReading> done)
{
    const LinkPtr link = m_link;
    if (!link->access.rest)
        return done(PagingWords::cannot(link->parts.identity.name, PagingWords::tr("Name a REST token under `paging:`.")));
    const auto goOn = [link, done](PageReading reading) {
        readOnCalls(link, std::make_shared<PageReading>(std::move(reading)), done);
    };
    if (!name.id.isEmpty()) {
        return link->send(link->rest(dutyPath(name.id), HttpLane::Interactive), [done, goOn](const Result<std::string> &body) {
            if (!body && body.error().kind == Error::Kind::NotFound)
                return goOn({});
            const auto parsed = body ? parsePagerDutyIncident(*body) : Result<ParsedPage>(body.error());
            parsed ? goOn(dutyReading(*parsed)) : done(parsed.error());
        });
    }
    HttpRequest request = link->list({}, 0, HttpLane::Interactive);
    request.query.append({QStringLiteral("incident_key"), name.dedupKey});
    request.query.append({QStringLiteral("date_range"), QStringLiteral("all")});
    link->send(std::move(request), [done, goOn, name](const Result<std::string> &body) {
        const auto list = body ? parsePagerDutyIncidents(*body) : Result<PagerDutyPages>(body.error());
        if (!list)
            return done(list.error());
        const ParsedPage *found = nullptr; // newest first: an open one is the newest
        for (const ParsedPage &one : list->pages) {
            if (one.page.dedupKey == name.dedupKey && (!found || one.page.createdAt > found->page.createdAt))
                found = &one;
        }
        goOn(found ? dutyReading(*found) : PageReading());
    });
}

void PagerDutySource::trigger(const TriggerPage &wish, Answer<QString> done)
{
    const Link &link = *m_link;
    if (link.access.routingKey.isEmpty())
        return done(PagingWords::cannot(link.parts.identity.name, PagingWords::tr("Name a routingKey under `paging:`.")));
    link.send(link.event(pagerDutyTrigger(link.access.routingKey, wish, link.parts.clock.now())),
              [done](const Result<std::string> &body) {
                  done(body ? Result<QString>(PagingWords::tr("queued")) : Result<QString>(body.error()));
              });
}

void PagerDutySource::setState(const PageName &name, Page::State state, Answer<QString> done)
{
    const Link &link = *m_link;
    const bool byId = link.access.rest && !name.id.isEmpty();
    if (!byId && link.access.routingKey.isEmpty())
        return done(PagingWords::cannot(link.parts.identity.name, PagingWords::tr("Name a REST token under `paging:`.")));
    HttpRequest request = byId ? link.change("PUT", dutyPath(name.id), pagerDutyState(state))
                               : link.event(pagerDutyEvent(link.access.routingKey, state, name.dedupKey));
    link.send(std::move(request), [done, byId](const Result<std::string> &body) {
        if (!body)
            return done(body.error());
        done(byId ? PagingWords::tr("done") : PagingWords::tr("queued"));
    });
}

void PagerDutySource::escalate(const QString &page, int level, Answer<QString> done)
{
    const Link &link = *m_link;
    if (!link.access.rest)
        return done(PagingWords::cannot(link.parts.identity.name, PagingWords::tr("Name a REST token under `paging:`.")));
    link.send(link.change("PUT", dutyPath(page), pagerDutyEscalation(level)), [done](const Result<std::string> &body) {
        done(body ? Result<QString>(PagingWords::tr("done")) : Result<QString>(body.error()));
    });
}

void PagerDutySource::addResponders(const QString &page, const QStringList &people, const QString &message,
                                    Answer<QString> done)
{
    const LinkPtr link = m_link;
    if (!link->access.rest || link->access.from.isEmpty())
        return done(PagingWords::cannot(link->parts.identity.name,
                                        PagingWords::tr("Name a REST token and `from` under `paging:`.")));
    HttpRequest users = link->rest(QStringLiteral("/users"), HttpLane::Action);
    users.query = {{QStringLiteral("query"), link->access.from}};
    link->send(std::move(users), [link, page, people, message, done](const Result<std::string> &body) {
        const auto id = body ? parsePagerDutyUser(*body, link->access.from) : Result<QString>(body.error());
        if (!id || id->isEmpty()) // nothing was sent yet: a refusal, whatever kept it
            return done(Error{Error::Kind::Rejected,
                              id ? PagingWords::tr("PagerDuty has no user %1.").arg(link->access.from) : id.error().text(),
                              PagingWords::tr("Nobody was called."), PagingWords::tr("Set `from` under `paging:`.")});
        link->send(link->change("POST", dutyPath(page, QStringLiteral("/responder_requests")),
                                pagerDutyResponders(*id, people, message)),
                   [done](const Result<std::string> &answer) {
                       done(answer ? Result<QString>(PagingWords::tr("called")) : Result<QString>(answer.error()));
                   });
    });
}

std::unique_ptr<PagingSource> makePagerDutySource(PagingParts parts, PagerDutyAccess access)
{
    return std::make_unique<PagerDutySource>(std::move(parts), std::move(access));
}

} // namespace cockpit
