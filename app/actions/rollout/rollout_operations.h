// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/rollout/rollout_operation.h"

namespace cockpit {

/// All traffic back to stable. A Flagger Canary has no abort: its target gets the last promoted template back.
class AbortOperation final : public RolloutOperation {
public:
    SceneReads reads(const ActionRequest &request, const Rollout &rollout) const override;
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
    bool isProvenByFigures() const override { return true; }
    bool changesSpecification() const override { return false; }
};

/// An earlier revision's template back, as `kubectl rollout undo` and `kubectl argo rollouts undo` put it.
class UndoOperation final : public RolloutOperation {
public:
    SceneReads reads(const ActionRequest &request, const Rollout &rollout) const override;
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
    bool isProvenByFigures() const override { return true; }
};

/// To the next step, or past all of them.
class PromoteOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
    bool changesSpecification() const override { return false; }
    bool dependsOnStep() const override { return true; }
};

/// spec.paused (of Flagger: spec.suspend).
class PauseOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
};

/// Ends a person's pause.
class ResumeOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
};

/// Begins an aborted update again at step 0.
class RetryOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
    bool changesSpecification() const override { return false; }
};

/// New pods of the same template.
class RestartOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
};

/// Another number of pods.
class ScaleOperation final : public RolloutOperation {
public:
    Result<RolloutChange> change(const RolloutScene &scene) const override;
    bool shows(const ActionRecord &record, const RolloutScene &scene) const override;
    ClusterEffect effect(const ActionRecord &record, const RolloutScene &scene) const override;
};

} // namespace cockpit
