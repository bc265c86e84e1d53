// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/result.h"

#include <QByteArray>

#include <string>

namespace cockpit {

/// The body of `POST /api/v2/silences` (backends.md §2.3). With an id it edits that silence.
QByteArray silenceBody(const Silence &silence);

/// Reads the answer to that POST: the id of the silence, which may be another one than was edited. Errors: Parse.
Result<QString> parseSilenceId(const std::string &body);

} // namespace cockpit
