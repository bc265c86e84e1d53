// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook.h"

#include <algorithm>

namespace cockpit {

QString plainText(const RunbookText &text)
{
    QString words;
    for (const RunbookSpan &span : text)
        words += span.text;
    return words;
}

int Runbook::headingAt(const QString &slug) const
{
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        if (blocks[i].kind == RunbookBlock::Kind::Heading && blocks[i].slug.compare(slug, Qt::CaseInsensitive) == 0)
            return static_cast<int>(i);
    }
    return -1;
}

std::pair<int, int> Runbook::sectionRange(const QString &slug) const
{
    const int count = static_cast<int>(blocks.size());
    if (slug.isEmpty())
        return {0, count};
    const int first = headingAt(slug);
    if (first < 0)
        return {0, 0};
    const int level = blocks[first].level;
    int last = first + 1;
    while (last < count && (blocks[last].kind != RunbookBlock::Kind::Heading || blocks[last].level > level))
        ++last;
    return {first, last};
}

RunbookPtr RunbookLibrary::find(const RunbookKey &key) const
{
    const auto found =
        std::lower_bound(runbooks.cbegin(), runbooks.cend(), key,
                         [](const RunbookPtr &runbook, const RunbookKey &wanted) { return runbook->key < wanted; });
    return found != runbooks.cend() && (*found)->key == key ? *found : nullptr;
}

} // namespace cockpit
