// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/paging/page_action.h"

namespace cockpit {

/// AcknowledgePage and ResolvePage: by id over REST where that can be read, else by dedup key as an event. An event for
/// a key that is not known is dropped in silence, and answered 202: only reading proves it (backends.md §9).
class SetPageStateHandler final : public PageHandler {
public:
    SetPageStateHandler(PageActionParts parts, Page::State wanted)
        : PageHandler(std::move(parts))
        , m_wanted(wanted)
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;

private:
    ActionEvent judged(const ActionRecord &record, const PageReading &reading) const override;
    PageName pageOf(const ActionRecord &record) const override;
    Result<ActionPlan> planned(const ActionRequest &request, const PageReading &reading) const;

    Page::State m_wanted;
};

} // namespace cockpit
