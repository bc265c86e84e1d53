// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/task_thread.h"

namespace cockpit {

TaskThread::TaskThread(const Clock &clock)
    : m_clock(clock)
    , m_thread([this] { run(); })
{}

void TaskThread::after(std::chrono::milliseconds delay, Task task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_tasks.emplace(m_clock.monotonic() + delay, std::move(task));
    }
    m_changed.notify_one();
}

void TaskThread::stop()
{
    std::multimap<Clock::Monotonic, Task> dropped; // outside the lock: a task may hold what posts again when it dies
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_tasks);
    }
    m_changed.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void TaskThread::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (m_tasks.empty()) {
            m_changed.wait(lock);
        } else if (const auto due = m_tasks.begin()->first; due > m_clock.monotonic()) {
            m_changed.wait_until(lock, due);
        } else {
            Task task = std::move(m_tasks.begin()->second);
            m_tasks.erase(m_tasks.begin());
            lock.unlock();
            task();
            task = nullptr; // its captures die here, not under the lock
            lock.lock();
        }
    }
}

} // namespace cockpit
