// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/alertmanager_backend.h"

#include "app/formats/alertmanager_json.h"
#include "app/formats/alertmanager_routes.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds connectTimeout{2'000};
constexpr std::chrono::milliseconds totalTimeout{8'000};

Error alertmanagerFailure(const QString &backend, const HttpResponse &response)
{
    Error error = httpStatusError(backend, response);
    const QString words = alertmanagerErrorText(response.body);
    if (!words.isEmpty())
        error.what = backend + QCoreApplication::translate("Alertmanager", " answered %1: ").arg(response.status)
                     + words.left(300);
    return error;
}

} // namespace

/// The routing tree of the last configuration: it is read again only when that changed. Used on the I/O thread alone.
struct AlertmanagerBackend::Routes {
    QString configYaml{};
    std::shared_ptr<const RouteNode> tree{};

    const std::shared_ptr<const RouteNode> &of(const QString &yaml)
    {
        if (yaml != configYaml) {
            const auto parsed = parseRoutes(yaml);
            tree = parsed ? std::make_shared<const RouteNode>(*parsed) : nullptr;
            configYaml = yaml;
        }
        return tree;
    }
};

/// What one poll gathers: alerts mean little without the silences that were true at the same time.
struct AlertmanagerBackend::Reading {
    explicit Reading(PollRound pollRound) : round(std::move(pollRound)) {}

    PollRound round;
    AlertsUpdate update{};
    int open = 3;

    void finishOne()
    {
        if (--open > 0 || !update.alerts || !update.silences)
            return;
        update.at = round.clock().now();
        round.sampled(update.at);
        round.publish(std::move(update));
    }
};

AlertmanagerBackend::AlertmanagerBackend(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish)
    : m_client(client)
    , m_clock(clock)
    , m_settings(std::make_shared<const Settings>(std::move(settings)))
    , m_publish(std::move(publish))
    , m_memory(std::make_shared<SourceMemory>())
    , m_routes(std::make_shared<Routes>())
{
}

template<typename Take>
void AlertmanagerBackend::ask(const std::shared_ptr<Reading> &reading, const QString &path, const QString &part,
                              PollRound::Weight weight, HttpLane lane, Take take)
{
    HttpRequest request;
    request.endpoint = m_settings->endpoint;
    request.path = path;
    request.headers = {{"Accept", "application/json"}};
    request.lane = lane;
    request.backend = m_settings->identity.backend;
    request.supersede = m_settings->identity.id.toString() + path;
    request.connectTimeout = connectTimeout;
    request.totalTimeout = totalTimeout;
    request.deliverErrorBodies = true;
    m_client.send(std::move(request), [reading, part, weight, take](Result<HttpResponse> response) {
        std::optional<Error> error;
        if (!response)
            error = response.error();
        else if (response->status >= 400)
            error = alertmanagerFailure(reading->round.identity().backend, *response);
        else
            error = take(*response);
        // The facts first: whoever sees the status "ok" must already have the alerts behind it.
        reading->finishOne();
        if (error)
            reading->round.failed(part, *error, weight);
        else
            reading->round.succeeded();
    });
}

void AlertmanagerBackend::poll(HttpLane lane)
{
    const auto reading = std::make_shared<Reading>(
        PollRound(m_settings->identity, m_memory, m_clock, m_client, m_publish, 3));
    reading->update.source = m_settings->identity.id;
    reading->update.cluster = m_settings->identity.cluster;
    AlertsUpdate &update = reading->update;

    ask(reading, QStringLiteral("/api/v2/status"), QStringLiteral("status"), PollRound::Weight::OneOfMany, lane,
        [&update, reading = reading.get(), routes = m_routes](const HttpResponse &response) -> std::optional<Error> {
            const auto status = parseAlertmanagerStatus(response.body);
            if (!status)
                return status.error();
            update.settling = status->clusterStatus == u"settling";
            update.configYaml = status->configYaml;
            update.routes = routes->of(status->configYaml);
            if (status->startedAt)
                update.uptime = reading->round.clock().now() - *status->startedAt;
            return std::nullopt;
        });
    ask(reading, QStringLiteral("/api/v2/silences"), QStringLiteral("silences"), PollRound::Weight::Essential, lane,
        [&update](const HttpResponse &response) -> std::optional<Error> {
            auto silences = parseSilences(response.body);
            if (!silences)
                return silences.error();
            update.silences = std::make_shared<const std::vector<Silence>>(std::move(*silences));
            return std::nullopt;
        });
    ask(reading, QStringLiteral("/api/v2/alerts"), QStringLiteral("alerts"), PollRound::Weight::Essential, lane,
        [&update, pool = m_settings->labels](const HttpResponse &response) -> std::optional<Error> {
            auto alerts = parseAlerts(response.body, pool.get());
            if (!alerts)
                return alerts.error();
            update.alerts = std::make_shared<const std::vector<ReceivedAlert>>(std::move(*alerts));
            return std::nullopt;
        });
}

} // namespace cockpit
