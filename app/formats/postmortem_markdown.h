// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/postmortem.h"

#include <QByteArray>
#include <QTimeZone>

namespace cockpit {

/// The postmortem as GitHub Markdown with the sections of operations.md §6. Text from outside is escaped: whatever it
/// holds, it is words. Times are UTC, and those of the timeline in `local` too. What is not known is said to be not
/// known.
QByteArray postmortemMarkdown(const Postmortem &postmortem, const QTimeZone &local = QTimeZone::systemTimeZone());

/// The text so that Markdown reads it as these words: no HTML, link, table cell, heading or list comes of it.
QString markdownWords(const QString &text);

} // namespace cockpit
