// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cockpit::demo {

/// One resource that the API server has.
struct ResourceType {
    std::string group{}; ///< empty = core
    std::string version{"v1"};
    std::string plural{};
    std::string singular{};
    std::string kind{};
    bool namespaced = true;
    bool custom = false; ///< defined by a CRD: no strategic merge patch, no protobuf
    bool hasStatus = false;
    bool hasScale = false;
    bool countsGenerations = false; ///< metadata.generation goes up with each change of the specification

    std::string apiVersion() const { return group.empty() ? version : group + '/' + version; }
    /// "rollouts.argoproj.io", as messages name it.
    std::string qualified() const { return group.empty() ? plural : plural + '.' + group; }
    std::string qualifiedKind() const { return group.empty() ? kind : kind + '.' + group; }
    /// "/api/v1" or "/apis/GROUP/VERSION".
    std::string root() const { return (group.empty() ? "/api/" : "/apis/" + group + '/') + version; }
};

/// All that there are, by group.
const std::vector<ResourceType> &resourceTypes();
/// Null when there is none of that name in that group and version.
const ResourceType *resourceType(std::string_view group, std::string_view version, std::string_view plural);
/// By kind; the kinds of this server are unambiguous. Never null for a kind that is in resourceTypes().
const ResourceType *resourceOfKind(std::string_view kind);

} // namespace cockpit::demo
