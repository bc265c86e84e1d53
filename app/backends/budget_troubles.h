// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "models/delivery_deployments.h"

#include <functional>

namespace cockpit {

/// The stretches in which Sloth's `slo:current_burn_rate:ratio` of any objective of a service was above the rate that
/// warns (5 ×, operations.md §8), oldest first; stretches of two objectives that touch are one. A gap ends a stretch a
/// step after its last point; one that reaches the newest point goes on. `step` is the distance of the points. Pure.
QList<BudgetTrouble> budgetTroubles(const std::vector<Series> &burns, Duration step);

/// Asks for the last 90 days with one query, a point every 130 minutes: shorter burns may be missed. `done` comes once,
/// on the I/O thread. Errors: those of PrometheusBackend::querySeries.
void queryBudgetTroubles(PrometheusBackend &prometheus, std::function<void(Result<QList<BudgetTrouble>>)> done);

} // namespace cockpit
