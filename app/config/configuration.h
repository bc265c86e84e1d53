// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/endpoint_config.h"
#include "models/incident_clock.h"
#include "models/instant.h"
#include "models/service.h"
#include "models/severity.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// `environment:` which fleet this is, and how careful one has to be with it.
struct EnvironmentConfig {
    enum class Kind { Production, Staging, Demo };
    enum class Confirm { Bar, Key, TypeName };
    QString name{QStringLiteral("default")};
    Kind kind = Kind::Production;
    Confirm confirm = Confirm::Bar;
    bool readOnly = false;
    bool operator==(const EnvironmentConfig &) const = default;
};
/// "production", "staging", "demo".
QString toWireName(EnvironmentConfig::Kind kind);

/// `prometheus:` one server, or a list with `cluster:`.
struct PrometheusConfig {
    QString name{}; ///< the word on its pill; "Prometheus" or "Prometheus <cluster>" when not given
    QString cluster{};
    QString preset{QStringLiteral("recorded")}; ///< built-in name or absolute path of a preset file
    Duration interval{15000};
    EndpointConfig endpoint{};
    bool operator==(const PrometheusConfig &) const = default;
};

/// `alertmanagers:` members with the same `cluster` are one Alertmanager.
struct AlertmanagerConfig {
    QString name{};
    QString cluster{QStringLiteral("default")};
    Duration interval{15000};
    EndpointConfig endpoint{};
    bool operator==(const AlertmanagerConfig &) const = default;
};

/// `kubernetes:`
struct KubernetesConfig {
    QStringList kubeconfig{}; ///< absolute paths; empty = $KUBECONFIG, else ~/.kube/config
    QStringList contexts{};
    QStringList namespaces{};
    bool operator==(const KubernetesConfig &) const = default;
};

/// `services:` what is one service, and what it stands on.
struct ServiceConfig {
    ServiceDefinition definition{};
    Labels costLabels{};
    QString sessions{}; ///< PromQL for the live sessions on pods; {pods} is a regular expression of their names
    bool operator==(const ServiceConfig &) const = default;
};

/// `runbooks:` a tree of Markdown files, or pages of one host.
struct RunbookConfig {
    QString path{}; ///< absolute; empty = `endpoint` is a page
    QStringList include{QStringLiteral("**/*.md")};
    QStringList urls{};  ///< further addresses of the same tree on a forge, beside those of git's remotes
    Duration fetch{0};   ///< ask the checkout's remote so often; 0 = never
    bool pull = false;   ///< and go forward to it, where nothing stands uncommitted
    QStringList pages{}; ///< further pages of the endpoint's host: paths or whole addresses
    EndpointConfig endpoint{};
    bool operator==(const RunbookConfig &) const = default;
};

/// `policies:` which rollout policy holds for which service.
struct PolicyConfig {
    QString service{QStringLiteral("*")};
    QString file{}; ///< absolute
    bool operator==(const PolicyConfig &) const = default;
};

/// How the breakers of an in-house service are listed: one request, and where in its JSON the facts stand (RFC 6901
/// pointers; all but `items` relative to an item).
struct BreakerListConfig {
    QString path{QStringLiteral("/breakers")};
    QString items{};       ///< empty = the whole answer
    QString name{};        ///< empty = the key, where the items are an object
    QString state{QStringLiteral("/state")};
    QString to{};
    QString failure{};     ///< a part of 1 or a percentage
    QString slow{};
    QString rejected{};    ///< a counter
    QString calls{};
    QHash<QString, QString> states{}; ///< the service's words for "open", "closed", "forced-open", …
    bool operator==(const BreakerListConfig &) const = default;
};

/// One request that changes a breaker. {name}, {mode}, {seconds}, {reason} and {actor} are filled in.
struct BreakerCallConfig {
    QString method{};
    QString path{};
    QString body{}; ///< JSON; empty = none
    QHash<QString, QString> modes{}; ///< the service's words for "force-open", "force-closed", "disable"
    bool operator==(const BreakerCallConfig &) const = default;
};

/// `breakers:` where circuit breakers are read and overridden. With `workload` each of its pods is asked through the
/// API server; with `urls` each of them; else `url`.
struct BreakerConfig {
    enum class Kind { Resilience4j, Envoy, Istio, Http };
    Kind kind = Kind::Http;
    QString name{};
    ServiceId service{}; ///< the caller whose breakers these are
    Duration interval{15000};
    EndpointConfig endpoint{};
    QString context{};   ///< of the workload or of Istio's objects; empty = the first of `kubernetes.contexts`
    QString nameSpace{}; ///< empty = the first of `kubernetes.namespaces`
    QString workload{};  ///< "rollout/gc-service"
    int port = 0;        ///< of each pod; 0 = 8080, of Envoy 15000
    QString path{};      ///< before the protocol's own; empty = "/actuator" of resilience4j, else none
    QStringList urls{};
    QHash<QString, QString> dependencies{}; ///< a breaker's name → the service behind it
    QHash<QString, QString> fallbacks{};    ///< a breaker's name → what serves instead, in words
    BreakerListConfig list{};               ///< Http
    std::optional<BreakerCallConfig> set{}; ///< Http; without it nothing can be overridden
    std::optional<BreakerCallConfig> reset{};
    bool operator==(const BreakerConfig &) const = default;
};

/// `flags:`
struct FlagConfig {
    enum class Kind { Unleash, LaunchDarkly, Flagd, Ofrep };
    Kind kind = Kind::Unleash;
    QString name{};
    QString project{};
    QString environment{};        ///< the one that this cockpit looks after; empty = the environment's own name
    QStringList environments{};   ///< shown beside it; empty = all
    QHash<QString, QString> services{}; ///< by name of the flag
    QString file{};               ///< flagd only, absolute: instead of the endpoint
    Duration interval{30000};
    EndpointConfig endpoint{};
    bool operator==(const FlagConfig &) const = default;
};

/// `paging.pagerduty:`
struct PagerDutyConfig {
    SecretRef routingKey{};     ///< of an Events v2 integration; without it nobody can be paged from here
    SecretRef token{};          ///< of the REST API; without it nothing can be proven
    QString from{};             ///< e-mail of a PagerDuty user: who acts
    bool europe = false;        ///< its European region
    QString url{};              ///< of the REST API instead of the public one
    QString eventsUrl{};        ///< of the Events API; empty = `url` where that is given
    QStringList services{};     ///< ids; empty = all pages
    QStringList policies{};     ///< ids of escalation policies: whose people on call; empty = all
    Duration interval{30000};
    bool operator==(const PagerDutyConfig &) const = default;
};

/// `paging.opsgenie:` or what speaks as it does.
struct OpsgenieConfig {
    SecretRef key{};
    bool europe = false;
    QString url{}; ///< empty = the public service
    QString user{}; ///< who acts
    QStringList schedules{}; ///< names: whose people on call; the first is the primary's
    Duration interval{30000};
    bool operator==(const OpsgenieConfig &) const = default;
};

/// `paging.webhook:` requests by template; {dedupKey}, {summary}, {level}, {service}, {incident}, {runbook} and {action}
/// in a body are filled in, each as the inside of a JSON string.
struct PagingWebhookConfig {
    EndpointConfig endpoint{};
    QString trigger{}; ///< bodies; empty = that cannot be done here
    QString acknowledge{};
    QString resolve{};
    bool operator==(const PagingWebhookConfig &) const = default;
};

/// `chat.slack:` a bot's token with a channel, or a webhook.
struct SlackConfig {
    SecretRef webhook{};
    SecretRef token{};
    QString channel{};
    QString url{}; ///< of the Web API; empty = the public one
    Duration interval{60000};
    bool operator==(const SlackConfig &) const = default;
};

/// `cost:`
struct CostConfig {
    enum class Kind { OpenCost, Csv };
    Kind kind = Kind::OpenCost;
    QString file{}; ///< Csv: absolute
    QString currency{QStringLiteral("USD")};
    EndpointConfig endpoint{};
    bool operator==(const CostConfig &) const = default;
};

/// `capacity:` what one pod of a service costs for an hour, by its name, "*" for all others.
struct CapacityConfig {
    QHash<QString, double> podHour{};
    QString currency{QStringLiteral("USD")};
    bool operator==(const CapacityConfig &) const = default;
};

/// `slos:` files (patterns allowed) of objectives.
struct SloConfig {
    QString file{}; ///< absolute, may hold * and **
    bool operator==(const SloConfig &) const = default;
};

/// `store.postgresql:`
struct PostgresConfig {
    QString host{QStringLiteral("localhost")};
    int port = 5432;
    QString database{QStringLiteral("dt_cockpit")};
    QString user{};
    SecretRef password{};
    QString sslMode{QStringLiteral("verify-full")};
    bool operator==(const PostgresConfig &) const = default;
};

/// `store:` SQLite unless PostgreSQL is given. An empty path is the platform's data folder.
struct StoreConfig {
    QString sqlite{};
    std::optional<PostgresConfig> postgresql{};
    bool operator==(const StoreConfig &) const = default;
};

/// `health:` probes of one service, asked by the cockpit itself.
struct HealthConfig {
    ServiceId service{};
    std::optional<EndpointConfig> live{};
    std::optional<EndpointConfig> ready{};
    std::optional<EndpointConfig> healthy{};
    Duration interval{15000};
    bool operator==(const HealthConfig &) const = default;
};

/// `notifications:`
struct NotificationConfig {
    bool enabled = true;
    bool sound = true;
    Priority least = Priority::P2; ///< quieter priorities do not notify; an unknown severity always does
    bool operator==(const NotificationConfig &) const = default;
};

/// `quietHours:` minutes after local midnight; a quiet time may cross midnight.
struct QuietHoursConfig {
    int fromMinute = 0;
    int toMinute = 0;
    QStringList days{};               ///< "mon" … "sun"; empty = each day
    Priority still = Priority::P1;    ///< this and worse notify nevertheless
    bool operator==(const QuietHoursConfig &) const = default;
};

/// `limits:` what is still healthy; by service name, "*" for all others. Wins over the preset's.
struct LimitConfig {
    QHash<QString, double> errorRatio{}; ///< 0…1
    QHash<QString, double> p99Seconds{}; ///< s
    bool operator==(const LimitConfig &) const = default;
};

/// `demo:` the world's clock: now = start + speed · (real now − origin).
struct DemoConfig {
    Instant start{};
    double speed = 1.0;
    Instant origin{};
    bool operator==(const DemoConfig &) const = default;
};

enum class ThemeChoice { Auto, Night, Day, HighContrast };

/// Everything that a configuration file can say (architecture.md, "Contracts"). Paths are absolute.
struct Configuration {
    EnvironmentConfig environment{};
    QList<PrometheusConfig> prometheus{};
    QList<AlertmanagerConfig> alertmanagers{};
    std::optional<KubernetesConfig> kubernetes{};
    QList<ServiceConfig> services{};
    QList<RunbookConfig> runbooks{};
    QStringList editor{}; ///< program and arguments; "{file}" and "{line}" in them are filled in; empty = the desktop's
    QList<PolicyConfig> policies{};
    SeverityMap severities{};
    LimitConfig limits{};
    QString watchdog{}; ///< name of the always-firing alert; empty = "Watchdog" where there is one
    QList<BreakerConfig> breakers{};
    QList<FlagConfig> flags{};
    std::optional<PagerDutyConfig> pagerDuty{}; ///< at most one of these three
    std::optional<OpsgenieConfig> opsgenie{};
    std::optional<PagingWebhookConfig> pagingWebhook{};
    std::optional<SlackConfig> slack{};
    ResponseTargets responseTargets{};
    std::optional<CostConfig> cost{};
    CapacityConfig capacity{};
    QList<SloConfig> slos{};
    StoreConfig store{};
    QList<HealthConfig> health{};
    EnvironmentConfig::Confirm confirm = EnvironmentConfig::Confirm::Bar; ///< where the environment does not say
    NotificationConfig notifications{};
    std::optional<QuietHoursConfig> quietHours{};
    ThemeChoice theme = ThemeChoice::Auto;
    std::optional<DemoConfig> demo{};
    bool operator==(const Configuration &) const = default;

    /// The definitions alone, for a ServiceMap.
    QList<ServiceDefinition> serviceDefinitions() const;
};

} // namespace cockpit
