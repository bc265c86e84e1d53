// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/override.h"

#include <nlohmann/json_fwd.hpp>

#include <QByteArray>

#include <vector>

namespace cockpit {

/// The array "breakers" of the status contract: `{"from","to","source","state","pods":[],"override"}` and, beside it,
/// name, figures, fallback and why nothing can be done. What is not known is null, never 0.
nlohmann::ordered_json breakersListJson(const std::vector<BreakerPtr> &breakers, const QList<Override> &overrides);
/// The array "overrides": `{"target","was","is","actor","reason","until"}` and id, kind, held, overdue, trouble.
nlohmann::ordered_json overridesListJson(const QList<Override> &overrides, Instant now);

/// For `breakers --json` and `overrides --json`; one line, without a newline.
QByteArray breakersJson(const std::vector<BreakerPtr> &breakers, const QList<Override> &overrides);
QByteArray overridesJson(const QList<Override> &overrides, Instant now);

} // namespace cockpit
