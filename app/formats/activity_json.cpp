// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/activity_json.h"

#include <nlohmann/json.hpp>

namespace cockpit {

QByteArray activityJson(const QList<ActivityEntry> &entries)
{
    auto list = nlohmann::ordered_json::array();
    const auto text = [](const QString &words) { return words.toStdString(); };
    for (const ActivityEntry &entry : entries)
        list.push_back({{"sequence", entry.sequence},
                        {"at", text(toRfc3339(entry.at))},
                        {"environment", text(entry.environment)},
                        {"id", text(entry.action.toString())},
                        {"action", text(entry.actionName)},
                        {"object", text(entry.target)},
                        {"service", text(entry.service.toString())},
                        {"actor", text(entry.actor)},
                        {"reason", text(entry.reason)},
                        {"state", text(toWireName(entry.state))},
                        {"text", text(entry.text)},
                        {"identity", text(entry.identity)},
                        {"diff", text(entry.diff)}});
    return QByteArray::fromStdString(list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace cockpit
