// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/fault_proxy.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace cockpit {

/// Answers HTTP requests with recorded bytes, in the order that a test lays down. A small API server for the clients'
/// tests: nothing is computed, every byte comes from a recording or from the test.
class WireServer {
public:
    /// What follows the bytes of an answer.
    enum class Then {
        Listen, ///< the connection waits for the next request
        Cut,    ///< it is closed, as by a server that died
        Reset,  ///< with a TCP reset
        Hang    ///< it stays open and silent
    };
    struct Reply {
        std::string bytes{};
        Then then = Then::Listen;
    };
    /// One request as it came.
    struct Seen {
        std::string method{};
        std::string target{}; ///< path and query
        std::string head{};   ///< request line and headers
        std::string body{};
    };

    explicit WireServer(std::optional<FaultTls> tls = std::nullopt)
        : m_proxy([this](FaultConnection &peer) { serve(peer); }, std::move(tls))
    {}

    std::uint16_t port() const { return m_proxy.port(); }
    QString url(const QString &scheme = QStringLiteral("http")) const
    {
        return QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(port());
    }

    /// Requests whose "METHOD target$" holds `part` get these replies in order; the last one again and again. The
    /// longest part that fits decides. Replaces what was said of that part before.
    void on(const std::string &part, std::vector<Reply> replies)
    {
        const std::lock_guard lock(m_mutex);
        m_routes[part] = {std::move(replies), 0};
    }
    /// From now on every connection ends without an answer, or again with one.
    void setAway(bool away)
    {
        const std::lock_guard lock(m_mutex);
        m_away = away;
    }
    std::vector<Seen> seen(const std::string &part = {}) const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Seen> found;
        std::copy_if(m_seen.begin(), m_seen.end(), std::back_inserter(found), [&part](const Seen &seen) {
            return (seen.method + ' ' + seen.target).find(part) != std::string::npos;
        });
        return found;
    }
    int count(const std::string &part) const { return static_cast<int>(seen(part).size()); }

    /// The bytes of a recording. One that was kept de-chunked and unzipped is told its length.
    static std::string recording(const char *name)
    {
        const QString base =
            QStringLiteral(COCKPIT_SOURCE_DIR "/tests/fixtures/kubernetes_wire/%1").arg(QString::fromLatin1(name));
        QFile wire(base + QStringLiteral(".wire"));
        if (wire.open(QIODevice::ReadOnly))
            return wire.readAll().toStdString();
        QFile text(base + QStringLiteral(".txt"));
        if (!text.open(QIODevice::ReadOnly))
            return {};
        return withLength(text.readAll());
    }
    static Reply recorded(const char *name, Then then = Then::Listen) { return {recording(name), then}; }
    /// An answer made by a test; apostrophes become quotes.
    static Reply json(int status, std::string body, const std::string &headers = {})
    {
        std::replace(body.begin(), body.end(), '\'', '"');
        return {"HTTP/1.1 " + std::to_string(status) + " Made\r\nContent-Type: application/json\r\n" + headers +
                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body,
                Then::Listen};
    }
    /// The head of a watch and these lines, without an end.
    static Reply watch(std::string lines, Then then = Then::Hang)
    {
        std::replace(lines.begin(), lines.end(), '\'', '"');
        std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        if (!lines.empty())
            bytes += QByteArray::number(qulonglong(lines.size()), 16).toStdString() + "\r\n" + lines + "\r\n";
        return {bytes, then};
    }
    /// An empty list of that version.
    static Reply emptyList(const std::string &resourceVersion)
    {
        return json(200, "{'kind':'List','apiVersion':'v1','metadata':{'resourceVersion':'" + resourceVersion +
                             "'},'items':[]}");
    }

private:
    struct Route {
        std::vector<Reply> replies{};
        std::size_t next = 0;
    };

    static std::string withLength(const QByteArray &bytes)
    {
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        const QByteArray body = bytes.mid(end + 4);
        QByteArray head;
        for (const QByteArray &line : bytes.left(end).split('\n')) {
            const QByteArray name = line.left(line.indexOf(':')).toLower();
            if (name != "content-length" && name != "transfer-encoding" && name != "content-encoding")
                head += line.trimmed() + "\r\n";
        }
        return (head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body).toStdString();
    }

    void serve(FaultConnection &peer)
    {
        while (const auto request = peer.readRequest()) {
            const auto reply = replyTo(*request);
            if (!reply || !peer.send(reply->bytes) || reply->then == Then::Cut)
                return;
            if (reply->then == Then::Reset) {
                peer.reset();
                return;
            }
            if (reply->then == Then::Hang) {
                peer.hang();
                return;
            }
        }
    }

    std::optional<Reply> replyTo(const std::string &request)
    {
        const std::size_t headEnd = request.find("\r\n\r\n");
        const std::size_t space = request.find(' ');
        Seen seen;
        seen.method = request.substr(0, space);
        seen.target = request.substr(space + 1, request.find(' ', space + 1) - space - 1);
        seen.head = request.substr(0, headEnd);
        seen.body = request.substr(headEnd + 4);
        const std::string line = seen.method + ' ' + seen.target + '$';
        const std::lock_guard lock(m_mutex);
        m_seen.push_back(std::move(seen));
        if (m_away)
            return std::nullopt;
        Route *best = nullptr;
        std::size_t length = 0;
        for (auto &[part, route] : m_routes) {
            if (line.find(part) != std::string::npos && (!best || part.size() > length)) {
                best = &route;
                length = part.size();
            }
        }
        if (!best)
            return recorded("rollouts-list-crd-not-installed-404");
        const std::size_t at = std::min(best->next++, best->replies.size() - 1);
        return best->replies[at];
    }

    mutable std::mutex m_mutex{};
    std::map<std::string, Route> m_routes{};
    std::vector<Seen> m_seen{};
    bool m_away = false;
    FaultProxy m_proxy; // last: its threads use all of the above
};

} // namespace cockpit
