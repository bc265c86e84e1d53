// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace cockpit {

/// One thread that runs tasks in order, each not before its time. Real time.
class TaskThread {
public:
    using Task = std::function<void()>;
    explicit TaskThread(const Clock &clock);
    ~TaskThread() { stop(); }
    TaskThread(const TaskThread &) = delete;
    TaskThread &operator=(const TaskThread &) = delete;

    /// Thread-safe. Tasks of one time run in the order they came. Dropped after stop().
    void post(Task task) { after(std::chrono::milliseconds(0), std::move(task)); }
    void after(std::chrono::milliseconds delay, Task task);
    /// Drops what waits and ends after the task that runs; then no task runs any more. Not from a task.
    void stop();

private:
    void run();

    const Clock &m_clock;
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::multimap<Clock::Monotonic, Task> m_tasks{};
    bool m_stopping = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace cockpit
