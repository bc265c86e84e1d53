// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"

namespace cockpit {

/// Stands where no Kubernetes cluster is configured: refuses in words, and settles nothing that an earlier
/// configuration left open.
class NoKubernetesHandler final : public ActionHandler {
public:
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;
};

} // namespace cockpit
