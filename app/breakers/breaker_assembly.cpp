// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/breakers/breaker_assembly.h"

#include "app/breakers/breaker_words.h"

#include <algorithm>
#include <map>

namespace cockpit {

namespace {

constexpr qsizetype transitionsKept = 20;

/// One breaker while its instances come together.
struct BreakerParts {
    QHash<QString, const BreakerReading *> byPod{};
    const BreakerReading *first = nullptr;
};

/// The weighted mean of what the pods say, by their calls; a pod without calls counts as one.
std::optional<double> meanRatio(const QList<BreakerPod> &pods, std::optional<double> BreakerPod::*ratio)
{
    double sum = 0;
    double weights = 0;
    for (const BreakerPod &pod : pods) {
        if (!(pod.*ratio))
            continue;
        const double weight = static_cast<double>(std::max<qint64>(pod.bufferedCalls.value_or(1), 1));
        sum += *(pod.*ratio) * weight;
        weights += weight;
    }
    return weights > 0 ? std::optional(sum / weights) : std::nullopt;
}

std::optional<double> rejectedRate(const Breaker &breaker, Instant at, BreakerMemory &memory)
{
    std::optional<double> perSecond;
    for (const BreakerPod &pod : breaker.pods) {
        if (!pod.rejectedTotal)
            continue;
        const auto key = std::pair(breaker.key.name, pod.pod);
        const auto before = memory.rejected.constFind(key);
        if (before != memory.rejected.constEnd() && at > before->at) {
            const double grown = *pod.rejectedTotal - before->total;
            const double seconds = static_cast<double>((at - before->at).count()) / 1000;
            perSecond = perSecond.value_or(0) + (grown < 0 ? *pod.rejectedTotal : grown) / seconds;
        }
        memory.rejected.insert(key, {*pod.rejectedTotal, at});
    }
    return perSecond;
}

QList<BreakerPod> podsOf(const BreakerParts &parts, const std::vector<InstanceAnswer> &answers)
{
    QList<BreakerPod> pods;
    for (const InstanceAnswer &answer : answers) {
        BreakerPod pod;
        if (!answer.reading) {
            pod.problem = answer.reading.error().what;
        } else if (const BreakerReading *reading = parts.byPod.value(answer.pod)) {
            pod = reading->figures;
        } else {
            pod.bufferedCalls = 0; // it answered: this tells it from one that did not
            pod.problem = BreakerWords::tr("It has not made this breaker yet: that comes with its first call.");
        }
        pod.pod = answer.pod;
        pods.append(pod);
    }
    std::sort(pods.begin(), pods.end(), [](const BreakerPod &a, const BreakerPod &b) { return a.pod < b.pod; });
    return pods;
}

/// The state that needs a hand most; pods that could not be read only decide when none could.
void joinStates(Breaker &breaker)
{
    std::optional<BreakerState> joined;
    for (const BreakerPod &pod : breaker.pods) {
        if (!pod.problem.isEmpty())
            continue;
        breaker.isMixed = breaker.isMixed || (joined && *joined != pod.state);
        if (!joined || attentionRank(pod.state) > attentionRank(*joined))
            joined = pod.state;
    }
    breaker.state = joined.value_or(BreakerState::Unknown);
}

void joinTransitions(Breaker &breaker, const BreakerPtr &before, Instant at)
{
    if (before) {
        breaker.transitions = before->transitions;
        breaker.changedAt = before->changedAt;
        const bool known = before->state != BreakerState::Unknown && breaker.state != BreakerState::Unknown;
        if (known && before->state != breaker.state) {
            breaker.transitions.prepend({at, before->state, breaker.state, {}});
            breaker.changedAt = at;
        }
    }
    if (breaker.transitions.size() > transitionsKept)
        breaker.transitions.resize(transitionsKept);
}

BreakerPtr joined(const BreakerFacts &facts, const QString &name, const BreakerParts &parts,
                  const std::vector<InstanceAnswer> &answers, Instant at, BreakerMemory &memory)
{
    Breaker breaker;
    breaker.key = {facts.source, facts.service, name};
    breaker.to = facts.dependencies.value(name, parts.first->to.isEmpty() ? name : parts.first->to);
    breaker.kind = facts.kind;
    breaker.pods = podsOf(parts, answers);
    joinStates(breaker);
    breaker.failureRatio = meanRatio(breaker.pods, &BreakerPod::failureRatio);
    breaker.slowRatio = meanRatio(breaker.pods, &BreakerPod::slowRatio);
    breaker.opensAtFailureRatio = parts.first->opensAtFailureRatio;
    breaker.opensAtSlowRatio = parts.first->opensAtSlowRatio;
    breaker.rejectedPerSecond = rejectedRate(breaker, at, memory);
    breaker.fallback = facts.fallbacks.value(name);
    breaker.possible = facts.possible;
    breaker.readOnlyReason = memory.readOnlyReason;
    for (const InstanceAnswer &answer : answers) {
        if (answer.reading && !answer.reading->readOnlyReason.isEmpty())
            breaker.readOnlyReason = answer.reading->readOnlyReason;
    }
    breaker.sampledAt = at;
    joinTransitions(breaker, memory.last.value(name), at);
    // What refuses calls is served by the fallback where there is one.
    if (!breaker.fallback.isEmpty())
        breaker.fallbackPerSecond = breaker.rejectedPerSecond;
    return std::make_shared<const Breaker>(std::move(breaker));
}

} // namespace

std::vector<BreakerPtr> assembleBreakers(const BreakerFacts &facts, const std::vector<InstanceAnswer> &answers,
                                         Instant at, BreakerMemory &memory)
{
    std::map<QString, BreakerParts> byName;
    for (const InstanceAnswer &answer : answers) {
        if (!answer.reading)
            continue;
        for (const BreakerReading &reading : answer.reading->breakers) {
            BreakerParts &parts = byName[reading.name];
            parts.byPod.insert(answer.pod, &reading);
            if (!parts.first)
                parts.first = &reading;
        }
    }
    std::vector<BreakerPtr> breakers;
    QHash<QString, BreakerPtr> now;
    for (const auto &[name, parts] : byName) {
        breakers.push_back(joined(facts, name, parts, answers, at, memory));
        now.insert(name, breakers.back());
    }
    if (!breakers.empty()) // a moment without an answer forgets no history
        memory.last = now;
    return breakers;
}

void rememberEvents(const std::vector<BreakerEvent> &events, BreakerMemory &memory)
{
    QHash<QString, QList<BreakerTransition>> byName;
    for (const BreakerEvent &event : events)
        byName[event.name].append(event.transition);
    for (auto one = byName.constBegin(); one != byName.constEnd(); ++one) {
        const BreakerPtr before = memory.last.value(one.key());
        if (!before || !before->transitions.isEmpty())
            continue;
        auto changed = std::make_shared<Breaker>(*before);
        changed->transitions = one.value().first(std::min(one.value().size(), transitionsKept));
        changed->changedAt = changed->transitions.first().at;
        memory.last.insert(one.key(), changed);
    }
}

} // namespace cockpit
