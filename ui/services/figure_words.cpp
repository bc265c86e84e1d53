// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/figure_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

QString grouped(double value)
{
    QString digits = QString::number(value, 'f', 0);
    for (qsizetype at = digits.size() - 3; at > (value < 0 ? 1 : 0); at -= 3)
        digits.insert(at, u' ');
    return digits;
}

FigureText percentText(double ratio)
{
    const double percent = ratio * 100.0;
    const int decimals = percent < 0.095 ? 2 : percent < 9.95 ? 1 : 0;
    return {QString::number(percent, 'f', decimals), QStringLiteral("%")};
}

FigureText secondsText(double seconds)
{
    const double ms = seconds * 1000.0;
    if (ms >= 10000.0)
        return {QString::number(seconds, 'f', seconds < 100.0 ? 1 : 0), QStringLiteral("s")};
    return {QString::number(ms, 'f', ms < 9.95 && std::abs(ms - std::round(ms)) > 0.05 ? 1 : 0), QStringLiteral("ms")};
}

FigureText rateText(double rate)
{
    if (rate < 9.95 && std::abs(rate - std::round(rate)) > 0.05)
        return {QString::number(rate, 'f', 1), QStringLiteral("/s")};
    return {grouped(rate), QStringLiteral("/s")};
}

} // namespace

FigureText figureText(Figure figure, std::optional<double> value)
{
    if (!value || !std::isfinite(*value))
        return {QStringLiteral("–"), {}};
    switch (figure) {
    case Figure::RequestsPerSecond:
    case Figure::RequestsPerSecondByVersion:
        return rateText(*value);
    case Figure::ErrorRatio:
    case Figure::ErrorRatioByVersion:
        return percentText(*value);
    case Figure::BudgetLeft:
    case Figure::Saturation:
    case Figure::SaturationByVersion:
        return {QString::number(*value * 100.0, 'f', 0), QStringLiteral("%")};
    case Figure::P99Seconds:
    case Figure::P99SecondsByVersion:
    case Figure::P50SecondsByVersion:
    case Figure::P95SecondsByVersion:
        return secondsText(*value);
    case Figure::BurnRate:
        return {QString::number(*value, 'f', *value < 9.95 ? 1 : 0), QStringLiteral("×")};
    default:
        return {QString::number(*value, 'f', 0), {}};
    }
}

FigureText figureText(const ServiceHealth &service, Figure figure)
{
    const std::optional<Sample> &sample = service.figure(figure);
    return figureText(figure, sample ? std::optional(sample->value) : std::nullopt);
}

StateGlyph levelGlyph(ServiceHealth::Level level)
{
    switch (level) {
    case ServiceHealth::Level::Healthy:
        return StateGlyph::Ok;
    case ServiceHealth::Level::Degraded:
        return StateGlyph::Warning;
    case ServiceHealth::Level::Unhealthy:
        return StateGlyph::Critical;
    case ServiceHealth::Level::Unknown:
        break;
    }
    return StateGlyph::Unknown;
}

QString levelWord(ServiceHealth::Level level)
{
    switch (level) {
    case ServiceHealth::Level::Healthy:
        return QCoreApplication::translate("FigureWords", "healthy");
    case ServiceHealth::Level::Degraded:
        return QCoreApplication::translate("FigureWords", "degraded");
    case ServiceHealth::Level::Unhealthy:
        return QCoreApplication::translate("FigureWords", "unhealthy");
    case ServiceHealth::Level::Unknown:
        break;
    }
    return QCoreApplication::translate("FigureWords", "not known");
}

StateGlyph verdictGlyph(Evidence::Verdict verdict)
{
    switch (verdict) {
    case Evidence::Verdict::Good:
        return StateGlyph::Ok;
    case Evidence::Verdict::Bad:
        return StateGlyph::Critical;
    case Evidence::Verdict::Unknown:
        break;
    }
    return StateGlyph::Unknown;
}

bool isOld(const ServiceHealth &service, const Fleet &fleet, Instant now)
{
    if (!service.sampledAt)
        return true;
    Duration allowed(0);
    for (const SourceStatus &source : fleet.sources) {
        if (source.kind == SourceStatus::Kind::Prometheus)
            allowed = std::max(allowed, source.interval * 2);
    }
    return now - *service.sampledAt > std::max<Duration>(allowed, std::chrono::minutes(1));
}

QString oldDataText(const ServiceHealth &service, const Fleet &fleet, Instant now)
{
    if (!service.sampledAt)
        return QCoreApplication::translate("FigureWords", "no data");
    if (!isOld(service, fleet, now))
        return {};
    return QCoreApplication::translate("FigureWords", "data %1 old").arg(roughDurationText(now - *service.sampledAt));
}

QString versionsText(const ServiceHealth &service)
{
    QStringList parts;
    for (const QString &version : service.versions.mid(0, 4)) {
        const auto sample = std::find_if(service.requestsByVersion.begin(), service.requestsByVersion.end(),
                                         [&](const VersionSample &each) { return each.version == version; });
        const bool canary = sample != service.requestsByVersion.end() && sample->track == QStringLiteral("canary");
        const QString name = plainLine(version, 40);
        if (canary)
            parts.append(QCoreApplication::translate("FigureWords", "canary %1").arg(name));
        else
            parts.prepend(name);
    }
    return parts.join(QStringLiteral(", "));
}

Role limitRole(std::optional<double> value, std::optional<double> limit)
{
    if (!value || !limit)
        return Role::Muted;
    if (*value > *limit)
        return Role::Critical;
    return *value >= *limit * 0.88 ? Role::Warning : Role::Muted;
}

} // namespace cockpit
