// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_handler.h"
#include "app/actions/lease_kind.h"
#include "app/formats/kubernetes_hpa.h"
#include "app/kubernetes/kubernetes_calls.h"

namespace cockpit {

/// What the action on an autoscaler's limits lives on. References outlive it.
struct CapacityActionParts {
    const Clock &clock;
    KubernetesCalls &kubernetes;
    LeaseStore leases{};
    std::function<CapacityPtr(const ObjectKey &autoscaler)> shown{}; ///< null when it is not known
};

/// SetReplicaLimits: other limits of a HorizontalPodAutoscaler, by a merge patch in the version that was just read. With
/// an end it is a lease, on disk and in the annotation dt-cockpit/lease of the same patch, where other cockpits see it.
class SetReplicaLimitsHandler final : public ActionHandler {
public:
    explicit SetReplicaLimitsHandler(CapacityActionParts parts)
        : m_parts(std::move(parts))
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override { verify(record, std::move(done)); }

private:
    using Read = std::function<void(const Result<KubernetesObject> &)>;
    void read(const ActionRequest &request, Read then);
    Result<ActionPlan> planned(const ActionRequest &request, const KubernetesObject &hpa) const;
    void sendOnce(const ActionRecord &record, int tries, Event done);
    void keepLease(const ActionRecord &record, const KubernetesObject &hpa, Event done);
    void sendPatch(const ActionRecord &record, const KubernetesObject &hpa, const std::optional<QByteArray> &note,
                   int tries, Event done);
    void endLease(const ActionRecord &record, const KubernetesObject &hpa, int tries, Event done);

    CapacityActionParts m_parts;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
