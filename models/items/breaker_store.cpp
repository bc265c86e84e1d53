// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/breaker_store.h"

#include <algorithm>
#include <limits>

namespace cockpit {

namespace {

constexpr size_t keptFlagEvents = 500;

constexpr qsizetype rememberedBreakers = 2000;
constexpr size_t rememberedSamples = 240;
constexpr Duration rememberedFor{std::chrono::minutes(35)};

float sampleValue(const std::optional<double> &value)
{
    return value ? static_cast<float>(*value) : std::numeric_limits<float>::quiet_NaN();
}

void dropOld(std::vector<BreakerSample> &samples)
{
    if (samples.empty())
        return;
    const Instant oldest = samples.back().at - rememberedFor;
    auto keep =
        std::find_if(samples.begin(), samples.end(), [oldest](const BreakerSample &one) { return one.at >= oldest; });
    if (samples.end() - keep > static_cast<std::ptrdiff_t>(rememberedSamples))
        keep = samples.end() - static_cast<std::ptrdiff_t>(rememberedSamples);
    samples.erase(samples.begin(), keep);
}

bool changedLater(const FlagPtr &a, const FlagPtr &b)
{
    return a->changedAt != b->changedAt ? a->changedAt > b->changedAt : a->key < b->key;
}

} // namespace

std::optional<Instant> lastStateChange(const std::vector<BreakerSample> &samples, BreakerState now)
{
    std::optional<Instant> changed;
    BreakerState before = BreakerState::Unknown;
    for (const BreakerSample &one : samples) {
        if (one.state == BreakerState::Unknown)
            continue;
        if (before != BreakerState::Unknown && before != one.state)
            changed = one.at;
        before = one.state;
    }
    return before == now ? changed : std::nullopt;
}

BreakerStore::BreakerStore(QObject *parent)
    : QObject(parent)
{}

void BreakerStore::apply(const BreakersUpdate &update)
{
    m_breakerSources.insert(update.source, update);
    remember(update);
    gatherBreakers();
    Q_EMIT breakersChanged();
}

void BreakerStore::gatherBreakers()
{
    m_breakers.clear();
    for (const BreakersUpdate &source : std::as_const(m_breakerSources)) {
        if (source.breakers)
            m_breakers.insert(m_breakers.end(), source.breakers->begin(), source.breakers->end());
    }
    for (BreakerPtr &one : m_breakers) {
        const auto before = one->changedAt ? m_changedBefore.cend() : m_changedBefore.constFind(one->key);
        if (before == m_changedBefore.cend() || before->first != one->state)
            continue;
        auto dated = std::make_shared<Breaker>(*one);
        dated->changedAt = before->second;
        one = std::move(dated);
    }
    std::sort(m_breakers.begin(), m_breakers.end(),
              [](const BreakerPtr &a, const BreakerPtr &b) { return a->key < b->key; });
}

void BreakerStore::remember(const BreakersUpdate &update)
{
    if (!update.breakers)
        return;
    for (const BreakerPtr &one : *update.breakers) {
        if (!m_history.contains(one->key) && m_history.size() >= rememberedBreakers)
            continue;
        std::vector<BreakerSample> &samples = m_history[one->key];
        if (!samples.empty() && samples.back().at >= one->sampledAt)
            continue;
        samples.push_back({one->sampledAt, sampleValue(one->failureRatio), sampleValue(one->slowRatio),
                           sampleValue(one->rejectedPerSecond), one->state});
        dropOld(samples);
    }
}

const std::vector<BreakerSample> &BreakerStore::history(const BreakerKey &key) const
{
    static const std::vector<BreakerSample> none;
    const auto found = m_history.constFind(key);
    return found == m_history.constEnd() ? none : *found;
}

void BreakerStore::addHistory(const BreakerKey &key, const std::vector<BreakerSample> &earlier)
{
    if (!m_history.contains(key) && m_history.size() >= rememberedBreakers)
        return;
    std::vector<BreakerSample> &samples = m_history[key];
    std::vector<BreakerSample> all;
    for (const BreakerSample &one : earlier) {
        if (samples.empty() || one.at < samples.front().at)
            all.push_back(one);
    }
    all.insert(all.end(), samples.begin(), samples.end());
    samples = std::move(all);
    dropOld(samples);
    const BreakerPtr shown = find(key);
    if (const auto changed = shown ? lastStateChange(samples, shown->state) : std::nullopt)
        m_changedBefore.insert(key, {shown->state, *changed});
    gatherBreakers();
    Q_EMIT breakersChanged();
}

void BreakerStore::apply(const FlagsUpdate &update)
{
    m_flagSources.insert(update.source, update);
    m_flags.clear();
    m_events.clear();
    for (const FlagsUpdate &source : std::as_const(m_flagSources)) {
        if (source.flags)
            m_flags.insert(m_flags.end(), source.flags->begin(), source.flags->end());
        if (source.events)
            m_events.insert(m_events.end(), source.events->begin(), source.events->end());
    }
    std::sort(m_flags.begin(), m_flags.end(), changedLater);
    std::stable_sort(m_events.begin(), m_events.end(),
                     [](const FlagEvent &a, const FlagEvent &b) { return a.at > b.at; });
    m_events.resize(std::min(m_events.size(), keptFlagEvents));
    Q_EMIT flagsChanged();
}

void BreakerStore::setCapacities(std::vector<CapacityPtr> capacities)
{
    m_capacities = std::move(capacities);
    Q_EMIT capacitiesChanged();
}

void BreakerStore::setOverrides(QList<Override> overrides)
{
    std::stable_sort(overrides.begin(), overrides.end(),
                     [](const Override &a, const Override &b) { return a.until < b.until; });
    m_overrides = std::move(overrides);
    Q_EMIT overridesChanged();
}

void BreakerStore::setConfigured(bool breakers, bool flags)
{
    m_breakersConfigured = breakers;
    m_flagsConfigured = flags;
}

BreakerPtr BreakerStore::find(const BreakerKey &key) const
{
    const auto found =
        std::find_if(m_breakers.cbegin(), m_breakers.cend(), [&key](const BreakerPtr &one) { return one->key == key; });
    return found == m_breakers.cend() ? nullptr : *found;
}

FlagPtr BreakerStore::find(const FlagKey &key) const
{
    const auto found =
        std::find_if(m_flags.cbegin(), m_flags.cend(), [&key](const FlagPtr &one) { return one->key == key; });
    return found == m_flags.cend() ? nullptr : *found;
}

QList<BreakerPtr> BreakerStore::between(const ServiceId &from, const QString &to) const
{
    QList<BreakerPtr> found;
    for (const BreakerPtr &one : m_breakers) {
        if (one->key.from == from && (one->to == to || one->key.name == to))
            found.append(one);
    }
    return found;
}

QList<FlagPtr> BreakerStore::flagsNamed(const QString &name) const
{
    QList<FlagPtr> found;
    for (const FlagPtr &one : m_flags) {
        if (one->key.name == name)
            found.append(one);
    }
    return found;
}

const Override *BreakerStore::overrideOf(const BreakerKey &key) const
{
    for (const Override &one : m_overrides) {
        const auto *reset = one.revert ? std::get_if<ResetBreaker>(&*one.revert) : nullptr;
        if (reset && reset->breaker == key)
            return &one;
    }
    return nullptr;
}

} // namespace cockpit
