// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/past_trouble.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

constexpr double pastDay = 86400.0;
/// How long trouble rises, and how long it falls.
constexpr double edge = 600.0;

PastTrouble trouble(const char *label, double days, double minutes, double share)
{
    return {label, -days * pastDay, minutes * 60.0, share};
}

std::vector<PastTrouble> troubleOf(std::string_view service)
{
    if (service == "gc-service")
        return {trouble("INC-29", 71.3, 45, 0.04), trouble("INC-31", 52.4, 190, 0.55),  trouble("INC-33", 44.6, 150, 0.4),
                trouble("INC-35", 38.2, 120, 0.3), trouble("INC-37", 23.55, 50, 0.055), trouble("INC-38", 18.6, 60, 0.075),
                trouble("INC-40", 12.6, 100, 0.09), trouble("", 11.6, 40, 0.025),       trouble("", 7.6, 40, 0.04),
                trouble("1.42.2", 5.19, 35, 0.022)};
    if (service == "mc-service")
        return {trouble("INC-33", 44.6, 150, 0.4), trouble("INC-38", 18.6, 60, 0.08), trouble("", 9.3, 40, 0.05)};
    if (service == "mh-service")
        return {trouble("INC-28", 76.5, 60, 0.06), trouble("INC-36", 33.9, 90, 0.2), trouble("", 14.2, 50, 0.05)};
    if (service == "ac-service")
        return {trouble("INC-30", 63.1, 30, 0.03), trouble("INC-39", 16.4, 40, 0.015)};
    if (service == "postgresql")
        return {trouble("INC-35", 38.2, 120, 0.25), trouble("INC-38", 18.6, 60, 0.004)};
    return {trouble("", 21.7, 40, 0.001)};
}

std::vector<PastTrouble> varied(std::vector<PastTrouble> troubles, std::uint64_t seed, const std::string &key)
{
    for (PastTrouble &entry : troubles)
        entry.share *= 0.9 + 0.2 * unitOf(seed, key + std::to_string(entry.began));
    return troubles;
}

} // namespace

std::vector<PastTrouble> pastTrouble(std::string_view service, std::uint64_t seed)
{
    return varied(troubleOf(service), seed, std::string(service) + "/incident");
}

std::vector<PastTrouble> pastSlowness(std::string_view service, std::uint64_t seed)
{
    std::vector<PastTrouble> all;
    if (service == "gc-service")
        all = {trouble("INC-31", 52.4, 190, 0.3), trouble("INC-38", 18.6, 60, 0.03), trouble("INC-40", 12.6, 100, 0.04)};
    else if (service == "mc-service")
        all = {trouble("INC-33", 44.6, 150, 0.35), trouble("INC-38", 18.6, 90, 0.1), trouble("", 9.3, 60, 0.06)};
    return varied(std::move(all), seed, std::string(service) + "/slowness");
}

Flow flowOfTrouble(const std::vector<PastTrouble> &troubles, const std::vector<double> &counts)
{
    std::vector<Curve::Knot> knots;
    for (std::size_t i = 0; i < troubles.size(); ++i) {
        const PastTrouble &one = troubles[i];
        const double length = std::max(one.length, 2.0 * edge);
        const double peak = counts[i] / (length - edge);
        knots.insert(knots.end(), {{one.began, 0.0}, {one.began + edge, peak}, {one.began + length - edge, peak},
                                   {one.began + length, 0.0}});
    }
    return Flow(1.0, Curve(std::move(knots)), Wobble());
}

} // namespace cockpit::demo
