// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_words.h"

#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct BreakerWords {
    Q_DECLARE_TR_FUNCTIONS(BreakerWords)
};

} // namespace

StateGlyph breakerGlyph(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return StateGlyph::Ok;
    case BreakerState::Open:
        return StateGlyph::Critical;
    case BreakerState::HalfOpen:
    case BreakerState::ForcedOpen:
    case BreakerState::ForcedClosed:
    case BreakerState::Disabled:
        return StateGlyph::Warning;
    case BreakerState::MetricsOnly:
        return StateGlyph::Info;
    case BreakerState::Unknown:
        break;
    }
    return StateGlyph::Unknown;
}

QString breakerWord(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return BreakerWords::tr("closed");
    case BreakerState::HalfOpen:
        return BreakerWords::tr("half-open");
    case BreakerState::Open:
        return BreakerWords::tr("open");
    case BreakerState::ForcedOpen:
        return BreakerWords::tr("forced open");
    case BreakerState::ForcedClosed:
        return BreakerWords::tr("forced closed");
    case BreakerState::Disabled:
        return BreakerWords::tr("disabled");
    case BreakerState::MetricsOnly:
        return BreakerWords::tr("counts only");
    case BreakerState::Unknown:
        break;
    }
    return BreakerWords::tr("not known");
}

Role breakerRole(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return Role::Ok;
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return Role::Critical;
    case BreakerState::HalfOpen:
    case BreakerState::ForcedClosed:
    case BreakerState::Disabled:
        return Role::Warning;
    case BreakerState::MetricsOnly:
    case BreakerState::Unknown:
        break;
    }
    return Role::Raised2;
}

QString modeWord(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::ForceOpen:
        return BreakerWords::tr("force open");
    case BreakerMode::ForceClosed:
        return BreakerWords::tr("force closed");
    case BreakerMode::Disable:
        return BreakerWords::tr("disable");
    case BreakerMode::Reset:
        break;
    }
    return BreakerWords::tr("reset");
}

QString percentNumber(std::optional<double> ratio)
{
    return ratio ? QString::number(*ratio * 100.0, 'f', *ratio >= 0.9995 ? 0 : 1) : QStringLiteral("–");
}

QString rateNumber(std::optional<double> perSecond)
{
    if (!perSecond)
        return QStringLiteral("–");
    const bool whole = *perSecond >= 9.95 || *perSecond < 0.05;
    return QString::number(*perSecond, 'f', whole ? 0 : 1);
}

QString breakerHeading(const Breaker &breaker)
{
    return plainLine(breaker.key.from.toString(), 60) + QStringLiteral(" → ") + plainLine(breaker.to, 60);
}

QString breakerSentence(const Breaker &breaker)
{
    QString words = BreakerWords::tr("%1: %2").arg(breakerHeading(breaker), breakerWord(breaker.state));
    if (breaker.failureRatio)
        words += BreakerWords::tr(", %1 % failed").arg(percentNumber(breaker.failureRatio));
    if (breaker.slowRatio)
        words += BreakerWords::tr(", %1 % slow").arg(percentNumber(breaker.slowRatio));
    if (breaker.rejectedPerSecond)
        words += BreakerWords::tr(", %1 rejected per second").arg(rateNumber(breaker.rejectedPerSecond));
    if (breaker.isMixed)
        words += BreakerWords::tr(", its pods differ");
    return words;
}

QString trialWords(const Breaker &breaker)
{
    if (breaker.state != BreakerState::HalfOpen || !breaker.trialsDone || !breaker.trialsAllowed)
        return {};
    const int failed = breaker.trialsFailed.value_or(0);
    const QString made =
        BreakerWords::tr("%1 of %2 trial calls made").arg(*breaker.trialsDone).arg(*breaker.trialsAllowed);
    if (!breaker.trialsFailed || *breaker.trialsDone == 0)
        return made;
    return failed == 0 ? BreakerWords::tr("%1, none failed").arg(made)
                       : BreakerWords::tr("%1, %2 failed").arg(made, QString::number(failed));
}

QString flagWord(const std::optional<bool> &enabled)
{
    if (!enabled)
        return BreakerWords::tr("not here");
    return *enabled ? BreakerWords::tr("on") : BreakerWords::tr("off");
}

QString countdownText(const Override &one, Instant now)
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(std::max(one.until - now, Duration(0))).count();
    const QString tail =
        QStringLiteral("%1:%2").arg(left / 60 % 60, 2, 10, QLatin1Char('0')).arg(left % 60, 2, 10, QLatin1Char('0'));
    return left >= 3600 ? QString::number(left / 3600) + u':' + tail : tail;
}

} // namespace cockpit
