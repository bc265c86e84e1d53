// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/override.h"
#include "ui/widgets/banner.h"

#include <QList>

namespace cockpit {

/// What stands on every page while something is held against the system's own will: the one that ends next, or the one
/// that should have ended. An empty title when nothing is.
BannerView overrideBanner(const QList<Override> &overrides, Instant now);
/// The one that the banner speaks of; null when there is none.
const Override *loudestOverride(const QList<Override> &overrides, Instant now);

} // namespace cockpit
