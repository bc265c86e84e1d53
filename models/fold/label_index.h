// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/labels.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

/// Whether each pair of `part` is in `whole` too.
bool isSubset(const Labels &part, const Labels &whole);

/// Finds the alert that a rule's instance became. Prometheus adds its external labels on the way to Alertmanager, so
/// the instance's labels are a part of the alert's: which labels are added is learnt from the first pair that is found
/// by search, and used for the others. The search is bounded, so that 10 000 strangers cost no 10 000² comparisons.
class LabelIndex {
public:
    /// Indexes `alerts[i]` for which `wanted` is true. The vector may grow afterwards, not shrink.
    template<typename Wanted> LabelIndex(const std::vector<Alert> &alerts, Wanted wanted) : m_alerts(alerts)
    {
        m_byHash.reserve(qsizetype(alerts.size()));
        for (size_t i = 0; i < alerts.size(); ++i) {
            if (!wanted(alerts[i]))
                continue;
            const size_t hash = hashOf(alerts[i].labels);
            if (!m_byHash.contains(hash))
                m_byHash.insert(hash, i);
        }
    }

    /// The index into the alerts, or nothing.
    std::optional<size_t> find(const Labels &instance);

private:
    /// The sum over the pairs: labels can be added to it without the rest.
    static size_t hashOf(const Labels &labels);
    std::optional<size_t> search(const Labels &instance);

    const std::vector<Alert> &m_alerts;
    QHash<size_t, size_t> m_byHash{};
    QHash<QString, std::vector<size_t>> m_byName{}; ///< made at the first search
    std::vector<size_t> m_added{0};                 ///< sums of external labels that were learnt
    int m_comparisonsLeft = 300000;
};

} // namespace cockpit
