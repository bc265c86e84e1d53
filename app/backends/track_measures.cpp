// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/track_measures.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

namespace cockpit {

namespace {

QString measurerWords(const char *text) { return QCoreApplication::translate("TrackMeasurer", text); }

TrackSample trackSample(const Labels &labels, const TrackQueries &queries, double value)
{
    return {.pod = labels.value(queries.podLabel),
            .version = labels.value(queries.versionLabel),
            .track = labels.value(queries.trackLabel),
            .le = labels.value(u"le"),
            .value = value};
}

/// Series that differ only in labels that nobody looks at are added up.
std::vector<TrackSample> trackSamples(const QueryAnswer &answer, const TrackQueries &queries)
{
    std::vector<TrackSample> samples;
    QHash<QString, size_t> known;
    for (const FigureUpdate::Value &value : answer.values) {
        if (!value.value)
            continue;
        TrackSample sample = trackSample(value.labels, queries, *value.value);
        const QString key = sample.pod + u'\n' + sample.version + u'\n' + sample.track + u'\n' + sample.le;
        const auto same = known.constFind(key);
        if (same != known.constEnd()) {
            samples[*same].value += sample.value;
            continue;
        }
        known.insert(key, samples.size());
        samples.push_back(std::move(sample));
    }
    return samples;
}

void takeSampleTime(TrackSamples &samples, const QueryAnswer &answer)
{
    for (const FigureUpdate::Value &value : answer.values) {
        if (!value.value || !(*value.value > 0.0))
            continue;
        const Instant at = fromEpochSeconds(*value.value);
        if (!samples.sampledAt || *samples.sampledAt < at)
            samples.sampledAt = at;
    }
}

/// One query of a server, and where its answer goes; null = the time of the newest sample.
struct TrackPart {
    using Target = std::vector<TrackSample> TrackSamples::*;
    QString query{};
    Target into = nullptr;
};

std::vector<TrackPart> trackParts(const TrackQueries &queries)
{
    std::vector<TrackPart> parts{{queries.requests, &TrackSamples::requests},
                                 {queries.errors, &TrackSamples::errors},
                                 {queries.latencyBuckets, &TrackSamples::latencyBuckets},
                                 {queries.saturation, &TrackSamples::saturation},
                                 {queries.sampleTime, nullptr}};
    std::erase_if(parts, [](const TrackPart &part) { return part.query.isEmpty(); });
    return parts;
}

} // namespace

/// One round of queries to all servers. Its callbacks come on the I/O thread alone.
struct TrackMeasurer::Gathering {
    struct Server {
        QString backend{};
        TrackQueries queries{};
        TrackSamples samples{};
        bool answered = false; ///< the requests were told
        std::optional<Error> error{};
    };
    std::vector<Server> servers{};
    size_t open = 0;
    OnGathered done{};

    void take(size_t index, TrackPart::Target into, const Result<QueryAnswer> &answer)
    {
        Server &server = servers[index];
        if (!answer)
            server.error = answer.error();
        else if (!into)
            takeSampleTime(server.samples, *answer);
        else
            server.samples.*into = trackSamples(*answer, server.queries);
        server.answered |= answer && into == &TrackSamples::requests;
        if (--open == 0)
            done(*this);
    }
    std::optional<Error> error() const
    {
        std::optional<Error> last;
        for (const Server &server : servers) {
            if (server.answered)
                return std::nullopt;
            last = server.error;
        }
        if (last)
            return last;
        return Error{Error::Kind::Invalid, measurerWords("No Prometheus can be asked for canary and stable."),
                     measurerWords("What rolls out cannot be judged."),
                     measurerWords("Give its preset a section tracks.")};
    }
    TrackSamples samples() const
    {
        TrackSamples all;
        for (const Server &server : servers) {
            if (server.answered)
                all.merge(server.samples);
        }
        return all;
    }
    QString source() const
    {
        QStringList names;
        for (const Server &server : servers)
            names.append(server.error ? measurerWords("%1 (in part: %2)").arg(server.backend, server.error->what)
                                      : server.backend);
        return names.join(QStringLiteral(", "));
    }
};

TrackMeasurer::TrackMeasurer(BackendsOf backends, PostJob post)
    : m_backends(std::move(backends))
    , m_post(std::move(post))
{}

template <typename T> std::function<void(Result<T>)> TrackMeasurer::onOwner(Answer<T> done)
{
    return [post = m_post, alive = std::weak_ptr<bool>(m_alive), done = std::move(done)](Result<T> result) {
        post([alive, done, result = std::move(result)] {
            if (alive.lock())
                done(result);
        });
    };
}

void TrackMeasurer::gather(const ServiceId &service, Duration window, Instant at, OnGathered done)
{
    const auto all = std::make_shared<Gathering>();
    all->done = std::move(done);
    QList<PrometheusBackend *> able;
    for (PrometheusBackend *backend : m_backends()) {
        if (!backend->preset().tracks)
            continue;
        able.append(backend);
        all->servers.push_back({.backend = backend->identity().backend, .queries = *backend->preset().tracks});
        all->servers.back().samples.bucketUnit = all->servers.back().queries.bucketSeconds;
        all->open += trackParts(all->servers.back().queries).size();
    }
    if (all->open == 0)
        return all->done(*all);
    for (size_t i = 0; i < all->servers.size(); ++i) {
        PrometheusBackend &backend = *able[qsizetype(i)];
        const QString value = backend.labelValue(service);
        for (const TrackPart &part : trackParts(*backend.preset().tracks))
            backend.queryAt(
                filledQuery(part.query, value, window), at, HttpLane::Interactive,
                [all, i, into = part.into](const Result<QueryAnswer> &answer) { all->take(i, into, answer); });
    }
}

void TrackMeasurer::measure(const Rollout &rollout, Duration window, Instant at, Answer<TrackMeasures> done)
{
    /// What both rounds of one measurement share; touched on the I/O thread alone.
    struct Both {
        Result<TrackMeasures> now{TrackMeasures{}};
        TrackMeasure past{};
        int open = 1;
    };
    const auto both = std::make_shared<Both>();
    const bool pastNeeded = !hasStableBeside(rollout);
    const bool pastKnown = pastNeeded && rollout.startedAt.has_value();
    both->open += pastKnown ? 1 : 0;
    const auto finish = [both, pastNeeded, answer = onOwner<TrackMeasures>(std::move(done))] {
        if (--both->open > 0)
            return;
        if (both->now && pastNeeded) {
            both->now->stable = both->past;
            both->now->baselineIsPast = true;
        }
        answer(both->now);
    };
    gather(rollout.service, window, at, [=](const Gathering &gathered) {
        if (const auto error = gathered.error()) {
            both->now = *error;
            return finish();
        }
        const TrackSamples samples = gathered.samples();
        TrackMeasures measures = splitTracks(samples, rollout);
        if (measures.split == TrackSplit::None && pastNeeded && !samples.requests.empty()) {
            measures.split = TrackSplit::AllTraffic;
            measures.canary = measureAllTracks(samples);
        }
        measures.windowEnd = at;
        measures.window = window;
        measures.source = gathered.source();
        both->now = measures;
        finish();
    });
    if (pastKnown)
        gather(rollout.service, window, *rollout.startedAt, [=](const Gathering &gathered) {
            if (!gathered.error())
                both->past = measureAllTracks(gathered.samples());
            finish();
        });
}

void TrackMeasurer::measureAll(const ServiceId &service, Duration window, Instant at, Answer<TrackMeasure> done)
{
    gather(service, window, at, [answer = onOwner<TrackMeasure>(std::move(done))](const Gathering &gathered) {
        if (const auto error = gathered.error())
            answer(*error);
        else
            answer(measureAllTracks(gathered.samples()));
    });
}

} // namespace cockpit
