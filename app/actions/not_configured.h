// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"

namespace cockpit {

/// Stands where nothing that an action needs is configured: refuses in words, and settles nothing that an earlier
/// configuration left open.
class NotConfiguredHandler final : public ActionHandler {
public:
    /// `what`: "No source of breakers is configured."; `next`: what to write into the configuration.
    NotConfiguredHandler(QString what, QString next);
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;

private:
    Error error(const QString &meaning) const;
    QString m_what;
    QString m_next;
};

} // namespace cockpit
