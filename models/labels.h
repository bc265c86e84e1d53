// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

#include <utility>
#include <vector>

namespace cockpit {

/// A label set (or annotations), sorted by name. Parsers share the strings of equal names and values.
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
    bool isEmpty() const { return m_pairs.empty(); }
    size_t size() const { return m_pairs.size(); }
    auto begin() const { return m_pairs.begin(); }
    auto end() const { return m_pairs.end(); }
    bool operator==(const Labels &) const = default;
    friend size_t qHash(const Labels &labels, size_t seed = 0) noexcept
    {
        return qHashRange(labels.m_pairs.begin(), labels.m_pairs.end(), seed);
    }

private:
    std::vector<Pair> m_pairs;
};

} // namespace cockpit
