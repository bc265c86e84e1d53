// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/overrides.h"

#include <algorithm>

namespace cockpit {

Overrides::Overrides(Parts parts, QObject *parent)
    : QObject(parent)
    , m_breakers(parts.breakers)
    , m_clock(parts.clock)
    , m_keeper({.engine = parts.engine,
                .store = parts.store,
                .clock = parts.clock,
                .environment = parts.environment,
                .show =
                    [this](const QList<Lease> &leases, const QList<Override> &overrides) {
                        m_leases = leases;
                        m_own = overrides;
                        m_isRead = true;
                        publish();
                    },
                .problem = [this](const Error &error) { Q_EMIT noticed(error.text()); }})
{}

void Overrides::tick() { m_keeper.tick(); }

void Overrides::setSeen(const QString &place, const QList<Override> &overrides)
{
    m_seen.insert(place, overrides);
    publish();
}

void Overrides::publish()
{
    QList<Override> all = m_own;
    const auto isKnown = [&all](const QString &id) {
        return std::any_of(all.cbegin(), all.cend(), [&id](const Override &one) { return one.id == id; });
    };
    const Instant now = m_clock.now();
    for (const QList<Override> &seen : std::as_const(m_seen)) {
        for (Override one : seen) {
            if (isKnown(one.id))
                continue;
            one.isOurs = false;
            one.isHeldHere = false;
            if (one.isOverdue(now) && one.trouble.isEmpty())
                one.trouble = tr("It should have ended %1 ago: the cockpit of %2 did not end it.")
                                  .arg(durationText(now - one.until), one.actor);
            all.append(one);
        }
    }
    m_breakers.setOverrides(all);
}

} // namespace cockpit
