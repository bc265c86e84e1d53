// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/rollout_store.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

bool isSameObject(const ObjectKey &wanted, const ObjectKey &key)
{
    return wanted.name == key.name && wanted.kind == key.kind && wanted.nameSpace == key.nameSpace &&
           wanted.context == key.context && wanted.environment == key.environment &&
           (wanted.uid.isEmpty() || wanted.uid == key.uid);
}

/// "[context/][namespace/][kind/]name". Compared as a whole: names of contexts may hold slashes themselves.
bool isNamed(const Rollout &rollout, const QString &words)
{
    const ObjectKey &key = rollout.key;
    if (!words.endsWith(key.name))
        return false;
    const QStringList contexts{QString(), key.context + u'/'};
    const QStringList nameSpaces{QString(), key.nameSpace + u'/'};
    const QStringList kinds{QString(), key.kind.toLower() + u'/', toWireName(rollout.kind) + u'/'};
    for (const QString &context : contexts) {
        for (const QString &nameSpace : nameSpaces) {
            const QString front = context + nameSpace;
            if (!words.startsWith(front))
                continue;
            const QString rest = words.mid(front.size());
            for (const QString &kind : kinds) {
                if (rest.size() == kind.size() + key.name.size() && rest.endsWith(key.name) &&
                    rest.startsWith(kind, Qt::CaseInsensitive))
                    return true;
            }
        }
    }
    return false;
}

} // namespace

RolloutStore::RolloutStore(QObject *parent)
    : QObject(parent)
{}

void RolloutStore::apply(const RolloutsUpdate &update)
{
    RolloutsUpdate &held = m_contexts[update.context];
    const RolloutsUpdate before = held;
    held = update;
    // Null is "did not ask", not "there are none".
    if (!held.rollouts)
        held.rollouts = before.rollouts;
    if (!held.events)
        held.events = before.events;
    m_known = true;
    rebuild();
}

void RolloutStore::setPolicies(std::vector<std::pair<QString, std::shared_ptr<const DeploymentPolicy>>> byService)
{
    m_policies = std::move(byService);
    rebuild();
}

void RolloutStore::setVerdict(const ObjectKey &key, std::shared_ptr<const CanaryVerdict> verdict)
{
    for (RolloutEntry &entry : m_entries) {
        if (entry.rollout->key == key)
            entry.verdict = verdict;
    }
    if (verdict)
        m_verdicts.insert(key, std::move(verdict));
    else
        m_verdicts.remove(key);
    Q_EMIT changed();
}

void RolloutStore::setGuard(const ObjectKey &key, std::optional<RolloutGuard> guard)
{
    for (RolloutEntry &entry : m_entries) {
        if (entry.rollout->key == key)
            entry.guard = guard;
    }
    if (guard)
        m_guards.insert(key, *guard);
    else
        m_guards.remove(key);
    Q_EMIT changed();
}

const RolloutEntry *RolloutStore::find(const ObjectKey &key) const
{
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [&](const RolloutEntry &entry) { return isSameObject(key, entry.rollout->key); });
    return found == m_entries.cend() ? nullptr : &*found;
}

const RolloutEntry *RolloutStore::ofService(const ServiceId &service) const
{
    const RolloutEntry *first = nullptr;
    for (const RolloutEntry &entry : m_entries) {
        if (service.isEmpty() || entry.rollout->service != service)
            continue;
        if (entry.rollout->isUpdating())
            return &entry;
        if (!first)
            first = &entry;
    }
    return first;
}

QList<const RolloutEntry *> RolloutStore::named(const QString &words) const
{
    QList<const RolloutEntry *> found;
    for (const RolloutEntry &entry : m_entries) {
        if (isNamed(*entry.rollout, words))
            found.append(&entry);
    }
    return found;
}

void RolloutStore::rebuild()
{
    m_entries.clear();
    m_events.clear();
    QSet<ObjectKey> living;
    for (const RolloutsUpdate &context : std::as_const(m_contexts)) {
        if (context.events)
            m_events.insert(m_events.end(), context.events->begin(), context.events->end());
        if (!context.rollouts)
            continue;
        for (const RolloutPtr &rollout : *context.rollouts) {
            RolloutEntry entry{rollout, {}, m_verdicts.value(rollout->key), {}};
            for (const auto &[service, policy] : m_policies) {
                const bool isOwn = !service.isEmpty() && service == rollout->service.toString();
                if (isOwn || (service == u"*" && !entry.policy))
                    entry.policy = policy;
            }
            if (const auto guard = m_guards.constFind(rollout->key); guard != m_guards.constEnd())
                entry.guard = *guard;
            living.insert(rollout->key);
            m_entries.push_back(std::move(entry));
        }
    }
    // A verdict of an object that is gone must not wait for its uid for ever.
    m_verdicts.removeIf([&](const auto &held) { return !living.contains(held.key()); });
    std::sort(m_entries.begin(), m_entries.end(),
              [](const RolloutEntry &a, const RolloutEntry &b) { return rolloutBefore(*a.rollout, *b.rollout); });
    std::stable_sort(m_events.begin(), m_events.end(),
                     [](const ClusterEvent &a, const ClusterEvent &b) { return a.at > b.at; });
    Q_EMIT changed();
}

} // namespace cockpit
