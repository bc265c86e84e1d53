// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/error_words.h"
#include "app/net/http_loop.h"

#include <algorithm>

namespace cockpit {

void HttpLoop::accept(std::unique_ptr<Call> owned)
{
    Call &call = *owned;
    m_calls.emplace(call.id, std::move(owned));
    const QString refusal = refusalOf(call.request);
    if (!refusal.isEmpty()) {
        finish(call, invalidRequestError(call.request.backend, refusal));
        return;
    }
    const Result<QByteArray> url = requestUrl(call.request);
    if (!url) {
        finish(call, url.error());
        return;
    }
    call.url = *url;
    call.origin = originOf(QUrl::fromEncoded(call.url));
    if (call.request.backend.isEmpty())
        call.request.backend = call.origin.words();
    if (call.isStream()) {
        startTry(call);
    } else {
        enqueue(call);
        startReady(); // at once: what has a free slot does not count as waiting
    }
}

void HttpLoop::enqueue(Call &call)
{
    const auto now = m_clock.monotonic();
    if (call.request.lane == HttpLane::Poll) {
        // Said at once, so that nobody waits in the queue for a refusal.
        const auto link = withBreaker(call.request.backend, [now](const PollBreaker &breaker) {
            return breaker.refuses(now) ? std::optional(breaker.link(now)) : std::nullopt;
        });
        if (link) {
            finish(call, pausedError(call.request.backend, *link));
            return;
        }
    }
    const RequestQueue::Pushed pushed =
        m_queue.push({call.id, call.origin.toString(), call.request.lane, call.request.supersede, now});
    for (const RequestId id : pushed.superseded) {
        Call &older = *m_calls.at(id);
        finish(older, supersededError(older.request.backend));
    }
    if (!pushed.accepted)
        finish(call, queueFullError(call.request.backend));
}

void HttpLoop::cancelNow(RequestId id)
{
    const auto found = m_calls.find(id);
    if (found == m_calls.end())
        return; // done already: its callback was called
    m_queue.remove(id);
    finish(*found->second, cancelledError(found->second->request.backend));
}

void HttpLoop::startReady()
{
    for (const RequestId id : m_queue.takeReady(m_clock.monotonic()))
        startFromQueue(*m_calls.at(id));
}

void HttpLoop::startFromQueue(Call &call)
{
    call.holdsSlot = true;
    if (isAdmitted(call)) {
        startTry(call);
        return;
    }
    const BackendLink state = link(call.request.backend);
    finish(call, call.lastError ? *call.lastError : pausedError(call.request.backend, state));
}

bool HttpLoop::isAdmitted(Call &call)
{
    const auto now = m_clock.monotonic();
    const HttpLane lane = call.request.lane;
    if (lane != HttpLane::Poll && lane != HttpLane::Probe)
        return true;
    return withBreaker(call.request.backend, [&](PollBreaker &breaker) {
        if (lane == HttpLane::Probe) {
            if (!call.ticket)
                call.ticket = breaker.probe();
            return true;
        }
        if (call.ticket) // a retry goes on only while the breaker is closed
            return breaker.link(now).breaker == BackendLink::Breaker::Closed;
        call.ticket = breaker.admit(now);
        return call.ticket.has_value();
    });
}

void HttpLoop::startTry(Call &call)
{
    ++call.tries;
    call.redirects = 0;
    call.tryEnds = m_clock.monotonic() + call.request.totalTimeout;
    const Result<QByteArray> url = requestUrl(call.request);
    if (url) // it was checked when the call came
        call.url = *url;
    startHop(call);
}

void HttpLoop::startHop(Call &call)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(call.tryEnds - m_clock.monotonic());
    TryPlan plan;
    plan.request = &call.request;
    plan.url = call.url;
    plan.totalTimeout = call.isStream() ? std::chrono::milliseconds(0) : std::max(left, std::chrono::milliseconds(1));
    plan.freshConnection = call.tries > 1;
    plan.foreignHost = originOf(QUrl::fromEncoded(call.url)) != call.origin;
    plan.onLine = call.onLine;
    plan.maxLineBytes = m_options.maxLineBytes;
    call.transfer = std::make_unique<Transfer>(std::move(plan), m_clock);
    CURL *handle = call.transfer->handle();
    if (handle)
        curl_easy_setopt(handle, CURLOPT_PRIVATE, static_cast<void *>(&call));
    if (!handle || curl_multi_add_handle(m_multi.get(), handle) != CURLM_OK) {
        const CURLcode code = handle ? CURLE_FAILED_INIT : call.transfer->optionError();
        call.transfer.reset();
        finish(call, invalidRequestError(call.request.backend, QString::fromUtf8(curl_easy_strerror(code))));
    }
}

void HttpLoop::endTry(Call &call, TryOutcome outcome)
{
    detach(call);
    Verdict verdict = judge(call, std::move(outcome), m_options.maxRedirects);
    switch (verdict.next) {
    case Verdict::Next::Finish:
        finish(call, std::move(verdict.result));
        break;
    case Verdict::Next::Retry:
        retryLater(call, std::move(verdict));
        break;
    case Verdict::Next::Redirect:
        ++call.redirects;
        call.url = verdict.url;
        startHop(call);
        break;
    }
}

void HttpLoop::retryLater(Call &call, Verdict verdict)
{
    const double jitter = std::uniform_real_distribution<double>(0.0, 1.0)(m_random);
    const auto delay = retryDelay(m_options.retry, call.tries, jitter, verdict.retryAfter);
    if (verdict.result)
        call.lastError = httpStatusError(call.request.backend, *verdict.result);
    else
        call.lastError = verdict.result.error();
    releaseSlot(call);
    const bool waits = m_queue.pushAgain(
        {call.id, call.origin.toString(), call.request.lane, call.request.supersede, m_clock.monotonic() + delay});
    if (!waits)
        finish(call, supersededError(call.request.backend));
}

void HttpLoop::detach(Call &call)
{
    if (!call.transfer)
        return;
    curl_multi_remove_handle(m_multi.get(), call.transfer->handle());
    call.transfer.reset();
}

void HttpLoop::releaseSlot(Call &call)
{
    if (call.holdsSlot)
        m_queue.release(call.origin.toString(), call.request.lane);
    call.holdsSlot = false;
}

void HttpLoop::finish(Call &call, Result<HttpResponse> result)
{
    detach(call);
    releaseSlot(call);
    settleTicket(call, result);
    const auto node = m_calls.extract(call.id); // out of the books before anybody is told
    node.mapped()->deliver(std::move(result));
}

void HttpLoop::settleTicket(const Call &call, const Result<HttpResponse> &result)
{
    if (!call.ticket)
        return;
    const auto now = m_clock.monotonic();
    withBreaker(call.request.backend, [&](PollBreaker &breaker) {
        switch (backendSign(result)) {
        case BackendSign::Well:
            breaker.succeeded(*call.ticket);
            break;
        case BackendSign::Sick:
            breaker.failed(*call.ticket, now);
            break;
        case BackendSign::None:
            breaker.abandoned(*call.ticket, now);
            break;
        }
    });
}

} // namespace cockpit
