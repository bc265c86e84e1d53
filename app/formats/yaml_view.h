// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <yaml-cpp/yaml.h>

#include <QList>
#include <QString>

namespace cockpit {

/// What may still be looked at of one document. Aliases let a short text describe an endless tree: the looks are
/// counted, and nothing is given any more when they are spent.
struct YamlLooks {
    int left = 100'000;
    int lineOffset = 0; ///< lines before the document in its file
    bool areSpent() const { return left <= 0; }
};

/// A node of a YAML document read by name, with merge keys ("<<"), lines of the file, and a bound on all looks.
/// What is not there is an empty view.
class YamlView {
public:
    YamlView(YAML::Node node, YamlLooks &looks);

    bool isThere() const { return m_isThere; }
    bool isMap() const { return m_isThere && m_node.IsMap(); }
    bool isList() const { return m_isThere && m_node.IsSequence(); }
    /// From 1; 0 for what is not there.
    int line() const;
    /// The value of a key of a mapping.
    YamlView at(const char *key) const { return find(key, 0); }
    /// A scalar's text; empty for everything else.
    QString text() const;
    /// A whole number; `otherwise` for everything else.
    int number(int otherwise) const;
    /// Items of a list.
    QList<YamlView> items() const;
    struct Entry;
    /// Keys and values of a mapping, without merged ones.
    QList<Entry> entries() const;

private:
    explicit YamlView(YamlLooks &looks);
    YamlView find(const char *key, int merges) const;

    YAML::Node m_node{};
    YamlLooks *m_looks;
    bool m_isThere = false;
};

struct YamlView::Entry {
    QString key;
    int line; ///< of the key
    YamlView value;
};

} // namespace cockpit
