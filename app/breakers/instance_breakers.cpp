// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/instance_breakers.h"

#include "app/breakers/breaker_words.h"
#include "app/breakers/instance_calls.h"
#include "app/formats/resilience4j_json.h"

#include <atomic>

namespace cockpit {

/// What the answers on the I/O thread need, however long the source lives.
struct InstanceBreakers::Shared {
    Shared(HttpClient &client, const Clock &theClock, Settings given, Post thePost, UpdateSink sink)
        : calls(client, theClock, given.protocol)
        , http(client)
        , clock(theClock)
        , settings(std::move(given))
        , post(std::move(thePost))
        , publish(std::move(sink))
    {}

    InstanceCalls calls;
    HttpClient &http;
    const Clock &clock;
    const Settings settings;
    const Post post;
    const UpdateSink publish;
    std::shared_ptr<SourceMemory> sourceMemory = std::make_shared<SourceMemory>();
    BreakerMemory memory{}; ///< I/O thread alone
};

namespace {

/// Answers of all instances as they come in, on the I/O thread.
struct AnswerGathering {
    std::vector<InstanceAnswer> answers{};
    size_t open = 0;
};

Error firstProblem(const std::vector<InstanceAnswer> &answers)
{
    for (const InstanceAnswer &answer : answers) {
        if (!answer.reading)
            return answer.reading.error();
    }
    return {};
}

std::optional<Duration> worstClock(const std::vector<InstanceAnswer> &answers)
{
    std::optional<Duration> worst;
    for (const InstanceAnswer &answer : answers) {
        const auto ahead = answer.reading ? answer.reading->clockAhead : std::nullopt;
        if (ahead && (!worst || std::chrono::abs(*ahead) > std::chrono::abs(*worst)))
            worst = ahead;
    }
    return worst;
}

/// Reads all instances at once; the client keeps polls to 8 a host.
void readInstances(const InstanceCalls &calls, const QList<BreakerInstance> &instances, HttpLane lane,
                   const std::function<void(std::vector<InstanceAnswer>)> &done)
{
    const auto gathering = std::make_shared<AnswerGathering>();
    gathering->open = static_cast<size_t>(instances.size());
    for (const BreakerInstance &one : instances)
        gathering->answers.push_back({one.pod, InstanceReading{}});
    for (size_t i = 0; i < gathering->answers.size(); ++i) {
        calls.read(instances.at(static_cast<qsizetype>(i)), lane,
                   [gathering, i, done](Result<InstanceReading> reading) {
                       gathering->answers[i].reading = std::move(reading);
                       if (--gathering->open == 0)
                           done(std::move(gathering->answers));
                   });
    }
}

} // namespace

/// One order on its way: a bounded number of instances is told at once. I/O thread after its start.
struct InstanceBreakers::Order : std::enable_shared_from_this<InstanceBreakers::Order> {
    std::shared_ptr<Shared> shared{};
    BreakerOrder order{};
    QList<BreakerInstance> instances{};
    std::function<void(QList<PodOutcome>)> done{}; ///< on the I/O thread
    std::atomic<qsizetype> next = 0;
    std::vector<PodOutcome> outcomes{};
    std::atomic<qsizetype> open = 0;

    void begin()
    {
        open = instances.size();
        outcomes.resize(static_cast<size_t>(instances.size()));
        const qsizetype first = std::min<qsizetype>(kAtOnce, instances.size());
        for (qsizetype i = 0; i < first; ++i)
            tellNext();
    }
    void tellNext()
    {
        const qsizetype place = next++;
        if (place >= instances.size())
            return;
        const BreakerInstance &instance = instances.at(place);
        shared->calls.tell(instance, order.name, order.modes.value(instance.pod), order.wish,
                           [self = shared_from_this(), place](PodOutcome outcome, const QString &lasting) {
                               self->shared->memory.readOnlyReason = outcome.kind == PodOutcome::Kind::Done ? QString()
                                                                     : lasting.isEmpty()
                                                                         ? self->shared->memory.readOnlyReason
                                                                         : lasting;
                               self->outcomes[static_cast<size_t>(place)] = std::move(outcome);
                               if (--self->open == 0)
                                   self->done(QList<PodOutcome>(self->outcomes.begin(), self->outcomes.end()));
                               else
                                   self->tellNext();
                           });
    }
};

InstanceBreakers::InstanceBreakers(HttpClient &client, const Clock &clock, Settings settings, FindInstances find,
                                   Post post, UpdateSink publish)
    : m_shared(std::make_shared<Shared>(client, clock, std::move(settings), std::move(post), std::move(publish)))
    , m_find(std::move(find))
{}

InstanceBreakers::~InstanceBreakers() = default;

void InstanceBreakers::publishNoInstances(const Error &error)
{
    const SourceIdentity &identity = m_shared->settings.identity;
    SourceStatus status{.id = identity.id, .name = identity.name, .kind = identity.kind, .cluster = identity.cluster};
    status.state = stateAfter(error);
    status.interval = Duration(qint64(double(identity.interval.count()) * m_shared->clock.speed()));
    status.message = error.text();
    m_shared->publish(StatusUpdate{status});
}

void InstanceBreakers::poll(HttpLane lane)
{
    const auto instances = m_find();
    if (!instances)
        return publishNoInstances(instances.error());
    const auto round =
        std::make_shared<PollRound>(m_shared->settings.identity, m_shared->sourceMemory, m_shared->clock,
                                    m_shared->http, m_shared->publish, static_cast<int>(instances->size()));
    const BreakerInstance first = instances->first();
    readInstances(m_shared->calls, *instances, lane,
                  [shared = m_shared, round, first](std::vector<InstanceAnswer> answers) {
                      BreakersUpdate update{.source = shared->settings.identity.id, .at = shared->clock.now()};
                      update.podsAsked = static_cast<int>(answers.size());
                      for (const InstanceAnswer &answer : answers)
                          update.podsAnswered += answer.reading ? 1 : 0;
                      const bool isFirst = shared->memory.last.isEmpty();
                      if (update.podsAnswered > 0) {
                          update.breakers = std::make_shared<const std::vector<BreakerPtr>>(
                              assembleBreakers(shared->settings.facts, answers, update.at, shared->memory));
                          round->sampled(update.at);
                          round->publish(std::move(update));
                      }
                      if (isFirst && shared->settings.protocol->kind() == u"resilience4j")
                          shared->calls.readEvents(first, [shared](const std::vector<BreakerEvent> &events) {
                              rememberEvents(events, shared->memory);
                          });
                      // The facts first: whoever sees the status "ok" must already have the breakers behind it.
                      for (const InstanceAnswer &answer : answers) {
                          if (answer.reading)
                              round->succeeded();
                          else
                              round->failed(answer.pod, answer.reading.error());
                      }
                  });
}

void InstanceBreakers::look(std::function<void(Result<BreakerLook>)> done)
{
    const auto instances = m_find();
    if (!instances)
        return done(instances.error());
    const std::weak_ptr<bool> alive = m_alive;
    readInstances(m_shared->calls, *instances, HttpLane::Action,
                  [shared = m_shared, alive, done = std::move(done)](const std::vector<InstanceAnswer> &answers) {
                      BreakerMemory memory = shared->memory; // a look is no poll: rates stay those of the polls
                      auto look = std::make_shared<Result<BreakerLook>>(firstProblem(answers));
                      const bool any = std::any_of(answers.begin(), answers.end(),
                                                   [](const InstanceAnswer &one) { return one.reading.has_value(); });
                      if (any)
                          *look = BreakerLook{
                              assembleBreakers(shared->settings.facts, answers, shared->clock.now(), memory),
                              worstClock(answers)};
                      shared->post([alive, look, done] {
                          if (!alive.expired())
                              done(std::move(*look));
                      });
                  });
}

void InstanceBreakers::apply(const BreakerOrder &order, std::function<void(QList<PodOutcome>)> done)
{
    const auto telling = std::make_shared<Order>();
    QList<PodOutcome> gone;
    const auto instances = m_find();
    for (auto one = order.modes.constBegin(); one != order.modes.constEnd(); ++one) {
        const auto known = [&](const BreakerInstance &instance) { return instance.pod == one.key(); };
        const auto found = instances ? std::find_if(instances->cbegin(), instances->cend(), known)
                                     : QList<BreakerInstance>::const_iterator();
        if (instances && found != instances->cend()) {
            telling->instances.append(*found);
            continue;
        }
        const Error error = instances
                                ? Error{Error::Kind::NotFound, BreakerWords::tr("%1 is gone.").arg(one.key()), {}, {}}
                                : instances.error();
        gone.append({one.key(), PodOutcome::Kind::Refused, BreakerState::Unknown, BreakerState::Unknown, error});
    }
    const std::weak_ptr<bool> alive = m_alive;
    telling->shared = m_shared;
    telling->order = order;
    telling->done = [post = m_shared->post, alive, gone, done](const QList<PodOutcome> &outcomes) {
        post([alive, outcomes = gone + outcomes, done] {
            if (!alive.expired())
                done(outcomes);
        });
    };
    if (telling->instances.isEmpty())
        telling->done({});
    else
        telling->begin();
}

} // namespace cockpit
