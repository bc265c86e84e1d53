// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace cockpit::demo {

/// Seconds after the world's start; the past is negative.
using Offset = double;

/// A piecewise linear function of time. Constant before its first and after its last knot; 0 without knots.
class Curve {
public:
    using Knot = std::pair<Offset, double>;

    Curve() = default;
    Curve(double constant) : m_knots{{0.0, constant}} {}
    /// REQUIRES: knots are sorted by time.
    explicit Curve(std::vector<Knot> knots) : m_knots(std::move(knots)) {}

    double at(Offset time) const;
    const std::vector<Knot> &knots() const { return m_knots; }
    /// This until the first of `knots`, those from there on.
    Curve then(std::vector<Knot> knots) const;
    /// 1 − this.
    Curve complement() const;
    /// Equal to a·b at the knots of both and at quarters between them, linear between those.
    friend Curve operator*(const Curve &a, const Curve &b);

private:
    std::vector<Knot> m_knots{};
};

/// Smooth noise with a known integral: a sum of sines whose periods and phases come from a hash.
class Wobble {
public:
    struct Wave {
        double amplitude = 0; ///< share of the mean
        double frequency = 0; ///< rad/s
        double phase = 0;     ///< rad
    };

    Wobble() = default;
    explicit Wobble(std::vector<Wave> waves) : m_waves(std::move(waves)) {}
    /// Four waves between 6 and 50 minutes that together stay within ±amplitude.
    static Wobble fromHash(std::uint64_t seed, std::string_view series, double amplitude);
    /// The load of a day: `secondsOfDay` is the time of day at offset 0. Peaks at 14:00 UTC.
    static Wobble daily(double secondsOfDay, double amplitude);

    double at(Offset time) const;
    const std::vector<Wave> &waves() const { return m_waves; }
    friend Wobble operator+(Wobble a, const Wobble &b);

private:
    std::vector<Wave> m_waves{};
};

/// FNV-1a of the seed and the text; the source of everything that looks random.
std::uint64_t hashOf(std::uint64_t seed, std::string_view text);
/// The same as a number in [0, 1).
double unitOf(std::uint64_t seed, std::string_view text);

/// Something that is counted: its rate is base · shape(t) · (1 + wobble(t)), its counter the exact integral of that.
class Flow {
public:
    Flow() = default;
    Flow(double base, Curve shape, Wobble wobble);

    /// Per second.
    double rate(Offset time) const;
    /// The counter, from `origin` on. Monotone; 0 before the origin.
    double count(Offset time) const;
    /// What was counted in the `window` seconds up to `time`.
    double increase(Offset time, double window) const { return count(time) - count(time - window); }
    void scale(double factor) { m_base *= factor; }

    /// Counters began this long before the start: 100 days, so that 90 days of history are there.
    static constexpr Offset origin = -100.0 * 86400.0;

private:
    struct Segment {
        Offset start = 0;
        double value = 0;  ///< of the shape at start
        double slope = 0;  ///< of the shape, per second
        double before = 0; ///< integral up to start
    };
    double integralWithin(const Segment &segment, Offset time) const;

    double m_base = 0;
    Curve m_shape{};
    Wobble m_wobble{};
    std::vector<Segment> m_segments{};
};

} // namespace cockpit::demo
