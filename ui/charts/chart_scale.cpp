// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_scale.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace cockpit {

QString ValueScale::label(double value) const { return QString::number(value, 'f', decimals); }

namespace {

/// Part of the axis that stays free above the highest value, for the labels at the top.
constexpr double headroom = 1.12;

ValueScale scaleOf(double maximum, int count)
{
    const double wanted = maximum * headroom / count;
    const double magnitude = std::pow(10.0, std::floor(std::log10(wanted)));
    constexpr std::array<double, 8> factors{1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 8.0, 10.0};
    const auto fit =
        std::find_if(factors.begin(), factors.end(), [&](double factor) { return factor * magnitude >= wanted; });
    const double factor = fit == factors.end() ? 10.0 : *fit;
    const double step = factor * magnitude;
    const bool half = factor == 1.5 || factor == 2.5;
    const int exponent = static_cast<int>(std::floor(std::log10(magnitude) + 0.5));
    const int decimals = std::clamp(-exponent + (half ? 1 : 0) - (factor >= 10.0 ? 1 : 0), 0, 6);
    return {step * count, step, decimals};
}

} // namespace

ValueScale valueScale(double maximum, int intervals)
{
    const int most = std::clamp(intervals, 2, 5);
    if (!(maximum > 0.0) || !std::isfinite(maximum))
        return {1.0, 0.5, 1};
    ValueScale best = scaleOf(maximum, most);
    for (int count = most - 1; count >= std::max(2, most - 2); --count) {
        const ValueScale other = scaleOf(maximum, count);
        if (other.top < best.top)
            best = other;
    }
    return best;
}

QList<TimeTick> timeTicks(Instant start, Instant end, int most)
{
    using namespace std::chrono;
    constexpr std::array<minutes, 15> steps{minutes(1),        minutes(2),        minutes(5),        minutes(10),
                                            minutes(15),       minutes(30),       minutes(60),       minutes(120),
                                            minutes(180),      minutes(360),      minutes(720),      minutes(1440),
                                            minutes(2 * 1440), minutes(7 * 1440), minutes(30 * 1440)};
    if (end <= start || most < 1)
        return {};
    const auto fit =
        std::find_if(steps.begin(), steps.end(), [&](minutes step) { return (end - start) / step <= most; });
    const Duration step = fit == steps.end() ? Duration(end - start) : Duration(*fit);
    QList<TimeTick> ticks;
    const qint64 stepMs = step.count();
    for (qint64 at = (toEpochMs(start) + stepMs - 1) / stepMs * stepMs; at <= toEpochMs(end); at += stepMs) {
        const Instant time = fromEpochMs(at);
        const year_month_day day(floor<days>(time));
        const QString date =
            QString::number(static_cast<unsigned>(day.day())) + u' ' +
            QLocale().standaloneMonthName(static_cast<int>(static_cast<unsigned>(day.month())), QLocale::ShortFormat);
        ticks.append({time, step >= hours(24) ? date : utcShortTimeText(time)});
    }
    return ticks;
}

QString rangeWords(Duration range)
{
    using namespace std::chrono;
    const auto total = duration_cast<minutes>(range + Duration(500));
    if (total >= hours(48))
        return QCoreApplication::translate("TimeChart", "%1 d").arg(total / hours(24));
    if (total >= hours(1) && total % hours(1) == minutes(0))
        return QCoreApplication::translate("TimeChart", "%1 h").arg(total / hours(1));
    return QCoreApplication::translate("TimeChart", "%1 min").arg(total.count());
}

} // namespace cockpit
