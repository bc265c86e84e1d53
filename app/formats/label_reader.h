// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/json_body.h"
#include "app/formats/label_pool.h"

namespace cockpit {

/// Reads the label sets and short texts of one body, sharing equal ones; with a pool also with those of other bodies.
/// Must not outlive the document.
class LabelReader {
public:
    explicit LabelReader(LabelPool *pool) : m_pool(pool ? *pool : m_own) {}

    /// An object of texts, or null, which is empty.
    JsonCode read(JsonValue from, Labels &into)
    {
        m_pairs.clear();
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            return readText(field, m_pairs.emplace_back(key, std::string_view()).second);
        });
        if (!error)
            into = m_pool.take(m_pairs, m_texts);
        return error;
    }

    JsonCode readShared(JsonValue from, QString &into)
    {
        std::string_view text;
        const JsonCode error = readText(from, text);
        into = m_texts.take(text);
        return error;
    }

private:
    LabelPool m_own{};
    LabelPool &m_pool;
    LabelPool::WirePairs m_pairs{};
    TextPool m_texts{};
};

} // namespace cockpit
