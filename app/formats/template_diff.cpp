// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/template_diff.h"

#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>

namespace cockpit {

using nlohmann::json;

namespace {

/// A value at its path. Values that may be secret are compared, and never shown.
struct DiffValue {
    std::string text{};
    bool hidden = false;
    bool operator==(const DiffValue &) const = default;
};
using Lines = std::map<std::string, DiffValue>;

constexpr std::array<const char *, 4> controllerLabels{"rollouts-pod-template-hash", "pod-template-hash",
                                                       "controller-revision-hash", "pod-template-generation"};

bool speaksOfSecret(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const char *const word : {"password", "passwd", "secret", "token", "credential", "apikey", "api_key",
                                   "private", "_key", "dsn", "connection", "database_url"}) {
        if (name.find(word) != std::string::npos)
            return true;
    }
    return false;
}

/// "user:password@" inside of an address is a secret whatever the variable is called.
bool holdsCredential(const std::string &text)
{
    const size_t scheme = text.find("://");
    if (scheme == std::string::npos)
        return false;
    const size_t at = text.find('@', scheme);
    const size_t colon = text.find(':', scheme + 3);
    return at != std::string::npos && colon < at;
}

std::string scalarText(const json &value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// A plain value. "--password=x" among the arguments is a secret too.
DiffValue plainValue(const json &value)
{
    const std::string text = scalarText(value);
    const size_t equals = text.find('=');
    return {text, holdsCredential(text) || (equals != std::string::npos && speaksOfSecret(text.substr(0, equals)))};
}

std::string textField(const json &object, const char *field)
{
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string joined(const std::string &path, const std::string &name) { return path.empty() ? name : path + '.' + name; }

/// What names an element of a list in a pod template, so that an inserted one does not change all that follow.
std::string elementName(const json &element, size_t index)
{
    if (element.is_object()) {
        for (const char *const key : {"name", "mountPath", "containerPort", "key", "topologyKey"}) {
            const auto found = element.find(key);
            if (found != element.end() && found->is_primitive())
                return scalarText(*found);
        }
    }
    return std::to_string(index);
}

DiffValue envValue(const json &variable, const std::string &name)
{
    if (const auto from = variable.find("valueFrom"); from != variable.end() && from->is_object()) {
        for (const auto &[kind, reference] : from->items()) {
            const bool isObject = reference.is_object();
            const std::string held = isObject ? textField(reference, "name") : std::string();
            const std::string key = isObject ? textField(reference, "key") + textField(reference, "fieldPath") : "";
            return {"from " + kind + (held.empty() ? "" : ' ' + held) + (key.empty() ? "" : ' ' + key), false};
        }
    }
    const auto value = variable.find("value");
    if (value == variable.end())
        return {"\"\"", false};
    const std::string text = scalarText(*value);
    return {text, speaksOfSecret(name) || holdsCredential(text)};
}

void flatten(const json &value, const std::string &path, Lines &lines);

void flattenEnv(const json &list, const std::string &path, Lines &lines)
{
    for (const json &variable : list) {
        if (!variable.is_object())
            continue;
        const std::string name = textField(variable, "name");
        lines[joined(path, name)] = envValue(variable, name);
    }
}

void flatten(const json &value, const std::string &path, Lines &lines)
{
    if (value.is_object()) {
        for (const auto &[name, field] : value.items()) {
            if (name == "env" && field.is_array())
                flattenEnv(field, joined(path, "env"), lines);
            else
                flatten(field, joined(path, name), lines);
        }
    } else if (value.is_array()) {
        for (size_t i = 0; i < value.size(); ++i)
            flatten(value[i], joined(path, elementName(value[i], i)), lines);
    } else if (!value.is_null()) {
        lines[path] = plainValue(value);
    }
}

json withoutController(json podTemplate)
{
    const json::json_pointer metadata("/metadata");
    if (podTemplate.is_object())
        podTemplate.erase("$patch"); // of a ControllerRevision
    if (!podTemplate.is_object() || !podTemplate.contains(metadata) || !podTemplate[metadata].is_object())
        return podTemplate;
    json &fields = podTemplate[metadata];
    fields.erase("creationTimestamp");
    if (fields.contains("labels") && fields["labels"].is_object()) {
        for (const char *const label : controllerLabels)
            fields["labels"].erase(label);
    }
    if (fields.contains("annotations") && fields["annotations"].is_object())
        fields["annotations"].erase("kubectl.kubernetes.io/last-applied-configuration");
    for (const char *const map : {"labels", "annotations"}) {
        if (fields.contains(map) && fields[map].empty())
            fields.erase(map);
    }
    if (fields.empty())
        podTemplate.erase("metadata");
    return podTemplate;
}

json templateOf(const QByteArray &text) { return withoutController(json::parse(text.toStdString(), nullptr, false)); }

/// The fields by path as people say them: "image", "env.LOG_LEVEL", with the container where there are several.
Lines linesOf(const json &podTemplate)
{
    Lines lines;
    for (const auto &[part, value] : podTemplate.items()) {
        if (part != "spec" || !value.is_object()) {
            flatten(value, part, lines);
            continue;
        }
        for (const auto &[name, field] : value.items()) {
            const bool single = name == "containers" && field.is_array() && field.size() == 1;
            if (single && field[0].is_object())
                flatten(field[0], "", lines);
            else
                flatten(field, name, lines);
        }
    }
    return lines;
}

QString diffLine(char sign, const std::string &path, const DiffValue &value)
{
    const QString shown = value.hidden ? FormatWords::tr("(hidden)") : FormatWords::excerpt(value.text);
    return QStringLiteral("%1 %2: %3").arg(QLatin1Char(sign)).arg(FormatWords::excerpt(path), shown);
}

} // namespace

QString templateDiff(const QByteArray &from, const QByteArray &to, int lines)
{
    const json before = templateOf(from);
    const json after = templateOf(to);
    if (!before.is_object() || !after.is_object())
        return {};
    const Lines old = linesOf(before);
    Lines all = old;
    const Lines now = linesOf(after);
    all.insert(now.begin(), now.end());
    QStringList changes;
    for (const auto &[path, unused] : all) {
        const auto was = old.find(path);
        const auto is = now.find(path);
        if (was != old.end() && is != now.end() && was->second == is->second)
            continue;
        if (was != old.end())
            changes.append(diffLine('-', path, was->second));
        if (is != now.end())
            changes.append(diffLine('+', path, is->second));
    }
    if (changes.size() > lines && lines > 0) {
        const qsizetype left = changes.size() - lines + 1;
        changes = changes.mid(0, lines - 1);
        changes.append(FormatWords::tr("… and %n more lines", nullptr, static_cast<int>(left)));
    }
    return changes.join(u'\n');
}

bool isSameTemplate(const QByteArray &a, const QByteArray &b)
{
    const json first = templateOf(a);
    return first.is_object() && first == templateOf(b);
}

} // namespace cockpit
