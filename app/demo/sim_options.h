// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace cockpit::demo {

/// What dt-cockpit-sim was asked to do.
struct SimOptions {
    struct Fault {
        std::string backend{}; ///< prometheus, alertmanager-a, alertmanager-b, kubernetes, breakers, envoy, flags, health, cost
        std::string what{};    ///< as parseFault(), applyClusterFault(), applyManagementFault() or
                               ///< applyCostFault() takes it
    };
    std::string scenario{"bad-canary"};
    std::uint64_t seed = 42;
    double speed = 10.0;
    std::string start{}; ///< RFC 3339, "now", or empty for the scenario's own
    std::string configFile{};
    std::vector<Fault> faults{};
    bool exitWithParent = false;
    bool darkTowerNames = false;
    bool metricsOnly = false;
    std::string dumpSeries{}; ///< file for `promtool test rules`; the program ends after writing it
};

/// Errors: Invalid, all problems in the words.
Result<SimOptions> parseSimOptions(const QStringList &arguments);
/// What --help prints.
QString simHelp();

} // namespace cockpit::demo
