// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_charts.h"

#include "models/items/chart_store.h"
#include "models/items/requests.h"
#include "models/plain_line.h"
#include "ui/charts/chart_scale.h"
#include "ui/services/figure_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit {

namespace {

QString chartsText(const char *text) { return QCoreApplication::translate("ServiceCharts", text); }

bool isErrors(Figure figure) { return figure == Figure::ErrorRatio || figure == Figure::ErrorRatioByVersion; }
bool isSaturation(Figure figure) { return figure == Figure::Saturation || figure == Figure::SaturationByVersion; }
bool isP99(Figure figure) { return figure == Figure::P99Seconds || figure == Figure::P99SecondsByVersion; }

void nameChart(ChartView &view, Figure figure)
{
    if (isErrors(figure)) {
        view.title = chartsText(QT_TRANSLATE_NOOP("ServiceCharts", "Error rate"));
        view.unit = QStringLiteral("%");
        view.factor = 100.0;
    } else if (isP99(figure)) {
        view.title = QStringLiteral("p99");
        view.unit = QStringLiteral("ms");
        view.factor = 1000.0;
    } else if (figure == Figure::P50SecondsByVersion || figure == Figure::P95SecondsByVersion) {
        view.title = figure == Figure::P50SecondsByVersion ? QStringLiteral("p50") : QStringLiteral("p95");
        view.unit = QStringLiteral("ms");
        view.factor = 1000.0;
    } else if (isSaturation(figure)) {
        view.title = chartsText(QT_TRANSLATE_NOOP("ServiceCharts", "Saturation"));
        view.unit = QStringLiteral("%");
        view.factor = 100.0;
    } else {
        view.title = chartsText(QT_TRANSLATE_NOOP("ServiceCharts", "Requests"));
        view.unit = QStringLiteral("/s");
    }
}

void limitChart(ChartView &view, const ServiceHealth &service, Figure figure)
{
    const std::optional<double> limit = isErrors(figure) ? service.errorRatioLimit
                                        : isP99(figure)  ? service.p99Limit
                                                         : std::nullopt;
    if (!limit)
        return;
    QString text = figureText(figure, limit).joined();
    text.replace(QStringLiteral(".0 "), QStringLiteral(" "));
    view.thresholds.append({*limit, QCoreApplication::translate("ServiceCharts", "limit %1").arg(text)});
}

ChartLine lineOf(const ChartData &data, const Series &series, Figure figure, int index)
{
    constexpr std::array<Role, 5> others{Role::Accent, Role::Series1, Role::Series3, Role::Series2, Role::Series4};
    const QString track = series.labels.value(u"track");
    const QString version = series.labels.value(u"version");
    ChartLine line;
    line.name = plainLine(track.isEmpty() ? version : track, 24);
    line.color = track == QStringLiteral("canary")   ? Role::Canary
                 : track == QStringLiteral("stable") ? Role::Stable
                                                     : others[static_cast<size_t>(index) % others.size()];
    line.width = line.color == Role::Canary ? 1.75 : 1.5;
    line.points = sharedPoints(data.series, series);
    for (auto point = series.points.rbegin(); point != series.points.rend() && line.current.isEmpty(); ++point) {
        if (std::isfinite(point->value))
            line.current = figureText(figure, point->value).joined();
    }
    return line;
}

QString emptyWords(const ChartData *data)
{
    if (!data || data->loading)
        return chartsText(QT_TRANSLATE_NOOP("ServiceCharts", "loading"));
    if (data->error)
        return plainLine(data->error->what, 120);
    return chartsText(QT_TRANSLATE_NOOP("ServiceCharts", "no series for this service"));
}

} // namespace

ChartSubscription::ChartSubscription(CockpitModels &models, QObject *parent)
    : QObject(parent)
    , m_models(models)
{}

ChartSubscription::~ChartSubscription()
{
    // The models outlive the pages; nobody listens any more where they do not.
    for (const ChartKey &key : std::as_const(m_keys))
        Q_EMIT m_models.requests.chartReleased(key);
}

void ChartSubscription::setKeys(const QSet<ChartKey> &keys, int widthPx)
{
    const QSet<ChartKey> old = m_keys;
    const bool wider = widthPx > m_widthPx;
    m_keys = keys;
    m_widthPx = widthPx;
    for (const ChartKey &key : old) {
        if (!keys.contains(key))
            Q_EMIT m_models.requests.chartReleased(key);
    }
    for (const ChartKey &key : keys) {
        if (wider || !old.contains(key))
            Q_EMIT m_models.requests.chartRequested(key, widthPx);
    }
}

QSet<ChartKey> sparklineKeys(Duration range)
{
    return {{ServiceId(), Figure::RequestsPerSecond, range},
            {ServiceId(), Figure::ErrorRatio, range},
            {ServiceId(), Figure::P99Seconds, range}};
}

SparklineView sparklineView(const CockpitModels &models, const ServiceHealth &service, Figure figure, Duration range)
{
    SparklineView view;
    view.fromZero = true; // a ripple must not look like a storm
    view.limit = figure == Figure::ErrorRatio   ? service.errorRatioLimit
                 : figure == Figure::P99Seconds ? service.p99Limit
                                                : std::nullopt;
    const Series *series = models.charts.seriesOf({ServiceId(), figure, range}, service.id);
    if (!series)
        return {};
    view.values.reserve(static_cast<qsizetype>(series->points.size()));
    for (const Point &point : series->points)
        view.values.append(point.value);
    const auto &sample = service.figure(figure);
    view.line = limitRole(sample ? std::optional(sample->value) : std::nullopt, view.limit);
    view.limitLine = view.line == Role::Muted ? Role::Border : Role::Threshold;
    return view;
}

ChartView serviceChart(const CockpitModels &models, const ServiceHealth &service, Figure figure, Duration range,
                       Instant now)
{
    ChartView view;
    nameChart(view, figure);
    limitChart(view, service, figure);
    view.start = now - range;
    view.end = now;
    const ChartData *data = models.charts.find({service.id, figure, range});
    view.emptyText = emptyWords(data);
    if (!data || !data->series)
        return view;
    view.start = data->start;
    view.end = data->end;
    view.step = data->step;
    view.rangeText = QCoreApplication::translate("ServiceCharts", "%1, every %2")
                         .arg(rangeWords(data->end - data->start), roughDurationText(data->step));
    const Duration age = now - data->end;
    if (data->error && age > std::chrono::minutes(1))
        view.staleText = QCoreApplication::translate("ServiceCharts", "data %1 old").arg(roughDurationText(age));
    int index = 0;
    for (const Series &series : *data->series) {
        if (index < 8)
            view.lines.append(lineOf(*data, series, figure, index++));
    }
    // A canary is drawn over the stable line, and named first.
    std::stable_sort(view.lines.begin(), view.lines.end(), [](const ChartLine &a, const ChartLine &b) {
        return a.color == Role::Canary && b.color != Role::Canary;
    });
    return view;
}

Figure byVersionWhereKnown(const ServiceHealth &service, Figure figure)
{
    if (figure == Figure::ErrorRatio && service.errorRatioByVersion.size() > 1)
        return Figure::ErrorRatioByVersion;
    if (figure == Figure::P99Seconds && service.p99ByVersion.size() > 1)
        return Figure::P99SecondsByVersion;
    if (figure == Figure::RequestsPerSecond && service.requestsByVersion.size() > 1)
        return Figure::RequestsPerSecondByVersion;
    return figure;
}

} // namespace cockpit
