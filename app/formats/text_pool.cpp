// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/text_pool.h"

#include <QHashFunctions>

namespace cockpit {

namespace {

constexpr size_t mostPoolSlots = 65536;
constexpr size_t longestPooledText = 200; ///< longer ones are descriptions, which hardly repeat

QString toPooledText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

QString TextPool::take(std::string_view text)
{
    if (text.empty())
        return QString();
    if (text.size() > longestPooledText)
        return toPooledText(text);
    const size_t hash = qHashBits(text.data(), text.size()) | 1; // 0 marks a free slot
    const size_t mask = m_slots.size() - 1;
    size_t at = hash & mask;
    for (; m_slots[at].hash != 0; at = (at + 1) & mask) {
        if (m_slots[at].hash == hash && m_slots[at].key == text)
            return m_slots[at].text;
    }
    QString made = toPooledText(text);
    if (m_used * 2 >= m_slots.size()) {
        if (m_slots.size() >= mostPoolSlots)
            return made;
        grow();
        for (at = hash & (m_slots.size() - 1); m_slots[at].hash != 0; at = (at + 1) & (m_slots.size() - 1)) {
        }
    }
    m_slots[at] = {hash, text, made};
    ++m_used;
    return made;
}

void TextPool::grow()
{
    std::vector<Entry> old(m_slots.size() * 4);
    old.swap(m_slots);
    const size_t mask = m_slots.size() - 1;
    for (Entry &entry : old) {
        if (entry.hash == 0)
            continue;
        size_t at = entry.hash & mask;
        while (m_slots[at].hash != 0)
            at = (at + 1) & mask;
        m_slots[at] = std::move(entry);
    }
}

} // namespace cockpit
