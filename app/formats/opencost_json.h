// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost_ledger.h"
#include "models/labels.h"
#include "models/result.h"

#include <string>

namespace cockpit {

// Answers of OpenCost's `/allocation/compute` (backends.md §10): opencost/opencost
// `core/pkg/opencost/allocation_json.go`.

/// By which labels cost is told apart, as Prometheus spells them ("cost_center").
struct CostLabelNames {
    QString service{QStringLiteral("app")};
    QString team{QStringLiteral("team")};
    QString environment{QStringLiteral("environment")};
    QString costCenter{QStringLiteral("cost_center")};
    bool operator==(const CostLabelNames &) const = default;
};

/// What is asked for, and how the answer is read.
struct OpenCostQuestion {
    CostLabelNames labels{};
    QHash<QString, Labels> services{}; ///< a service by labels that it alone has, before CostLabelNames::service
    QString currency{QStringLiteral("USD")};
    bool operator==(const OpenCostQuestion &) const = default;
};

/// Full UTC days that an answer holds. A set without allocations is no data, and so is one shorter than a day.
struct ParsedCostDays {
    CostDays days{};
    int notNumbers = 0; ///< totals that were null (NaN or infinite at the server): their parts are added instead
};

/// `aggregate` of the question: namespace, controller, and the labels asked for. The order is what the reader expects.
QString openCostAggregate(const OpenCostQuestion &question);
/// Reads the sets of an answer: processors, memory and GPUs are compute, or database or cache where the controller or
/// its service is a well-known one; network and load balancers are network; volumes storage; what remains of the total
/// is other. `__idle__` goes to CostDay::idle, `__unmounted__` also to CostDay::unmounted, `__unallocated__` reads as
/// unlabelled. Errors: Parse; Server with the words of an answer that is none.
Result<ParsedCostDays> parseOpenCostAllocation(const std::string &body, const OpenCostQuestion &question);
/// What an answer that is none says, on one line: JSON, plain text, or text with JSON behind it. Empty where nothing.
QString parseOpenCostRefusal(const std::string &body);

} // namespace cockpit
