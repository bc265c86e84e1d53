// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/paging/page_action.h"

namespace cockpit {

/// EscalatePage: to the next level of the page's own policy, or a level that is named.
class EscalatePageHandler final : public PageHandler {
public:
    using PageHandler::PageHandler;
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;

private:
    ActionEvent judged(const ActionRecord &record, const PageReading &reading) const override;
    PageName pageOf(const ActionRecord &record) const override;
    bool isProvable() const override;
    Result<ActionPlan> planned(const ActionRequest &request, const PageReading &reading) const;
};

/// AddResponders: calls people to a page in addition.
class AddRespondersHandler final : public PageHandler {
public:
    using PageHandler::PageHandler;
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;

private:
    ActionEvent judged(const ActionRecord &record, const PageReading &reading) const override;
    PageName pageOf(const ActionRecord &record) const override;
    bool isProvable() const override;
    Result<ActionPlan> planned(const ActionRequest &request, const PageReading &reading) const;
};

} // namespace cockpit
