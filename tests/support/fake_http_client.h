// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace cockpit {

/// An HttpClient that sends nothing: it keeps what was asked, and the test answers when it likes, on its own thread.
/// The same contract: every callback is called exactly once, with Cancelled on cancel() and at the end.
class FakeHttpClient final : public HttpClient {
public:
    /// A request or stream as it came.
    struct Sent {
        RequestId id = 0;
        HttpRequest request{};
        bool isStream = false;
        std::chrono::milliseconds silence{0};
    };

    FakeHttpClient() = default;
    ~FakeHttpClient() override
    {
        for (const Sent &sent : open())
            cancel(sent.id);
    }

    RequestId send(HttpRequest request, OnResponse done) override
    {
        return keep({0, std::move(request), false, {}}, {std::move(done), {}, {}});
    }
    RequestId stream(HttpRequest request, std::chrono::milliseconds silence, OnLine line, OnEnd end) override
    {
        return keep({0, std::move(request), true, silence}, {{}, std::move(line), std::move(end)});
    }
    void cancel(RequestId id) override
    {
        fail(id, Error{Error::Kind::Cancelled, QStringLiteral("The request was cancelled.")});
    }
    void resetConnections() override
    {
        const std::lock_guard lock(m_mutex);
        ++m_resets;
    }
    BackendLink link(const QString &backend) const override
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_links.find(backend);
        return found == m_links.end() ? BackendLink{} : found->second;
    }

    /// Everything that was ever asked, in order.
    std::vector<Sent> sent() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sent;
    }
    /// What waits for an answer, in order.
    std::vector<Sent> open() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Sent> waiting;
        std::copy_if(m_sent.begin(), m_sent.end(), std::back_inserter(waiting),
                     [this](const Sent &sent) { return m_open.contains(sent.id); });
        return waiting;
    }
    /// The oldest open request whose path starts so; id 0 when there is none.
    Sent openWithPath(const QString &path) const
    {
        for (const Sent &sent : open()) {
            if (sent.request.path.startsWith(path))
                return sent;
        }
        return {};
    }
    int resets() const
    {
        const std::lock_guard lock(m_mutex);
        return m_resets;
    }

    /// Answers a request. As the real client does, a status of 400 and above becomes an Error unless the request asked
    /// for error bodies. Does nothing when the request is over.
    void answer(RequestId id, int status, std::string body, QList<HttpHeader> headers = {})
    {
        HttpResponse response{status, std::move(headers), std::move(body), 1};
        response.body.reserve(response.body.size() + 64);
        const auto [sent, callbacks] = take(id);
        if (!callbacks.done)
            return;
        if (status >= 400 && !sent.request.deliverErrorBodies)
            callbacks.done(httpStatusError(sent.request.backend, response));
        else
            callbacks.done(std::move(response));
    }
    /// Ends a request or a stream with an error.
    void fail(RequestId id, Error error)
    {
        const auto [sent, callbacks] = take(id);
        if (callbacks.done)
            callbacks.done(std::move(error));
        else if (callbacks.end)
            callbacks.end(std::move(error));
    }
    /// Delivers one line of an open stream.
    void line(RequestId id, std::string_view text)
    {
        OnLine onLine;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_open.find(id);
            if (found == m_open.end())
                return;
            onLine = found->second.line;
        }
        onLine(text);
    }
    /// Ends a stream as the server does.
    void endStream(RequestId id)
    {
        const auto [sent, callbacks] = take(id);
        if (callbacks.end)
            callbacks.end(Done{});
    }
    void setLink(const QString &backend, BackendLink link)
    {
        const std::lock_guard lock(m_mutex);
        m_links[backend] = link;
    }

private:
    struct Callbacks {
        OnResponse done{};
        OnLine line{};
        OnEnd end{};
    };

    RequestId keep(Sent sent, Callbacks callbacks)
    {
        const std::lock_guard lock(m_mutex);
        sent.id = ++m_lastId;
        m_open.emplace(sent.id, std::move(callbacks));
        m_sent.push_back(std::move(sent));
        return m_lastId;
    }
    std::pair<Sent, Callbacks> take(RequestId id)
    {
        const std::lock_guard lock(m_mutex);
        const auto node = m_open.extract(id);
        if (node.empty())
            return {};
        return {m_sent.at(id - 1), node.mapped()};
    }

    mutable std::mutex m_mutex;
    std::vector<Sent> m_sent{};
    std::map<RequestId, Callbacks> m_open{};
    std::map<QString, BackendLink> m_links{};
    RequestId m_lastId = 0;
    int m_resets = 0;
};

} // namespace cockpit
