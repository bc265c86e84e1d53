// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/source_update.h"

#include <functional>

namespace cockpit {

/// The one door in: `publish(SourceUpdate)`. Called on the I/O thread; must not block.
using UpdateSink = std::function<void(SourceUpdate)>;

} // namespace cockpit
