// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/label_pool.h"

#include <QHashFunctions>
#include <QUtf8StringView>

#include <algorithm>

namespace cockpit {

namespace {

size_t hashOfPairs(const LabelPool::WirePairs &pairs)
{
    size_t hash = pairs.size();
    for (const auto &[name, value] : pairs) {
        hash = qHashBits(name.data(), name.size(), hash);
        hash = qHashBits(value.data(), value.size(), hash);
    }
    return hash;
}

bool isSameText(std::string_view wire, const QString &text)
{
    return QtPrivate::compareStrings(QUtf8StringView(wire.data(), qsizetype(wire.size())), QStringView(text)) == 0;
}

/// Broken text never compares as equal: such a set is simply read anew each time.
bool isSameSet(const LabelPool::WirePairs &wire, const Labels &labels)
{
    return wire.size() == labels.size()
        && std::equal(wire.begin(), wire.end(), labels.begin(), [](const auto &pair, const Labels::Pair &known) {
               return isSameText(pair.first, known.first) && isSameText(pair.second, known.second);
           });
}

} // namespace

Labels LabelPool::take(const WirePairs &pairs, TextPool &texts)
{
    if (pairs.empty())
        return {};
    const size_t hash = hashOfPairs(pairs);
    const auto known = m_sets.find(hash);
    if (known != m_sets.end() && isSameSet(pairs, known->second))
        return known->second;
    std::vector<Labels::Pair> made;
    made.reserve(pairs.size());
    for (const auto &[name, value] : pairs)
        made.emplace_back(texts.take(name), texts.take(value));
    return m_sets.insert_or_assign(hash, Labels(std::move(made))).first->second;
}

void LabelPool::sweep()
{
    std::erase_if(m_sets, [](const auto &entry) { return !entry.second.isShared(); });
}

} // namespace cockpit
