// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/canary_verdict.h"
#include "models/deployment_policy.h"
#include "models/rollout.h"
#include "models/rollout_guard.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// One rollout with what the cockpit thinks of it.
struct RolloutEntry {
    RolloutPtr rollout{}; ///< never null
    std::shared_ptr<const DeploymentPolicy> policy{};    ///< null = no policy holds for it
    std::shared_ptr<const CanaryVerdict> verdict{};      ///< null = not judged yet, or nothing to judge
    std::optional<RolloutGuard> guard{};                 ///< armed on this laptop
};

/// All rollouts of all contexts, in the order of rolloutBefore(). One writer (app/), GUI thread.
class RolloutStore : public QObject {
    Q_OBJECT
public:
    explicit RolloutStore(QObject *parent = nullptr);

    /// Replaces what one context shows. Verdicts and guards stay with their object (by key with uid).
    void apply(const RolloutsUpdate &update);
    /// By service; "*" holds for all that have none of their own.
    void setPolicies(std::vector<std::pair<QString, std::shared_ptr<const DeploymentPolicy>>> byService);
    void setVerdict(const ObjectKey &key, std::shared_ptr<const CanaryVerdict> verdict);
    void setGuard(const ObjectKey &key, std::optional<RolloutGuard> guard);

    const std::vector<RolloutEntry> &entries() const { return m_entries; }
    /// The events of all contexts, newest first.
    const std::vector<ClusterEvent> &events() const { return m_events; }
    /// By key (uid included when it is set); null when there is none.
    const RolloutEntry *find(const ObjectKey &key) const;
    /// The first entry of that service that updates, else its first; null when it has none.
    const RolloutEntry *ofService(const ServiceId &service) const;
    /// By "[context/][namespace/][kind/]name".
    QList<const RolloutEntry *> named(const QString &words) const;
    /// Some context has answered.
    bool isKnown() const { return m_known; }

Q_SIGNALS:
    void changed();

private:
    void rebuild();
    QHash<QString, RolloutsUpdate> m_contexts{};
    std::vector<std::pair<QString, std::shared_ptr<const DeploymentPolicy>>> m_policies{};
    QHash<ObjectKey, std::shared_ptr<const CanaryVerdict>> m_verdicts{};
    QHash<ObjectKey, RolloutGuard> m_guards{};
    std::vector<RolloutEntry> m_entries{};
    std::vector<ClusterEvent> m_events{};
    bool m_known = false;
};

} // namespace cockpit
