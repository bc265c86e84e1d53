// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/update_queue.h"

namespace cockpit {

struct UpdateQueue::Shared {
    std::mutex mutex; ///< guards everything below
    UpdateQueue *owner = nullptr;
    std::vector<SourceUpdate> updates;
    std::vector<std::function<void()>> jobs;
    bool woken = false;

    /// REQUIRES: the mutex is held, so that the owner cannot go away meanwhile.
    void wakeLocked()
    {
        if (woken || !owner)
            return;
        woken = true;
        QMetaObject::invokeMethod(owner, [queue = owner] { queue->drain(); }, Qt::QueuedConnection);
    }
};

UpdateQueue::UpdateQueue(QObject *parent) : QObject(parent), m_shared(std::make_shared<Shared>())
{
    m_shared->owner = this;
}

UpdateQueue::~UpdateQueue()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->owner = nullptr;
}

std::function<void(SourceUpdate)> UpdateQueue::sink()
{
    return [shared = m_shared](SourceUpdate update) {
        const std::lock_guard lock(shared->mutex);
        if (!shared->owner)
            return;
        shared->updates.push_back(std::move(update));
        shared->wakeLocked();
    };
}

std::function<void(std::function<void()>)> UpdateQueue::poster()
{
    return [shared = m_shared](std::function<void()> job) {
        const std::lock_guard lock(shared->mutex);
        if (!shared->owner)
            return;
        shared->jobs.push_back(std::move(job));
        shared->wakeLocked();
    };
}

void UpdateQueue::drain()
{
    std::vector<SourceUpdate> updates;
    std::vector<std::function<void()>> jobs;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->woken = false;
        updates.swap(m_shared->updates);
        jobs.swap(m_shared->jobs);
    }
    if (!updates.empty())
        Q_EMIT updatesArrived(updates);
    for (const auto &job : jobs)
        job();
}

} // namespace cockpit
