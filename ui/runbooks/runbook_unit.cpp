// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_unit.h"

#include <algorithm>

namespace cockpit {

namespace {

/// Where a stretch of code that starts there ends: after some lines, or inside a line that is too long.
qsizetype endOfStretch(const QString &code, qsizetype from)
{
    qsizetype at = from;
    for (int line = 0; line < RunbookUnit::codeLines && at < code.size(); ++line) {
        const qsizetype end = code.indexOf(u'\n', at);
        at = end < 0 ? code.size() : end + 1;
        if (at - from > RunbookUnit::characters)
            return line > 0 && at - from > 2 * RunbookUnit::characters
                       ? from + RunbookUnit::characters
                       : std::min(at, from + 2 * RunbookUnit::characters);
    }
    return at;
}

/// The last blank before the limit, so that no word is cut.
qsizetype endOfWords(const QString &text, qsizetype from)
{
    const qsizetype limit = from + RunbookUnit::characters;
    if (limit >= text.size())
        return text.size();
    const qsizetype blank = std::max(text.lastIndexOf(u' ', limit), text.lastIndexOf(u'\n', limit));
    return blank > from + RunbookUnit::characters / 2 ? blank + 1 : limit;
}

template <typename End>
void cut(std::vector<RunbookUnit> &into, int block, qsizetype from, qsizetype size, const End &endOf)
{
    const size_t start = into.size();
    do {
        const qsizetype end = std::max(endOf(from), std::min(from + 1, size));
        into.push_back({block, from, end, into.size() == start, end >= size});
        from = end;
    } while (from < size);
}

} // namespace

QString codeOf(const RunbookBlock &block)
{
    return block.kind == RunbookBlock::Kind::RawHtml ? plainText(block.text) : block.code;
}

RunbookText partOf(const RunbookText &text, qsizetype from, qsizetype to)
{
    RunbookText part;
    qsizetype at = 0;
    for (const RunbookSpan &span : text) {
        const qsizetype start = std::max(from - at, qsizetype(0));
        const qsizetype end = std::min(to - at, span.text.size());
        if (start < end) {
            part.append(span);
            part.last().text = span.text.mid(start, end - start);
        }
        at += span.text.size();
        if (at >= to)
            break;
    }
    return part;
}

std::vector<RunbookUnit> unitsOf(const Runbook &runbook, int firstBlock, int lastBlock)
{
    using Kind = RunbookBlock::Kind;
    std::vector<RunbookUnit> units;
    for (int index = std::max(0, firstBlock); index < std::min<int>(lastBlock, int(runbook.blocks.size())); ++index) {
        const RunbookBlock &block = runbook.blocks.at(index);
        if (block.kind == Kind::Code || block.kind == Kind::RawHtml) {
            const QString code = codeOf(block);
            cut(units, index, 0, code.size(), [&code](qsizetype from) { return endOfStretch(code, from); });
        } else if (block.kind == Kind::Table) {
            cut(units, index, 0, block.rows.size(), [](qsizetype from) { return from + RunbookUnit::tableRows; });
            units.back().to = block.rows.size();
        } else {
            qsizetype size = 0;
            for (const RunbookSpan &span : block.text)
                size += span.text.size();
            if (size <= RunbookUnit::characters) {
                units.push_back({index, 0, size, true, true});
                continue;
            }
            const QString text = plainText(block.text);
            cut(units, index, 0, size, [&text](qsizetype from) { return endOfWords(text, from); });
        }
    }
    return units;
}

} // namespace cockpit
