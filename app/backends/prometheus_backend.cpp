// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/prometheus_backend.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds instantTimeout{10'000};
constexpr std::chrono::milliseconds rangeTimeout{30'000};
/// The usual scrape interval: finer steps only repeat samples (backends.md §1.2).
constexpr Duration minimumStep{15'000};
/// What the list "resolved" reaches back to, and how exactly.
constexpr Duration pastRange{6h};
constexpr Duration pastStep{1min};
constexpr std::int64_t mostPastBytes = 8LL * 1024 * 1024;
constexpr std::chrono::minutes gapInPolls{2};

QByteArray formEncoded(const QList<std::pair<QString, QString>> &form)
{
    QByteArray body;
    for (const auto &[name, value] : form) {
        if (!body.isEmpty())
            body += '&';
        body += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    }
    return body;
}

/// Unix seconds with milliseconds, as the API takes them.
QString unixSeconds(Instant instant) { return QString::number(double(toEpochMs(instant)) / 1000.0, 'f', 3); }

/// An answer of 400 and above carries the reason as Prometheus' own envelope, or as plain text of a proxy.
Error prometheusRefusal(const QString &backend, const HttpResponse &response)
{
    Error error = httpStatusError(backend, response);
    if (const auto failure = parsePrometheusFailure(response.body)) {
        error.what = backend + QCoreApplication::translate("Prometheus", " refused the query (") + failure->errorType
                     + QStringLiteral("): ") + failure->error.left(300);
    }
    return error;
}

void takeAnswer(SeriesUpdate &update, const Result<HttpResponse> &response, const SeriesIdentity &identity, int widthPx)
{
    ChartData &data = update.data;
    if (!response) {
        data.error = response.error();
    } else if (response->status >= 400) {
        data.error = prometheusRefusal(data.source, *response);
    } else if (auto answer = parseRangeQuery(response->body, data.step); !answer) {
        data.error = answer.error();
    } else {
        for (Series &series : answer->series) {
            series.labels = identity.named(series.labels, update.key.figure);
            series.points = decimate(series.points, std::clamp(widthPx, 60, 1000));
        }
        data.series = std::make_shared<const std::vector<Series>>(std::move(answer->series));
        data.warnings = answer->warnings;
    }
}

} // namespace

std::vector<PastAlertsUpdate::Ended> endedAlerts(const std::vector<Series> &series, Instant now, Duration step)
{
    std::vector<PastAlertsUpdate::Ended> ended;
    for (const Series &one : series) {
        const auto last = std::find_if(one.points.rbegin(), one.points.rend(),
                                       [](const Point &point) { return !std::isnan(point.value); });
        if (last == one.points.rend() || now - last->at < 2 * step)
            continue; // it never fired, or fires still
        const auto before = std::find_if(last, one.points.rend(), [](const Point &point) { return std::isnan(point.value); });
        std::vector<Labels::Pair> labels;
        for (const auto &[name, value] : one.labels) {
            if (name != u"__name__" && name != u"alertstate")
                labels.emplace_back(name, value);
        }
        ended.push_back({Labels(std::move(labels)), std::prev(before)->at, last->at + step});
    }
    return ended;
}

ChartWindow chartWindow(Duration range, int widthPx, Duration floor, Instant now)
{
    const qint64 columns = std::clamp(widthPx, 60, 1000);
    const qint64 raw = std::max<qint64>(floor.count(), (range.count() + columns - 1) / columns);
    const qint64 step = std::max<qint64>(1000, (raw + 999) / 1000 * 1000);
    const qint64 end = toEpochMs(now) / step * step;
    const qint64 start = (end - range.count()) / step * step;
    return {.start = fromEpochMs(start), .end = fromEpochMs(end), .step = Duration(step)};
}

PrometheusBackend::PrometheusBackend(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish)
    : m_client(client)
    , m_clock(clock)
    , m_settings(std::make_shared<const Settings>(std::move(settings)))
    , m_identity(std::make_shared<const SeriesIdentity>(m_settings->services, m_settings->preset))
    , m_wire(std::make_shared<Wire>())
    , m_publish(std::move(publish))
    , m_memory(std::make_shared<SourceMemory>())
{
}

HttpRequest PrometheusBackend::request(const QString &path, HttpLane lane) const
{
    HttpRequest request;
    request.endpoint = m_settings->endpoint;
    request.path = path;
    request.headers = {{"Accept", "application/json"}};
    request.lane = lane;
    request.backend = m_settings->identity.backend;
    request.totalTimeout = instantTimeout;
    request.deliverErrorBodies = true;
    return request;
}

HttpRequest PrometheusBackend::queryRequest(const QString &path, const Form &form, HttpLane lane) const
{
    HttpRequest query = request(path, lane);
    // POST keeps long queries out of URLs and access logs; a query changes nothing, so it may be repeated.
    query.method = "POST";
    query.body = formEncoded(form);
    query.headers.append(HttpHeader{"Content-Type", "application/x-www-form-urlencoded"});
    query.idempotent = true;
    return query;
}

void PrometheusBackend::sendQuery(HttpRequest post, const Form &form, HttpClient::OnResponse done)
{
    HttpRequest get = post;
    get.method = "GET";
    get.body.clear();
    get.headers.removeLast();
    get.query = form;
    if (m_wire->useGet) {
        m_client.send(std::move(get), std::move(done));
        return;
    }
    m_client.send(std::move(post), [&client = m_client, wire = m_wire, get, done](Result<HttpResponse> response) {
        if (response && (response->status == 403 || response->status == 405)) {
            wire->useGet = true;
            client.send(get, done);
            return;
        }
        done(std::move(response));
    });
}

void PrometheusBackend::poll(HttpLane lane)
{
    const auto &figures = m_settings->preset.figures;
    const auto round = std::make_shared<PollRound>(m_settings->identity, m_memory, m_clock, m_client, m_publish,
                                                   int(figures.size()) + 1);
    for (auto figure = figures.cbegin(); figure != figures.cend(); ++figure)
        askFigure(round, figure.key(), figure.value().query, lane);
    askRules(round, lane);
    const Clock::Monotonic asked = m_clock.monotonic();
    if (m_lastPoll && asked - *m_lastPoll > gapInPolls)
        m_wire->pastIsKnown = false;
    m_lastPoll = asked;
    if (!m_wire->pastIsKnown)
        askPastAlerts(lane);
}

void PrometheusBackend::askPastAlerts(HttpLane lane)
{
    m_wire->pastIsKnown = true;
    const Instant now = m_clock.now();
    const Form form{{QStringLiteral("query"), QStringLiteral("ALERTS{alertstate=\"firing\"}")},
                    {QStringLiteral("start"), unixSeconds(now - pastRange)},
                    {QStringLiteral("end"), unixSeconds(now)},
                    {QStringLiteral("step"), QString::number(pastStep.count() / 1000)},
                    {QStringLiteral("timeout"), QStringLiteral("28s")}};
    HttpRequest ask = queryRequest(QStringLiteral("/api/v1/query_range"), form, lane);
    ask.totalTimeout = rangeTimeout;
    ask.maxTries = 2;
    ask.maxBytes = mostPastBytes; // a storm has no use for six hours of ten thousand alerts
    ask.supersede = m_settings->identity.id.toString() + QStringLiteral("/past");
    sendQuery(std::move(ask), form,
              [publish = m_publish, settings = m_settings, wire = m_wire, now](const Result<HttpResponse> &response) {
                  const bool answered = response && response->status < 400;
                  auto answer = answered ? parseRangeQuery(response->body, pastStep) : Result<RangeAnswer>(Error{});
                  if (!answer) {
                      wire->pastIsKnown = response && response->status < 500; // a refusal will not change
                      return;
                  }
                  publish(PastAlertsUpdate{.source = settings->identity.id,
                                           .cluster = settings->identity.cluster,
                                           .at = now,
                                           .ended = std::make_shared<const std::vector<PastAlertsUpdate::Ended>>(
                                               endedAlerts(answer->series, now, pastStep))});
              });
}

void PrometheusBackend::askFigure(const std::shared_ptr<PollRound> &round, Figure figure, const QString &query,
                                  HttpLane lane)
{
    const QString part = toWireName(figure);
    const Form form{{QStringLiteral("query"), query}, {QStringLiteral("timeout"), QStringLiteral("8s")}};
    HttpRequest ask = queryRequest(QStringLiteral("/api/v1/query"), form, lane);
    ask.supersede = m_settings->identity.id.toString() + u'/' + part;
    sendQuery(std::move(ask), form, [round, figure, part, identity = m_identity](Result<HttpResponse> response) {
        if (!response)
            return round->failed(part, response.error());
        if (response->status >= 400)
            return round->failed(part, prometheusRefusal(round->identity().backend, *response));
        auto answer = parseInstantQuery(response->body);
        if (!answer)
            return round->failed(part, answer.error());
        FigureUpdate update{.source = round->identity().id,
                            .cluster = round->identity().cluster,
                            .figure = figure,
                            .at = round->clock().now(),
                            .warnings = answer->warnings};
        for (FigureUpdate::Value &value : answer->values) {
            value.labels = identity->named(value.labels, figure);
            if (figure == Figure::SampleTime && value.value)
                round->sampled(fromEpochSeconds(*value.value));
        }
        update.values = std::make_shared<const std::vector<FigureUpdate::Value>>(std::move(answer->values));
        const QStringList warnings = update.warnings;
        round->publish(std::move(update));
        round->succeeded(warnings);
    });
}

void PrometheusBackend::askRules(const std::shared_ptr<PollRound> &round, HttpLane lane)
{
    const QString part = QStringLiteral("rules");
    HttpRequest ask = request(QStringLiteral("/api/v1/rules"), lane);
    ask.supersede = m_settings->identity.id.toString() + u'/' + part;
    m_client.send(std::move(ask), [round, part, pool = m_settings->labels](Result<HttpResponse> response) {
        if (!response)
            return round->failed(part, response.error());
        if (response->status >= 400)
            return round->failed(part, prometheusRefusal(round->identity().backend, *response));
        auto answer = parseRules(response->body, pool.get());
        if (!answer)
            return round->failed(part, answer.error());
        round->publish(RulesUpdate{.source = round->identity().id,
                                   .cluster = round->identity().cluster,
                                   .at = round->clock().now(),
                                   .rules = std::make_shared<const std::vector<AlertRule>>(std::move(answer->rules)),
                                   .brokenRecordingRules = answer->brokenRecordingRules,
                                   .brokenRecordingRule = answer->brokenRecordingRule});
        round->succeeded();
    });
}

void PrometheusBackend::queryAt(const QString &query, Instant at, HttpLane lane, OnValues done)
{
    const Form form{{QStringLiteral("query"), query},
                    {QStringLiteral("time"), unixSeconds(at)},
                    {QStringLiteral("timeout"), QStringLiteral("8s")}};
    sendQuery(queryRequest(QStringLiteral("/api/v1/query"), form, lane), form,
              [backend = m_settings->identity.backend, done = std::move(done)](const Result<HttpResponse> &response) {
                  if (!response)
                      return done(response.error());
                  if (response->status >= 400)
                      return done(prometheusRefusal(backend, *response));
                  done(parseInstantQuery(response->body));
              });
}

bool PrometheusBackend::knowsChart(const ChartKey &key) const
{
    return key.service.isEmpty() ? m_settings->preset.figures.contains(key.figure)
                                 : m_settings->preset.ranges.contains(key.figure);
}

void PrometheusBackend::queryChart(const ChartKey &key, int widthPx, HttpLane lane)
{
    const auto &preset = m_settings->preset;
    const QString query = key.service.isEmpty() ? preset.figures.value(key.figure).query
                                                : preset.rangeQuery(key.figure, m_identity->labelValue(key.service));
    const ChartWindow window = chartWindow(key.range, widthPx, minimumStep, m_clock.now());
    const Form form{{QStringLiteral("query"), query},
                    {QStringLiteral("start"), unixSeconds(window.start)},
                    {QStringLiteral("end"), unixSeconds(window.end)},
                    {QStringLiteral("step"), QString::number(window.step.count() / 1000)},
                    {QStringLiteral("timeout"), QStringLiteral("28s")}};
    HttpRequest ask = queryRequest(QStringLiteral("/api/v1/query_range"), form, lane);
    ask.totalTimeout = rangeTimeout;
    ask.maxTries = 2;
    ask.supersede = m_settings->identity.id.toString() + u'/' + toWireName(key.figure) + u'/' + key.service.toString()
                    + u'/' + QString::number(key.range.count());
    SeriesUpdate update{.source = m_settings->identity.id,
                        .key = key,
                        .data = {.start = window.start,
                                 .end = window.end,
                                 .step = window.step,
                                 .query = query,
                                 .source = m_settings->identity.backend}};
    sendQuery(std::move(ask), form,
              [publish = m_publish, identity = m_identity, update, widthPx](const Result<HttpResponse> &response) {
                  SeriesUpdate answered = update;
                  takeAnswer(answered, response, *identity, widthPx);
                  publish(std::move(answered));
              });
}

} // namespace cockpit
