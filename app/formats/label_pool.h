// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/text_pool.h"
#include "models/labels.h"

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cockpit {

/// Lets equal label sets of many answers be one: each poll of each member, and the rules too, tell the same 10 000 alerts
/// in the same words. A set that was read before costs a comparison and no memory. For one thread (the I/O thread).
class LabelPool {
public:
    using WirePairs = std::vector<std::pair<std::string_view, std::string_view>>;

    /// The set of these pairs of UTF-8. A new one takes its texts from `texts`.
    Labels take(const WirePairs &pairs, TextPool &texts);
    /// Lets go of the sets that nobody else holds any more; cheap enough for the end of each answer.
    void sweep();
    size_t size() const { return m_sets.size(); }

private:
    std::unordered_map<size_t, Labels> m_sets{}; ///< by the hash of their texts; of two with one hash the newer stands
};

} // namespace cockpit
