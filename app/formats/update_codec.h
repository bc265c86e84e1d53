// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"
#include "models/source_update.h"

#include <QByteArray>

#include <string_view>

namespace cockpit {

/// One update as one line of JSON without its newline, lossless: what is recorded can be replayed.
/// `{"v":1,"kind":"alerts|rules|figure|series|status|rollouts|past|flags|health",…}`; times are milliseconds since 1970.
QByteArray encodeUpdate(const SourceUpdate &update);
/// Errors: Parse, also for a newer version.
Result<SourceUpdate> decodeUpdate(std::string_view line);

} // namespace cockpit
