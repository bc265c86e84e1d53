// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/curve.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace cockpit::demo {

double Curve::at(Offset time) const
{
    if (m_knots.empty())
        return 0.0;
    const auto next = std::upper_bound(m_knots.begin(), m_knots.end(), time,
                                       [](Offset value, const Knot &knot) { return value < knot.first; });
    if (next == m_knots.begin())
        return m_knots.front().second;
    const Knot &from = *std::prev(next);
    if (next == m_knots.end())
        return from.second;
    return from.second + (next->second - from.second) * (time - from.first) / (next->first - from.first);
}

Curve Curve::then(std::vector<Knot> knots) const
{
    std::vector<Knot> all = m_knots;
    std::erase_if(all, [&](const Knot &knot) { return !knots.empty() && knot.first >= knots.front().first; });
    all.insert(all.end(), knots.begin(), knots.end());
    return Curve(std::move(all));
}

Curve Curve::complement() const
{
    std::vector<Knot> knots = m_knots;
    for (Knot &knot : knots)
        knot.second = 1.0 - knot.second;
    return knots.empty() ? Curve(1.0) : Curve(std::move(knots));
}

Curve operator*(const Curve &a, const Curve &b)
{
    std::vector<Offset> times;
    for (const Curve *curve : {&a, &b})
        for (const Curve::Knot &knot : curve->knots())
            times.push_back(knot.first);
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    std::vector<Curve::Knot> knots;
    const auto add = [&](Offset time) { knots.emplace_back(time, a.at(time) * b.at(time)); };
    for (std::size_t i = 0; i < times.size(); ++i) {
        add(times[i]);
        if (i + 1 == times.size())
            break;
        for (const double quarter : {0.25, 0.5, 0.75})
            add(times[i] + quarter * (times[i + 1] - times[i]));
    }
    return Curve(std::move(knots));
}

std::uint64_t hashOf(std::uint64_t seed, std::string_view text)
{
    std::uint64_t hash = 14695981039346656037ULL ^ (seed * 0x9E3779B97F4A7C15ULL);
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    // FNV's high bits move little on short texts; this spreads them.
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDULL;
    return hash ^ (hash >> 33);
}

double unitOf(std::uint64_t seed, std::string_view text)
{
    return static_cast<double>(hashOf(seed, text) >> 11) * 0x1.0p-53;
}

Wobble Wobble::fromHash(std::uint64_t seed, std::string_view series, double amplitude)
{
    const double periods[] = {380.0, 690.0, 1310.0, 2750.0};
    const double shares[] = {0.36, 0.28, 0.2, 0.16};
    std::vector<Wave> waves;
    for (std::size_t i = 0; i < std::size(periods); ++i) {
        const std::string name = std::string(series) + '#' + std::to_string(i);
        const double period = periods[i] * (0.9 + 0.2 * unitOf(seed, name + 'p'));
        waves.push_back({amplitude * shares[i], 2 * std::numbers::pi / period,
                         2 * std::numbers::pi * unitOf(seed, name)});
    }
    return Wobble(std::move(waves));
}

Wobble Wobble::daily(double secondsOfDay, double amplitude)
{
    const double day = 2 * std::numbers::pi / 86400.0;
    const double noon = day * (secondsOfDay - 14 * 3600.0);
    return Wobble({{amplitude, day, noon + std::numbers::pi / 2},
                   {amplitude * 0.2, 2 * day, 2 * noon + std::numbers::pi / 2}});
}

double Wobble::at(Offset time) const
{
    double sum = 0;
    for (const Wave &wave : m_waves)
        sum += wave.amplitude * std::sin(wave.frequency * time + wave.phase);
    return sum;
}

Wobble operator+(Wobble a, const Wobble &b)
{
    a.m_waves.insert(a.m_waves.end(), b.m_waves.begin(), b.m_waves.end());
    return a;
}

Flow::Flow(double base, Curve shape, Wobble wobble)
    : m_base(base), m_shape(std::move(shape)), m_wobble(std::move(wobble))
{
    const std::vector<Curve::Knot> &knots = m_shape.knots();
    m_segments.push_back({origin, m_shape.at(origin), 0.0, 0.0});
    for (std::size_t i = 0; i < knots.size(); ++i) {
        if (knots[i].first <= origin)
            continue;
        const bool last = i + 1 == knots.size();
        const double slope =
            last ? 0.0 : (knots[i + 1].second - knots[i].second) / (knots[i + 1].first - knots[i].first);
        const double before = m_segments.back().before + integralWithin(m_segments.back(), knots[i].first);
        m_segments.push_back({knots[i].first, knots[i].second, slope, before});
    }
}

double Flow::rate(Offset time) const { return m_base * m_shape.at(time) * (1.0 + m_wobble.at(time)); }

double Flow::count(Offset time) const
{
    if (m_segments.empty() || time <= origin)
        return 0.0;
    const auto next = std::upper_bound(m_segments.begin(), m_segments.end(), time,
                                       [](Offset value, const Segment &segment) { return value < segment.start; });
    const Segment &segment = *std::prev(next);
    return m_base * (segment.before + integralWithin(segment, time));
}

/// ∫ (value + slope·x)(1 + Σ a·sin(ω(start + x) + φ)) dx from 0 to time − start, by parts.
double Flow::integralWithin(const Segment &segment, Offset time) const
{
    const double length = time - segment.start;
    double sum = length * (segment.value + 0.5 * segment.slope * length);
    if (segment.value == 0.0 && segment.slope == 0.0)
        return sum;
    const double end = segment.value + segment.slope * length;
    for (const Wobble::Wave &wave : m_wobble.waves()) {
        const double from = wave.frequency * segment.start + wave.phase;
        const double to = wave.frequency * time + wave.phase;
        double part = (segment.value * std::cos(from) - end * std::cos(to)) / wave.frequency;
        if (segment.slope != 0.0)
            part += segment.slope * (std::sin(to) - std::sin(from)) / (wave.frequency * wave.frequency);
        sum += wave.amplitude * part;
    }
    return sum;
}

} // namespace cockpit::demo
