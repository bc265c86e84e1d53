// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_pulse.h"

#include <chrono>
#include <cmath>
#include <numbers>

namespace cockpit {

namespace {

/// Two polls of a source: what is older was there before somebody looked, or came late and is no news.
constexpr Duration longestNew{std::chrono::seconds(30)};
constexpr int pulseMs = 600;

} // namespace

AlertPulse::AlertPulse(const Theme &theme, QObject *parent) : QObject(parent), m_theme(theme)
{
    m_swell.setStartValue(0.0);
    m_swell.setEndValue(1.0);
    m_swell.setDuration(pulseMs);
    connect(&m_swell, &QVariantAnimation::valueChanged, this, &AlertPulse::moved);
    connect(&m_swell, &QVariantAnimation::finished, this, [this] {
        m_pulsing.clear();
        Q_EMIT moved();
    });
}

void AlertPulse::see(const Alert &alert, Instant now)
{
    const Duration age = now - alert.startsAt;
    if (alert.state != AlertState::Firing || !alert.isUrgent() || age < Duration::zero() || age > longestNew
        || m_seen.contains(alert.key))
        return;
    forgetOld(now);
    m_seen.insert(alert.key, alert.startsAt);
    if (m_theme.reducedMotion())
        return;
    m_pulsing.insert(alert.key);
    m_swell.stop();
    m_swell.start();
}

double AlertPulse::strength(const AlertKey &key) const
{
    return isRunning() && m_pulsing.contains(key) ? std::sin(std::numbers::pi * m_swell.currentValue().toDouble()) : 0.0;
}

void AlertPulse::forgetOld(Instant now)
{
    m_seen.removeIf([now](const auto &entry) { return now - entry.value() > longestNew; });
}

} // namespace cockpit
