// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/backends/prometheus_backend.h"
#include "app/config/configuration.h"
#include "app/store/store_thread.h"

#include <functional>

namespace cockpit {

/// `sessions:` of a service with {pods} filled in: a regular expression that matches these pods' names and no others.
QString sessionsQuery(const QString &query, const QStringList &pods);

/// Counts the live sessions on pods by the query that the configuration names for the rollout's service: the sum over its
/// answer, of the first server that has one. Empty where no service names a query. The parts outlive it; `done` is called
/// on the owner's thread.
CountSessions sessionCounter(const QList<ServiceConfig> &services, const Clock &clock, Post post,
                             std::function<QList<PrometheusBackend *>()> prometheus);

} // namespace cockpit
