// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/wire_time.h"

#include <array>
#include <charconv>
#include <cmath>

namespace cockpit::demo {

std::optional<Instant> wireInstant(const std::string &text)
{
    double seconds = 0;
    const char *end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, seconds);
    if (error == std::errc() && rest == end && std::isfinite(seconds))
        return fromEpochSeconds(seconds);
    return parseRfc3339(text);
}

double wireSeconds(const std::string &text)
{
    double sum = 0;
    const char *at = text.data();
    const char *end = at + text.size();
    while (at < end) {
        double number = 0;
        const auto [rest, error] = std::from_chars(at, end, number);
        if (error != std::errc() || !std::isfinite(number))
            return 0.0;
        at = rest;
        if (at == end)
            return sum == 0.0 ? number : 0.0;
        const std::string_view unit(at, end - at >= 2 && at[0] == 'm' && at[1] == 's' ? 2 : 1);
        at += unit.size();
        const double factor = unit == "ms" ? 0.001
                              : unit == "s" ? 1.0
                              : unit == "m" ? 60.0
                              : unit == "h" ? 3600.0
                              : unit == "d" ? 86400.0
                              : unit == "w" ? 604800.0
                                            : 0.0;
        if (factor == 0.0)
            return 0.0;
        sum += number * factor;
    }
    return sum;
}

std::string wireNumber(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 40> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? std::string(text.data(), end) : std::string("NaN");
}

std::string wireTime(Instant instant) { return toRfc3339(instant).toStdString(); }

} // namespace cockpit::demo
