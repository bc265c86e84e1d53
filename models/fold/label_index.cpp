// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/label_index.h"

#include "models/fold/alert_merge.h"

#include <algorithm>

namespace cockpit {

bool isSubset(const Labels &part, const Labels &whole)
{
    auto at = whole.begin();
    for (const Labels::Pair &pair : part) {
        while (at != whole.end() && at->first < pair.first)
            ++at;
        if (at == whole.end() || *at != pair)
            return false;
        ++at;
    }
    return true;
}

size_t LabelIndex::hashOf(const Labels &labels)
{
    size_t sum = 0;
    for (const auto &[name, value] : labels)
        sum += qHash(value, qHash(name, size_t(17)));
    return sum;
}

std::optional<size_t> LabelIndex::find(const Labels &instance)
{
    const size_t hash = hashOf(instance);
    for (const size_t added : m_added) {
        const auto found = m_byHash.constFind(hash + added);
        if (found != m_byHash.constEnd())
            return *found;
    }
    const std::optional<size_t> found = search(instance);
    if (found)
        m_added.push_back(hashOf(m_alerts[*found].labels) - hash);
    return found;
}

std::optional<size_t> LabelIndex::search(const Labels &instance)
{
    if (m_byName.isEmpty()) {
        for (const size_t index : std::as_const(m_byHash))
            m_byName[m_alerts[index].name].push_back(index);
    }
    const auto sameName = m_byName.constFind(instance.value(alertNameLabel));
    if (sameName == m_byName.constEnd())
        return std::nullopt;
    for (const size_t index : *sameName) {
        if (--m_comparisonsLeft < 0)
            return std::nullopt;
        if (isSubset(instance, m_alerts[index].labels))
            return index;
    }
    return std::nullopt;
}

} // namespace cockpit
