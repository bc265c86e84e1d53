// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/fleet_service.h"

#include <QFuture>
#include <QtConcurrent/QtConcurrentRun>

#include <variant>

namespace cockpit {

namespace {

struct Folded {
    std::shared_ptr<const Fleet> fleet;
    std::shared_ptr<const AlertRows> rows;
};

} // namespace

FleetService::FleetService(const Clock &clock, FleetRules rules, QObject *parent)
    : QObject(parent), m_clock(clock), m_rules(std::make_shared<const FleetRules>(std::move(rules)))
{
    m_pool.setMaxThreadCount(1);
}

FleetService::~FleetService() { m_pool.waitForDone(); }

void FleetService::seed(std::shared_ptr<const Fleet> earlier) { m_fleet = std::move(earlier); }

void FleetService::apply(const std::vector<SourceUpdate> &updates)
{
    bool any = false;
    for (const SourceUpdate &update : updates) {
        if (std::holds_alternative<SeriesUpdate>(update))
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
    start();
}

void FleetService::setQuery(AlertQuery query)
{
    m_query = std::move(query);
    refold();
}

void FleetService::start()
{
    if (m_running || !m_dirty)
        return;
    m_running = true;
    m_dirty = false;
    QtConcurrent::run(&m_pool,
                      [inputs = m_inputs, rules = m_rules, previous = m_fleet, query = m_query, now = m_clock.now()] {
                          Folded result;
                          result.fleet = fold(inputs, *rules, previous.get(), now);
                          result.rows = buildAlertRows(result.fleet, query);
                          return result;
                      })
        .then(this, [this](const Folded &result) {
            m_running = false;
            m_fleet = result.fleet;
            Q_EMIT folded(result.fleet, result.rows);
            start();
        });
}

} // namespace cockpit
