// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breaker.h"

#include "models/feature_flag.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cockpit {

namespace {

constexpr std::array<std::pair<BreakerState, const char *>, 8> breakerStateNames{
    {{BreakerState::Unknown, "unknown"},
     {BreakerState::Closed, "closed"},
     {BreakerState::HalfOpen, "half-open"},
     {BreakerState::Open, "open"},
     {BreakerState::ForcedOpen, "forced-open"},
     {BreakerState::ForcedClosed, "forced-closed"},
     {BreakerState::Disabled, "disabled"},
     {BreakerState::MetricsOnly, "metrics-only"}}};

constexpr std::array<std::pair<BreakerMode, const char *>, 4> breakerModeNames{
    {{BreakerMode::ForceOpen, "force-open"},
     {BreakerMode::ForceClosed, "force-closed"},
     {BreakerMode::Disable, "disable"},
     {BreakerMode::Reset, "reset"}}};

} // namespace

QString toWireName(BreakerState state)
{
    for (const auto &[one, name] : breakerStateNames) {
        if (one == state)
            return QString::fromLatin1(name);
    }
    return QStringLiteral("unknown");
}

std::optional<BreakerState> breakerStateFromWireName(QStringView name)
{
    for (const auto &[one, word] : breakerStateNames) {
        if (name == QLatin1String(word))
            return one;
    }
    return std::nullopt;
}

int attentionRank(BreakerState state)
{
    static constexpr std::array order{BreakerState::Closed,     BreakerState::MetricsOnly, BreakerState::ForcedClosed,
                                      BreakerState::Disabled,   BreakerState::Unknown,     BreakerState::HalfOpen,
                                      BreakerState::ForcedOpen, BreakerState::Open};
    return static_cast<int>(std::find(order.begin(), order.end(), state) - order.begin());
}

bool isForced(BreakerState state)
{
    return state == BreakerState::ForcedOpen || state == BreakerState::ForcedClosed || state == BreakerState::Disabled;
}

QString toWireName(BreakerMode mode)
{
    for (const auto &[one, name] : breakerModeNames) {
        if (one == mode)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<BreakerMode> breakerModeFromWireName(QStringView name)
{
    for (const auto &[one, word] : breakerModeNames) {
        if (name == QLatin1String(word))
            return one;
    }
    return std::nullopt;
}

const FlagState *FeatureFlag::state() const
{
    const auto found =
        std::find_if(states.cbegin(), states.cend(), [this](const FlagState &one) { return one.environment == here; });
    return found == states.cend() ? nullptr : &*found;
}

} // namespace cockpit
