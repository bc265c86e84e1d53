// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations_review.h"

#include <QByteArray>

namespace cockpit {

/// {"subject":…,"verdict":"unsafe","reasons":[…],"score":{"value":…,"grade":…,"bound":…,"deductions":[…]},"looked":[…],
/// "findings":[… as findingsJson(), with "impact" and "by"],"findingsElsewhere":…,"checks":[…],"notChecked":[…],
/// "deploymentSafety":{…},"runbookRequirements":{…},"costImplications":{…},"rollbackProcedure":{…}}; a section is
/// {"paragraphs":[…],"head":[…],"rows":[[…]]}.
QByteArray reviewJson(const OperationsReview &review);

} // namespace cockpit
