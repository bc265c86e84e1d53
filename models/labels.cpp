// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/labels.h"

#include <algorithm>

namespace cockpit {

Labels::Labels(std::vector<Pair> pairs)
{
    const auto byName = [](const Pair &a, const Pair &b) { return a.first < b.first; };
    if (!std::is_sorted(pairs.begin(), pairs.end(), byName))
        std::stable_sort(pairs.begin(), pairs.end(), byName);
    // std::unique keeps the first of equals: seen from the end, that is the last one that was given.
    const auto sameName = [](const Pair &a, const Pair &b) { return a.first == b.first; };
    const auto kept = std::unique(pairs.rbegin(), pairs.rend(), sameName);
    pairs.erase(pairs.begin(), kept.base());
    if (!pairs.empty())
        m_pairs = std::make_shared<const std::vector<Pair>>(std::move(pairs));
}

const std::vector<Labels::Pair> &Labels::pairs() const
{
    static const std::vector<Pair> none;
    return m_pairs ? *m_pairs : none;
}

const QString *Labels::find(QStringView name) const
{
    // Label sets are short: comparing lengths first makes a scan faster than a binary search.
    for (const Pair &pair : pairs()) {
        if (pair.first == name)
            return &pair.second;
    }
    return nullptr;
}

QString Labels::value(QStringView name) const
{
    const QString *found = find(name);
    return found ? *found : QString();
}

bool Labels::contains(QStringView name) const { return find(name) != nullptr; }

} // namespace cockpit
