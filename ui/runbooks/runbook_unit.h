// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

#include <vector>

namespace cockpit {

/// What is laid out at once: a block, or a stretch of a long one, so that no layout is dear whatever the file holds.
struct RunbookUnit {
    int block = 0;
    qsizetype from = 0; ///< Code and RawHtml: a character; Table: a row; text: a character
    qsizetype to = 0;   ///< past the last
    bool first = true;  ///< of its block
    bool last = true;

    static constexpr int codeLines = 40;
    static constexpr int tableRows = 20;
    static constexpr qsizetype characters = 3000;
};

/// The units of the blocks [firstBlock, lastBlock) in reading order.
std::vector<RunbookUnit> unitsOf(const Runbook &runbook, int firstBlock, int lastBlock);
/// What a code-like block holds: its code, or the source of raw HTML.
QString codeOf(const RunbookBlock &block);
/// Part [from, to) of a text, with its looks.
RunbookText partOf(const RunbookText &text, qsizetype from, qsizetype to);

} // namespace cockpit
