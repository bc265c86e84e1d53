// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/breaker_past.h"

#include "app/backends/breaker_history.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype callersAtOnce = 2;
constexpr int mostPastTries = 3;
constexpr Duration pastRange{std::chrono::minutes(35)};

} // namespace

BreakerPast::BreakerPast(Parts parts)
    : m_parts(std::move(parts))
{}

QList<ServiceId> BreakerPast::nextCallers() const
{
    QList<ServiceId> troubled;
    QList<ServiceId> others;
    for (const BreakerPtr &one : m_parts.store.breakers()) {
        const Caller caller = m_callers.value(one->key.from);
        if (caller.isKnown || caller.tries >= mostPastTries || m_asking.contains(one->key.from))
            continue;
        QList<ServiceId> &into = one->state == BreakerState::Closed ? others : troubled;
        if (!into.contains(one->key.from))
            into.append(one->key.from);
    }
    return (troubled + others).mid(0, std::max<qsizetype>(callersAtOnce - m_asking.size(), 0));
}

void BreakerPast::look()
{
    QList<PrometheusBackend *> servers = m_parts.prometheus ? m_parts.prometheus() : QList<PrometheusBackend *>();
    servers.removeIf([](const PrometheusBackend *one) { return !one->preset().breakers; });
    if (servers.isEmpty())
        return;
    for (const ServiceId &caller : nextCallers()) {
        if (!m_asking.contains(caller))
            ask(caller, servers);
    }
}

void BreakerPast::ask(const ServiceId &caller, const QList<PrometheusBackend *> &servers)
{
    m_asking.insert(caller);
    ++m_callers[caller].tries;
    const auto open = std::make_shared<qsizetype>(servers.size());
    for (PrometheusBackend *server : servers) {
        queryBreakerHistory(*server, caller, pastRange,
                            [this, alive = std::weak_ptr(m_alive), post = m_parts.post, caller,
                             open](const Result<QHash<QString, std::vector<BreakerSample>>> &answer) {
                                post([this, alive, caller, open, answer] {
                                    if (alive.expired())
                                        return;
                                    if (answer)
                                        take(caller, *answer);
                                    if (--*open > 0)
                                        return;
                                    m_asking.remove(caller);
                                    look();
                                });
                            });
    }
}

void BreakerPast::take(const ServiceId &caller, const QHash<QString, std::vector<BreakerSample>> &byName)
{
    m_callers[caller].isKnown = true;
    std::vector<BreakerPtr> own; // addHistory() may bring another list about
    std::copy_if(m_parts.store.breakers().begin(), m_parts.store.breakers().end(), std::back_inserter(own),
                 [&caller](const BreakerPtr &one) { return one->key.from == caller; });
    for (const BreakerPtr &one : own) {
        auto samples = byName.constFind(one->key.name);
        // By the service behind it only where that names one breaker.
        if (samples == byName.constEnd() && m_parts.store.between(caller, one->to).size() == 1)
            samples = byName.constFind(one->to);
        if (samples != byName.constEnd())
            m_parts.store.addHistory(one->key, *samples);
    }
}

} // namespace cockpit
