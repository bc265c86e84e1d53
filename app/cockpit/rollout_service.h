// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/track_measures.h"
#include "app/clock/clock.h"
#include "app/cockpit/policy_watch.h"
#include "models/action.h"
#include "models/fleet.h"
#include "models/items/rollout_store.h"
#include "models/verdict_judge.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>

namespace cockpit {

/// Judges what rolls out, and drives the guards that a person armed. Judges each 30 s and when a step changed, at most
/// four at a time. One per Cockpit, on its thread; never waits.
class RolloutService : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        RolloutStore &store;
        TrackMeasurer &measurer;
        std::function<std::shared_ptr<const Fleet>()> fleet{}; ///< null inside = nothing known yet
        std::function<void(ActionRequest)> request{};          ///< a guard rolls back: plan it and run it
        QString actor{};
    };

    RolloutService(Parts parts, QList<PolicyConfig> policies, QObject *parent = nullptr);
    ~RolloutService() override;

    /// Reads the policies off the owner's thread and again when a file changed.
    void start();
    /// To be called once a second.
    void tick();
    /// The process did not run for a while: every guard is disarmed, and all is judged again.
    void woke(Duration missed);
    /// Disarms every guard: the cockpit quits. Also done by the destructor.
    void quit();

    /// Arms automatic rollback for one rollout. Errors: Invalid, in the words of armGuard().
    Result<Done> arm(const ObjectKey &key);
    /// Turns a guard off, also in the middle of its countdown.
    void disarm(const ObjectKey &key, const QString &why);
    /// Judges one rollout at once, updating or not.
    void judgeNow(const ObjectKey &key);

    /// What is wrong with the policy files; empty when all can be used.
    const QList<Finding> &policyProblems() const { return m_policies.problems(); }

Q_SIGNALS:
    /// A person must know: a guard was disarmed, a policy cannot be used.
    void noticed(const QString &words);

private:
    /// What is remembered of one rollout between judgements.
    struct Watched {
        QString step{};       ///< revision and weight; another one is judged at once
        Instant stepSeenAt{}; ///< when that step began or was first seen
        std::optional<Clock::Monotonic> judgedAt{};
        Instant judgedFor{};
        bool inFlight = false;
        bool wanted = false; ///< to be judged as soon as there is room
    };
    void takePolicies();
    void lookAtStore();
    void judgeDue();
    void judge(const RolloutEntry &entry, Watched &watched);
    void takeMeasures(const ObjectKey &key, const Result<TrackMeasures> &measures);
    bool isDue(const RolloutEntry &entry, const Watched &watched) const;
    GuardSight guardSight(const RolloutEntry &entry) const;
    void stepGuards();
    void setGuard(const ObjectKey &key, const RolloutGuard &guard);
    void act(const RolloutEntry &entry, const RolloutGuard &guard);
    void disarmAll(const QString &why);

    Parts m_parts;
    PolicyWatch m_policies;
    QHash<ObjectKey, Watched> m_watched{};
    QHash<ObjectKey, Clock::Monotonic> m_disarmed{}; ///< shown for a while, then gone
    bool m_storeChanged = true;
    bool m_hasQuit = false;
    int m_ticksSinceLook = 0;
};

} // namespace cockpit
