// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace cockpit {

/// Lets equal texts of one body share one QString: 10 000 alerts name few services many times.
/// The texts that are given must outlive the pool. Bounded: what does not fit is simply not shared.
class TextPool {
public:
    /// Room to begin with, a power of two: a body of many objects, or one object.
    static constexpr size_t manyTexts = 1024;
    static constexpr size_t fewTexts = 64;
    explicit TextPool(size_t slots = manyTexts) : m_slots(slots) {}
    QString take(std::string_view text);

private:
    struct Entry {
        size_t hash = 0;
        std::string_view key{};
        QString text{};
    };
    std::vector<Entry> m_slots; ///< open addressing, a power of two long
    size_t m_used = 0;
    void grow();
};

} // namespace cockpit
