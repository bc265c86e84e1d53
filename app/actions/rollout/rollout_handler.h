// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_operation.h"
#include "app/actions/rollout/rollout_proof.h"

#include <memory>

namespace cockpit {

/// Runs one kind of action on rollouts: reads afresh, plans with checks and a server dry run, sends each PATCH once and
/// guarded by the version that was read, reads back that it is there, and proves the effect.
class RolloutHandler final : public ActionHandler {
public:
    /// REQUIRES: context.kubernetes.
    RolloutHandler(const ActionContext &context, std::unique_ptr<RolloutOperation> operation)
        : m_context(context)
        , m_proof(context)
        , m_operation(std::move(operation))
    {}
    void plan(const ActionRequest &request, Planned done) override;
    void send(const ActionRecord &record, Event done) override;
    void verify(const ActionRecord &record, Event done) override;
    void settle(const ActionRecord &record, Event done) override;
    std::chrono::milliseconds proofTime(const ActionRecord &record) const override;

private:
    SceneReads readsFor(const ActionRequest &request) const;
    void planOnce(const ActionRequest &request, int tries, Planned done);
    void finishPlan(const RolloutScene &scene, const RolloutChange &change, const Result<KubernetesAnswer> &dryRun,
                    Planned done);
    void sendOnce(const ActionRecord &record, int tries, Event done);
    void sendNext(const ActionRecord &record, const RolloutScene &scene, const RolloutChange &change, qsizetype index,
                  int tries, Event done);
    /// After the change: the pod that would keep a StatefulSet from going on.
    void deleteStuckPod(const RolloutScene &scene, const RolloutChange &change, const ServerAccepted &accepted,
                        Event done);

    ActionContext m_context;
    RolloutProof m_proof;
    std::unique_ptr<RolloutOperation> m_operation;
};

} // namespace cockpit
