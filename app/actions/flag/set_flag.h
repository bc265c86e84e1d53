// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/actions/lease_kind.h"
#include "app/flags/flag_calls.h"

namespace cockpit {

/// What the action on flags lives on. References outlive it.
struct FlagActionParts {
    const Clock &clock;
    FlagCalls &flags;
    LeaseStore leases{};
    std::function<std::shared_ptr<const Fleet>()> fleet{}; ///< may give null
};

/// SetFlag: switches a flag in one environment, once, and only while it is as it was planned for; reads it back, and in
/// the event log of its service who did it. With an end it is a lease, on disk before anything leaves.
class SetFlagHandler final : public ActionHandler {
public:
    explicit SetFlagHandler(FlagActionParts parts)
        : m_parts(std::move(parts))
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;

private:
    using Read = std::function<void(const Result<FlagReading> &)>;
    void read(const ActionRequest &request, Read then);
    void sendRead(const ActionRecord &record, const FlagReading &reading, Event done);
    void keepLease(const ActionRecord &record, const FlagReading &reading, Event done);
    void sendSwitch(const ActionRecord &record, const FlagReading &reading, Event done);
    void endLease(const ActionRecord &record, const FlagReading &reading, Event done);

    FlagActionParts m_parts;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
