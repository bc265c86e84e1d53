// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/simulation.h"

#include "app/demo/rollout_scenarios.h"
#include "app/demo/wire_time.h"

#include <nlohmann/json.hpp>

namespace cockpit::demo {

namespace {

/// What a policy's own controller would read from Prometheus.
std::optional<VersionMeasure> measureOf(const World &world, const std::string &service, const std::string &version,
                                        Offset at)
{
    constexpr double window = 300.0;
    VersionMeasure measure;
    bool found = false;
    for (const ServiceFlows &flows : world.services())
        for (const VersionFlows &one : flows.versions) {
            if (flows.plan.name != service || one.requests(at, window) <= 0.0)
                continue;
            std::vector<double> cumulative;
            one.addBuckets(cumulative, at, window);
            const double p99 = bucketQuantile(0.99, latencyBounds(), cumulative);
            if (one.plan.version == version && one.plan.track == "canary") {
                found = true;
                measure.errorRatio = one.failures(at, window) / one.requests(at, window);
                measure.p99 = p99;
            } else if (one.plan.track == "stable") {
                measure.stableP99 = p99;
            }
        }
    return found && measure.stableP99 > 0.0 ? std::optional(measure) : std::nullopt;
}

} // namespace

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
    for (const SimOptions::Fault &fault : options.faults)
        if (fault.backend == "kubernetes")
            applyClusterFault(scenario->cluster.switches, fault.what);
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
      m_live(std::move(scenario), options.seed, start),
      m_storm(m_live.planned().scenario().switches.stormAlerts, options.seed),
      m_metrics({m_clock, m_live, m_storm},
                options.darkTowerNames ? MetricsFace::Names::DarkTower : MetricsFace::Names::Demo),
      m_alertmanagerA({m_clock, m_live, m_storm}, m_silences, "a"),
      m_alertmanagerB({m_clock, m_live, m_storm}, m_silences, "b")
{
    addScenarioSilences();
}

Simulation::~Simulation()
{
    m_proxies.clear();
    for (const auto &face : m_kubernetes)
        face->stop();
    for (const auto &face : m_services)
        face->http().stop();
    if (m_envoy)
        m_envoy->http().stop();
    if (m_unleash)
        m_unleash->http().stop();
    if (m_pagerDuty)
        m_pagerDuty->http().stop();
    if (m_slack)
        m_slack->http().stop();
    if (m_openCost)
        m_openCost->stop();
    if (m_prometheus)
        m_prometheus->http().stop();
    for (HttpFace *face : {&m_metrics.http(), &m_alertmanagerA.http(), &m_alertmanagerB.http()})
        face->stop();
}

void Simulation::addScenarioSilences()
{
    for (const SilencePlan &plan : m_live.planned().scenario().silences) {
        StoredSilence silence;
        silence.id = plan.id;
        silence.matchers = {*makeMatcher("alertname", plan.alertName, false, true)};
        silence.startsAt = silence.updatedAt = m_live.planned().toInstant(plan.startsAt);
        silence.endsAt = m_live.planned().toInstant(plan.endsAt);
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
    if (!listenAsClusters() || !listenAsServices() || !listenAsUnleash() || !listenAsPaging() ||
        !listenAsOpenCost())
        return noPort;
    if (!m_alertmanagerA.http().listen() || !m_alertmanagerB.http().listen())
        return noPort;
    m_urls.alertmanagers = {m_alertmanagerA.http().url(), m_alertmanagerB.http().url()};
    const SourceSwitches &switches = m_live.planned().scenario().switches;
    m_prometheus = std::make_unique<PrometheusFace>(
        WorldView{m_clock, m_live, m_storm},
        switches.cutFromAlertmanager ? std::vector<std::string>() : m_urls.alertmanagers);
    if (!m_prometheus->http().listen())
        return noPort;
    m_urls.prometheus = m_prometheus->http().url();
    if (switches.secondAlertmanagerDead)
        m_alertmanagerB.http().stop();
    return Done{};
}

bool Simulation::listenAsClusters()
{
    const Scenario &scenario = m_live.planned().scenario();
    for (const std::string &context : scenario.cluster.contexts) {
        const bool first = m_clusters.empty();
        Cluster::Settings settings{scenario.cluster, context, first ? m_options.seed : hashOf(m_options.seed, context),
                                   [this](const std::string &service, const std::string &version, Offset at) {
                                       return measureOf(m_live.epoch()->world, service, version, at);
                                   },
                                   {},
                                   [this](const std::string &service, Offset at) {
                                       const std::shared_ptr<const Epoch> epoch = m_live.epoch();
                                       const ServiceFlows *flows = epoch->world.service(service);
                                       return flows != nullptr ? flows->processors(at) : 0.0;
                                   }};
        // The metrics are those of the first cluster.
        if (first)
            settings.tell = [this](const WorldEvents &events) { m_live.change(events); };
        m_clusters.push_back(std::make_unique<Cluster>(std::move(settings), m_clock, m_live.planned().start()));
        m_kubernetes.push_back(std::make_unique<KubernetesFace>(*m_clusters.back()));
        if (!m_kubernetes.back()->http().listen())
            return false;
        m_urls.kubernetes.push_back(m_kubernetes.back()->http().url());
        m_clusters.back()->run();
    }
    return true;
}

std::vector<std::string *> Simulation::faultyUrls(const std::string &backend)
{
    std::vector<std::string *> urls;
    if (backend == "prometheus" && !m_urls.prometheus.empty())
        urls.push_back(&m_urls.prometheus);
    for (std::size_t i = 0; i < m_urls.alertmanagers.size(); ++i)
        if (backend == "alertmanager" || backend == (i == 0 ? "alertmanager-a" : "alertmanager-b"))
            urls.push_back(&m_urls.alertmanagers[i]);
    if (backend == "kubernetes")
        for (std::string &url : m_urls.kubernetes)
            urls.push_back(&url);
    // Breakers and health are told by the same ports.
    if (backend == "breakers" || backend == "health")
        for (auto &[name, url] : m_backends.services)
            urls.push_back(&url);
    if (backend == "envoy" && !m_backends.envoy.empty())
        urls.push_back(&m_backends.envoy);
    if (backend == "flags" && !m_backends.unleash.empty())
        urls.push_back(&m_backends.unleash);
    if (backend == "paging" && !m_backends.pagerDuty.empty())
        urls.push_back(&m_backends.pagerDuty);
    if (backend == "chat" && !m_backends.slack.empty())
        urls.push_back(&m_backends.slack);
    if (backend == "cost" && !m_backends.openCost.empty())
        urls.push_back(&m_backends.openCost);
    return urls;
}

bool Simulation::isApplied(const SimOptions::Fault &fault) const
{
    ClusterSwitches cluster;
    ManagementSwitches management;
    CostSwitches cost;
    return (fault.backend == "kubernetes" && applyClusterFault(cluster, fault.what)) ||
           (fault.backend == "breakers" && applyManagementFault(management, fault.what)) ||
           (fault.backend == "cost" && applyCostFault(cost, fault.what)) ||
           (fault.backend == "envoy" && fault.what == "no-admin-layer") ||
           (fault.backend == "flags" && fault.what == "change-requests");
}

Result<Done> Simulation::addFaults()
{
    for (const SimOptions::Fault &entry : m_options.faults) {
        if (isApplied(entry))
            continue;
        const std::vector<std::string *> urls = faultyUrls(entry.backend);
        std::optional<Fault> fault = parseFault(entry.what);
        if (urls.empty() || !fault)
            return Error{.kind = Error::Kind::Invalid,
                         .what = QStringLiteral("--fault %1=%2 is not a fault of a backend that runs.")
                                     .arg(QString::fromStdString(entry.backend), QString::fromStdString(entry.what)),
                         .next = QStringLiteral("Backends: prometheus, alertmanager, alertmanager-a, alertmanager-b, "
                                                "kubernetes, breakers, envoy, flags, health, paging, chat, cost.")};
        for (std::string *url : urls) {
            const int port = std::stoi(url->substr(url->rfind(':') + 1));
            m_proxies.push_back(std::make_unique<FaultProxy>(static_cast<std::uint16_t>(port)));
            m_proxies.back()->setFault(*fault);
            *url = "http://127.0.0.1:" + std::to_string(m_proxies.back()->port());
        }
    }
    for (const auto &face : m_kubernetes)
        face->setServices(m_backends.services);
    return Done{};
}

std::string Simulation::readyLine() const
{
    const nlohmann::ordered_json line{{"ready", true},
                                      {"config", m_options.configFile},
                                      {"prometheus", m_urls.prometheus},
                                      {"alertmanagers", m_urls.alertmanagers},
                                      {"metrics", m_urls.metrics},
                                      {"kubernetes", m_urls.kubernetes},
                                      {"services", m_backends.services},
                                      {"envoy", m_backends.envoy},
                                      {"unleash", m_backends.unleash},
                                      {"pagerduty", m_backends.pagerDuty},
                                      {"slack", m_backends.slack},
                                      {"opencost", m_backends.openCost},
                                      {"start", wireTime(m_live.planned().start())},
                                      {"speed", m_options.speed}};
    return line.dump();
}

} // namespace cockpit::demo
