// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/yaml_view.h"

namespace cockpit {

namespace {

/// Merged mappings in merged mappings: an alias may lead back to where it stands.
constexpr int mostMerges = 8;

} // namespace

YamlView::YamlView(YAML::Node node, YamlLooks &looks)
    : m_node(std::move(node))
    , m_looks(&looks)
    , m_isThere(m_node.IsDefined() && !m_node.IsNull())
{}

YamlView::YamlView(YamlLooks &looks)
    : m_looks(&looks)
{}

int YamlView::line() const { return m_isThere ? m_node.Mark().line + 1 + m_looks->lineOffset : 0; }

QString YamlView::text() const
{
    return m_isThere && m_node.IsScalar() ? QString::fromStdString(m_node.Scalar()) : QString();
}

int YamlView::number(int otherwise) const
{
    bool isNumber = false;
    const int value = text().toInt(&isNumber);
    return isNumber ? value : otherwise;
}

YamlView YamlView::find(const char *key, int merges) const
{
    if (!isMap() || m_looks->areSpent())
        return YamlView(*m_looks);
    --m_looks->left;
    const YAML::Node &map = m_node; // a const one: looking must not add the key
    if (const YAML::Node value = map[key]; value.IsDefined())
        return YamlView(value, *m_looks);
    const YAML::Node merged = map["<<"];
    if (merges >= mostMerges || !merged.IsDefined())
        return YamlView(*m_looks);
    if (merged.IsMap())
        return YamlView(merged, *m_looks).find(key, merges + 1);
    for (const YamlView &one : YamlView(merged, *m_looks).items()) {
        if (const YamlView value = one.find(key, merges + 1); value.isThere())
            return value;
    }
    return YamlView(*m_looks);
}

QList<YamlView> YamlView::items() const
{
    QList<YamlView> all;
    if (!isList())
        return all;
    for (const YAML::Node &item : m_node) {
        if (m_looks->areSpent())
            break;
        --m_looks->left;
        all.append(YamlView(item, *m_looks));
    }
    return all;
}

QList<YamlView::Entry> YamlView::entries() const
{
    QList<Entry> all;
    if (!isMap())
        return all;
    for (const auto &pair : m_node) {
        if (m_looks->areSpent())
            break;
        --m_looks->left;
        const YamlView key(pair.first, *m_looks);
        all.append({.key = key.text(), .line = key.line(), .value = YamlView(pair.second, *m_looks)});
    }
    return all;
}

} // namespace cockpit
