// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "models/fleet.h"
#include "models/items/alert_list_model.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>

namespace cockpit {

/// Folds updates into the Fleet off the GUI thread and hands each new one over with the rows of the alert list.
/// At most one fold runs at a time; what arrives meanwhile is folded by the next one, so a storm costs no backlog.
class FleetService : public QObject {
    Q_OBJECT
public:
    FleetService(const Clock &clock, FleetRules rules, QObject *parent = nullptr);
    ~FleetService() override;

    /// Resolved alerts of an earlier run, so that "the last 6 h" survives a restart. Before the first update.
    void seed(std::shared_ptr<const Fleet> earlier);
    void apply(const std::vector<SourceUpdate> &updates);
    /// Time passed: ages change what is stale and what is calm.
    void refold();
    /// Another filter or scope: the rows are made anew, of the fleet that is known.
    void setQuery(AlertQuery query);

    const FleetInputs &inputs() const { return m_inputs; }
    const std::shared_ptr<const Fleet> &fleet() const { return m_fleet; }
    const FleetRules &rules() const { return *m_rules; }
    /// The fleet holds what a Prometheus remembers of alerts that ended before this process ran.
    bool isPastKnown() const { return m_pastKnown; }

Q_SIGNALS:
    void folded(const std::shared_ptr<const cockpit::Fleet> &fleet,
                const std::shared_ptr<const cockpit::AlertRows> &rows);

private:
    struct Folded;
    void start();
    void take(const Folded &result);

    const Clock &m_clock;
    std::shared_ptr<const FleetRules> m_rules;
    FleetInputs m_inputs;
    std::shared_ptr<const Fleet> m_fleet;
    AlertQuery m_query;
    bool m_running = false;
    bool m_dirty = false;       ///< something was told that no fold has taken in
    bool m_queryDirty = false;  ///< the rows answer an older query
    bool m_everFolded = false;  ///< before, m_fleet is a seed
    bool m_pastKnown = false;
    QTimer m_gather; ///< the answers of one poll come close together: they are folded once
    QThreadPool m_pool;
};

} // namespace cockpit
