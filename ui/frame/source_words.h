// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/banner.h"
#include "ui/widgets/pill.h"

#include <QModelIndex>

namespace cockpit {

/// A row of the model of sources as a pill.
PillView pillView(const QModelIndex &source);
/// The same row as the strip that a click on the pill opens: what happened, since when, the next try.
BannerView sourceBanner(const QModelIndex &source);

} // namespace cockpit
