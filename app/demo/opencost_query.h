// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/cost_book.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cockpit::demo {

/// A stretch of time as OpenCost's `window` names it.
struct CostWindow {
    Instant from{};
    Instant to{};
};

/// today, yesterday, week, month, lastweek, lastmonth, a duration back from `now` (30m, 12h, 7d), or two moments with a
/// comma between them (RFC 3339 or Unix seconds). Nothing on anything else.
std::optional<CostWindow> costWindow(const std::string &text, Instant now);

/// What of a question changes the answer beside the window.
struct AllocationQuery {
    std::vector<std::string> aggregate{}; ///< cluster, namespace, controller, label:X, …; empty = each container
    bool includeIdle = false;
    bool shareIdle = false;               ///< spread over the others by their processors and memory
    bool withMetadata = false;            ///< the labels that all parts of an entry share
};

/// False for a property that OpenCost does not know.
bool isCostProperty(const std::string &property);
/// The entry's name under `aggregate`: its values with slashes between them, "__unallocated__" where it has none, the
/// controller as "kind:name".
std::string costKey(const CostItem &item, const std::vector<std::string> &aggregate, const std::string &cluster);
/// One set: a map of allocations by name, as `data` of the answer holds one for each step. Numbers have five decimals,
/// what cannot be divided is null.
nlohmann::ordered_json allocationSet(const CostBook &book, const CostWindow &window, const AllocationQuery &query,
                                     const std::string &cluster);
/// `data` of /assets: the nodes, disks, load balancers and networks that all that runs on.
nlohmann::ordered_json assetSet(const CostBook &book, const CostWindow &window, const std::string &cluster);

} // namespace cockpit::demo
