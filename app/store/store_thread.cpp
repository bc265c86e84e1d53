// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store_thread.h"

namespace cockpit {

StoreThread::StoreThread(StoreOptions options, const Clock &clock, Post post)
    : m_post(std::move(post))
    , m_thread([this, options = std::move(options), startedAt = clock.now()] { work(options, startedAt); })
{}

StoreThread::~StoreThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void StoreThread::enqueue(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

StoreThread::Job StoreThread::next()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
    if (m_jobs.empty())
        return {};
    Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    return job;
}

void StoreThread::work(const StoreOptions &options, Instant startedAt)
{
    auto opened = Store::open(options, startedAt);
    const Result<Store *> store = opened ? Result<Store *>(opened->get()) : Result<Store *>(opened.error());
    while (const Job job = next())
        job(store);
}

} // namespace cockpit
