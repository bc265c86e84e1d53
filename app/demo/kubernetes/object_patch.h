// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/api_status.h"

#include <nlohmann/json.hpp>

#include <string>
#include <variant>
#include <vector>

namespace cockpit::demo {

/// The object after a PATCH with that content type, or the refusal (400, 415, 422).
std::variant<nlohmann::ordered_json, ApiStatus> patchedObject(const ResourceType &type,
                                                              const nlohmann::ordered_json &object,
                                                              const std::string &contentType, const std::string &body);
/// What is wrong with an object's values, as the API server's validation says it. Empty = nothing.
std::vector<FieldProblem> problemsOf(const ResourceType &type, const nlohmann::ordered_json &object);
/// Removes fields that the type does not have, and answers their paths.
std::vector<std::string> dropUnknownFields(const ResourceType &type, nlohmann::ordered_json &object);

} // namespace cockpit::demo
