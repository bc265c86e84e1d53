// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace cockpit {

/// Text and times of values as JSON. Text is UTF-8; a time is milliseconds since 1970.
std::string jsonText(const QString &text);
QString textOf(const nlohmann::json &value);
nlohmann::json jsonTexts(const QStringList &texts);
QStringList textsOf(const nlohmann::json &value);
Instant instantOf(const nlohmann::json &value);
nlohmann::json jsonMatchers(const QList<Matcher> &matchers);

/// `{"action": wire name, …}`. The reader throws nlohmann's exceptions for a wrong shape; only the codec calls it.
nlohmann::json intentJson(const ActionIntent &intent);
/// Nothing for a wire name that this program does not know.
std::optional<ActionIntent> intentOf(const nlohmann::json &value);

} // namespace cockpit
