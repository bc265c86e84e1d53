// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/go_duration.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace cockpit {

namespace {

/// Longer units first: "ms" before "m".
constexpr std::array<std::pair<std::string_view, double>, 7> goUnits{
    {{"ms", 1.0}, {"us", 1e-3}, {"\u00b5s", 1e-3}, {"ns", 1e-6}, {"h", 3.6e6}, {"m", 6e4}, {"s", 1e3}}};

constexpr double longestGoDuration = 1e13; ///< 300 years, in ms

} // namespace

std::optional<Duration> parseGoDuration(std::string_view text)
{
    double total = 0.0;
    bool any = false;
    while (!text.empty()) {
        double number = 0.0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
        if (error != std::errc() || number < 0.0 || !std::isfinite(number))
            return std::nullopt;
        text.remove_prefix(static_cast<size_t>(end - text.data()));
        double factor = 0.0;
        for (const auto &[unit, milliseconds] : goUnits) {
            if (text.substr(0, unit.size()) == unit) {
                factor = milliseconds;
                text.remove_prefix(unit.size());
                break;
            }
        }
        if (factor == 0.0)
            return std::nullopt;
        total += number * factor;
        any = true;
    }
    if (!any || total > longestGoDuration)
        return std::nullopt;
    return Duration(static_cast<Duration::rep>(std::llround(total)));
}

} // namespace cockpit
