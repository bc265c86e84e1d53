// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/capacities.h"

#include "models/capacity_advice.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds autoscalerPause{10'000};
constexpr std::chrono::milliseconds capacityPause{300};

} // namespace

Capacities::Capacities(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_timer.setInterval(autoscalerPause);
    m_soon.setSingleShot(true);
    m_soon.setInterval(capacityPause);
    connect(&m_timer, &QTimer::timeout, this, &Capacities::poll);
    connect(&m_soon, &QTimer::timeout, this, &Capacities::rebuild);
}

void Capacities::start()
{
    if (!m_parts.kubernetes)
        return;
    m_timer.start();
    connect(&m_parts.rollouts, &RolloutStore::changed, this, [this] {
        if (!std::exchange(m_asked, true))
            poll(); // the first that is known of a cluster
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void Capacities::poll()
{
    QSet<std::pair<QString, QString>> places;
    for (const RolloutEntry &entry : m_parts.rollouts.entries())
        places.insert({entry.rollout->key.context, entry.rollout->key.nameSpace});
    for (const auto &[context, nameSpace] : std::as_const(places)) {
        KubernetesCall call;
        call.context = context;
        call.path = hpaPath(nameSpace);
        call.lane = HttpLane::Poll;
        m_parts.kubernetes->call(call, [this, context = context, nameSpace = nameSpace](const Result<KubernetesAnswer> &answer) {
            if (answer) // what was known stays, and the source's own pill says what is wrong
                take(context, nameSpace, answer->object.items());
        });
    }
}

void Capacities::take(const QString &context, const QString &nameSpace, const QList<KubernetesObject> &items)
{
    QList<HpaFacts> facts;
    for (const KubernetesObject &item : items)
        facts.append(readHpa(item));
    m_autoscalers.insert(context + u'/' + nameSpace, facts);
    rebuild();
}

void Capacities::addAutoscaler(const Rollout &rollout, Capacity &capacity, Instant now)
{
    const QList<HpaFacts> known = m_autoscalers.value(rollout.key.context + u'/' + rollout.key.nameSpace);
    const auto found = std::find_if(known.cbegin(), known.cend(), [&](const HpaFacts &one) {
        return one.targetKind == rollout.key.kind && one.targetName == rollout.key.name;
    });
    if (found == known.cend())
        return;
    capacity.autoscaler = {rollout.key.environment, rollout.key.context, rollout.key.nameSpace,
                           QStringLiteral("HorizontalPodAutoscaler"), found->name, found->uid};
    capacity.current = found->current;
    capacity.desired = found->desired;
    capacity.minimum = found->minimum;
    capacity.maximum = found->maximum;
    capacity.metrics = found->metrics;
    capacity.lastScaledAt = found->lastScaledAt;
    capacity.resourceVersion = found->resourceVersion;
    capacity.lease = found->lease;
    capacity.atMaximum = found->atMaximum || (found->maximum > 0 && found->desired >= found->maximum);
    const QString path = capacity.autoscaler.path();
    if (!capacity.atMaximum)
        m_atMaximumSince.remove(path);
    else if (!m_atMaximumSince.contains(path))
        m_atMaximumSince.insert(path, found->limitedSince.value_or(found->lastScaledAt.value_or(now)));
    if (capacity.atMaximum)
        capacity.atMaximumSince = m_atMaximumSince.value(path);
}

Capacity Capacities::capacityOf(const Rollout &rollout, const Fleet *fleet, Instant now)
{
    Capacity capacity;
    capacity.workload = rollout.key;
    capacity.service = rollout.service;
    capacity.current = rollout.replicas;
    capacity.desired = rollout.desiredReplicas;
    addAutoscaler(rollout, capacity, now);
    if (fleet) {
        const auto health = std::find_if(fleet->services.begin(), fleet->services.end(),
                                         [&](const ServiceHealth &one) { return one.id == rollout.service; });
        if (health != fleet->services.end() && health->figure(Figure::Saturation))
            capacity.saturation = health->figure(Figure::Saturation)->value;
    }
    const QHash<QString, double> &prices = m_parts.prices.podHour;
    for (const QString &name : {rollout.service.toString(), QStringLiteral("*")}) {
        if (!capacity.costPerPodHour && prices.contains(name))
            capacity.costPerPodHour = prices.value(name);
    }
    capacity.currency = m_parts.prices.currency;
    capacity.costPerHour = hourlyCost(capacity.current, capacity.costPerPodHour);
    capacity.advice = capacityAdvice(capacity, now);
    return capacity;
}

void Capacities::rebuild()
{
    const auto fleet = m_parts.fleet();
    const Instant now = m_parts.clock.now();
    std::vector<CapacityPtr> capacities;
    for (const RolloutEntry &entry : m_parts.rollouts.entries())
        capacities.push_back(std::make_shared<const Capacity>(capacityOf(*entry.rollout, fleet.get(), now)));
    m_parts.store.setCapacities(std::move(capacities));
}

CapacityPtr Capacities::of(const ObjectKey &autoscaler) const
{
    for (const CapacityPtr &one : m_parts.store.capacities()) {
        if (one->autoscaler.context == autoscaler.context && one->autoscaler.nameSpace == autoscaler.nameSpace &&
            one->autoscaler.name == autoscaler.name)
            return one;
    }
    return nullptr;
}

} // namespace cockpit
