// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/action_codec_intents.h"
#include "models/source_update.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

// The values inside of updates as JSON, and back. Readers throw nlohmann's exceptions for a wrong shape; only the codec
// of updates calls them, and it catches them.

nlohmann::json jsonInstant(const std::optional<Instant> &instant);
std::optional<Instant> optionalInstantOf(const nlohmann::json &value);
nlohmann::json jsonDuration(const std::optional<Duration> &duration);
std::optional<Duration> durationOf(const nlohmann::json &value);

nlohmann::json labelsJson(const Labels &labels);
Labels labelsOf(const nlohmann::json &value);
nlohmann::json receivedAlertJson(const ReceivedAlert &alert);
ReceivedAlert receivedAlertOf(const nlohmann::json &value);
nlohmann::json silenceRecordJson(const Silence &silence);
Silence silenceOf(const nlohmann::json &value);
nlohmann::json alertRuleJson(const AlertRule &rule);
AlertRule alertRuleOf(const nlohmann::json &value);
nlohmann::json figureValueJson(const FigureUpdate::Value &item);
FigureUpdate::Value figureValueOf(const nlohmann::json &value);
nlohmann::json seriesJson(const Series &series);
Series seriesOf(const nlohmann::json &value);
nlohmann::json errorJson(const Error &error);
Error errorOf(const nlohmann::json &value);

Figure figureOf(const nlohmann::json &value);
SourceStatus::Kind sourceKindOf(const nlohmann::json &value);
SourceStatus::State sourceStateOf(const nlohmann::json &value);

/// A shared list; null for none, which is not the same as an empty one.
template<typename T, typename Write>
nlohmann::json jsonListOf(const std::shared_ptr<const std::vector<T>> &list, Write write)
{
    if (!list)
        return nullptr;
    nlohmann::json array = nlohmann::json::array();
    for (const T &item : *list)
        array.push_back(write(item));
    return array;
}
template<typename T, typename Read>
std::shared_ptr<const std::vector<T>> listOf(const nlohmann::json &value, Read read)
{
    if (value.is_null())
        return nullptr;
    auto list = std::make_shared<std::vector<T>>();
    list->reserve(value.size());
    for (const nlohmann::json &item : value)
        list->push_back(read(item));
    return list;
}

} // namespace cockpit
