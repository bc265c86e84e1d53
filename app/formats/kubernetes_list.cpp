// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_list.h"

#include "app/formats/kubernetes_reader.h"

namespace cockpit {

namespace {

QString listText(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool isNamedObject(JsonNode object)
{
    const JsonNode metadata = object["metadata"];
    return !metadata["name"].text().empty() && !metadata["uid"].text().empty();
}

Error missingField() { return FormatWords::notTheProtocol(FormatWords::tr("a field that must be there is missing")); }

WatchEvent::Type watchTypeOf(std::string_view type)
{
    using Type = WatchEvent::Type;
    if (type == "ADDED")
        return Type::Added;
    if (type == "MODIFIED")
        return Type::Modified;
    if (type == "DELETED")
        return Type::Deleted;
    return type == "ERROR" ? Type::Error : Type::Bookmark;
}

/// False when it is no watch event.
bool readWatchEvent(JsonNode root, KubernetesKind kind, WatchEvent &event)
{
    const JsonNode object = root["object"];
    if (root["type"].text().empty() || !object.isObject())
        return false;
    event.type = watchTypeOf(root["type"].text());
    if (event.type == WatchEvent::Type::Error) {
        event.code = object["code"].integer();
        event.message = FormatWords::excerpt(object["message"].text());
        return true;
    }
    event.resourceVersion = listText(object["metadata"]["resourceVersion"]);
    if (event.type == WatchEvent::Type::Bookmark)
        return true;
    if (!isNamedObject(object))
        return false;
    TextPool pool(TextPool::fewTexts);
    event.fact = readFact(object, kind, pool);
    return true;
}

} // namespace

Result<KubernetesList> parseKubernetesList(const std::string &body, KubernetesKind kind)
{
    JsonBody text(body);
    KubernetesList list;
    bool isList = false;
    const Result<Done> read = readDocument(text, [&](JsonNode root) {
        TextPool pool;
        const JsonNode metadata = root["metadata"];
        isList = metadata.isObject() && listText(root["kind"]).endsWith(QLatin1String("List"));
        list.resourceVersion = listText(metadata["resourceVersion"]);
        list.continueToken = listText(metadata["continue"]);
        root["items"].elements([&](JsonNode item) {
            if (isNamedObject(item))
                list.items.push_back(readFact(item, kind, pool));
            else
                ++list.unreadable;
        });
    });
    if (!read)
        return read.error();
    if (!isList)
        return missingField();
    return list;
}

Result<KubernetesFact> parseKubernetesFact(const std::string &body, KubernetesKind kind)
{
    JsonBody text(body);
    std::optional<KubernetesFact> fact;
    const Result<Done> read = readDocument(text, [&](JsonNode root) {
        TextPool pool(TextPool::fewTexts);
        if (isNamedObject(root))
            fact = readFact(root, kind, pool);
    });
    if (!read)
        return read.error();
    if (!fact)
        return missingField();
    return *fact;
}

Result<WatchEvent> parseWatchEvent(std::string_view line, KubernetesKind kind)
{
    std::string body;
    body.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    body.assign(line);
    JsonBody text(body);
    WatchEvent event;
    bool isEvent = false;
    const Result<Done> read = readDocument(text, [&](JsonNode root) { isEvent = readWatchEvent(root, kind, event); });
    if (!read)
        return read.error();
    if (!isEvent)
        return missingField();
    return event;
}

} // namespace cockpit
