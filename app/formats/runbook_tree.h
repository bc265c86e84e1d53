// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/runbook_markdown.h"

#include <QByteArray>

namespace cockpit {

/// Reads cmark-gfm's tree of `markdown` (valid UTF-8) into `into`: blocks, links, slugs and problems. `firstLine` is
/// added to every line. Gives the blocks that are task list items, and whether each is ticked. Sections and steps are
/// found later.
QHash<int, bool> readRunbookTree(const QByteArray &markdown, int firstLine, const RunbookReading &options,
                                 Runbook &into);

} // namespace cockpit
