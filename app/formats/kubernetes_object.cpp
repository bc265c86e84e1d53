// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_object.h"

#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

using nlohmann::json;

namespace {

constexpr const char *lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/// What is never kept: who wrote which field, and the annotation that can hold the value of a Secret.
void dropOnArrival(json &object)
{
    if (!object.is_object())
        return;
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object()) {
        metadata->erase("managedFields");
        if (const auto annotations = metadata->find("annotations");
            annotations != metadata->end() && annotations->is_object())
            annotations->erase(lastApplied);
    }
    if (const auto items = object.find("items"); items != object.end() && items->is_array()) {
        for (json &item : *items)
            dropOnArrival(item);
    }
}

/// The value at a dotted path; null when there is none.
const json *valueAt(const json &object, std::string_view path)
{
    const json *at = &object;
    while (!path.empty()) {
        const size_t dot = path.find('.');
        const std::string name(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        if (!at->is_object())
            return nullptr;
        const auto found = at->find(name);
        if (found == at->end())
            return nullptr;
        at = &*found;
    }
    return at->is_null() ? nullptr : at;
}

QString textOfValue(const json *value)
{
    return value && value->is_string() ? QString::fromStdString(value->get_ref<const std::string &>()) : QString();
}

QString namedText(const json &object, const char *path, const QString &name)
{
    const json *const map = valueAt(object, path);
    if (!map || !map->is_object())
        return {};
    const auto found = map->find(name.toStdString());
    return found == map->end() ? QString() : textOfValue(&*found);
}

QList<KubernetesObject::Writer> writersOf(const json &object)
{
    QList<KubernetesObject::Writer> writers;
    const json *const fields = valueAt(object, "metadata.managedFields");
    if (!fields || !fields->is_array())
        return writers;
    for (const json &one : *fields) {
        const json *const time = valueAt(one, "time");
        const auto at = time && time->is_string() ? parseRfc3339(time->get_ref<const std::string &>()) : std::nullopt;
        if (at)
            writers.append({textOfValue(valueAt(one, "manager")), textOfValue(valueAt(one, "subresource")), *at});
    }
    std::stable_sort(writers.begin(), writers.end(), [](const auto &a, const auto &b) { return a.at > b.at; });
    return writers;
}

constexpr int deepestNesting = 512; ///< no object of Kubernetes comes near; what walks one calls itself

/// Whether brackets nest deeper than that. Brackets inside of strings do not count.
bool nestsTooDeep(std::string_view body)
{
    int depth = 0;
    bool inString = false;
    for (size_t i = 0; i < body.size(); ++i) {
        const char one = body[i];
        if (inString && one == '\\')
            ++i;
        else if (one == '"')
            inString = !inString;
        else if (!inString && (one == '{' || one == '['))
            ++depth;
        else if (!inString && (one == '}' || one == ']'))
            --depth;
        if (depth > deepestNesting)
            return true;
    }
    return false;
}

} // namespace

KubernetesObject::KubernetesObject() : KubernetesObject(nlohmann::json::object()) {}

KubernetesObject::KubernetesObject(nlohmann::json value)
{
    m_writers = writersOf(value);
    dropOnArrival(value);
    m_json = std::make_shared<const nlohmann::json>(std::move(value));
}

Result<KubernetesObject> KubernetesObject::parse(std::string_view body)
{
    if (nestsTooDeep(body))
        return FormatWords::notTheProtocol(FormatWords::tr("it nests too deep"));
    nlohmann::json value = nlohmann::json::parse(body, nullptr, false);
    if (value.is_discarded())
        return FormatWords::notTheProtocol(FormatWords::tr("it is not JSON"));
    if (!value.is_object())
        return FormatWords::notTheProtocol(FormatWords::tr("it is not an object"));
    return KubernetesObject(std::move(value));
}

QString KubernetesObject::text(const char *path) const { return textOfValue(valueAt(*m_json, path)); }

qint64 KubernetesObject::number(const char *path) const
{
    const nlohmann::json *const value = valueAt(*m_json, path);
    return value && value->is_number_integer() ? value->get<qint64>() : 0;
}

bool KubernetesObject::flag(const char *path) const
{
    const nlohmann::json *const value = valueAt(*m_json, path);
    return value && value->is_boolean() && value->get<bool>();
}

std::optional<Instant> KubernetesObject::time(const char *path) const
{
    const nlohmann::json *const value = valueAt(*m_json, path);
    return value && value->is_string() ? parseRfc3339(value->get_ref<const std::string &>()) : std::nullopt;
}

QByteArray KubernetesObject::jsonAt(const char *path) const
{
    const nlohmann::json *const value = valueAt(*m_json, path);
    return value ? QByteArray::fromStdString(value->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))
                 : QByteArray();
}

bool KubernetesObject::has(const char *path) const { return valueAt(*m_json, path) != nullptr; }

QString KubernetesObject::label(const QString &name) const { return namedText(*m_json, "metadata.labels", name); }

QString KubernetesObject::annotation(const QString &name) const
{
    return namedText(*m_json, "metadata.annotations", name);
}

QList<KubernetesObject> KubernetesObject::items() const
{
    QList<KubernetesObject> objects;
    if (const nlohmann::json *const items = valueAt(*m_json, "items"); items && items->is_array()) {
        objects.reserve(static_cast<qsizetype>(items->size()));
        for (const nlohmann::json &item : *items)
            objects.append(KubernetesObject(item));
    }
    return objects;
}

} // namespace cockpit
