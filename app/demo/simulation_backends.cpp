// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the simulation that starts the backends beside the cluster and its monitoring.
#include "app/demo/simulation.h"

namespace cockpit::demo {

bool Simulation::listenAsUnleash()
{
    bool changeRequests = false;
    for (const SimOptions::Fault &fault : m_options.faults)
        changeRequests = changeRequests || (fault.backend == "flags" && fault.what == "change-requests");
    m_unleash = std::make_unique<UnleashFace>(WorldView{m_clock, m_live, m_storm}, m_live, changeRequests);
    if (!m_unleash->http().listen())
        return false;
    m_backends.unleash = m_unleash->http().url();
    return true;
}

bool Simulation::listenAsPaging()
{
    const WorldView view{m_clock, m_live, m_storm};
    m_desk = std::make_unique<PagingDesk>(view);
    m_pagerDuty = std::make_unique<PagerDutyFace>(view, *m_desk);
    m_slack = std::make_unique<SlackFace>(view);
    if (!m_pagerDuty->http().listen() || !m_slack->http().listen())
        return false;
    m_backends.pagerDuty = m_pagerDuty->http().url();
    m_backends.slack = m_slack->http().url();
    return true;
}

bool Simulation::listenAsOpenCost()
{
    CostSwitches switches;
    for (const SimOptions::Fault &fault : m_options.faults)
        if (fault.backend == "cost")
            applyCostFault(switches, fault.what);
    m_openCost = std::make_unique<OpenCostFace>(WorldView{m_clock, m_live, m_storm}, switches);
    if (!m_openCost->http().listen())
        return false;
    m_backends.openCost = m_openCost->http().url();
    return true;
}

bool Simulation::listenAsServices()
{
    ManagementSwitches switches;
    bool adminLayer = true;
    for (const SimOptions::Fault &fault : m_options.faults) {
        if (fault.backend == "breakers")
            applyManagementFault(switches, fault.what);
        adminLayer = adminLayer && !(fault.backend == "envoy" && fault.what == "no-admin-layer");
    }
    const WorldView view{m_clock, m_live, m_storm};
    for (const char *name : {"gc-service", "mc-service", "mh-service", "ac-service"}) {
        m_services.push_back(std::make_unique<ServiceFace>(view, m_live, name, switches));
        if (!m_services.back()->http().listen())
            return false;
        m_backends.services[name] = m_services.back()->http().url();
    }
    m_envoy = std::make_unique<EnvoyFace>(view, m_live, "ac-service", adminLayer);
    if (!m_envoy->http().listen())
        return false;
    m_backends.envoy = m_envoy->http().url();
    return true;
}

} // namespace cockpit::demo
