// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_engine.h"
#include "app/actions/lease_kind.h"
#include "models/override.h"

#include <QHash>

namespace cockpit {

/// Keeps the overrides of this installation: counts down, and at the end runs the way back through the engine, in one
/// process alone; tries again while that fails. Whoever runs adopts the open ones. Owner's thread, as the engine.
class OverrideKeeper {
public:
    struct Parts {
        ActionEngine &engine;
        StoreThread &store;
        const Clock &clock;
        QString environment{};
        std::function<void(const QList<Lease> &leases, const QList<Override> &overrides)> show{}; ///< all that hold
        std::function<void(const Error &)> problem{}; ///< what the store could not do
    };
    /// Real time between tries to end one, doubling up to the longest.
    static constexpr std::chrono::seconds kFirstPause{10};
    static constexpr std::chrono::seconds kLongestPause{120};

    explicit OverrideKeeper(Parts parts);
    OverrideKeeper(const OverrideKeeper &) = delete;
    OverrideKeeper &operator=(const OverrideKeeper &) = delete;

    /// This process runs on until a person ends it: it says so to the others.
    void runOn() { m_runsOn = true; }
    /// To be called with every record that the engine reports.
    void observe(const ActionRecord &record);
    /// To be called once a second.
    void tick();
    /// Reads the leases again and shows them.
    void reload();
    /// Keeps what is known of a lease: another pod was told, trouble was seen.
    void update(const Lease &lease);
    /// Whether another process ends what is due. Answers on the owner's thread.
    void isKeptElsewhere(std::function<void(bool)> done);

private:
    struct Retry {
        Clock::Monotonic at{};
        std::chrono::seconds pause{kFirstPause};
    };
    void withOpenLeases(std::function<void(const QList<Lease> &)> work);
    void take(const QList<Lease> &leases);
    void look(const Lease &lease, Instant now);
    void begin(const Lease &lease);
    void observeEnding(const ActionRecord &record, const QString &leaseId);
    void observeMaker(const ActionRecord &record);
    void endLeases(const std::function<bool(const Lease &)> &which, const QString &outcome);
    void end(Lease lease, const QString &outcome);
    void write(const Lease &lease);
    Override shown(const Lease &lease, Instant now) const;

    Parts m_parts;
    QList<Lease> m_leases{};
    QHash<ActionId, QString> m_ending{}; ///< the leases whose way back is under way, by that action
    QHash<QString, Retry> m_retries{};
    bool m_runsOn = false;
    int m_ticks = 0;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
