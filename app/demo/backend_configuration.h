// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/scenario.h"

#include <map>
#include <string>

namespace cockpit::demo {

/// Where the backends of breakers, flags and health endpoints answer.
struct BackendUrls {
    std::map<std::string, std::string> services{}; ///< the HTTP port of each service, by its name
    std::string envoy{};                           ///< the admin port beside ac-service
    std::string unleash{};                         ///< empty: there are no flags
    std::string tokenFile{};                       ///< where the token for that stands; empty: nowhere
    std::string pagerDuty{};
    std::string slack{};
    std::string openCost{};                        ///< empty: there are no costs
    std::string pagingFiles{};                     ///< how the files with their secrets begin; empty: there are none
    std::string context{};                         ///< of the cluster that the pods are in; empty: none is configured
};

/// The keys `breakers:`, `flags:`, `paging:`, `chat:` and `health:` of a configuration, as YAML text that follows
/// the other keys. Empty when nothing of that answers.
std::string backendConfiguration(const Scenario &scenario, const BackendUrls &urls);

} // namespace cockpit::demo
