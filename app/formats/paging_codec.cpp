// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/paging_codec.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/update_codec_parts.h"

namespace cockpit {

using nlohmann::json;

namespace {

json pagingTexts(const QStringList &texts)
{
    json list = json::array();
    for (const QString &one : texts)
        list.push_back(jsonText(one));
    return list;
}

json pagingInstant(const std::optional<Instant> &at) { return at ? json(toEpochMs(*at)) : json(nullptr); }

std::optional<Instant> pagingInstantOf(const json &value)
{
    return value.is_null() ? std::nullopt : std::optional(instantOf(value));
}

json pageJson(const Page &page)
{
    return {{"id", jsonText(page.id)},
            {"number", page.number},
            {"title", jsonText(page.title)},
            {"state", static_cast<int>(page.state)},
            {"urgency", jsonText(page.urgency)},
            {"dedupKey", jsonText(page.dedupKey)},
            {"service", jsonText(page.service)},
            {"serviceId", jsonText(page.serviceId)},
            {"policyId", jsonText(page.policyId)},
            {"createdAt", toEpochMs(page.createdAt)},
            {"assignees", pagingTexts(page.assignees)},
            {"acknowledgedBy", pagingTexts(page.acknowledgedBy)},
            {"acknowledgedAt", pagingInstant(page.acknowledgedAt)},
            {"escalationLevel", page.escalationLevel},
            {"escalatesAt", pagingInstant(page.escalatesAt)},
            {"assignedAt", pagingInstant(page.assignedAt)},
            {"resolvedAt", pagingInstant(page.resolvedAt)},
            {"url", jsonText(page.url)}};
}

Page pageOf(const json &value)
{
    return {.id = textOf(value.at("id")),
            .number = value.at("number").get<qint64>(),
            .title = textOf(value.at("title")),
            .state = static_cast<Page::State>(std::clamp(value.at("state").get<int>(), 0, 2)),
            .urgency = textOf(value.at("urgency")),
            .dedupKey = textOf(value.at("dedupKey")),
            .service = textOf(value.at("service")),
            .serviceId = textOf(value.at("serviceId")),
            .policyId = textOf(value.at("policyId")),
            .createdAt = instantOf(value.at("createdAt")),
            .assignees = textsOf(value.at("assignees")),
            .acknowledgedBy = textsOf(value.at("acknowledgedBy")),
            .acknowledgedAt = pagingInstantOf(value.at("acknowledgedAt")),
            .escalationLevel = value.at("escalationLevel").get<int>(),
            .escalatesAt = pagingInstantOf(value.at("escalatesAt")),
            .assignedAt = pagingInstantOf(value.value("assignedAt", json())),
            .resolvedAt = pagingInstantOf(value.value("resolvedAt", json())),
            .url = textOf(value.at("url"))};
}

json onCallJson(const OnCall &one)
{
    return {{"person", jsonText(one.person)},     {"personId", jsonText(one.personId)},
            {"schedule", jsonText(one.schedule)}, {"policy", jsonText(one.policy)},
            {"policyId", jsonText(one.policyId)}, {"level", one.level},
            {"until", pagingInstant(one.until)}};
}

OnCall onCallOf(const json &value)
{
    return {.person = textOf(value.at("person")),
            .personId = textOf(value.at("personId")),
            .schedule = textOf(value.at("schedule")),
            .policy = textOf(value.at("policy")),
            .policyId = textOf(value.at("policyId")),
            .level = value.at("level").get<int>(),
            .until = pagingInstantOf(value.at("until"))};
}

} // namespace

json pagingUpdateJson(const PagingUpdate &update)
{
    json pages = json(nullptr);
    if (update.pages) {
        pages = json::array();
        for (const Page &page : *update.pages)
            pages.push_back(pageJson(page));
    }
    json onCalls = json(nullptr);
    if (update.onCalls) {
        onCalls = json::array();
        for (const OnCall &one : *update.onCalls)
            onCalls.push_back(onCallJson(one));
    }
    return {{"kind", "paging"},   {"source", jsonText(update.source.toString())},
            {"at", toEpochMs(update.at)}, {"pages", pages},
            {"onCalls", onCalls}, {"isPartial", update.isPartial}};
}

PagingUpdate pagingUpdateOf(const json &value)
{
    PagingUpdate update{.source = SourceId(textOf(value.at("source"))),
                        .at = instantOf(value.at("at")),
                        .isPartial = value.at("isPartial").get<bool>()};
    if (const json &pages = value.at("pages"); !pages.is_null()) {
        auto read = std::make_shared<std::vector<Page>>();
        for (const json &page : pages)
            read->push_back(pageOf(page));
        update.pages = std::move(read);
    }
    if (const json &onCalls = value.at("onCalls"); !onCalls.is_null()) {
        auto read = std::make_shared<std::vector<OnCall>>();
        for (const json &one : onCalls)
            read->push_back(onCallOf(one));
        update.onCalls = std::move(read);
    }
    return update;
}

} // namespace cockpit
