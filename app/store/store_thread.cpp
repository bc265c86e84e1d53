// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/store_thread.h"

#include "app/store/migrations.h"
#include "app/store/store_backup.h"

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

void StoreThread::askCondition(std::function<void(StoreCondition)> done)
{
    enqueue([this, done = std::move(done)](const Opened &opened) {
        StoreCondition condition;
        if (opened.store)
            condition.words = (*opened.store)->mended();
        else
            condition = {opened.incidents ? StoreCondition::State::ReadOnly : StoreCondition::State::Failed,
                         opened.store.error().text()};
        m_post([done, condition] { done(condition); });
    });
}

void StoreThread::runJobs(const Opened &opened)
{
    while (const Job job = next())
        job(opened);
}

void StoreThread::work(const StoreOptions &options, Instant startedAt)
{
    auto opened = Store::open(options, startedAt);
    if (opened) {
        const AutomaticBackup backup(options.path, options.backups);
        runJobs({opened->get(), &(*opened)->incidents()});
        return;
    }
    // A newer program's store: no action runs, but what happened in an incident has to be readable at 3am.
    auto readable = SqliteConnection::openReadOnly(options.path, options.busyTimeout);
    if (!readable || !isOfNewerProgram(**readable)) {
        runJobs({opened.error(), nullptr});
        return;
    }
    IncidentRows incidents(**readable);
    runJobs({opened.error(), &incidents});
}

} // namespace cockpit
