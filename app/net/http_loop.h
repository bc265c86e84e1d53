// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/call_verdict.h"
#include "app/net/http_client_options.h"
#include "app/net/poll_breaker.h"
#include "app/net/request_queue.h"

#include <curl/curl.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

namespace cockpit {

/// The I/O thread: one std::thread around curl_multi_poll. Other threads leave commands and wake it; everything else
/// happens on it. The one mutex guards what both sides touch: the commands, the breakers and the multi handle's place.
class HttpLoop {
public:
    HttpLoop(const Clock &clock, HttpClientOptions options);
    /// Gives up everything with Cancelled and waits for the thread, which takes milliseconds.
    ~HttpLoop();
    HttpLoop(const HttpLoop &) = delete;
    HttpLoop &operator=(const HttpLoop &) = delete;

    RequestId submit(std::unique_ptr<Call> call);
    void cancel(RequestId id);
    void reset();
    BackendLink link(const QString &backend) const;

private:
    struct FreeMulti {
        void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
    };
    using Multi = std::unique_ptr<CURLM, FreeMulti>;
    struct Cancel {
        RequestId id = 0;
    };
    struct Reset {};
    using Command = std::variant<std::unique_ptr<Call>, Cancel, Reset>;

    // Any thread.
    void post(Command command);
    template <typename Use> auto withBreaker(const QString &backend, Use use);

    // The I/O thread: the loop (http_loop.cpp).
    static Multi makeMulti();
    void run();
    bool takeCommands();
    void collectFinished();
    void endSilentStreams();
    void waitForWork();
    std::chrono::milliseconds timeToNextEvent() const;
    void resetNow();
    void giveUpAll();

    // The I/O thread: the life of one call (http_loop_calls.cpp).
    void accept(std::unique_ptr<Call> call);
    void enqueue(Call &call);
    void cancelNow(RequestId id);
    void startReady();
    void startFromQueue(Call &call);
    bool isAdmitted(Call &call);
    void startTry(Call &call);
    void startHop(Call &call);
    void endTry(Call &call, TryOutcome outcome);
    void retryLater(Call &call, Verdict verdict);
    void detach(Call &call);
    void releaseSlot(Call &call);
    void finish(Call &call, Result<HttpResponse> result);
    void settleTicket(const Call &call, const Result<HttpResponse> &result);

    const Clock &m_clock;
    const HttpClientOptions m_options;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Command> m_commands{};
    std::map<QString, PollBreaker> m_breakers{};
    Multi m_multi;
    RequestId m_lastId = 0;
    bool m_stopping = false;

    std::unordered_map<RequestId, std::unique_ptr<Call>> m_calls{};
    RequestQueue m_queue;
    std::mt19937_64 m_random;
    std::thread m_thread; // last: it uses all of the above
};

template <typename Use> auto HttpLoop::withBreaker(const QString &backend, Use use)
{
    const std::lock_guard lock(m_mutex);
    return use(m_breakers.try_emplace(backend, m_options.breaker).first->second);
}

} // namespace cockpit
