// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"

namespace cockpit {

/// Sends a silence once and proves it: the part that silencing, editing and acknowledging share.
class SilenceProof {
public:
    explicit SilenceProof(ActionContext context)
        : m_context(std::move(context))
    {}

    /// Reads once more whether the ground is still as it was planned for, then creates (or edits) the silence.
    void send(const ActionRecord &record, const QString &cluster, const Silence &wanted,
              ActionHandler::Event done) const;
    /// Good when the member that took it shows it, and every alert that it catches shows it too.
    void verify(const ActionRecord &record, const QString &cluster, const Silence &wanted,
                ActionHandler::Event done) const;
    /// Looks for the silence by its mark on every member.
    void settle(const ActionRecord &record, const QString &cluster, const Silence &wanted,
                ActionHandler::Event done) const;

private:
    ActionEvent judged(const ActionRecord &record, const MemberReading &reading, const Silence &wanted) const;

    ActionContext m_context;
};

/// The silence with that id; null when there is none.
const Silence *silenceById(const std::vector<Silence> &silences, const QString &id);
/// A request that was sent longer ago than this does not arrive any more.
inline constexpr Duration kLateArrival{std::chrono::minutes(2)};
/// The words for "it may have been sent, and reading does not show it": failed once it cannot arrive any more.
ActionEvent notFoundEvent(const ActionRecord &record, const QString &what, Instant now);

} // namespace cockpit
