// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/opsgenie_json.h"
#include "app/paging/paging_source.h"
#include "app/paging/paging_words.h"

#include <QUrl>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int geniePageSize = 100;
constexpr std::size_t mostGeniePages = 500;

/// What every call needs; shared with the callbacks, which may outlive the source.
struct GenieLink {
    PagingParts parts;
    OpsgenieAccess access;
    std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>();

    HttpRequest get(const QString &path, HttpLane lane) const
    {
        HttpRequest request;
        request.endpoint = access.endpoint;
        request.path = path;
        request.headers = {{"Accept", "application/json"}};
        request.lane = lane;
        request.backend = parts.identity.backend;
        request.totalTimeout = std::chrono::milliseconds(15'000);
        request.deliverErrorBodies = true;
        return request;
    }
    HttpRequest post(const QString &path, QByteArray body, bool idempotent) const
    {
        HttpRequest request = get(path, HttpLane::Action);
        request.method = "POST";
        request.headers.append(HttpHeader{"Content-Type", "application/json"});
        request.body = std::move(body);
        request.idempotent = idempotent;
        return request;
    }
    void send(HttpRequest request, PagingSource::Answer<std::string> done) const
    {
        parts.client.send(std::move(request), [backend = parts.identity.backend, done](Result<HttpResponse> response) {
            if (!response)
                return done(response.error());
            if (response->status < 400)
                return done(std::move(response->body));
            Error error = httpStatusError(backend, *response);
            const QString words = parseOpsgenieRefusal(response->body);
            if (!words.isEmpty())
                error.what = PagingWords::tr("%1 answered %2: ").arg(backend, QString::number(response->status)) + words;
            done(error);
        });
    }
};
using GenieLinkPtr = std::shared_ptr<const GenieLink>;

QString genieAlertPath(const PageName &name, const QString &rest = {})
{
    const QString id = name.id.isEmpty() ? name.dedupKey : name.id;
    return QStringLiteral("/v2/alerts/") + QString::fromLatin1(QUrl::toPercentEncoding(id)) + rest;
}

QList<std::pair<QString, QString>> genieIdentifier(const PageName &name)
{
    return {{QStringLiteral("identifierType"), name.id.isEmpty() ? QStringLiteral("alias") : QStringLiteral("id")}};
}

struct GenieRound {
    PollRound round;
    HttpLane lane;
    std::vector<Page> pages{};
    std::vector<OnCall> onCalls{};
    bool pagesKnown = true;
    bool isPartial = false;
    int open = 2;

    void finish(const GenieLink &link)
    {
        if (--open > 0 || !pagesKnown)
            return;
        PagingUpdate update{link.parts.identity.id, link.parts.clock.now(), nullptr, nullptr, isPartial};
        update.pages = std::make_shared<const std::vector<Page>>(std::move(pages));
        update.onCalls = std::make_shared<const std::vector<OnCall>>(std::move(onCalls));
        link.parts.publish(std::move(update));
    }
};

void askGenieAlerts(const GenieLinkPtr &link, const std::shared_ptr<GenieRound> &round)
{
    HttpRequest request = link->get(QStringLiteral("/v2/alerts"), round->lane);
    const qint64 since = toEpochMs(link->parts.clock.now() - Duration(std::chrono::hours(24)));
    request.query = {{QStringLiteral("query"), QStringLiteral("status:open OR updatedAt > %1").arg(since)},
                     {QStringLiteral("limit"), QString::number(geniePageSize)},
                     {QStringLiteral("offset"), QString::number(round->pages.size())},
                     {QStringLiteral("sort"), QStringLiteral("createdAt")},
                     {QStringLiteral("order"), QStringLiteral("desc")}};
    link->send(std::move(request), [link, round](const Result<std::string> &body) {
        const auto list = body ? parseOpsgenieAlerts(*body) : Result<OpsgenieAlerts>(body.error());
        if (!list) {
            round->pagesKnown = false;
            round->finish(*link);
            return round->round.failed(PagingWords::tr("alerts"), list.error(), PollRound::Weight::Essential);
        }
        round->pages.insert(round->pages.end(), list->pages.begin(), list->pages.end());
        if (list->more && !list->pages.empty() && round->pages.size() < mostGeniePages)
            return askGenieAlerts(link, round);
        round->isPartial = list->more;
        round->finish(*link);
        round->round.succeeded(list->more ? QStringList{PagingWords::tr("there are more pages than are shown")}
                                          : QStringList());
    });
}

/// The schedules one after the other: the first is the primary's.
void askGenieOnCalls(const GenieLinkPtr &link, HttpLane lane, int index, std::shared_ptr<std::vector<OnCall>> into,
                     PagingSource::Answer<Done> done)
{
    if (index >= link->access.schedules.size())
        return done(Done{});
    const QString schedule = link->access.schedules.at(index);
    HttpRequest request = link->get(QStringLiteral("/v2/schedules/") +
                                        QString::fromLatin1(QUrl::toPercentEncoding(schedule)) +
                                        QStringLiteral("/on-calls"),
                                    lane);
    request.query = {{QStringLiteral("scheduleIdentifierType"), QStringLiteral("name")},
                     {QStringLiteral("flat"), QStringLiteral("true")}};
    link->send(std::move(request), [link, lane, index, into, done, schedule](const Result<std::string> &body) {
        const auto list = body ? parseOpsgenieOnCalls(*body, schedule, index + 1)
                               : Result<std::vector<OnCall>>(body.error());
        if (!list)
            return done(list.error());
        into->insert(into->end(), list->begin(), list->end());
        askGenieOnCalls(link, lane, index + 1, into, done);
    });
}

/// Opsgenie, or what speaks its Alert API (backends.md §9).
class OpsgenieSource final : public PagingSource {
public:
    explicit OpsgenieSource(GenieLinkPtr link)
        : m_link(std::move(link))
    {}
    PagingAbilities abilities() const override { return {true, true, true, true, true, true, false}; }

    void poll(HttpLane lane) override
    {
        const auto link = m_link;
        const auto round = std::make_shared<GenieRound>(GenieRound{
            PollRound(link->parts.identity, link->memory, link->parts.clock, link->parts.client, link->parts.publish, 2),
            lane});
        askGenieAlerts(link, round);
        const auto onCalls = std::make_shared<std::vector<OnCall>>();
        askGenieOnCalls(link, lane, 0, onCalls, [link, round, onCalls](const Result<Done> &read) {
            round->onCalls = *onCalls;
            round->finish(*link);
            if (read)
                round->round.succeeded();
            else
                round->round.failed(PagingWords::tr("who is on call"), read.error());
        });
    }

    void read(const PageName &name, Answer<PageReading> done) override
    {
        HttpRequest request = m_link->get(genieAlertPath(name), HttpLane::Interactive);
        request.query = genieIdentifier(name);
        m_link->send(std::move(request), [link = m_link, done](const Result<std::string> &body) {
            if (!body && body.error().kind != Error::Kind::NotFound)
                return done(body.error());
            const auto page = body ? parseOpsgenieAlert(*body) : Result<Page>(body.error());
            if (body && !page)
                return done(page.error());
            auto reading = std::make_shared<PageReading>();
            if (page) {
                reading->page = *page;
                reading->assigneeIds = page->assignees;
            }
            const auto onCalls = std::make_shared<std::vector<OnCall>>();
            askGenieOnCalls(link, HttpLane::Interactive, 0, onCalls, [reading, onCalls, done](const Result<Done> &) {
                reading->onCalls = *onCalls;
                done(std::move(*reading));
            });
        });
    }

    void trigger(const TriggerPage &wish, Answer<QString> done) override
    {
        ask(m_link->post(QStringLiteral("/v2/alerts"), opsgenieAlert(wish), true), std::move(done));
    }

    void setState(const PageName &name, Page::State state, Answer<QString> done) override
    {
        const bool resolves = state == Page::State::Resolved;
        HttpRequest request =
            m_link->post(genieAlertPath(name, resolves ? QStringLiteral("/close") : QStringLiteral("/acknowledge")),
                         opsgenieNote(m_link->access.user, PagingWords::tr("From dt-cockpit")), true);
        request.query = genieIdentifier(name);
        ask(std::move(request), std::move(done));
    }

    void escalate(const QString &page, int level, Answer<QString> done) override
    {
        // Its own escalations are by name; the next level's people are called in addition.
        const auto onCalls = std::make_shared<std::vector<OnCall>>();
        askGenieOnCalls(m_link, HttpLane::Action, 0, onCalls, [onCalls, page, level, done, link = m_link](const Result<Done> &read) {
            QStringList people;
            for (const OnCall &one : onCallAt(*onCalls, level))
                people.append(one.personId);
            if (!read || people.isEmpty())
                return done(Error{Error::Kind::Rejected, PagingWords::tr("Nobody is known at level %1.").arg(level),
                                  PagingWords::tr("Nothing was sent."),
                                  PagingWords::tr("Name the schedules under `paging:`.")});
            respond(link, page, people, PagingWords::tr("Escalated from dt-cockpit"), done);
        });
    }

    void addResponders(const QString &page, const QStringList &people, const QString &message,
                       Answer<QString> done) override
    {
        respond(m_link, page, people, message, std::move(done));
    }

private:
    static void respond(const GenieLinkPtr &link, const QString &page, QStringList people, const QString &message,
                        Answer<QString> done)
    {
        if (people.isEmpty())
            return done(PagingWords::tr("called"));
        const QString person = people.takeFirst();
        HttpRequest request = link->post(genieAlertPath({page, {}}, QStringLiteral("/responders")),
                                         opsgenieResponder(person, message), true);
        request.query = genieIdentifier({page, {}});
        link->send(std::move(request), [link, page, people, message, done](const Result<std::string> &body) {
            body ? respond(link, page, people, message, done) : done(body.error());
        });
    }
    void ask(HttpRequest request, Answer<QString> done) const
    {
        m_link->send(std::move(request), [done](const Result<std::string> &body) {
            done(body ? Result<QString>(PagingWords::tr("queued")) : Result<QString>(body.error()));
        });
    }

    GenieLinkPtr m_link;
};

} // namespace

std::unique_ptr<PagingSource> makeOpsgenieSource(PagingParts parts, OpsgenieAccess access)
{
    return std::make_unique<OpsgenieSource>(
        std::make_shared<const GenieLink>(GenieLink{std::move(parts), std::move(access)}));
}

} // namespace cockpit
