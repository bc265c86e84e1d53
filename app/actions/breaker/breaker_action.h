// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/actions/lease_kind.h"
#include "app/breakers/breaker_source.h"
#include "models/fleet.h"
#include "models/override.h"

#include <functional>

namespace cockpit {

/// Tells other cockpits of an override, where the backend has a place for it (the workload's annotation).
struct LeaseBoard {
    /// There is such a place for this breaker.
    std::function<bool(const BreakerKey &key)> isSeen{};
    /// Writes the lease there, or takes it away. Errors: those of the API server.
    std::function<void(const BreakerKey &key, const Lease &lease, bool take, std::function<void(Result<Done>)> done)>
        post{};
};

/// What the actions on breakers live on. References outlive them.
struct BreakerActionParts {
    const Clock &clock;
    LeaseStore leases{};
    std::function<BreakerSource *(const SourceId &)> source{}; ///< null when it is not known (yet)
    std::function<QList<Override>()> overrides{};              ///< those that hold now
    std::function<std::shared_ptr<const Fleet>()> fleet{};     ///< may give null
    LeaseBoard board{};
    std::function<QList<ServiceId>(const ServiceId &)> callersOf{}; ///< the services that call that one
};

/// The way that both actions on a breaker share: one fresh look, and what is said of a breaker.
class BreakerAction : public ActionHandler {
public:
    explicit BreakerAction(BreakerActionParts parts)
        : m_parts(std::move(parts))
    {}

protected:
    using Looked = std::function<void(const BreakerPtr &breaker, const BreakerLook &look)>;
    using Failed = std::function<void(const Error &)>;
    /// Finds the breaker by a fresh look. NotFound names the nearest ones.
    void look(const BreakerKey &key, Looked done, Failed failed) const;
    /// The override that holds this breaker now, of this or another cockpit.
    std::optional<Override> overrideOf(const BreakerKey &key) const;
    /// How far this computer's clock is from theirs, when that matters for the end of an override.
    std::optional<Evidence> clockCheck(const BreakerLook &look) const;
    /// Ends an order: the pods' outcomes as one event. `reference` names the lease.
    static ActionEvent afterOrder(const QList<PodOutcome> &outcomes, const QString &reference);

    BreakerActionParts m_parts;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

// What is said of breakers by both.

/// "gc-service → redis".
QString breakerTitle(const Breaker &breaker);
/// The state for people: "forced open".
QString breakerStateText(BreakerState state);
/// What becomes of it: "forced open", "closed and counting anew".
QString breakerModeText(BreakerMode mode);
/// "9 of 10 pods", with the names of the others and why.
QString podsText(const QList<PodOutcome> &outcomes);
/// What a lease of a breaker remembers: the mode, and how each pod was before.
struct BreakerHold {
    BreakerMode mode = BreakerMode::ForceOpen;
    QHash<QString, BreakerState> before{};
};
QByteArray encodeBreakerHold(const BreakerHold &hold);
BreakerHold decodeBreakerHold(const QByteArray &detail);

} // namespace cockpit
