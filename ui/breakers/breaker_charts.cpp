// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_charts.h"

#include "ui/breakers/breaker_words.h"
#include "ui/charts/time_chart.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr Duration shownRange{std::chrono::minutes(35)};

struct BreakerChartWords {
    Q_DECLARE_TR_FUNCTIONS(BreakerCharts)
};

using SampleField = float BreakerSample::*;

/// What is no gap: nine of ten samples follow each other as fast. The polls may be faster than the metrics source whose
/// history stands before them.
Duration stepOf(const std::vector<BreakerSample> &samples)
{
    if (samples.size() < 3)
        return std::chrono::seconds(15);
    std::vector<Duration> steps;
    for (size_t i = 1; i < samples.size(); ++i)
        steps.push_back(samples[i].at - samples[i - 1].at);
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() * 9 / 10);
    std::nth_element(steps.begin(), middle, steps.end());
    return std::max(*middle, Duration(1000));
}

std::shared_ptr<const std::vector<Point>> pointsOf(const std::vector<BreakerSample> &samples, SampleField field)
{
    std::vector<Point> points;
    points.reserve(samples.size());
    for (const BreakerSample &one : samples)
        points.push_back({one.at, double(one.*field)});
    return std::make_shared<const std::vector<Point>>(withGaps(std::move(points), stepOf(samples)));
}

bool hasValue(const std::vector<BreakerSample> &samples, SampleField field)
{
    return std::any_of(samples.cbegin(), samples.cend(),
                       [field](const BreakerSample &one) { return !std::isnan(one.*field); });
}

ChartView emptyView(const std::vector<BreakerSample> &samples, Instant now)
{
    ChartView view;
    view.end = now;
    view.start = now - shownRange;
    view.step = stepOf(samples);
    return view;
}

QList<ChartBand> stateBands(const std::vector<BreakerSample> &samples, Instant now)
{
    QList<ChartBand> bands;
    for (const BreakerSample &one : samples) {
        const QString word = breakerWord(one.state);
        if (!bands.isEmpty() && bands.last().label == word) {
            bands.last().to = one.at;
            continue;
        }
        if (!bands.isEmpty())
            bands.last().to = one.at;
        bands.append({one.at, one.at, word, breakerRole(one.state)});
    }
    if (!bands.isEmpty())
        bands.last().to = now;
    return bands;
}

} // namespace

ChartView breakerCallsChart(const Breaker &breaker, const std::vector<BreakerSample> &samples, Instant now)
{
    ChartView view = emptyView(samples, now);
    view.title = BreakerChartWords::tr("Calls");
    view.unit = QStringLiteral("%");
    view.factor = 100.0;
    const bool known = hasValue(samples, &BreakerSample::failureRatio);
    if (known)
        view.lines.append({BreakerChartWords::tr("failed"), Role::Warning, 1.75,
                           pointsOf(samples, &BreakerSample::failureRatio),
                           percentNumber(breaker.failureRatio) + QStringLiteral(" %")});
    if (hasValue(samples, &BreakerSample::slowRatio))
        view.lines.append({BreakerChartWords::tr("slow"), Role::Info, 1.5, pointsOf(samples, &BreakerSample::slowRatio),
                           percentNumber(breaker.slowRatio) + QStringLiteral(" %")});
    if (breaker.opensAtFailureRatio)
        view.thresholds.append(
            {*breaker.opensAtFailureRatio,
             BreakerChartWords::tr("opens at %1 %").arg(percentNumber(breaker.opensAtFailureRatio))});
    if (!known && view.lines.isEmpty())
        view.emptyText = BreakerChartWords::tr("too few calls for a ratio");
    view.timeLabels = false;
    return view;
}

ChartView breakerRejectedChart(const Breaker &breaker, const std::vector<BreakerSample> &samples, Instant now)
{
    ChartView view = emptyView(samples, now);
    view.title = BreakerChartWords::tr("Rejected, per second");
    if (hasValue(samples, &BreakerSample::rejectedPerSecond))
        view.lines.append({{},
                           Role::Text,
                           1.5,
                           pointsOf(samples, &BreakerSample::rejectedPerSecond),
                           rateNumber(breaker.rejectedPerSecond) + QStringLiteral(" /s")});
    else
        view.emptyText = BreakerChartWords::tr("its backend does not count rejected calls");
    view.bands = stateBands(samples, now);
    return view;
}

BreakerCharts::BreakerCharts(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_calls(new TimeChart(theme))
    , m_rejected(new TimeChart(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme.px(4));
    m_calls->setAxisWidth(32);
    m_rejected->setAxisWidth(32);
    layout->addWidget(m_calls, 5);
    layout->addWidget(m_rejected, 4);
    for (TimeChart *chart : {m_calls, m_rejected}) {
        TimeChart *other = chart == m_calls ? m_rejected : m_calls;
        connect(chart, &TimeChart::windowChanged, other, &TimeChart::setWindow);
    }
}

void BreakerCharts::setBreaker(const Breaker &breaker, const std::vector<BreakerSample> &samples,
                               const QList<ChartMarker> &markers, Instant now)
{
    if (!(breaker.key == m_shown)) {
        m_shown = breaker.key;
        m_calls->setWindow(std::nullopt);
        m_rejected->setWindow(std::nullopt);
    }
    ChartView calls = breakerCallsChart(breaker, samples, now);
    calls.markers = markers;
    m_calls->setView(std::move(calls));
    m_rejected->setView(breakerRejectedChart(breaker, samples, now));
}

void BreakerCharts::setShort(bool shortened) { m_rejected->setVisible(!shortened); }

} // namespace cockpit
