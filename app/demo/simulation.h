// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/alertmanager_face.h"
#include "app/demo/backend_configuration.h"
#include "app/demo/envoy_face.h"
#include "app/demo/fault_proxy.h"
#include "app/demo/kubernetes/kubernetes_face.h"
#include "app/demo/metrics_face.h"
#include "app/demo/opencost_face.h"
#include "app/demo/pagerduty_face.h"
#include "app/demo/service_face.h"
#include "app/demo/sim_options.h"
#include "app/demo/slack_face.h"
#include "app/demo/unleash_face.h"

#include <memory>

namespace cockpit::demo {

/// The world with all its faces.
class Simulation {
public:
    /// Errors: Invalid (start, faults), Network (no port).
    static Result<std::unique_ptr<Simulation>> start(const SimOptions &options);
    ~Simulation();

    std::string prometheusUrl() const { return m_urls.prometheus; }
    std::vector<std::string> alertmanagerUrls() const { return m_urls.alertmanagers; }
    std::string metricsUrl() const { return m_urls.metrics; }
    /// One API server for each context of the scenario, in its order.
    std::vector<std::string> kubernetesUrls() const { return m_urls.kubernetes; }
    /// The HTTP port of each service and the admin port of an Envoy.
    const BackendUrls &backendUrls() const { return m_backends; }
    LiveWorld &liveWorld() { return m_live; }
    const std::vector<std::unique_ptr<Cluster>> &clusters() const { return m_clusters; }
    const LiveWorld &world() const { return m_live; }
    const Clock &clock() const { return m_clock; }
    /// The configuration with which a cockpit looks at this world, as YAML.
    std::string configuration() const;
    /// What stands beside it, to be written with mode 0600: file name and text of the kubeconfig and of the policies.
    std::vector<std::pair<std::string, std::string>> companions() const;
    /// The line that says that everything answers.
    std::string readyLine() const;

private:
    struct Urls {
        std::string prometheus{};
        std::vector<std::string> alertmanagers{};
        std::string metrics{};
        std::vector<std::string> kubernetes{};
    };
    Simulation(const SimOptions &options, Scenario scenario, Instant start, Instant origin);
    void addScenarioSilences();
    Result<Done> listen();
    bool listenAsClusters();
    bool listenAsServices();
    bool listenAsUnleash();
    bool listenAsPaging();
    bool listenAsOpenCost();
    /// The addresses that a fault of that backend stands in front of; empty when there is no such backend.
    std::vector<std::string *> faultyUrls(const std::string &backend);
    bool isApplied(const SimOptions::Fault &fault) const;
    std::string companionName(const char *suffix) const;
    std::string kubeconfig() const;
    Result<Done> addFaults();

    SimOptions m_options;
    Instant m_origin;
    ScaledClock m_clock;
    LiveWorld m_live;
    Storm m_storm;
    SilenceStore m_silences;
    MetricsFace m_metrics;
    AlertmanagerFace m_alertmanagerA;
    AlertmanagerFace m_alertmanagerB;
    std::unique_ptr<PrometheusFace> m_prometheus{};
    std::vector<std::unique_ptr<Cluster>> m_clusters{};
    std::vector<std::unique_ptr<KubernetesFace>> m_kubernetes{};
    std::vector<std::unique_ptr<ServiceFace>> m_services{};
    std::unique_ptr<EnvoyFace> m_envoy{};
    std::unique_ptr<UnleashFace> m_unleash{};
    std::unique_ptr<PagingDesk> m_desk{};
    std::unique_ptr<PagerDutyFace> m_pagerDuty{};
    std::unique_ptr<SlackFace> m_slack{};
    std::unique_ptr<OpenCostFace> m_openCost{};
    std::vector<std::unique_ptr<FaultProxy>> m_proxies{};
    Urls m_urls{};
    BackendUrls m_backends{};
};

/// The moment that --start means for a scenario. Errors: Invalid.
Result<Instant> simulationStart(const SimOptions &options, const Scenario &scenario);

} // namespace cockpit::demo
