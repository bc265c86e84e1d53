// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flags/flag_source.h"
#include "app/flags/flag_words.h"
#include "app/formats/launchdarkly_json.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr int darklyPage = 100;
constexpr int darklyEvents = 20; ///< the most that the audit log gives at once
constexpr int darklyTries = 3;   ///< of a change that the service answers with 409

/// What every call to LaunchDarkly needs; shared with the callbacks.
struct DarklyLink {
    HttpClient &client;
    const Clock &clock;
    FlagSource::Settings settings;
    UpdateSink publish;
    std::shared_ptr<SourceMemory> memory = std::make_shared<SourceMemory>();

    QString flagPath(const QString &project, const QString &name) const
    {
        return QStringLiteral("/api/v2/flags/") + urlPart(project) + u'/' + urlPart(name);
    }

    HttpRequest request(const QString &path, HttpLane lane) const
    {
        HttpRequest request;
        request.endpoint = settings.endpoint;
        request.path = path;
        request.headers = {{"Accept", "application/json"}, {"LD-API-Version", "20240415"}};
        request.lane = lane;
        request.backend = settings.identity.backend;
        request.totalTimeout = std::chrono::milliseconds(10'000);
        request.deliverErrorBodies = true;
        return request;
    }

    /// 429 carries the time of its end in milliseconds since 1970 (backends.md §8).
    QString limitWords(const HttpResponse &response) const
    {
        bool isTime = false;
        const qint64 reset = response.header("X-Ratelimit-Reset").toLongLong(&isTime);
        return isTime ? FlagWords::tr("It takes calls again at %1 UTC.").arg(toRfc3339(fromEpochMs(reset)).mid(11, 8))
                      : FlagWords::tr("Try again in a few seconds.");
    }

    Error failure(const HttpResponse &response, const QString &environment = {}) const
    {
        Error error = httpStatusError(settings.identity.backend, response);
        const LaunchDarklyRefusal refusal = parseLaunchDarklyRefusal(response.body);
        if (refusal.asksForApproval) {
            error.kind = Error::Kind::Forbidden;
            error.what = FlagWords::tr("%1 asks for an approval in %2: it cannot be switched at once.")
                             .arg(settings.identity.backend, environment);
            error.meaning = FlagWords::tr("Nothing was changed.");
            error.next = FlagWords::tr("Request the approval in LaunchDarkly, or ask somebody who may bypass it.");
        } else if (response.status == 429) {
            error.what = FlagWords::tr("%1 allows no more calls for now.").arg(settings.identity.backend);
            error.meaning = FlagWords::tr("Nothing was changed.");
            error.next = limitWords(response);
        } else if (!refusal.message.isEmpty()) {
            error.what = FlagWords::tr("%1 answered %2: ").arg(settings.identity.backend, QString::number(response.status)) +
                         refusal.message;
        }
        return error;
    }

    void get(HttpRequest request, std::function<void(Result<std::string>)> done) const
    {
        client.send(std::move(request), [self = *this, done = std::move(done)](Result<HttpResponse> response) {
            if (!response)
                return done(response.error());
            if (response->status >= 400)
                return done(self.failure(*response, self.settings.place.here));
            done(std::move(response->body));
        });
    }
};
using DarklyLinkPtr = std::shared_ptr<const DarklyLink>;

HttpRequest darklyAudit(const DarklyLink &link, const QString &flag, HttpLane lane)
{
    HttpRequest request = link.request(QStringLiteral("/api/v2/auditlog"), lane);
    const FlagPlace &place = link.settings.place;
    request.query = {{QStringLiteral("spec"), QStringLiteral("proj/%1:env/%2:flag/%3").arg(place.project, place.here, flag)},
                     {QStringLiteral("limit"), QString::number(darklyEvents)}};
    return request;
}

/// One poll.
struct DarklyRound {
    PollRound round;
    HttpLane lane;
    std::vector<ParsedFlag> flags{};
};

void finishDarklyRound(const DarklyLinkPtr &link, const std::shared_ptr<DarklyRound> &round)
{
    link->get(darklyAudit(*link, QStringLiteral("*"), round->lane), [link, round](const Result<std::string> &body) {
        auto events = body ? parseLaunchDarklyEvents(*body, link->settings.place)
                           : Result<std::vector<FlagEvent>>(body.error());
        FlagsUpdate update{link->settings.identity.id, link->clock.now(), nullptr, nullptr};
        if (events) {
            addLastChanges(round->flags, *events, link->settings.place.here);
            update.events = std::make_shared<const std::vector<FlagEvent>>(std::move(*events));
        }
        update.flags = sharedFlags(std::move(round->flags));
        round->round.sampled(update.at);
        round->round.publish(std::move(update));
        round->round.succeeded();
        if (events)
            round->round.succeeded();
        else
            round->round.failed(FlagWords::tr("audit log"), events.error());
    });
}

void askDarklyPage(const DarklyLinkPtr &link, const std::shared_ptr<DarklyRound> &round)
{
    const FlagPlace &place = link->settings.place;
    HttpRequest request = link->request(QStringLiteral("/api/v2/flags/") + urlPart(place.project), round->lane);
    request.query = {{QStringLiteral("limit"), QString::number(darklyPage)},
                     {QStringLiteral("offset"), QString::number(round->flags.size())},
                     {QStringLiteral("summary"), QStringLiteral("0")}};
    for (const QString &environment : QStringList{place.here} + place.environments)
        request.query.append({QStringLiteral("env"), environment});
    link->get(std::move(request), [link, round](const Result<std::string> &body) {
        auto page = body ? parseLaunchDarklyFlags(*body, link->settings.place) : Result<LaunchDarklyPage>(body.error());
        if (!page) {
            round->round.failed(FlagWords::tr("flags"), page.error(), PollRound::Weight::Essential);
            return round->round.failed(FlagWords::tr("audit log"), Error{.kind = Error::Kind::Cancelled, .what = {}});
        }
        const bool got = !page->flags.empty();
        std::move(page->flags.begin(), page->flags.end(), std::back_inserter(round->flags));
        if (got && page->total && round->flags.size() < static_cast<size_t>(*page->total))
            return askDarklyPage(link, round);
        finishDarklyRound(link, round);
    });
}

/// One change, sent again after a 409 as long as the flag still is as it was: LaunchDarkly answers so when two changes
/// met, and did neither.
void sendDarklySwitch(const DarklyLinkPtr &link, const FlagSwitch &wish, int tries, FlagSource::Answer<Done> done)
{
    HttpRequest request = link->request(link->flagPath(wish.flag.project, wish.flag.name), HttpLane::Action);
    request.method = "PATCH";
    request.headers.append(HttpHeader{"Content-Type", "application/json; domain-model=launchdarkly.semanticpatch"});
    request.body = launchDarklySwitch(wish.environment, wish.enabled, wish.comment);
    request.idempotent = false;
    request.maxTries = 1;
    link->client.send(std::move(request), [link, wish, tries, done](const Result<HttpResponse> &response) {
        if (!response)
            return done(response.error());
        if (response->status < 400)
            return done(Done{});
        const Error error = link->failure(*response, wish.environment);
        if (response->status != 409 || tries <= 1)
            return done(error);
        link->get(link->request(link->flagPath(wish.flag.project, wish.flag.name), HttpLane::Action),
                  [link, wish, tries, done, error](const Result<std::string> &body) {
                      const auto flag =
                          body ? parseLaunchDarklyFlag(*body, link->settings.place) : Result<ParsedFlag>(body.error());
                      const FlagState *state = flag ? flag->flag.state() : nullptr;
                      if (!state || state->enabled == wish.enabled)
                          return done(state ? Result<Done>(Done{}) : Result<Done>(error));
                      sendDarklySwitch(link, wish, tries - 1, done);
                  });
    });
}

/// LaunchDarkly's REST API: semantic patches, the audit log.
class LaunchDarklySource final : public FlagSource {
public:
    explicit LaunchDarklySource(DarklyLinkPtr link)
        : m_link(std::move(link))
    {}

    void poll(HttpLane lane) override
    {
        const DarklyLink &link = *m_link;
        askDarklyPage(m_link, std::make_shared<DarklyRound>(DarklyRound{
                                  PollRound(link.settings.identity, link.memory, link.clock, link.client, link.publish, 2),
                                  lane}));
    }

    void read(const FlagKey &flag, Answer<FlagReading> done) override
    {
        HttpRequest request = m_link->request(m_link->flagPath(flag.project, flag.name), HttpLane::Interactive);
        m_link->get(std::move(request), [link = m_link, flag, done](const Result<std::string> &body) {
            auto parsed = body ? parseLaunchDarklyFlag(*body, link->settings.place) : Result<ParsedFlag>(body.error());
            if (!parsed)
                return done(parsed.error());
            auto reading = std::make_shared<FlagReading>();
            reading->parsed = std::move(*parsed);
            reading->sdkDelay = Duration(1000); // its SDKs hear of it through a stream
            readEvents(link, flag, reading, done);
        });
    }

    void set(const FlagSwitch &wish, Answer<Done> done) override
    {
        sendDarklySwitch(m_link, wish, darklyTries, std::move(done));
    }

private:
    static void readEvents(const DarklyLinkPtr &link, const FlagKey &flag, const std::shared_ptr<FlagReading> &reading,
                           const Answer<FlagReading> &done)
    {
        link->get(darklyAudit(*link, flag.name, HttpLane::Interactive),
                  [link, reading, done](const Result<std::string> &body) {
                      if (auto events = body ? parseLaunchDarklyEvents(*body, link->settings.place)
                                             : Result<std::vector<FlagEvent>>(body.error())) {
                          reading->events = std::move(*events);
                          reading->eventsKnown = true;
                          if (!reading->events.empty())
                              reading->parsed.flag.changedBy = reading->events.front().who;
                      }
                      readCaller(link, reading, done);
                  });
    }

    static void readCaller(const DarklyLinkPtr &link, const std::shared_ptr<FlagReading> &reading,
                           const Answer<FlagReading> &done)
    {
        link->get(link->request(QStringLiteral("/api/v2/members/me"), HttpLane::Interactive),
                  [reading, done](const Result<std::string> &body) {
                      if (const auto names = body ? parseLaunchDarklyMember(*body) : Result<QStringList>(body.error()))
                          reading->ourNames = *names;
                      done(std::move(*reading));
                  });
    }

    DarklyLinkPtr m_link;
};

} // namespace

std::unique_ptr<FlagSource> makeLaunchDarklySource(HttpClient &client, const Clock &clock,
                                                   FlagSource::Settings settings, UpdateSink publish)
{
    settings.endpoint = withPlainToken(settings.endpoint);
    return std::make_unique<LaunchDarklySource>(
        std::make_shared<const DarklyLink>(DarklyLink{client, clock, std::move(settings), std::move(publish)}));
}

} // namespace cockpit
