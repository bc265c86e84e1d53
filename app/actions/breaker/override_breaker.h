// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/breaker/breaker_action.h"

namespace cockpit {

/// OverrideBreaker: forces a breaker open or closed, or disables it, on each pod, until its end. The lease is on disk,
/// and where others can see it, before the first pod is told.
class OverrideBreakerHandler final : public BreakerAction {
public:
    using BreakerAction::BreakerAction;
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    /// Each pod's state tells whether it arrived.
    void settle(const ActionRecord &record, Event done) override { verify(record, std::move(done)); }

private:
    std::optional<Error> refusedBefore(const ActionRequest &request) const;
    Result<ActionPlan> planned(const ActionRequest &request, const Breaker &breaker, const BreakerLook &look) const;
    QList<Evidence> checks(const ActionRequest &request, const Breaker &breaker, const BreakerLook &look) const;
    QStringList effects(const OverrideBreaker &intent, const Breaker &breaker) const;
    void keepLease(const ActionRecord &record, const Breaker &breaker, Event done);
    /// `taken`: of the override that this one takes the place of: what it found is what there is to go back to.
    void writeLease(const ActionRecord &record, const Breaker &breaker, const std::optional<BreakerHold> &taken,
                    Event done);
    void tellBoard(const ActionRecord &record, const Lease &lease, Event done);
    void tellPods(const ActionRecord &record, const Lease &lease, Event done);
    bool isSeen(const BreakerKey &key) const { return m_parts.board.isSeen && m_parts.board.isSeen(key); }
};

} // namespace cockpit
