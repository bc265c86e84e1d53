// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_reader.h"

namespace cockpit {

namespace {

/// Walks one variable's path through the tree, making the maps that are missing.
class OverridePath {
public:
    OverridePath(ConfigReader &reader, QString variable) : m_reader(reader), m_variable(std::move(variable)) {}

    void set(YAML::Node node, QStringList segments, const QString &value)
    {
        while (!segments.isEmpty()) {
            const QString segment = segments.takeFirst();
            const std::optional<YAML::Node> next = step(node, segment);
            if (!next)
                return;
            node.reset(*next);
        }
        node = YAML::Node(value.toStdString());
        node.SetTag(configOverrideTag + m_variable.toStdString());
    }

private:
    std::optional<YAML::Node> step(YAML::Node &node, const QString &segment)
    {
        if (node.IsSequence())
            return item(node, segment);
        if (node.IsScalar()) {
            refuse(ConfigWords::tr("\"%1\" lies inside of a value that has no keys.").arg(segment));
            return std::nullopt;
        }
        if (node.IsMap()) {
            for (const auto &pair : node) {
                if (configKeyText(pair.first).compare(segment, Qt::CaseInsensitive) == 0)
                    return pair.second;
            }
        }
        // Lower case reads best in problems and fits free keys such as severities; known keys match without case.
        YAML::Node key(segment.toLower().toStdString());
        key.SetTag(configOverrideKeyTag);
        YAML::Node made(YAML::NodeType::Null);
        node.force_insert(key, made);
        return made;
    }

    std::optional<YAML::Node> item(YAML::Node &node, const QString &segment)
    {
        bool isNumber = false;
        const uint index = segment.toUInt(&isNumber);
        if (isNumber && index < node.size())
            return node[index];
        refuse(ConfigWords::tr("There is a list of %1 here: name one by its number, from 0.").arg(node.size()));
        return std::nullopt;
    }

    void refuse(const QString &message)
    {
        YAML::Node place(YAML::NodeType::Null);
        place.SetTag(configOverrideTag + m_variable.toStdString());
        m_reader.add(place, QStringLiteral("config-override"), message);
    }

    ConfigReader &m_reader;
    QString m_variable;
};

} // namespace

void applyConfigOverrides(ConfigReader &reader, YAML::Node &root)
{
    const QString prefix = QStringLiteral("DT_COCKPIT__");
    const EnvironmentVariables &environment = reader.environment();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable) {
        if (!variable.key().startsWith(prefix))
            continue;
        const QStringList segments = variable.key().mid(prefix.size()).split(QStringLiteral("__"));
        OverridePath(reader, variable.key()).set(root, segments, variable.value());
    }
}

} // namespace cockpit
