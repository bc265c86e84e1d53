// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/json_body.h"

#include <QStringList>

#include <functional>

namespace cockpit {

/// Reads `{"status","data","warnings","infos","errorType","error"}` and hands `data` over. `infos` are hints to the
/// author of a query and are left out. Errors: Parse; for an error envelope the one of prometheusFailureError.
Result<Done> readEnvelope(JsonBody &body, QStringList &warnings,
                          const std::function<JsonCode(JsonValue)> &readData);

/// The error that a person reads for an error envelope: the kind by errorType, the server's own words in it.
Error prometheusFailureError(const QString &errorType, const QString &error);

} // namespace cockpit
