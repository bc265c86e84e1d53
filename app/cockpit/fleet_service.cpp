// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/fleet_service.h"

#include <QFuture>
#include <QtConcurrent/QtConcurrentRun>

#include <variant>

namespace cockpit {

using namespace std::chrono_literals;

struct FleetService::Folded {
    std::shared_ptr<const Fleet> fleet;
    std::shared_ptr<const AlertRows> rows;
    bool hasPast = false; ///< made with what Prometheus remembers
};

FleetService::FleetService(const Clock &clock, FleetRules rules, QObject *parent)
    : QObject(parent), m_clock(clock), m_rules(std::make_shared<const FleetRules>(std::move(rules)))
{
    m_pool.setMaxThreadCount(1);
    m_gather.setSingleShot(true);
    m_gather.setInterval(40ms);
    connect(&m_gather, &QTimer::timeout, this, &FleetService::start);
}

FleetService::~FleetService() { m_pool.waitForDone(); }

void FleetService::seed(std::shared_ptr<const Fleet> earlier) { m_fleet = std::move(earlier); }

void FleetService::apply(const std::vector<SourceUpdate> &updates)
{
    bool any = false;
    for (const SourceUpdate &update : updates) {
        if (std::holds_alternative<SeriesUpdate>(update) || std::holds_alternative<RolloutsUpdate>(update))
            continue;
        m_inputs.apply(update);
        any = true;
    }
    if (any)
        refold();
}

void FleetService::refold()
{
    m_dirty = true;
    if (!m_gather.isActive())
        m_gather.start();
}

void FleetService::setQuery(AlertQuery query)
{
    m_query = std::move(query);
    m_queryDirty = true;
    start(); // a person waits for this one
}

void FleetService::start()
{
    if (m_running || (!m_dirty && !m_queryDirty))
        return;
    m_running = true;
    // A key in the filter waits for its rows alone; what was told meanwhile is folded right after.
    const bool rowsAlone = m_queryDirty && m_everFolded;
    if (!rowsAlone)
        m_dirty = false;
    m_queryDirty = false;
    QtConcurrent::run(&m_pool,
                      [inputs = rowsAlone ? FleetInputs{} : m_inputs, rules = m_rules, previous = m_fleet,
                       query = m_query, now = m_clock.now(), rowsAlone] {
                          Folded result;
                          result.hasPast = !inputs.pastAlerts.isEmpty();
                          result.fleet = rowsAlone ? previous : fold(inputs, *rules, previous.get(), now);
                          result.rows = buildAlertRows(result.fleet, query);
                          return result;
                      })
        .then(this, [this](const Folded &result) { take(result); });
}

void FleetService::take(const Folded &result)
{
    m_running = false;
    m_everFolded = true;
    m_pastKnown = m_pastKnown || result.hasPast;
    m_fleet = result.fleet;
    Q_EMIT folded(result.fleet, result.rows);
    if (m_queryDirty)
        start();
    else if (m_dirty)
        refold();
}

} // namespace cockpit
