// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "app/store/store_thread.h"
#include "models/items/runbook_store.h"

#include <QObject>

#include <functional>

namespace cockpit {

/// Asks Prometheus the queries of a runbook: the last hour and the value now, of every configured server. The query is
/// Prometheus' to judge; its refusal comes in words. Owner's thread; never waits.
class RunbookQueries : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        RunbookStore &store;
        Post post;
        std::function<QList<PrometheusBackend *>()> prometheus; ///< those that can be asked now
    };
    explicit RunbookQueries(Parts parts, QObject *parent = nullptr);

    void ask(const QString &query);

private:
    struct Gathered;
    void take(const std::shared_ptr<Gathered> &gathered);

    Parts m_parts;
};

} // namespace cockpit
