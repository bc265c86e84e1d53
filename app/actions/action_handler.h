// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/alertmanager_calls.h"
#include "app/clock/clock.h"
#include "models/action.h"
#include "models/fleet.h"

#include <QTimeZone>

#include <functional>
#include <memory>

namespace cockpit {

/// What handlers may use. References outlive the handlers.
struct ActionContext {
    const Clock &clock;
    AlertmanagerCalls &alertmanagers;
    std::function<std::shared_ptr<const Fleet>()> fleet{}; ///< may give null: nothing is known yet
    SeverityMap severities{};
    QTimeZone zone{}; ///< the person's: decides what is night
};

/// How one kind of action is planned, sent, verified and settled. All calls and answers are on the owner's thread; each
/// answer comes exactly once, never before the call has returned, and not after the engine is gone.
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
};

} // namespace cockpit
