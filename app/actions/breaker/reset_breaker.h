// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/breaker/breaker_action.h"

namespace cockpit {

/// What is left to be done to give a breaker back.
struct BreakerReset {
    QHash<QString, BreakerMode> modes{}; ///< by pod
    QStringList left{};                  ///< pods that are left as they are, and why
};
/// Of an override: only pods still as it set them, each back to what it was before. Without one: all pods; pods that
/// cannot be read are left in words.
BreakerReset resetOf(const Breaker &breaker, const std::optional<BreakerHold> &hold);

/// ResetBreaker: gives a breaker back to itself, by a person or at the end of an override.
class ResetBreakerHandler final : public BreakerAction {
public:
    using BreakerAction::BreakerAction;
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override { verify(record, std::move(done)); }

private:
    /// The override that ends, where one is named and known here; then the breaker as it is.
    using Found =
        std::function<void(const BreakerPtr &breaker, const std::optional<Lease> &lease, const BreakerLook &look)>;
    void find(const ResetBreaker &intent, Found done, Failed failed) const;
    static std::optional<BreakerHold> holdOf(const ResetBreaker &intent, const std::optional<Lease> &lease);
    Result<ActionPlan> planned(const ActionRequest &request, const Breaker &breaker, const std::optional<Lease> &lease,
                               const BreakerLook &look) const;
    void clearBoard(const ResetBreaker &intent);
};

} // namespace cockpit
