// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

#include <QByteArray>

namespace cockpit {

/// Takes the YAML between two lines of "---" at the start of `markdown` away and reads it into `into`: title, service,
/// owner, severity, alert(s), reviewed, reviewed_by. Gives the number of lines taken. Front matter that cannot be read
/// is a problem in words; it is never shown as text.
int takeFrontMatter(QByteArray &markdown, Runbook &into);

/// "2026-11-23", "23 Nov 2026", "November 23, 2026" or RFC 3339; nothing for anything else ("YYYY-MM-DD").
std::optional<Instant> parseReviewDate(const QString &text);

} // namespace cockpit
