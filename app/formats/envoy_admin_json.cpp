// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/envoy_admin_json.h"

#include "app/formats/json_node.h"

#include <QHash>

#include <array>

namespace cockpit {

namespace {

constexpr auto envoyUnlimited = "4294967295";
constexpr std::array envoyLimits{"max_connections", "max_pending_requests", "max_requests", "max_retries"};
constexpr std::array envoyPriorities{"default", "high"};

QString envoyText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString maintenanceKey(const QString &cluster) { return QStringLiteral("upstream.maintenance_mode.") + cluster; }

QString limitKey(const QString &cluster, const char *priority, const char *limit)
{
    return QStringLiteral("circuit_breakers.") + cluster + u'.' + QLatin1String(priority) + u'.' + QLatin1String(limit);
}

/// The hosts' success rates, which Envoy computes once a host has had enough calls.
std::optional<double> failureRatioOf(const JsonNode &cluster)
{
    double sum = 0;
    int hosts = 0;
    cluster["host_statuses"].elements([&](const JsonNode &host) {
        const auto rate = host["success_rate"]["value"].real();
        if (!rate || *rate < 0)
            return;
        sum += *rate;
        ++hosts;
    });
    return hosts > 0 ? std::optional(1 - sum / hosts / 100) : std::nullopt;
}

/// Every host is ejected or failed: no call can get through.
bool allHostsOut(const JsonNode &cluster)
{
    int hosts = 0;
    int out = 0;
    cluster["host_statuses"].elements([&](const JsonNode &host) {
        ++hosts;
        const JsonNode health = host["health_status"];
        out += health["failed_outlier_check"].flag() || health["failed_active_health_check"].flag() ? 1 : 0;
    });
    return hosts > 0 && hosts == out;
}

struct EnvoyStat {
    QString cluster{};
    std::string_view name{};
};

/// "cluster.NAME.circuit_breakers.default.rq_open": the name of a cluster may hold dots.
std::optional<EnvoyStat> envoyStatOf(std::string_view name)
{
    constexpr std::string_view prefix = "cluster.";
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    const size_t gauge = name.find(".circuit_breakers.");
    const size_t end = gauge != std::string_view::npos ? gauge : name.rfind('.');
    if (end == std::string_view::npos || end == 0)
        return std::nullopt;
    return EnvoyStat{envoyText(name.substr(0, end)), name.substr(end + 1)};
}

void takeEnvoyStat(BreakerReading &reading, std::string_view name, double value)
{
    const bool gauge = name.starts_with("circuit_breakers.");
    if (gauge && name.ends_with("_open") && value > 0 && reading.figures.state == BreakerState::Closed)
        reading.figures.state = BreakerState::Open;
    constexpr std::array refusing{"upstream_rq_pending_overflow", "upstream_cx_overflow", "upstream_rq_retry_overflow",
                                  "upstream_rq_maintenance_mode"};
    for (const char *one : refusing) {
        if (name == one)
            reading.figures.rejectedTotal = reading.figures.rejectedTotal.value_or(0) + value;
    }
    if (name == "upstream_rq_total")
        reading.figures.bufferedCalls = static_cast<qint64>(value);
}

} // namespace

Result<BreakerReadings> parseEnvoyClusters(const std::string &text)
{
    BreakerReadings readings;
    bool isList = false;
    JsonBody body(text);
    auto read = readDocument(body, [&](const JsonNode &root) {
        readings.clear();
        isList = static_cast<bool>(root["cluster_statuses"]) || root.isObject();
        root["cluster_statuses"].elements([&readings](const JsonNode &cluster) {
            BreakerReading reading;
            reading.name = envoyText(cluster["name"].text());
            reading.figures.state = allHostsOut(cluster) ? BreakerState::Open : BreakerState::Closed;
            reading.figures.failureRatio = failureRatioOf(cluster);
            readings.push_back(std::move(reading));
        });
    });
    if (!read)
        return read.error();
    if (!isList)
        return Error{Error::Kind::Parse,
                     FormatWords::tr("The answer is no list of Envoy's clusters."),
                     {},
                     FormatWords::tr("Check that the address is Envoy's admin interface.")};
    return readings;
}

Result<Done> readEnvoyStats(const std::string &text, BreakerReadings &into)
{
    QHash<QString, size_t> places;
    for (size_t i = 0; i < into.size(); ++i)
        places.insert(into[i].name, i);
    JsonBody body(text);
    return readDocument(body, [&](const JsonNode &root) {
        root["stats"].elements([&](const JsonNode &one) {
            const auto stat = envoyStatOf(one["name"].text());
            const auto value = one["value"].real();
            const auto place = stat && value ? places.constFind(stat->cluster) : places.constEnd();
            if (place != places.constEnd())
                takeEnvoyStat(into[*place], stat->name, *value);
        });
    });
}

Result<EnvoyRuntime> readEnvoyRuntime(const std::string &text, BreakerReadings &into)
{
    EnvoyRuntime runtime;
    JsonBody body(text);
    auto read = readDocument(body, [&](const JsonNode &root) {
        runtime = {};
        root["layers"].elements([&runtime](const JsonNode &layer) {
            runtime.hasAdminLayer = runtime.hasAdminLayer || layer.text() == "admin";
        });
        const JsonNode entries = root["entries"];
        for (BreakerReading &reading : into) {
            const auto valueOf = [&entries](const QString &key) {
                return entries[key.toStdString()]["final_value"].text();
            };
            const std::string_view refused = valueOf(maintenanceKey(reading.name));
            if (!refused.empty() && refused != "0")
                reading.figures.state = BreakerState::ForcedOpen;
            else if (valueOf(limitKey(reading.name, "default", "max_requests")) == envoyUnlimited)
                reading.figures.state = BreakerState::ForcedClosed;
        }
    });
    if (!read)
        return read.error();
    return runtime;
}

QList<std::pair<QString, QString>> envoyRuntimeKeys(const QString &cluster, BreakerMode mode)
{
    const bool open = mode == BreakerMode::ForceOpen;
    const bool closed = mode == BreakerMode::ForceClosed || mode == BreakerMode::Disable;
    QList<std::pair<QString, QString>> keys;
    keys.append({maintenanceKey(cluster), open ? QStringLiteral("100") : QString()});
    for (const char *priority : envoyPriorities) {
        for (const char *limit : envoyLimits)
            keys.append({limitKey(cluster, priority, limit), closed ? QLatin1String(envoyUnlimited) : QString()});
    }
    return keys;
}

} // namespace cockpit
