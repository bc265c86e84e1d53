// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/wire_number.h"

#include <charconv>
#include <cmath>

namespace cockpit {

std::optional<double> parseWireNumber(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0.0;
    const char *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end)
        return std::nullopt;
    return value;
}

std::optional<double> finiteOnly(double value)
{
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

std::optional<Instant> instantOfSeconds(double seconds)
{
    constexpr double mostSeconds = 1e11;
    if (!(seconds >= 0.0 && seconds <= mostSeconds))
        return std::nullopt;
    return fromEpochSeconds(seconds);
}

} // namespace cockpit
