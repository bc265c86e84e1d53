// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/paging_json.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

using PagingJson = nlohmann::ordered_json;

PagingJson instantField(const std::optional<Instant> &at)
{
    return at ? PagingJson(toRfc3339(*at).toStdString()) : PagingJson(nullptr);
}

PagingJson textFields(const QStringList &texts)
{
    PagingJson list = PagingJson::array();
    for (const QString &one : texts)
        list.push_back(one.toStdString());
    return list;
}

QByteArray pagingDump(const PagingJson &body)
{
    return QByteArray::fromStdString(body.dump(2, ' ', false, PagingJson::error_handler_t::replace));
}

} // namespace

QByteArray pagesJson(const std::vector<Page> &pages)
{
    PagingJson list = PagingJson::array();
    for (const Page &page : pages) {
        list.push_back({{"id", page.id.toStdString()},
                        {"number", page.number},
                        {"title", page.title.toStdString()},
                        {"state", toWireName(page.state).toStdString()},
                        {"service", page.service.toStdString()},
                        {"urgency", page.urgency.toStdString()},
                        {"createdAt", instantField(page.createdAt)},
                        {"assignees", textFields(page.assignees)},
                        {"acknowledgedBy", textFields(page.acknowledgedBy)},
                        {"escalationLevel", page.escalationLevel > 0 ? PagingJson(page.escalationLevel) : PagingJson(nullptr)},
                        {"escalatesAt", instantField(page.escalatesAt)},
                        {"dedupKey", page.dedupKey.toStdString()},
                        {"url", page.url.toStdString()}});
    }
    return pagingDump(list);
}

QByteArray onCallsJson(const std::vector<OnCall> &onCalls)
{
    PagingJson list = PagingJson::array();
    for (const OnCall &one : onCalls) {
        list.push_back({{"person", one.person.toStdString()},
                        {"id", one.personId.toStdString()},
                        {"level", one.level},
                        {"schedule", one.schedule.toStdString()},
                        {"policy", one.policy.toStdString()},
                        {"until", instantField(one.until)}});
    }
    return pagingDump(list);
}

} // namespace cockpit
