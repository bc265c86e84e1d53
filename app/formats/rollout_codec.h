// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rollout.h"

#include <nlohmann/json.hpp>

namespace cockpit {

// Rollouts as JSON and back, for recordings. The readers throw nlohmann's exceptions for a wrong shape; only the codec
// of updates calls them, and it catches them.

nlohmann::json rolloutsUpdateJson(const RolloutsUpdate &update);
RolloutsUpdate rolloutsUpdateOf(const nlohmann::json &value);

nlohmann::json objectKeyJson(const ObjectKey &key);
ObjectKey objectKeyOf(const nlohmann::json &value);
nlohmann::json revisionJson(const RolloutRevision &revision);
RolloutRevision revisionOf(const nlohmann::json &value);
nlohmann::json podJson(const PodFact &pod);
PodFact podOf(const nlohmann::json &value);
nlohmann::json analysisJson(const AnalysisFact &analysis);
AnalysisFact analysisOf(const nlohmann::json &value);
nlohmann::json textMapJson(const QHash<QString, QString> &texts);
QHash<QString, QString> textMapOf(const nlohmann::json &value);

/// A list of values with their writer or reader.
template <typename T, typename Write> nlohmann::json jsonArrayOf(const QList<T> &list, Write write)
{
    nlohmann::json array = nlohmann::json::array();
    for (const T &item : list)
        array.push_back(write(item));
    return array;
}
template <typename T, typename Read> QList<T> arrayOf(const nlohmann::json &value, Read read)
{
    QList<T> list;
    list.reserve(static_cast<qsizetype>(value.size()));
    for (const nlohmann::json &item : value)
        list.append(read(item));
    return list;
}

} // namespace cockpit
