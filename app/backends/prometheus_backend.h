// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"
#include "app/backends/series_identity.h"
#include "app/config/metric_preset.h"
#include "app/formats/prometheus_json.h"

#include <atomic>
#include <memory>

namespace cockpit {

/// One Prometheus, or a server that speaks its API (Thanos, Mimir, VictoriaMetrics; backends.md §1).
/// One instant query per figure for the whole fleet; never one per service. Owner's thread; answers are read on the
/// I/O thread and published from there.
class PrometheusBackend {
public:
    struct Settings {
        SourceIdentity identity{};
        EndpointPtr endpoint{};
        MetricPreset preset{};
        ServiceMap services{};
        std::shared_ptr<LabelPool> labels{}; ///< may be null; shared by all sources, touched on the I/O thread alone
    };

    PrometheusBackend(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish);

    /// Asks for every figure and the rules; ends with one StatusUpdate.
    void poll(HttpLane lane);
    /// Asks for the points of a chart that ends now, at most about two a pixel and never more than the server allows.
    /// Ends with one SeriesUpdate, also on an error.
    void queryChart(const ChartKey &key, int widthPx, HttpLane lane);
    /// One instant query as of `at`. The answer comes on the I/O thread. Errors: those of HttpClient, Parse.
    using OnValues = std::function<void(Result<QueryAnswer>)>;
    void queryAt(const QString &query, Instant at, HttpLane lane, OnValues done);
    /// The points of any query over the last `range`, at most `columns` of them a series (a gap may add one) and at most
    /// `mostSeries`. The answer comes on the I/O thread. Errors: those of HttpClient, Parse.
    using OnSeries = std::function<void(Result<RangeAnswer>)>;
    void querySeries(const QString &query, Duration range, int columns, int mostSeries, OnSeries done);
    /// The value of the preset's service label that stands for `service`.
    QString labelValue(const ServiceId &service) const { return m_identity->labelValue(service); }
    const MetricPreset &preset() const { return m_settings->preset; }
    /// Whether the preset knows how to ask for this chart.
    bool knowsChart(const ChartKey &key) const;

    const SourceIdentity &identity() const { return m_settings->identity; }

private:
    /// Some read-only proxies let GET through alone; learnt from the first refusal.
    struct Wire {
        std::atomic_bool useGet = false;
        std::atomic_bool pastIsKnown = false; ///< since the last gap in the polls
    };
    using Form = QList<std::pair<QString, QString>>;
    void askFigure(const std::shared_ptr<PollRound> &round, Figure figure, const QString &query, HttpLane lane);
    void askRules(const std::shared_ptr<PollRound> &round, HttpLane lane);
    /// What fired and ended before: once, and again after a gap. Says nothing about the source's state.
    void askPastAlerts(HttpLane lane);
    HttpRequest request(const QString &path, HttpLane lane) const;
    HttpRequest queryRequest(const QString &path, const Form &form, HttpLane lane) const;
    /// Sends a query by POST, or by GET once POST was refused with 403 or 405.
    void sendQuery(HttpRequest post, const Form &form, HttpClient::OnResponse done);

    HttpClient &m_client;
    const Clock &m_clock;
    std::shared_ptr<const Settings> m_settings;
    std::shared_ptr<const SeriesIdentity> m_identity;
    std::shared_ptr<Wire> m_wire;
    UpdateSink m_publish;
    std::shared_ptr<SourceMemory> m_memory;
    std::optional<Clock::Monotonic> m_lastPoll{};
};

/// The alerts among the series ALERTS{alertstate="firing"} that have ended before `now`, each with its last stretch.
std::vector<PastAlertsUpdate::Ended> endedAlerts(const std::vector<Series> &series, Instant now, Duration step);

/// Step and aligned bounds of a chart of `range` that ends at `now`: at most two points a pixel, at least `floor`,
/// bounds on multiples of the step so that repeated polls share the server's cache (backends.md §1.2).
struct ChartWindow {
    Instant start{};
    Instant end{};
    Duration step{};
};
ChartWindow chartWindow(Duration range, int widthPx, Duration floor, Instant now);

} // namespace cockpit
