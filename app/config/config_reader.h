// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/config_words.h"
#include "app/config/configuration_loader.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

namespace cockpit {

/// Where a read stands (file, key path) and what was found to be wrong so far. One per file.
class ConfigReader {
public:
    ConfigReader(QString path, EnvironmentVariables environment);

    const EnvironmentVariables &environment() const { return m_environment; }
    const QList<Finding> &problems() const { return m_problems; }
    /// Relative to the file's folder; "~/" is the home folder.
    QString absolutePath(const QString &text) const;

    /// Something is wrong at this node, under the present key path.
    void add(const YAML::Node &at, const QString &rule, const QString &message, const QString &fix = {},
             Finding::Level level = Finding::Level::High);
    /// "… was expected", with what stands there unless it may be a secret.
    void expected(const YAML::Node &at, const QString &what);
    void unknownKey(const YAML::Node &key, const QStringList &known);
    void missingKey(const YAML::Node &map, const QString &key);
    void addAtMark(const YAML::Mark &mark, const QString &rule, const QString &message);
    bool expectMap(const YAML::Node &node);

    /// While it lives, the key path is one longer.
    class Scope {
    public:
        Scope(ConfigReader &reader, const QString &key) : m_reader(reader) { reader.m_keys.append(key); }
        ~Scope() { m_reader.m_keys.removeLast(); }
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        ConfigReader &m_reader;
    };

private:
    QString keyPath() const;
    QString m_path;
    EnvironmentVariables m_environment;
    QStringList m_keys{};
    QList<Finding> m_problems{};
};

/// One key of a map: its name, and how its value gets into the struct.
template<typename T> struct ConfigField {
    QString key{};
    std::function<void(ConfigReader &, const YAML::Node &, T &)> read{};
    bool required = false;
};
template<typename T> using ConfigFields = std::vector<ConfigField<T>>;

/// A key whose value becomes a member, by a reader of that member's type.
template<typename T, typename Member, typename Read>
ConfigField<T> configField(const char *key, Member T::*member, Read read, bool required = false)
{
    return {QString::fromLatin1(key),
            [member, read](ConfigReader &reader, const YAML::Node &node, T &into) { read(reader, node, into.*member); },
            required};
}
/// The same for an optional member, which exists once the key is there.
template<typename T, typename Member, typename Read>
ConfigField<T> configOptional(const char *key, std::optional<Member> T::*member, Read read)
{
    return {QString::fromLatin1(key),
            [member, read](ConfigReader &reader, const YAML::Node &node, T &into) {
                read(reader, node, (into.*member).emplace());
            },
            false};
}
/// Keys of a member's struct that stand directly in the outer map.
template<typename T, typename Member>
void configLift(ConfigFields<T> &fields, Member T::*member, const ConfigFields<Member> &inner, bool required)
{
    for (const ConfigField<Member> &field : inner) {
        fields.push_back({field.key,
                          [member, read = field.read](ConfigReader &reader, const YAML::Node &node, T &into) {
                              read(reader, node, into.*member);
                          },
                          required && field.required});
    }
}

/// How overrides mark the keys that they add: those match without case.
inline constexpr const char *configOverrideKeyTag = "!override";
/// The tag of an overridden value: this and the name of the variable.
inline constexpr const char *configOverrideTag = "!variable:";
/// A key as text; empty for a key that is no text.
QString configKeyText(const YAML::Node &key);
bool isSameConfigKey(const YAML::Node &key, const QString &known);

/// Reads a map by its table: every unknown, repeated and missing key is a problem. A key without value is not given.
template<typename T>
void readConfigFields(ConfigReader &reader, const YAML::Node &node, const ConfigFields<T> &fields, T &into)
{
    if (!reader.expectMap(node))
        return;
    QStringList known, seen, given;
    for (const ConfigField<T> &field : fields)
        known.append(field.key);
    for (const auto &pair : node) {
        const ConfigField<T> *found = nullptr;
        for (const ConfigField<T> &field : fields) {
            if (isSameConfigKey(pair.first, field.key))
                found = &field;
        }
        if (!found) {
            reader.unknownKey(pair.first, known);
            continue;
        }
        const ConfigReader::Scope scope(reader, found->key);
        if (seen.contains(found->key))
            reader.add(pair.first, QStringLiteral("config-repeated-key"), ConfigWords::tr("This key stands here twice."));
        seen.append(found->key);
        if (pair.second.IsNull())
            continue;
        given.append(found->key);
        found->read(reader, pair.second, into);
    }
    for (const ConfigField<T> &field : fields) {
        if (field.required && !given.contains(field.key))
            reader.missingKey(node, field.key);
    }
}

/// Reads a list; one value alone is a list of one.
template<typename T, typename Read>
void readConfigList(ConfigReader &reader, const YAML::Node &node, QList<T> &into, Read readOne)
{
    into.clear();
    if (!node.IsSequence()) {
        into.emplaceBack();
        readOne(reader, node, into.last());
        return;
    }
    int index = 0;
    for (const YAML::Node &item : node) {
        const ConfigReader::Scope scope(reader, u'[' + QString::number(index++) + u']');
        into.emplaceBack();
        readOne(reader, item, into.last());
    }
}
/// A reader of lists made of a reader of one.
template<typename Read> auto configListOf(Read readOne)
{
    return [readOne](ConfigReader &reader, const YAML::Node &node, auto &into) {
        readConfigList(reader, node, into, readOne);
    };
}

/// The words of an enumeration.
template<typename E> using ConfigChoices = std::vector<std::pair<QString, E>>;
/// A reader of one of these words.
template<typename E> auto configChoice(ConfigChoices<E> choices)
{
    return [choices = std::move(choices)](ConfigReader &reader, const YAML::Node &node, E &into) {
        QStringList words;
        for (const auto &[word, value] : choices) {
            if (node.IsScalar() && QString::fromStdString(node.Scalar()) == word) {
                into = value;
                return;
            }
            words.append(word);
        }
        reader.expected(node, ConfigWords::tr("one of: %1").arg(words.join(QStringLiteral(", "))));
    };
}

/// The nearest of the known words by Levenshtein's distance; empty when none is near.
QString nearestWord(const QString &word, const QStringList &known);

/// Lays DT_COCKPIT__A__B=… over the tree. A variable that points at nothing that can be is a problem.
void applyConfigOverrides(ConfigReader &reader, YAML::Node &root);

} // namespace cockpit
