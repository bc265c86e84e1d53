// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/curve_bending.h"

#include <algorithm>
#include <set>

namespace cockpit::demo {

namespace {

/// The knots of both from `from` on, with quarters between them.
std::vector<Offset> timesOf(const Curve &a, const Curve &b, Offset from)
{
    std::set<Offset> times{from};
    for (const Curve *curve : {&a, &b})
        for (const Curve::Knot &knot : curve->knots())
            if (knot.first > from)
                times.insert(knot.first);
    std::vector<Offset> fine;
    for (const Offset at : times) {
        if (!fine.empty())
            for (const double part : {0.25, 0.5, 0.75})
                fine.push_back(fine.back() + part * (at - fine.back()));
        fine.push_back(at);
    }
    return fine;
}

} // namespace

std::optional<Offset> leaves(const Curve &curve, double value)
{
    const auto &knots = curve.knots();
    for (std::size_t i = 0; i < knots.size(); ++i)
        if (knots[i].second != value)
            return i == 0 ? knots[i].first : knots[i - 1].first;
    return std::nullopt;
}

void ease(Curve &curve, const Curve &rest)
{
    const std::optional<Offset> from = leaves(rest, 1.0);
    if (!from || curve.knots().empty())
        return;
    const double healthy = curve.knots().front().second;
    std::vector<Curve::Knot> knots;
    for (const Offset at : timesOf(curve, rest, *from))
        knots.emplace_back(at, healthy + (curve.at(at) - healthy) * rest.at(at));
    curve = curve.then(std::move(knots));
}

void raise(Curve &curve, const Curve &more)
{
    const std::optional<Offset> from = leaves(more, 0.0);
    if (!from)
        return;
    std::vector<Curve::Knot> knots;
    for (const Offset at : timesOf(curve, more, *from))
        knots.emplace_back(at, std::min(1.0, curve.at(at) + more.at(at)));
    curve = curve.then(std::move(knots));
}

} // namespace cockpit::demo
