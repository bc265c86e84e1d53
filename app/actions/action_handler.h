// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/alertmanager_calls.h"
#include "app/clock/clock.h"
#include "models/slo.h"
#include "models/action.h"
#include "models/fleet.h"
#include "models/items/rollout_store.h"

#include <QTimeZone>

#include <chrono>
#include <functional>
#include <memory>

namespace cockpit {

class KubernetesCalls;
class PagingCalls;

/// What was measured of all traffic of a service over one window.
using MeasureAll = std::function<void(const Rollout &rollout, Duration window, Instant at,
                                      std::function<void(Result<TrackMeasure>)> done)>;
/// How many live sessions (meetings, calls) the named pods hold now; nothing when the query gives none.
using CountSessions = std::function<void(const Rollout &rollout, const QStringList &pods,
                                         std::function<void(Result<std::optional<double>>)> done)>;

/// The objective of a service whose error budget is the least; nothing where none is measured.
using LeastBudget = std::function<std::optional<SloStatus>(const ServiceId &service)>;

/// What handlers may use. References outlive the handlers.
struct ActionContext {
    const Clock &clock;
    AlertmanagerCalls &alertmanagers;
    std::function<std::shared_ptr<const Fleet>()> fleet{}; ///< may give null: nothing is known yet
    SeverityMap severities{};
    QTimeZone zone{};                                                 ///< the person's: decides what is night
    KubernetesCalls *kubernetes = nullptr;                            ///< null = no cluster is configured
    std::function<const RolloutEntry *(const ObjectKey &)> rollout{}; ///< as it is shown; null when it is not known
    MeasureAll measureAll{};                                          ///< empty = there are no metrics
    CountSessions countSessions{};                                    ///< empty = no query is configured
    /// Puts on disk that the request leaves next, then calls. An error: it must not leave. Empty = nothing keeps it.
    std::function<void(const ActionId &id, std::function<void(Result<Done>)> then)> beginSending{};
    /// The other actions on the object of that one, by this and by other processes of this computer: those that are not
    /// over, and those that ended in the last hour. Empty = nobody knows.
    std::function<void(const ActionRequest &request, std::function<void(QList<ActionRecord>)> done)> recentActions{};
    PagingCalls *paging = nullptr;                                      ///< null = no paging service is configured
    std::function<std::optional<Page>(const Labels &alert)> openPage{}; ///< the alert's open page, as it is shown
    LeastBudget leastBudget{};                                          ///< empty = nobody measures objectives
};

/// How one kind of action is planned, sent, verified and settled. All calls and answers are on the owner's thread; each
/// answer comes exactly once, perhaps from inside the call, and not after the engine is gone.
class ActionHandler {
public:
    using Planned = std::function<void(Result<ActionPlan>)>;
    using Event = std::function<void(ActionEvent)>;

    virtual ~ActionHandler() = default;
    /// Only reads.
    virtual void plan(const ActionRequest &request, Planned done) = 0;
    /// Sends, once. Gives ServerAccepted, ServerRefused or OutcomeNotKnown.
    virtual void send(const ActionRecord &record, Event done) = 0;
    /// Reads whether it took effect. Gives EffectProven, EffectNotProven or OutcomeNotKnown.
    virtual void verify(const ActionRecord &record, Event done) = 0;
    /// Reads whether what was perhaps sent has arrived. Gives the same.
    virtual void settle(const ActionRecord &record, Event done) = 0;
    /// How long the effect may take to show, in real time; 0 = as the engine does. Who gives a time here also says
    /// EffectProgress while it is not over, and is believed at once when it says EffectNotProven.
    virtual std::chrono::milliseconds proofTime(const ActionRecord &record) const
    {
        Q_UNUSED(record)
        return std::chrono::milliseconds(0);
    }
};

} // namespace cockpit
