// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/store/store.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace cockpit {

/// Delivers a call on the thread of whoever owns the answer (the GUI's or the command line's). Thread-safe.
using Post = std::function<void(std::function<void()>)>;

/// The one thread that touches the store: a slow disk never stops the window. Jobs run in the order of asking.
class StoreThread {
public:
    /// Starts to open the store; when that fails every job is answered with that error.
    StoreThread(StoreOptions options, const Clock &clock, Post post);
    /// Runs the jobs that wait, then closes the store. Their answers are still posted.
    ~StoreThread();
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    /// Runs `job` on the store's thread and posts its result to `done`. Thread-safe, returns at once.
    template <typename T> void ask(std::function<Result<T>(Store &)> job, std::function<void(Result<T>)> done)
    {
        enqueue([this, job = std::move(job), done = std::move(done)](const Result<Store *> &store) {
            Result<T> result = store ? job(**store) : Result<T>(store.error());
            m_post([done, result = std::make_shared<Result<T>>(std::move(result))] { done(std::move(*result)); });
        });
    }

private:
    using Job = std::function<void(const Result<Store *> &)>;

    void enqueue(Job job);
    void work(const StoreOptions &options, Instant startedAt);
    /// Waits for the next job; empty when it is time to end.
    Job next();

    Post m_post;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_ending = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace cockpit
