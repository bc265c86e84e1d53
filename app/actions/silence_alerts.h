// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/silence_proof.h"

namespace cockpit {

/// Runs SilenceAlerts: a new silence, or an edit of one.
class SilenceAlertsHandler final : public ActionHandler {
public:
    explicit SilenceAlertsHandler(const ActionContext &context)
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

    ActionContext m_context;
    SilenceProof m_proof;
};

} // namespace cockpit
