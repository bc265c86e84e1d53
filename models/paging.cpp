// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paging.h"

#include <algorithm>

namespace cockpit {

namespace {

/// `word` stands in `text` and is no part of a longer word.
bool holdsWord(const QString &text, const QString &word)
{
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    for (qsizetype at = text.indexOf(word); at >= 0 && !word.isEmpty(); at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        if ((at == 0 || !isPart(text.at(at - 1))) && (end == text.size() || !isPart(text.at(end))))
            return true;
    }
    return false;
}

} // namespace

QString toWireName(Page::State state)
{
    switch (state) {
    case Page::State::Triggered: return QStringLiteral("triggered");
    case Page::State::Acknowledged: return QStringLiteral("acknowledged");
    case Page::State::Resolved: break;
    }
    return QStringLiteral("resolved");
}

const Page *pageOfAlert(const std::vector<Page> &pages, const QString &alertName, const QString &service)
{
    const auto rank = [&](const Page &page) {
        return (page.service == service || holdsWord(page.title, service) ? 2 : 0) +
               (page.state == Page::State::Triggered ? 1 : 0);
    };
    const Page *best = nullptr;
    for (const Page &page : pages) {
        if (page.state == Page::State::Resolved || !holdsWord(page.title, alertName))
            continue;
        if (!service.isEmpty() && rank(page) < 2)
            continue;
        if (!best || rank(page) > rank(*best) || (rank(page) == rank(*best) && page.createdAt > best->createdAt))
            best = &page;
    }
    return best;
}

QList<OnCall> onCallAt(const std::vector<OnCall> &onCalls, int level, const QString &policyId)
{
    QList<OnCall> found;
    for (const OnCall &one : onCalls) {
        const bool isNamed =
            std::any_of(found.cbegin(), found.cend(), [&](const OnCall &other) { return other.person == one.person; });
        if (one.level == level && !isNamed && (policyId.isEmpty() || one.policyId == policyId))
            found.append(one);
    }
    return found;
}

int escalationLevelOf(const Page &page, const std::vector<OnCall> &onCalls)
{
    int level = 0;
    for (const OnCall &one : onCalls) {
        const bool isMeant = page.assignees.contains(one.person) && (page.policyId.isEmpty() || one.policyId == page.policyId);
        if (isMeant)
            level = std::max(level, one.level);
    }
    return level;
}

} // namespace cockpit
