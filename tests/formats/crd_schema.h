// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <string>

#include <yaml-cpp/yaml.h>

namespace cockpit::test {

/// Custom resource definitions, and objects held against them: field names, types, required fields, enumerations.
/// Structural only: it knows properties, items, additionalProperties and the marks of Kubernetes.
class CrdSchemas {
public:
    /// Every CustomResourceDefinition of a file.
    void add(const std::string &yaml)
    {
        for (const YAML::Node &document : YAML::LoadAll(yaml)) {
            if (!document["spec"])
                continue;
            const QString group = textOf(document["spec"]["group"]);
            const QString kind = textOf(document["spec"]["names"]["kind"]);
            for (const YAML::Node &version : document["spec"]["versions"])
                m_schemas.insert(group + u'/' + textOf(version["name"]) + u'/' + kind,
                                 version["schema"]["openAPIV3Schema"]);
        }
    }

    /// What is wrong with an object; empty when it fits.
    QStringList check(const YAML::Node &object) const
    {
        const QString name = textOf(object["apiVersion"]) + u'/' + textOf(object["kind"]);
        const auto schema = m_schemas.constFind(name);
        if (schema == m_schemas.constEnd())
            return {name + QStringLiteral(": no such kind")};
        QStringList wrong;
        checkValue(object, *schema, name, wrong);
        return wrong;
    }

private:
    static QString textOf(const YAML::Node &node)
    {
        return node ? QString::fromStdString(node.as<std::string>()) : QString();
    }
    static bool isMarked(const YAML::Node &schema, const char *mark) { return schema[mark] && schema[mark].as<bool>(); }

    static bool hasType(const YAML::Node &value, const std::string &type)
    {
        const bool isText = value.IsScalar() && value.Tag() == "!"; // quoted or a block
        if (type == "object")
            return value.IsMap();
        if (type == "array")
            return value.IsSequence();
        if (!value.IsScalar())
            return false;
        long long whole = 0;
        double number = 0.0;
        bool flag = false;
        const bool isWhole = !isText && YAML::convert<long long>::decode(value, whole);
        const bool isNumber = !isText && YAML::convert<double>::decode(value, number);
        const bool isFlag = !isText && YAML::convert<bool>::decode(value, flag);
        if (type == "integer")
            return isWhole;
        if (type == "number")
            return isNumber;
        return type == "boolean" ? isFlag : !isNumber && !isFlag;
    }

    static void checkValue(const YAML::Node &value, const YAML::Node &schema, const QString &path, QStringList &wrong)
    {
        if (isMarked(schema, "x-kubernetes-int-or-string")) {
            if (!value.IsScalar())
                wrong.append(path + QStringLiteral(": a number or a text"));
            return;
        }
        if (schema["type"] && !hasType(value, schema["type"].as<std::string>())) {
            wrong.append(path + QStringLiteral(": not of type ") + textOf(schema["type"]));
            return;
        }
        checkChoice(value, schema, path, wrong);
        if (value.IsSequence()) {
            for (const YAML::Node &item : value)
                checkValue(item, schema["items"], path + QStringLiteral("[]"), wrong);
        } else if (value.IsMap() && !isMarked(schema, "x-kubernetes-preserve-unknown-fields")) {
            checkMap(value, schema, path, wrong);
        }
    }

    static void checkChoice(const YAML::Node &value, const YAML::Node &schema, const QString &path, QStringList &wrong)
    {
        if (!schema["enum"])
            return;
        for (const YAML::Node &choice : schema["enum"]) {
            if (choice.as<std::string>() == value.as<std::string>())
                return;
        }
        wrong.append(path + QStringLiteral(": none of the words"));
    }

    static void checkMap(const YAML::Node &value, const YAML::Node &schema, const QString &path, QStringList &wrong)
    {
        const YAML::Node known = schema["properties"];
        if (!known)
            return;
        for (const auto &pair : value) {
            const std::string field = pair.first.as<std::string>();
            if (known[field])
                checkValue(pair.second, known[field], path + u'.' + QString::fromStdString(field), wrong);
            else
                wrong.append(path + u'.' + QString::fromStdString(field) + QStringLiteral(": not known"));
        }
        for (const YAML::Node &field : schema["required"]) {
            if (!value[field.as<std::string>()])
                wrong.append(path + u'.' + textOf(field) + QStringLiteral(": missing"));
        }
    }

    QMap<QString, YAML::Node> m_schemas{};
};

} // namespace cockpit::test
