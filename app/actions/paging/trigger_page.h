// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/paging/page_action.h"

namespace cockpit {

/// TriggerPage: pages people as operations.md §5 says; a P1 pages the primary, by the service's policy, and the
/// secondary at once, as an added responder. Proven by reading the page with that dedup key.
class TriggerPageHandler final : public PageHandler {
public:
    using PageHandler::PageHandler;
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;

private:
    ActionEvent judged(const ActionRecord &record, const PageReading &reading) const override;
    PageName pageOf(const ActionRecord &record) const override;
    ActionPlan planned(const ActionRequest &request, const PageReading &reading) const;
    void callSecondary(const ActionRecord &record, int tries, Event done);
};

} // namespace cockpit
