// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/resource_types.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace cockpit::demo {

/// A refusal as an API server words it: a Status object, or plain text.
struct ApiStatus {
    int code = 500;
    nlohmann::ordered_json body{}; ///< null: `text` is the answer
    std::string text{};
    int retryAfter = 0; ///< seconds; 0 = not said

    static ApiStatus of(int code, const std::string &reason, const std::string &message);
    static ApiStatus plain(int code, std::string text, int retryAfter = 0);
    static ApiStatus notFound(const ResourceType &type, const std::string &name);
    static ApiStatus conflict(const ResourceType &type, const std::string &name);
    static ApiStatus uidConflict(const ResourceType &type, const std::string &name, const std::string &wanted,
                                 const std::string &found);
    static ApiStatus methodNotAllowed(const ResourceType &type, const std::string &verb);
    static ApiStatus unsupportedMediaType(bool custom);
    static ApiStatus badPatch(); ///< a JSON patch that does not apply
    static ApiStatus malformedPatch();
    static ApiStatus expired(const std::string &message);
    static ApiStatus unauthorized();
    static ApiStatus startingUp();
};

/// One field that is not as it must be.
struct FieldProblem {
    std::string reason{}; ///< FieldValueInvalid, FieldValueTypeInvalid …
    std::string message{};
    std::string field{};
};
/// 422 for `problems` of one object.
ApiStatus invalidObject(const ResourceType &type, const std::string &name, const std::vector<FieldProblem> &problems);
/// 422 for the options of a request: `kind` is PatchOptions, ListOptions …
ApiStatus invalidOptions(const std::string &kind, const std::vector<FieldProblem> &problems);

/// Who may do what, for messages and reviews.
struct AccessRequest {
    std::string user{};
    std::string verb{};
    std::string group{};
    std::string resource{}; ///< with its subresource: rollouts/status
    std::string nameSpace{};
    std::string name{};
};
ApiStatus forbidden(const AccessRequest &request);

} // namespace cockpit::demo
