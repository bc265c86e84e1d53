// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/actions/lease_kind.h"
#include "app/clock/clock.h"
#include "app/formats/kubernetes_sync.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <memory>

namespace cockpit {

/// What the action on a sync lives on. References outlive it.
struct SyncActionParts {
    const Clock &clock;
    KubernetesCalls &kubernetes;
    LeaseStore leases{};
};

/// SetSync: GitOps holds still until an end, so that a rollback stays; then its sync is taken up again as it was. A lease
/// on disk and in the annotation dt-cockpit/lease of the same patch.
class SetSyncHandler final : public ActionHandler {
public:
    explicit SetSyncHandler(SyncActionParts parts)
        : m_parts(std::move(parts))
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override { verify(record, std::move(done)); }

private:
    using Read = std::function<void(const Result<KubernetesObject> &)>;
    void read(const ActionRequest &request, Read then);
    void askLeave(const ActionRequest &request, const KubernetesObject &object, Planned done);
    void keepLease(const ActionRecord &record, const KubernetesObject &object, Event done);
    void endLease(const ActionRecord &record, const KubernetesObject &object, Event done);
    void sendPatch(const ActionRecord &record, const KubernetesObject &object, const SetSync &wish,
                   const std::optional<QByteArray> &note, Event done);

    SyncActionParts m_parts;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
