// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/service_probe.h"

#include <string>

namespace cockpit {

/// Reads the answer of a health endpoint, whichever protocol it speaks (backends.md §12): Kubernetes' plain and verbose
/// text, Spring's actuator, health+json, Dark Tower's JSON. A body of a status 503 is read too. 401 and 403 are Refused:
/// they say nothing of the service. Never fails: what cannot be read counts by its status.
ProbeAnswer readHealthBody(ProbeQuestion question, int status, const std::string &body);

} // namespace cockpit
