// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/instance_calls.h"

#include "app/breakers/breaker_words.h"
#include "app/breakers/instance_breakers.h"
#include "app/formats/resilience4j_json.h"

#include <QDateTime>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds breakerConnectTimeout{2'000};
constexpr std::chrono::milliseconds breakerTotalTimeout{5'000};

HttpRequest instanceRequest(const BreakerInstance &instance, const BreakerCall &call, HttpLane lane)
{
    HttpRequest request;
    request.endpoint = instance.endpoint;
    request.method = call.method;
    request.path = instance.base + call.path;
    request.query = call.query;
    request.headers = {{"Accept", "application/json"}};
    request.body = call.body;
    if (!call.body.isEmpty())
        request.headers.append(HttpHeader{"Content-Type", "application/json"});
    request.lane = lane;
    // Each instance has its own poll breaker: a dead one must not stop the others.
    request.backend = instance.pod;
    if (lane == HttpLane::Poll)
        request.supersede = instance.pod + request.path;
    request.connectTimeout = breakerConnectTimeout;
    request.totalTimeout = breakerTotalTimeout;
    request.maxTries = lane == HttpLane::Action ? 2 : 1;
    request.deliverErrorBodies = true;
    return request;
}

/// How far this computer's clock is ahead of the answer's; only where both run in real time.
std::optional<Duration> clockAheadOf(const HttpResponse &response, const Clock &clock)
{
    const QByteArray date = response.header("Date");
    if (date.isEmpty() || clock.speed() != 1.0)
        return std::nullopt;
    const QDateTime there = QDateTime::fromString(QString::fromLatin1(date), Qt::RFC2822Date);
    return there.isValid() ? std::optional(clock.now() - fromEpochMs(there.toMSecsSinceEpoch())) : std::nullopt;
}

Error notListed(const QString &pod, const QString &name)
{
    return Error{Error::Kind::NotFound, BreakerWords::tr("%1 does not list the breaker '%2'.").arg(pod, name),
                 BreakerWords::tr("Nothing was sent: it would make a new breaker of that name."),
                 BreakerWords::tr("Check the name; a breaker is there after its first call.")};
}

} // namespace

InstanceCalls::InstanceCalls(HttpClient &client, const Clock &clock, std::shared_ptr<const BreakerProtocol> protocol)
    : m_client(client)
    , m_clock(clock)
    , m_protocol(std::move(protocol))
{}

/// One instance while it is read.
struct InstanceCalls::Reading : std::enable_shared_from_this<InstanceCalls::Reading> {
    InstanceCalls calls;
    BreakerInstance instance{};
    HttpLane lane = HttpLane::Poll;
    std::function<void(Result<InstanceReading>)> done{};
    std::vector<std::string> answers{};
    std::optional<Duration> clockAhead{};

    explicit Reading(const InstanceCalls &of)
        : calls(of)
    {}

    void next()
    {
        const auto call = calls.m_protocol->nextRead(answers);
        if (!call)
            return finish();
        calls.m_client.send(instanceRequest(instance, *call, lane),
                            [self = shared_from_this(), anyStatus = call->anyStatus](Result<HttpResponse> response) {
                                self->take(std::move(response), anyStatus);
                            });
    }
    void take(Result<HttpResponse> response, bool anyStatus)
    {
        if (!response)
            return done(response.error());
        if (response->status >= 400 && !anyStatus)
            return done(httpStatusError(instance.pod, *response));
        clockAhead = clockAheadOf(*response, calls.m_clock);
        answers.push_back(std::move(response->body));
        next();
    }
    void finish()
    {
        auto reading = calls.m_protocol->parse(answers);
        if (reading)
            reading->clockAhead = clockAhead;
        done(std::move(reading));
    }
};

void InstanceCalls::read(const BreakerInstance &instance, HttpLane lane,
                         std::function<void(Result<InstanceReading>)> done) const
{
    const auto reading = std::make_shared<Reading>(*this);
    reading->instance = instance;
    reading->lane = lane;
    reading->done = std::move(done);
    reading->next();
}

/// One instance while it is told.
struct InstanceCalls::Telling : std::enable_shared_from_this<InstanceCalls::Telling> {
    InstanceCalls calls;
    BreakerInstance instance{};
    QString name{};
    BreakerMode mode = BreakerMode::Reset;
    BreakerWish wish{};
    std::function<void(PodOutcome, const QString &)> done{};
    PodOutcome outcome{};

    explicit Telling(const InstanceCalls &of)
        : calls(of)
    {}

    void end(PodOutcome::Kind kind, const Error &error, const QString &lasting = {})
    {
        outcome.kind = kind;
        outcome.error = error;
        done(outcome, lasting);
    }
    std::optional<BreakerState> stateIn(const InstanceReading &reading) const
    {
        for (const BreakerReading &one : reading.breakers) {
            if (one.name == name)
                return one.figures.state;
        }
        return std::nullopt;
    }
    void begin()
    {
        calls.read(instance, HttpLane::Action, [self = shared_from_this()](Result<InstanceReading> reading) {
            if (!reading)
                return self->end(PodOutcome::Kind::Refused, reading.error());
            const auto state = self->stateIn(*reading);
            if (!state)
                return self->end(PodOutcome::Kind::Refused, notListed(self->instance.pod, self->name));
            self->outcome.before = *state;
            if (!reading->readOnlyReason.isEmpty())
                return self->end(PodOutcome::Kind::Refused,
                                 Error{Error::Kind::Forbidden,
                                       BreakerWords::tr("%1: %2.").arg(self->instance.pod, reading->readOnlyReason),
                                       {},
                                       {}},
                                 reading->readOnlyReason);
            self->send();
        });
    }
    void send()
    {
        HttpRequest request = instanceRequest(instance, calls.m_protocol->set(name, mode, wish), HttpLane::Action);
        request.idempotent = false; // once, whatever happens: it is read back
        request.maxTries = 1;
        calls.m_client.send(std::move(request), [self = shared_from_this()](Result<HttpResponse> response) {
            if (!response)
                return self->readBack(response.error());
            if (response->status >= 400) {
                const auto refused = self->calls.m_protocol->refusal(self->instance.pod, *response);
                return self->end(PodOutcome::Kind::Refused, refused.error, refused.lasting);
            }
            self->readBack({});
        });
    }
    /// The state decides, not the answer.
    void readBack(const std::optional<Error> &sendError)
    {
        calls.read(instance, HttpLane::Action, [self = shared_from_this(), sendError](Result<InstanceReading> reading) {
            const auto state = reading ? self->stateIn(*reading) : std::nullopt;
            self->outcome.after = state.value_or(BreakerState::Unknown);
            if (state && isAsWanted(self->mode, *state))
                return self->end(PodOutcome::Kind::Done, {});
            if (sendError)
                return self->end(PodOutcome::Kind::NotKnown, *sendError);
            if (!reading)
                return self->end(PodOutcome::Kind::NotKnown, reading.error());
            self->end(PodOutcome::Kind::Refused,
                      Error{Error::Kind::Conflict,
                            BreakerWords::tr("%1 said yes and still shows '%2' as %3.")
                                .arg(self->instance.pod, self->name, toWireName(self->outcome.after)),
                            {},
                            {}});
        });
    }
};

void InstanceCalls::tell(const BreakerInstance &instance, const QString &name, BreakerMode mode,
                         const BreakerWish &wish, std::function<void(PodOutcome, const QString &)> done) const
{
    const auto telling = std::make_shared<Telling>(*this);
    telling->instance = instance;
    telling->name = name;
    telling->mode = mode;
    telling->wish = wish;
    telling->done = std::move(done);
    telling->outcome.pod = instance.pod;
    telling->begin();
}

void InstanceCalls::readEvents(const BreakerInstance &instance,
                               std::function<void(const std::vector<BreakerEvent> &)> done) const
{
    const BreakerCall call{.path = QStringLiteral("/circuitbreakerevents")};
    m_client.send(instanceRequest(instance, call, HttpLane::Interactive), [done](const Result<HttpResponse> &response) {
        if (!response || response->status >= 400)
            return;
        if (const auto events = parseResilience4jEvents(response->body))
            done(*events);
    });
}

} // namespace cockpit
