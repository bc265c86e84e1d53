// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages_world.h"

#include "tests/ui/rollouts_world.h"

#include <cmath>
#include <limits>

namespace cockpit {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

SourceStatus source(const QString &name, SourceStatus::Kind kind)
{
    SourceStatus status;
    status.id = SourceId(name.toLower());
    status.name = name;
    status.kind = kind;
    status.cluster = QStringLiteral("eu");
    status.state = SourceStatus::State::Ok;
    status.lastSuccess = worldNow() - seconds(3);
    return status;
}

ServiceHealth service(const QString &name, const QString &version, double requests, double errors, double p99,
                      double ready, ServiceHealth::Level level)
{
    ServiceHealth health;
    health.id = ServiceId(name);
    health.versions = {version};
    health.level = level;
    health.sampledAt = worldNow() - seconds(4);
    const auto set = [&](Figure figure, double value) {
        health.figures[static_cast<size_t>(figure)] = Sample{value, *health.sampledAt};
    };
    set(Figure::RequestsPerSecond, requests);
    set(Figure::ErrorRatio, errors);
    set(Figure::P99Seconds, p99);
    set(Figure::InstancesUp, ready);
    set(Figure::InstancesTotal, ready);
    health.errorRatioLimit = 0.01;
    health.p99Limit = 0.218;
    health.live = {Evidence::Verdict::Good,
                   QStringLiteral("live"),
                   QStringLiteral("all instances answer their scrape"),
                   QStringLiteral("Prometheus"),
                   {},
                   health.sampledAt};
    return health;
}

std::vector<ServiceHealth> sixServices(bool incident)
{
    using Level = ServiceHealth::Level;
    std::vector<ServiceHealth> services{
        service(QStringLiteral("gc-service"), QStringLiteral("1.42.3"), 848, incident ? 0.017 : 0.0003,
                incident ? 0.327 : 0.183, 8, incident ? Level::Unhealthy : Level::Healthy),
        service(QStringLiteral("mc-service"), QStringLiteral("2.9.1"), 412, incident ? 0.009 : 0.0002, 0.096, 8,
                incident ? Level::Degraded : Level::Healthy),
        service(QStringLiteral("mh-service"), QStringLiteral("2.8.0"), 126, 0.001, 0.021, 6, Level::Healthy),
        service(QStringLiteral("ac-service"), QStringLiteral("3.12.0"), 305, 0.0002, 0.038, 4, Level::Healthy),
        service(QStringLiteral("postgresql"), QStringLiteral("16.4"), 2140, 0.0, 0.009, 3, Level::Healthy),
        service(QStringLiteral("redis"), QStringLiteral("7.2.5"), 11300, 0.0, 0.0018, 3, Level::Healthy)};
    if (incident) {
        services[0].versions.append(QStringLiteral("1.43.0"));
        const Sample any{1.0, worldNow()};
        services[0].errorRatioByVersion = {{QStringLiteral("1.43.0"), QStringLiteral("canary"), any},
                                           {QStringLiteral("1.42.3"), QStringLiteral("stable"), any}};
        services[0].requestsByVersion = services[0].errorRatioByVersion;
        services[0].p99ByVersion = services[0].errorRatioByVersion;
    }
    return services;
}

Alert other(const QString &name, const QString &serviceName, AlertState state)
{
    Alert alert = firingAlert(name, QStringLiteral("warning"), Priority::P3, 7);
    alert.service = ServiceId(serviceName);
    alert.state = state;
    return alert;
}

Series series(const QString &name, const QString &track, Instant start, Instant end, seconds step, auto valueAt)
{
    Series line;
    line.service = ServiceId(name);
    line.labels = Labels({{QStringLiteral("service"), name}, {QStringLiteral("track"), track}});
    int index = 0;
    for (Instant at = start; at <= end; at += step)
        line.points.push_back({at, valueAt(at, index++)});
    return line;
}

double ripple(int index, int salt)
{
    return std::sin(index * 0.9 + salt) * 0.5 + std::sin(index * 0.37 + salt * 2.0) * 0.5;
}

/// 0 before the canary took 15 %, 1 when it had its share.
double rise(Instant at)
{
    const double since = std::chrono::duration<double>(at - (worldNow() - seconds(17 * 60 + 30))).count();
    return 1.0 / (1.0 + std::exp(-(since - 260.0) / 60.0));
}

} // namespace

Instant worldNow() { return *parseRfc3339("2026-11-23T03:12:40Z"); }

Alert firingAlert(const QString &name, const QString &severity, Priority priority, int minutesAgo)
{
    Alert alert;
    alert.key = {QStringLiteral("eu"), name};
    alert.name = name;
    alert.severity = severity;
    alert.priority = priority;
    alert.service = ServiceId(QStringLiteral("gc-service"));
    alert.startsAt = worldNow() - minutes(minutesAgo);
    alert.updatedAt = worldNow() - seconds(5);
    alert.labels = Labels({{QStringLiteral("alertname"), name},
                           {QStringLiteral("service"), QStringLiteral("gc-service")},
                           {QStringLiteral("severity"), severity},
                           {QStringLiteral("region"), QStringLiteral("eu-west-1")},
                           {QStringLiteral("namespace"), QStringLiteral("dark-tower")}});
    alert.annotations = Labels(
        {{QStringLiteral("summary"), QStringLiteral("6.8 % of requests through the canary fail. The limit is 1 %.")},
         {QStringLiteral("impact"),
          QStringLiteral("Meeting joins get 503: 1.7 % of all traffic, 15 requests a second.")},
         {QStringLiteral("runbook_url"), QStringLiteral("https://runbooks.example/gc-high-error-rate")}});
    alert.receivers = {QStringLiteral("gc-oncall")};
    return alert;
}

Fleet incidentFleet()
{
    Fleet fleet;
    fleet.at = worldNow();
    fleet.environment = QStringLiteral("prod-eu");
    fleet.environmentKind = QStringLiteral("production");
    fleet.alertsKnown = fleet.servicesKnown = true;
    fleet.sources = {source(QStringLiteral("Prometheus"), SourceStatus::Kind::Prometheus),
                     source(QStringLiteral("Alertmanager"), SourceStatus::Kind::Alertmanager)};
    fleet.alerts = {
        firingAlert(QStringLiteral("GCHighErrorRate"), QStringLiteral("page"), Priority::P1, 10),
        firingAlert(QStringLiteral("GCHighLatency"), QStringLiteral("page"), Priority::P2, 8),
        firingAlert(QStringLiteral("GCErrorBudgetBurnRateCritical"), QStringLiteral("critical"), Priority::P1, 3),
        other(QStringLiteral("MCGCHeartbeatWarning"), QStringLiteral("mc-service"), AlertState::Firing),
        other(QStringLiteral("GCMCAssignmentSlow"), QStringLiteral("gc-service"), AlertState::Pending),
        other(QStringLiteral("MHPodRestartingFrequently"), QStringLiteral("mh-service"), AlertState::Silenced),
        other(QStringLiteral("ACKeyRotationDue"), QStringLiteral("ac-service"), AlertState::Silenced),
        other(QStringLiteral("MHHighJitter"), QStringLiteral("mh-service"), AlertState::Resolved)};
    fleet.alerts[4].firesAt = worldNow() + seconds(80);
    for (const size_t index : {size_t(5), size_t(6)}) {
        fleet.alerts[index].suppressedBy = QStringLiteral("mh-owner");
        fleet.alerts[index].suppressedUntil = worldNow() + hours(3);
        fleet.alerts[index].silenceIds = {QStringLiteral("s1")};
    }
    fleet.alerts[7].startsAt = worldNow() - minutes(47);
    fleet.alerts[7].resolvedAt = worldNow() - minutes(41);
    fleet.counts = {4, 0, 2, 0, 1, 1, 3};
    fleet.services = sixServices(true);
    fleet.services[0].firing = 3;
    fleet.services[0].alerts = {fleet.alerts[0].key, fleet.alerts[1].key, fleet.alerts[2].key};
    fleet.services[1].firing = 1;
    fleet.services[1].alerts = {fleet.alerts[3].key};
    AlertRule rule;
    rule.name = QStringLiteral("GCHighErrorRate");
    rule.query = QStringLiteral(
        "sum(rate(gc_http_requests_total{status_code=~\"5..\"}[5m])) / sum(rate(gc_http_requests_total[5m])) > 0.01");
    rule.holdFor = minutes(2);
    fleet.rules = std::make_shared<const std::vector<AlertRule>>(1, rule);
    fleet.calm = {Evidence::Verdict::Bad, QStringLiteral("calm"), QStringLiteral("4 alerts fire")};
    return fleet;
}

Fleet degradedFleet()
{
    Fleet fleet = incidentFleet();
    SourceStatus &dead = fleet.sources[1];
    dead.state = SourceStatus::State::Down;
    dead.lastSuccess = worldNow() - seconds(47);
    dead.downSince = dead.lastSuccess;
    dead.nextTry = worldNow() + seconds(8);
    dead.message = QStringLiteral("Alertmanager did not answer in 5 s (tried 3 times).");
    return fleet;
}

Fleet calmFleet()
{
    Fleet fleet = incidentFleet();
    fleet.alerts.erase(fleet.alerts.begin(), fleet.alerts.begin() + 5);
    fleet.counts = {0, 0, 2, 0, 0, 1, 0};
    fleet.services = sixServices(false);
    fleet.calm = {Evidence::Verdict::Good, QStringLiteral("calm"), QStringLiteral("nothing fires")};
    fleet.calmChecks = {
        {Evidence::Verdict::Good, QStringLiteral("calm.sources"), QStringLiteral("All sources answer.")}};
    return fleet;
}

Fleet doubtfulFleet()
{
    Fleet fleet = calmFleet();
    fleet.calm.verdict = Evidence::Verdict::Unknown;
    fleet.calmChecks.append({Evidence::Verdict::Unknown, QStringLiteral("calm.watchdog"),
                             QStringLiteral("The watchdog alert is missing.")});
    return fleet;
}

Fleet largeFleet(int count)
{
    Fleet fleet = incidentFleet();
    fleet.alerts.clear();
    for (int index = 0; index < count; ++index) {
        Alert alert =
            firingAlert(QStringLiteral("Alert%1").arg(index), QStringLiteral("warning"), Priority::P3, index % 50);
        alert.service = ServiceId(QStringLiteral("service-%1").arg(index * 20 / count));
        fleet.alerts.push_back(alert);
    }
    fleet.counts = {count, 0, 0, 0, 0, 0, 0};
    return fleet;
}

PagesWorld::PagesWorld()
{
    time.setNow(worldNow());
    QObject::connect(&requests, &Requests::confirmRequested, &requests,
                     [this](const ActionId &id, const QStringList &) { confirmed.append(id); });
    QObject::connect(&requests, &Requests::cancelRequested, &requests,
                     [this](const ActionId &id) { cancelled.append(id); });
    QObject::connect(&requests, &Requests::planRequested, &requests,
                     [this](const ActionRequest &request) { planned.append(request); });
    QObject::connect(&requests, &Requests::filterRequested, &requests,
                     [this](const QString &text, AlertScope scope, const QStringList &collapsed) {
                         const auto filter = parseAlertFilter(text);
                         if (!filter) {
                             Q_EMIT requests.filterRefused(filter.error().text());
                             return;
                         }
                         m_query = {scope, filter.value(), {collapsed.begin(), collapsed.end()}};
                         alerts.setRows(buildAlertRows(fleet.shared(), m_query));
                     });
}

void PagesWorld::show(Fleet state)
{
    auto shared = std::make_shared<const Fleet>(std::move(state));
    fleet.setFleet(shared);
    alerts.setRows(buildAlertRows(shared, m_query));
}

void PagesWorld::answerPlans()
{
    QObject::connect(&requests, &Requests::planRequested, &requests, [this](const ActionRequest &asked) {
        ActionRequest request = asked;
        request.id = ActionId(QStringLiteral("action-%1").arg(++m_nextId));
        ActionRecord record;
        record.request = request;
        record.state = ActionState::Planned;
        record.plan.title = QStringLiteral("Silence GCHighErrorRate until 04:12");
        record.plan.runLabel = QStringLiteral("Silence for 1 h");
        record.plan.willChange = {QStringLiteral("nobody is paged for 1 alert")};
        record.plan.checks = {{Evidence::Verdict::Good, QStringLiteral("catches"),
                               QStringLiteral("catches 1 firing alert of gc-service")}};
        if (objectOf(request.intent))
            record.plan = rollbackPlan(seriousPlans);
        record.updatedAt = time.now();
        actions.setRecord(record);
        Q_EMIT requests.planStarted(request);
    });
}

void PagesWorld::fillCharts(bool incident, bool gap)
{
    const double hole = std::numeric_limits<double>::quiet_NaN();
    for (const Figure figure : {Figure::RequestsPerSecond, Figure::ErrorRatio, Figure::P99Seconds}) {
        auto all = std::make_shared<std::vector<Series>>();
        int salt = 0;
        for (const ServiceHealth &each : fleet.fleet().services) {
            const double base = each.figure(figure)->value;
            const bool hurt = incident && salt == 0 && figure != Figure::RequestsPerSecond;
            all->push_back(series(
                each.id.toString(), {}, worldNow() - hours(1), worldNow(), seconds(60), [&](Instant at, int index) {
                    return hurt ? base * (0.1 + 0.9 * rise(at)) : base * (1.0 + 0.04 * ripple(index, salt));
                }));
            ++salt;
        }
        charts.setData({ServiceId(), figure, hours(1)},
                       {worldNow() - hours(1), worldNow(), minutes(1), all, {}, {}, {}, {}, false});
    }
    const Instant start = worldNow() - minutes(35);
    for (const auto &[figure, low, high] : {std::tuple(Figure::ErrorRatioByVersion, 0.0003, 0.069),
                                            std::tuple(Figure::P99SecondsByVersion, 0.182, 0.41)}) {
        auto both = std::make_shared<std::vector<Series>>();
        for (const bool canary : {true, false}) {
            both->push_back(series(QStringLiteral("gc-service"),
                                   canary ? QStringLiteral("canary") : QStringLiteral("stable"),
                                   canary ? start + minutes(10) : start, worldNow(), seconds(15),
                                   [&, low = low, high = high](Instant at, int index) {
                                       if (gap && at > worldNow() - seconds(220) && at < worldNow() - seconds(160))
                                           return hole;
                                       return canary ? low + (high - low) * rise(at) * (1.0 + 0.05 * ripple(index, 3))
                                                     : low * (1.0 + 0.02 * ripple(index, 1));
                                   }));
        }
        for (const Duration range : {Duration(minutes(35)), Duration(hours(1))})
            charts.setData({ServiceId(QStringLiteral("gc-service")), figure, range},
                           {start, worldNow(), seconds(15), both, {}, {}, {}, {}, false});
    }
}

} // namespace cockpit
