// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/breaker_history.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>
#include <map>

namespace cockpit {

namespace {

constexpr int breakerHistoryColumns = 320;
constexpr int mostBreakerSeries = 400;

using BreakerMoments = std::map<Instant, BreakerSample>;

BreakerSample &momentAt(BreakerMoments &moments, Instant at)
{
    constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
    return moments.try_emplace(at, BreakerSample{at, unknown, unknown, unknown, BreakerState::Unknown}).first->second;
}

/// resilience4j writes "half_open".
BreakerState historyState(QString word)
{
    word = word.toLower().replace(u'_', u'-');
    return breakerStateFromWireName(word).value_or(BreakerState::Unknown);
}

void addHistoryFigure(QHash<QString, BreakerMoments> &into, const std::vector<Series> &lines, const QString &nameLabel,
                      float BreakerSample::*figure)
{
    for (const Series &line : lines) {
        const QString name = line.labels.value(nameLabel);
        for (const Point &point : line.points) {
            if (!name.isEmpty() && !std::isnan(point.value))
                momentAt(into[name], point.at).*figure = static_cast<float>(point.value);
        }
    }
}

void addHistoryStates(QHash<QString, BreakerMoments> &into, const std::vector<Series> &lines,
                      const BreakerQueries &queries)
{
    for (const Series &line : lines) {
        const QString name = line.labels.value(queries.nameLabel);
        const BreakerState state = historyState(line.labels.value(queries.stateLabel));
        for (const Point &point : line.points) {
            if (name.isEmpty() || state == BreakerState::Unknown || !(point.value >= 1.0))
                continue;
            BreakerSample &moment = momentAt(into[name], point.at);
            if (moment.state == BreakerState::Unknown || attentionRank(state) > attentionRank(moment.state))
                moment.state = state;
        }
    }
}

/// One round of queries; its callbacks come on the I/O thread alone.
struct BreakerHistoryRound {
    BreakerQueries queries{};
    BreakerSeries series{};
    std::optional<Error> error{};
    int open = 0;
    std::function<void(Result<QHash<QString, std::vector<BreakerSample>>>)> done{};
};

} // namespace

QHash<QString, std::vector<BreakerSample>> breakerSamples(const BreakerSeries &series, const BreakerQueries &queries)
{
    QHash<QString, BreakerMoments> moments;
    addHistoryStates(moments, series.state, queries);
    addHistoryFigure(moments, series.failureRatio, queries.nameLabel, &BreakerSample::failureRatio);
    addHistoryFigure(moments, series.slowRatio, queries.nameLabel, &BreakerSample::slowRatio);
    addHistoryFigure(moments, series.rejectedPerSecond, queries.nameLabel, &BreakerSample::rejectedPerSecond);
    QHash<QString, std::vector<BreakerSample>> samples;
    for (auto one = moments.constBegin(); one != moments.constEnd(); ++one) {
        std::vector<BreakerSample> &into = samples[one.key()];
        for (const auto &[at, sample] : one.value())
            into.push_back(sample);
    }
    return samples;
}

void queryBreakerHistory(PrometheusBackend &prometheus, const ServiceId &caller, Duration range,
                         std::function<void(Result<QHash<QString, std::vector<BreakerSample>>>)> done)
{
    const std::optional<BreakerQueries> &queries = prometheus.preset().breakers;
    if (!queries)
        return done(Error{Error::Kind::Invalid,
                          QCoreApplication::translate("BreakerHistory", "The preset %1 names no breakers.")
                              .arg(prometheus.preset().name),
                          {},
                          QCoreApplication::translate("BreakerHistory", "Give it a section `breakers`.")});
    using Target = std::vector<Series> BreakerSeries::*;
    std::vector<std::pair<QString, Target>> asks{{queries->state, &BreakerSeries::state},
                                                 {queries->failureRatio, &BreakerSeries::failureRatio},
                                                 {queries->slowRatio, &BreakerSeries::slowRatio},
                                                 {queries->rejectedPerSecond, &BreakerSeries::rejectedPerSecond}};
    std::erase_if(asks, [](const auto &one) { return one.first.isEmpty(); });
    const auto round = std::make_shared<BreakerHistoryRound>(
        BreakerHistoryRound{.queries = *queries, .open = static_cast<int>(asks.size()), .done = std::move(done)});
    for (const auto &[query, into] : asks) {
        prometheus.querySeries(filledQuery(query, prometheus.labelValue(caller), {}), range, breakerHistoryColumns,
                               mostBreakerSeries, [round, into = into](const Result<RangeAnswer> &answer) {
                                   if (answer)
                                       round->series.*into = answer->series;
                                   else if (into == &BreakerSeries::state)
                                       round->error = answer.error();
                                   if (--round->open > 0)
                                       return;
                                   if (round->error)
                                       round->done(*round->error);
                                   else
                                       round->done(breakerSamples(round->series, round->queries));
                               });
    }
}

} // namespace cockpit
