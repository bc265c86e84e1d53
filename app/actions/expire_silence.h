// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"

namespace cockpit {

/// Runs ExpireSilence: ends a silence or an acknowledgement now.
class ExpireSilenceHandler final : public ActionHandler {
public:
    explicit ExpireSilenceHandler(const ActionContext &context)
        : m_context(context)
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;

private:
    Result<ActionPlan> planned(const ActionRequest &request, const MemberReading &reading) const;

    ActionContext m_context;
};

} // namespace cockpit
