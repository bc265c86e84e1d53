// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/http_loop.h"

#include "app/net/error_words.h"

#include <algorithm>

namespace cockpit {

namespace {

// Nothing depends on waking by itself: this only bounds a lost wake-up.
constexpr std::chrono::milliseconds kLongestWait{10'000};
// Without a multi handle (no memory, no file descriptors) the loop tries again after this.
constexpr std::chrono::milliseconds kPauseWithoutMulti{100};

} // namespace

HttpLoop::HttpLoop(const Clock &clock, HttpClientOptions options)
    : m_clock(clock)
    , m_options(options)
    , m_multi(makeMulti())
    , m_queue(options.queue)
    , m_random(options.seed)
    , m_thread([this] { run(); })
{}

HttpLoop::~HttpLoop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_changed.notify_all();
        if (m_multi)
            curl_multi_wakeup(m_multi.get());
    }
    m_thread.join();
}

RequestId HttpLoop::submit(std::unique_ptr<Call> call)
{
    RequestId id = 0;
    {
        const std::lock_guard lock(m_mutex);
        id = ++m_lastId;
    }
    call->id = id;
    post(std::move(call));
    return id;
}

void HttpLoop::cancel(RequestId id) { post(Cancel{id}); }

void HttpLoop::reset() { post(Reset{}); }

BackendLink HttpLoop::link(const QString &backend) const
{
    const std::lock_guard lock(m_mutex);
    const auto breaker = m_breakers.find(backend);
    return breaker == m_breakers.end() ? BackendLink{} : breaker->second.link(m_clock.monotonic());
}

void HttpLoop::post(Command command)
{
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(std::move(command));
    m_changed.notify_all();
    if (m_multi)
        curl_multi_wakeup(m_multi.get());
}

HttpLoop::Multi HttpLoop::makeMulti()
{
    Multi multi(curl_multi_init());
    if (multi) {
        curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
        curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, 64L);
    }
    return multi;
}

void HttpLoop::run()
{
    while (takeCommands()) {
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        collectFinished();
        endSilentStreams();
        startReady();
        waitForWork();
    }
    giveUpAll();
}

bool HttpLoop::takeCommands()
{
    std::vector<Command> commands;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return false;
        commands.swap(m_commands);
        if (!m_multi)
            m_multi = makeMulti();
    }
    for (Command &command : commands) {
        if (auto *call = std::get_if<std::unique_ptr<Call>>(&command))
            accept(std::move(*call));
        else if (const auto *cancelled = std::get_if<Cancel>(&command))
            cancelNow(cancelled->id);
        else
            resetNow();
    }
    return true;
}

void HttpLoop::collectFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result; // the message dies with the handle's removal
        char *owner = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
        Call &call = *reinterpret_cast<Call *>(owner);
        endTry(call, call.transfer->outcome(code));
    }
}

void HttpLoop::endSilentStreams()
{
    const auto now = m_clock.monotonic();
    std::vector<RequestId> silent;
    for (const auto &[id, call] : m_calls) {
        if (call->isStream() && call->transfer && now - call->transfer->lastByteAt() >= call->silence)
            silent.push_back(id);
    }
    for (const RequestId id : silent) {
        TryOutcome outcome;
        outcome.end = TryOutcome::End::Silent;
        endTry(*m_calls.at(id), std::move(outcome));
    }
}

void HttpLoop::waitForWork()
{
    const auto wait = timeToNextEvent();
    if (m_multi && curl_multi_poll(m_multi.get(), nullptr, 0, static_cast<int>(wait.count()), nullptr) == CURLM_OK)
        return;
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::min(wait, kPauseWithoutMulti), [this] { return m_stopping || !m_commands.empty(); });
}

std::chrono::milliseconds HttpLoop::timeToNextEvent() const
{
    const auto now = m_clock.monotonic();
    auto next = now + kLongestWait;
    if (const auto ready = m_queue.nextReady())
        next = std::min(next, *ready);
    for (const auto &[id, call] : m_calls) {
        if (call->isStream() && call->transfer)
            next = std::min(next, call->transfer->lastByteAt() + call->silence);
    }
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(next - now), std::chrono::milliseconds(0));
}

void HttpLoop::resetNow()
{
    std::vector<RequestId> inFlight;
    for (const auto &[id, call] : m_calls) {
        if (call->transfer) {
            detach(*call);
            inFlight.push_back(id);
        }
    }
    Multi old = makeMulti();
    {
        const std::lock_guard lock(m_mutex);
        m_multi.swap(old);
        for (auto &[backend, breaker] : m_breakers)
            breaker.reset();
    }
    old.reset(); // closes every connection and forgets resolved names
    std::sort(inFlight.begin(), inFlight.end());
    for (const RequestId id : inFlight) {
        Call &call = *m_calls.at(id);
        if (call.isStream() || !call.request.idempotent) {
            finish(call, connectionsDroppedError(call.request.backend, !call.request.idempotent));
        } else {
            --call.tries;
            startTry(call);
        }
    }
}

void HttpLoop::giveUpAll()
{
    for (bool more = true; more;) {
        std::vector<Command> commands;
        {
            const std::lock_guard lock(m_mutex);
            commands.swap(m_commands);
        }
        for (Command &command : commands) {
            if (auto *call = std::get_if<std::unique_ptr<Call>>(&command))
                m_calls.emplace((*call)->id, std::move(*call));
        }
        more = !m_calls.empty();
        while (!m_calls.empty()) {
            Call &call = *m_calls.begin()->second;
            finish(call, closingError(call.request.backend));
        }
    }
    const std::lock_guard lock(m_mutex);
    m_multi.reset();
}

} // namespace cockpit
