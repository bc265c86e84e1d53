// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"

#include <QString>

namespace cockpit {

// What a person can want of a rollout. `object` holds context, namespace, kind, name and uid.

/// All traffic back to stable while an update runs: Argo abort, Flagger's rollback. GitOps does not undo it.
struct AbortRollout {
    static constexpr const char *wireName = "rollout.abort";
    ObjectKey object{};
    bool operator==(const AbortRollout &) const = default;
};
/// Put an earlier revision's template back, as `kubectl rollout undo` and `kubectl argo rollouts undo` do.
struct UndoRollout {
    static constexpr const char *wireName = "rollout.undo";
    ObjectKey object{};
    QString revisionHash{};
    bool operator==(const UndoRollout &) const = default;
};
/// Go on: to the next step, or to the end.
struct PromoteRollout {
    static constexpr const char *wireName = "rollout.promote";
    ObjectKey object{};
    bool full = false;
    bool operator==(const PromoteRollout &) const = default;
};
struct PauseRollout {
    static constexpr const char *wireName = "rollout.pause";
    ObjectKey object{};
    bool operator==(const PauseRollout &) const = default;
};
/// End a person's pause (spec.paused).
struct ResumeRollout {
    static constexpr const char *wireName = "rollout.resume";
    ObjectKey object{};
    bool operator==(const ResumeRollout &) const = default;
};
/// Begin an aborted update again, at step 0.
struct RetryRollout {
    static constexpr const char *wireName = "rollout.retry";
    ObjectKey object{};
    bool operator==(const RetryRollout &) const = default;
};
/// New pods of the same template.
struct RestartRollout {
    static constexpr const char *wireName = "rollout.restart";
    ObjectKey object{};
    bool operator==(const RestartRollout &) const = default;
};
struct ScaleRollout {
    static constexpr const char *wireName = "rollout.scale";
    ObjectKey object{};
    int replicas = 0;
    bool operator==(const ScaleRollout &) const = default;
};

} // namespace cockpit
