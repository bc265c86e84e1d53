// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/curve.h"

#include <optional>

namespace cockpit::demo {

// What events do to curves: nothing before the event.

/// The first moment at which the curve begins to leave `value`; nothing when it never does.
std::optional<Offset> leaves(const Curve &curve, double value);
/// Bends the curve to be as far from its healthy value (that of its first knot) as `rest` says, 0…1, from where `rest`
/// begins to fall on.
void ease(Curve &curve, const Curve &rest);
/// Adds `more` to a share, up to 1.
void raise(Curve &curve, const Curve &more);

} // namespace cockpit::demo
