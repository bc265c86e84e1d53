// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/silence_proof.h"

namespace cockpit {

/// Runs AcknowledgeAlert: a short silence of exactly one alert, by karma's convention (backends.md §2.6).
/// An acknowledgement at a paging service is one more target of the same intent: planned, sent and verified here.
class AcknowledgeAlertHandler final : public ActionHandler {
public:
    /// Longer than this nobody is "on it" without saying so again.
    static constexpr Duration kLongest{std::chrono::hours(4)};

    explicit AcknowledgeAlertHandler(const ActionContext &context)
        : m_context(context)
        , m_proof(context)
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;

private:
    Result<ActionPlan> planned(const ActionRequest &request, const MemberReading &reading) const;
    Silence wanted(const ActionRequest &request) const;
    /// Where the alert has a page that rings, it is one more target; the plan's precondition is its id.
    void joinPage(const AcknowledgeAlert &intent, ActionPlan &plan) const;
    void provePage(const ActionRecord &record, const ActionEvent &event, const Event &done) const;

    ActionContext m_context;
    SilenceProof m_proof;
};

} // namespace cockpit
