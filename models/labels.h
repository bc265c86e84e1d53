// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

#include <memory>
#include <utility>
#include <vector>

namespace cockpit {

/// A label set (or annotations), sorted by name. Immutable, and a copy shares it: 10 000 alerts are copied into each
/// fleet. Parsers share the strings of equal names and values.
class Labels {
public:
    using Pair = std::pair<QString, QString>;

    Labels() = default;
    /// Sorts by name; of a repeated name the last stands.
    explicit Labels(std::vector<Pair> pairs);

    /// The value, or an empty string when absent (Prometheus holds the two for equal).
    QString value(QStringView name) const;
    /// The value in place, or null when absent. Valid as long as the set.
    const QString *find(QStringView name) const;
    bool contains(QStringView name) const;
    bool isEmpty() const { return pairs().empty(); }
    size_t size() const { return pairs().size(); }
    /// Whether a copy of it lives somewhere else.
    bool isShared() const { return m_pairs.use_count() > 1; }
    auto begin() const { return pairs().begin(); }
    auto end() const { return pairs().end(); }
    friend bool operator==(const Labels &a, const Labels &b)
    {
        return a.m_pairs == b.m_pairs || a.pairs() == b.pairs();
    }
    friend size_t qHash(const Labels &labels, size_t seed = 0) noexcept
    {
        return qHashRange(labels.begin(), labels.end(), seed);
    }

private:
    const std::vector<Pair> &pairs() const;
    std::shared_ptr<const std::vector<Pair>> m_pairs{}; ///< null when empty
};

} // namespace cockpit
