// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/prometheus_backend.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds seriesTimeout{30'000};
constexpr Duration finestStep{15'000};
constexpr std::int64_t mostSeriesBytes = 16LL * 1024 * 1024;

QString seriesSeconds(Instant instant) { return QString::number(double(toEpochMs(instant)) / 1000.0, 'f', 3); }

Result<RangeAnswer> readSeries(const QString &backend, const Result<HttpResponse> &response, Duration step, int columns,
                               int mostSeries)
{
    if (!response)
        return response.error();
    if (response->status >= 400) {
        Error error = httpStatusError(backend, *response);
        if (const auto failure = parsePrometheusFailure(response->body))
            error.what =
                backend + QCoreApplication::translate("Prometheus", " refused the query: ") + failure->error.left(300);
        return error;
    }
    auto answer = parseRangeQuery(response->body, step);
    if (!answer)
        return answer;
    if (answer->series.size() > size_t(mostSeries)) {
        answer->warnings.append(QCoreApplication::translate("Prometheus", "%1 lines, the first %2 are shown.")
                                    .arg(QString::number(answer->series.size()), QString::number(mostSeries)));
        answer->series.resize(size_t(mostSeries));
    }
    for (Series &series : answer->series)
        series.points = decimate(series.points, std::max(1, columns / 2));
    return answer;
}

} // namespace

void PrometheusBackend::querySeries(const QString &query, Duration range, int columns, int mostSeries, OnSeries done)
{
    const ChartWindow window = chartWindow(range, std::max(1, columns / 2), finestStep, m_clock.now());
    const Form form{{QStringLiteral("query"), query},
                    {QStringLiteral("start"), seriesSeconds(window.start)},
                    {QStringLiteral("end"), seriesSeconds(window.end)},
                    {QStringLiteral("step"), QString::number(window.step.count() / 1000)},
                    {QStringLiteral("timeout"), QStringLiteral("28s")}};
    HttpRequest ask = queryRequest(QStringLiteral("/api/v1/query_range"), form, HttpLane::Interactive);
    ask.totalTimeout = seriesTimeout;
    ask.maxTries = 2;
    ask.maxBytes = mostSeriesBytes;
    sendQuery(std::move(ask), form,
              [backend = m_settings->identity.backend, step = window.step, columns, mostSeries,
               done = std::move(done)](const Result<HttpResponse> &response) {
                  done(readSeries(backend, response, step, columns, mostSeries));
              });
}

} // namespace cockpit
