// SPDX-License-Identifier: GPL-3.0-or-later
// The half of the Kubernetes face that gets and lists.
#include "app/demo/kubernetes/kubernetes_face.h"

#include <QByteArray>

#include <charconv>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

/// Where a list goes on: the resourceVersion that it began with and the name after which.
struct ListPosition {
    std::int64_t revision = 0; ///< -1: of an inconsistent rest, which never expires
    std::string after{};
};

std::string tokenOf(const ListPosition &position)
{
    const Json token{{"v", "meta.k8s.io/v1"}, {"rv", position.revision}, {"start", position.after + '\0'}};
    return QByteArray::fromStdString(token.dump())
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

std::optional<ListPosition> positionOf(const std::string &token)
{
    const Json json = Json::parse(
        QByteArray::fromBase64(QByteArray::fromStdString(token), QByteArray::Base64UrlEncoding).toStdString(), nullptr,
        false);
    if (!json.is_object() || !json.contains("rv") || !json.contains("start"))
        return std::nullopt;
    std::string after = json["start"].get<std::string>();
    while (!after.empty() && after.back() == '\0')
        after.pop_back();
    return ListPosition{json["rv"].get<std::int64_t>(), std::move(after)};
}

ApiStatus expiredContinue(const ListPosition &position)
{
    ApiStatus status = ApiStatus::expired(
        "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        "without the continue parameter, or use the continue token in this response to retrieve the remainder of the "
        "results. Continuing with the provided token results in an inconsistent list - objects that were created, "
        "modified, or deleted between the time the first chunk was returned and now may show up in the list.");
    status.body["metadata"]["continue"] = tokenOf({-1, position.after});
    return status;
}

ApiStatus tooLarge(std::int64_t wanted, std::int64_t current)
{
    ApiStatus status = ApiStatus::of(504, "Timeout",
                                     "Timeout: Too large resource version: " + std::to_string(wanted) +
                                         ", current: " + std::to_string(current));
    status.body["details"] = {
        {"causes", Json::array({{{"reason", "ResourceVersionTooLarge"}, {"message", "Too large resource version"}}})},
        {"retryAfterSeconds", 1}};
    status.retryAfter = 1;
    return status;
}

} // namespace

std::optional<ObjectSelector> selectorOf(const httplib::Request &request, httplib::Response &response)
{
    auto selector = ObjectSelector::parse(parameterOf(request, "labelSelector"), parameterOf(request, "fieldSelector"));
    if (const std::string *complaint = std::get_if<std::string>(&selector)) {
        answerStatus(response, ApiStatus::of(400, "BadRequest", *complaint));
        return std::nullopt;
    }
    return std::get<ObjectSelector>(std::move(selector));
}

std::variant<std::optional<std::int64_t>, ApiStatus> revisionOf(const httplib::Request &request)
{
    const std::string text = parameterOf(request, "resourceVersion");
    if (text.empty())
        return std::optional<std::int64_t>();
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < 0)
        return ApiStatus::of(500, {},
                             "resourceVersion: Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text +
                                 "\": invalid syntax");
    return std::optional(number);
}

void KubernetesFace::get(const Request &request, Response &response, const Target &target) const
{
    const ObjectStore::Object object = m_cluster.read([&](const ObjectStore &store) {
        return store.find(*target.type, target.type->namespaced ? target.nameSpace : "", target.name);
    });
    if (!object)
        return answerStatus(response, ApiStatus::notFound(*target.type, target.name));
    if (target.subresource == "scale")
        return answerJson(response, scaleOf(*target.type, *object));
    answerJson(response, wantsPartial(request) ? partialObject(*object) : wireObject(*target.type, *object));
}

void KubernetesFace::list(const Request &request, Response &response, const Target &target) const
{
    const std::optional<ObjectSelector> selector = selectorOf(request, response);
    if (!selector)
        return;
    const auto revision = revisionOf(request);
    if (const ApiStatus *refusal = std::get_if<ApiStatus>(&revision))
        return answerStatus(response, *refusal);
    const std::optional<std::int64_t> wanted = std::get<std::optional<std::int64_t>>(revision);
    std::int64_t current = 0;
    std::int64_t oldest = 0;
    const auto objects = m_cluster.read([&](const ObjectStore &store) {
        current = store.revision();
        oldest = store.oldest();
        return store.list(*target.type, target.nameSpace);
    });
    if (wanted && *wanted > current)
        return answerStatus(response, tooLarge(*wanted, current));
    if (wanted && *wanted<oldest && * wanted> 0 && parameterOf(request, "resourceVersionMatch") == "Exact")
        return answerStatus(response, ApiStatus::expired("The resourceVersion for the provided list is too old."));
    ListPosition position{current, {}};
    if (const std::string token = parameterOf(request, "continue"); !token.empty()) {
        const std::optional<ListPosition> found = positionOf(token);
        if (!found)
            return answerStatus(response, ApiStatus::of(400, "BadRequest",
                                                        "invalid continue token: continue key is not valid: invalid "
                                                        "character '\\u009e' looking for beginning of value"));
        if (found->revision >= 0 && found->revision < oldest)
            return answerStatus(response, expiredContinue(*found));
        position = *found;
    }
    // The watch cache answers resourceVersion=0, and knows no pages.
    const bool paged = !(wanted && *wanted == 0);
    const auto limit = paged ? static_cast<std::size_t>(std::atoi(parameterOf(request, "limit").c_str())) : 0U;
    const bool partial = wantsPartial(request);
    Json items = Json::array();
    std::size_t left = 0;
    std::string last;
    for (const ObjectStore::Object &object : objects) {
        const std::string name = (*object)["metadata"]["name"];
        if (name <= position.after || !selector->matches(*object))
            continue;
        if (limit > 0 && items.size() == limit) {
            ++left;
            continue;
        }
        last = name;
        items.push_back(partial               ? partialObject(*object)
                        : target.type->custom ? wireObject(*target.type, *object)
                                              : *object);
    }
    const std::int64_t shown = position.revision >= 0 ? position.revision : current;
    Json metadata{{"resourceVersion", std::to_string(shown)}};
    if (left > 0) {
        metadata["continue"] = tokenOf({shown, last});
        metadata["remainingItemCount"] = left;
    } else if (target.type->custom && !partial) {
        metadata["continue"] = "";
    }
    answerJson(response, {{"kind", partial ? "PartialObjectMetadataList" : target.type->kind + "List"},
                          {"apiVersion", partial ? "meta.k8s.io/v1" : target.type->apiVersion()},
                          {"metadata", std::move(metadata)},
                          {"items", std::move(items)}});
}

} // namespace cockpit::demo
