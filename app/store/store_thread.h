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

/// Whether the store can be written, and what to tell of it.
struct StoreCondition {
    enum class State { Good, ReadOnly, Failed };
    State state = State::Good;
    QString words{}; ///< why it is not good; of a good one: how a damaged file was mended, else empty
    bool operator==(const StoreCondition &) const = default;
};

/// The one thread that touches the store: a slow disk never stops the window. Jobs run in the order of asking.
class StoreThread {
public:
    /// Starts to open the store; when that fails every job is answered with that error. Keeps backups of it beside it.
    StoreThread(StoreOptions options, const Clock &clock, Post post);
    /// Runs the jobs that wait, then closes the store. Their answers are still posted.
    ~StoreThread();
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    /// Runs `job` on the store's thread and posts its result to `done`. Thread-safe, returns at once.
    template <typename T> void ask(std::function<Result<T>(Store &)> job, std::function<void(Result<T>)> done)
    {
        enqueue([this, job = std::move(job), done = std::move(done)](const Opened &store) {
            answer<T>(store.store ? job(**store.store) : Result<T>(store.store.error()), done);
        });
    }
    /// The same for incidents, which can be read also where a newer program keeps the store; writing then fails.
    template <typename T>
    void askIncidents(std::function<Result<T>(IncidentRows &)> job, std::function<void(Result<T>)> done)
    {
        enqueue([this, job = std::move(job), done = std::move(done)](const Opened &store) {
            answer<T>(store.incidents ? job(*store.incidents) : Result<T>(store.store.error()), done);
        });
    }
    /// How the store is, once it was opened.
    void askCondition(std::function<void(StoreCondition)> done);

private:
    /// What the thread could open.
    struct Opened {
        Result<Store *> store;
        IncidentRows *incidents = nullptr; ///< also of a store that can only be read
    };
    using Job = std::function<void(const Opened &)>;

    template <typename T> void answer(Result<T> result, const std::function<void(Result<T>)> &done)
    {
        m_post([done, result = std::make_shared<Result<T>>(std::move(result))] { done(std::move(*result)); });
    }
    void enqueue(Job job);
    void work(const StoreOptions &options, Instant startedAt);
    void runJobs(const Opened &opened);
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
