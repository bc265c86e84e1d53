// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include "app/demo/wire_time.h"

#include <nlohmann/json.hpp>

namespace cockpit::demo {

Result<Instant> simulationStart(const SimOptions &options, const Scenario &scenario)
{
    if (options.start == "now")
        return LiveClock().now();
    const std::string &text = options.start.empty() ? scenario.defaultStart : options.start;
    if (const std::optional<Instant> instant = parseRfc3339(text))
        return *instant;
    return Error{.kind = Error::Kind::Invalid,
                 .what = QStringLiteral("--start must be RFC 3339 or now, not %1.").arg(QString::fromStdString(text))};
}

Result<std::unique_ptr<Simulation>> Simulation::start(const SimOptions &options)
{
    std::optional<Scenario> scenario = scenarioByName(options.scenario);
    if (!scenario)
        return Error{.kind = Error::Kind::Invalid, .what = QStringLiteral("There is no such scenario.")};
    const Result<Instant> begin = simulationStart(options, *scenario);
    if (!begin)
        return begin.error();
    std::unique_ptr<Simulation> simulation(
        new Simulation(options, std::move(*scenario), *begin, LiveClock().now()));
    if (const Result<Done> listening = simulation->listen(); !listening)
        return listening.error();
    if (const Result<Done> broken = simulation->addFaults(); !broken)
        return broken.error();
    return simulation;
}

Simulation::Simulation(const SimOptions &options, Scenario scenario, Instant start, Instant origin)
    : m_options(options), m_origin(origin), m_clock(start, options.speed),
      m_world(std::move(scenario), options.seed, start), m_series(m_world), m_rules(m_world, m_series),
      m_storm(m_world.scenario().switches.stormAlerts, options.seed),
      m_metrics({m_clock, m_world, m_series, m_rules, m_storm},
                options.darkTowerNames ? MetricsFace::Names::DarkTower : MetricsFace::Names::Demo),
      m_alertmanagerA({m_clock, m_world, m_series, m_rules, m_storm}, m_silences, "a"),
      m_alertmanagerB({m_clock, m_world, m_series, m_rules, m_storm}, m_silences, "b")
{
    addScenarioSilences();
}

Simulation::~Simulation()
{
    m_proxies.clear();
    if (m_prometheus)
        m_prometheus->http().stop();
    for (HttpFace *face : {&m_metrics.http(), &m_alertmanagerA.http(), &m_alertmanagerB.http()})
        face->stop();
}

void Simulation::addScenarioSilences()
{
    for (const SilencePlan &plan : m_world.scenario().silences) {
        StoredSilence silence;
        silence.id = plan.id;
        silence.matchers = {*makeMatcher("alertname", plan.alertName, false, true)};
        silence.startsAt = silence.updatedAt = m_world.toInstant(plan.startsAt);
        silence.endsAt = m_world.toInstant(plan.endsAt);
        silence.createdBy = plan.createdBy;
        silence.comment = plan.comment;
        m_silences.add(std::move(silence));
    }
}

Result<Done> Simulation::listen()
{
    const Error noPort{.kind = Error::Kind::Network, .what = QStringLiteral("No free port on 127.0.0.1.")};
    if (!m_metrics.http().listen())
        return noPort;
    m_urls.metrics = m_metrics.http().url() + "/metrics";
    if (m_options.metricsOnly)
        return Done{};
    if (!m_alertmanagerA.http().listen() || !m_alertmanagerB.http().listen())
        return noPort;
    m_urls.alertmanagers = {m_alertmanagerA.http().url(), m_alertmanagerB.http().url()};
    const SourceSwitches &switches = m_world.scenario().switches;
    m_prometheus = std::make_unique<PrometheusFace>(
        WorldView{m_clock, m_world, m_series, m_rules, m_storm},
        switches.cutFromAlertmanager ? std::vector<std::string>() : m_urls.alertmanagers);
    if (!m_prometheus->http().listen())
        return noPort;
    m_urls.prometheus = m_prometheus->http().url();
    if (switches.secondAlertmanagerDead)
        m_alertmanagerB.http().stop();
    return Done{};
}

Result<Done> Simulation::addFaults()
{
    for (const SimOptions::Fault &entry : m_options.faults) {
        std::vector<std::string *> urls;
        if (entry.backend == "prometheus")
            urls = {&m_urls.prometheus};
        if (entry.backend == "alertmanager" || entry.backend == "alertmanager-a")
            urls.push_back(m_urls.alertmanagers.empty() ? nullptr : &m_urls.alertmanagers[0]);
        if (entry.backend == "alertmanager" || entry.backend == "alertmanager-b")
            urls.push_back(m_urls.alertmanagers.empty() ? nullptr : &m_urls.alertmanagers[1]);
        std::optional<Fault> fault = parseFault(entry.what);
        if (urls.empty() || !urls.front() || !fault)
            return Error{.kind = Error::Kind::Invalid,
                         .what = QStringLiteral("--fault %1=%2 is not a fault of a backend that runs.")
                                     .arg(QString::fromStdString(entry.backend), QString::fromStdString(entry.what)),
                         .next = QStringLiteral("Backends: prometheus, alertmanager, alertmanager-a, alertmanager-b.")};
        for (std::string *url : urls) {
            const int port = std::stoi(url->substr(url->rfind(':') + 1));
            m_proxies.push_back(std::make_unique<FaultProxy>(static_cast<std::uint16_t>(port)));
            m_proxies.back()->setFault(*fault);
            *url = "http://127.0.0.1:" + std::to_string(m_proxies.back()->port());
        }
    }
    return Done{};
}

std::string Simulation::readyLine() const
{
    const nlohmann::ordered_json line{{"ready", true},
                                      {"config", m_options.configFile},
                                      {"prometheus", m_urls.prometheus},
                                      {"alertmanagers", m_urls.alertmanagers},
                                      {"metrics", m_urls.metrics},
                                      {"start", wireTime(m_world.start())},
                                      {"speed", m_options.speed}};
    return line.dump();
}

} // namespace cockpit::demo
