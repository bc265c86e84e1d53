// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_assembly.h"
#include "app/formats/kubernetes_list.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <unordered_map>
#include <vector>

namespace cockpit {

/// Everything known of one context, and the rollouts that follow from it. Assembles only those whose parts changed.
/// Not thread-safe; no I/O, no clock.
class ClusterFacts {
public:
    ClusterFacts(ClusterScene scene, ServiceMap services);

    /// The whole of one kind in one namespace (empty: in all).
    void replace(KubernetesKind kind, const QString &nameSpace, std::vector<KubernetesFact> facts);
    void apply(std::vector<WatchEvent> events);
    /// Forgets everything: it was another cluster.
    void clear();
    void setRolloutStatusSubresource(bool known);

    bool isDirty() const { return m_eventsDirty || !m_dirty.isEmpty(); }
    /// Assembles what changed. What did not keeps its pointer.
    void assemble(Instant now);
    /// All rollouts were proven to be as they are, now.
    void prove(Instant now);
    std::shared_ptr<const std::vector<RolloutPtr>> rollouts() const;
    /// Events and written ConfigMaps, newest first, at most 2000 of the last day.
    std::shared_ptr<const std::vector<ClusterEvent>> events() const { return m_eventList; }

private:
    void add(KubernetesFact fact);
    void remove(const QString &uid);
    void touch(const KubernetesFact &fact);
    void touchWorkload(const QString &uid);
    void touchNamed(const QString &key);
    void link(const KubernetesFact &fact, bool adds);
    const WorkloadFacts *workload(const QString &uid) const;
    const WorkloadFacts *named(const QString &kind, const QString &nameSpace, const QString &name) const;
    void collect(const QString &ownerUid, RelatedFacts &related) const;
    RelatedFacts relatedTo(const WorkloadFacts &workload) const;
    void assembleOne(const QString &uid, Instant now);
    void assembleEvents(Instant now);
    ServiceId serviceOf(const QString &uid, const QString &kind, const QString &nameSpace, const QString &name) const;

    ClusterScene m_scene;
    ServiceMap m_services;
    std::unordered_map<QString, KubernetesFact> m_facts{}; ///< by uid
    QHash<KubernetesKind, QSet<QString>> m_ofKind{};       ///< uids
    QHash<QString, QSet<QString>> m_children{};            ///< uids by the uid of their owner
    QHash<QString, QString> m_workloads{};                 ///< uid by "Deployment/namespace/name"
    QHash<QString, QSet<QString>> m_drivers{};             ///< uids of Rollouts and Canaries by what they drive
    QHash<QString, QString> m_autoscalers{};               ///< uid by what they scale
    QSet<QString> m_dirty{};                               ///< uids of workloads
    bool m_eventsDirty = false;
    std::vector<RolloutPtr> m_rollouts{};
    QHash<QString, std::size_t> m_positions{}; ///< in m_rollouts, by uid
    std::shared_ptr<const std::vector<ClusterEvent>> m_eventList;
};

} // namespace cockpit
