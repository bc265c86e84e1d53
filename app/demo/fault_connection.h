// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

typedef struct ssl_st SSL;

namespace cockpit {

/// Told to all connections of a proxy at once when it ends.
class FaultStop {
public:
    void set();
    bool isSet() const;
    /// False when the stop came first.
    bool wait(std::chrono::milliseconds length) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    bool m_stopped = false;
};

/// One accepted connection, plain or TLS, with blocking calls that return when the proxy stops. Every call that sends
/// or reads returns false (nothing) at the end of the connection.
class FaultConnection {
public:
    /// Takes the socket; `ssl` may be null.
    FaultConnection(int socket, SSL *ssl, const FaultStop &stop)
        : m_socket(socket)
        , m_ssl(ssl)
        , m_stop(stop)
    {}
    ~FaultConnection();
    FaultConnection(const FaultConnection &) = delete;
    FaultConnection &operator=(const FaultConnection &) = delete;

    /// Head and body (by Content-Length) of the next request.
    std::optional<std::string> readRequest();
    /// Whatever comes next, at most 64 KiB; nothing at the end.
    std::optional<std::string> readSome();
    bool send(std::string_view bytes);
    /// In pieces of `pieceBytes`, with a pause before each.
    bool sendSlowly(std::string_view bytes, std::size_t pieceBytes, std::chrono::milliseconds pause);
    /// Says nothing until the peer or the proxy ends the connection.
    void hang();
    /// Ends it with a TCP reset instead of an orderly close.
    void reset();
    /// False when the proxy stopped first.
    bool wait(std::chrono::milliseconds length) const { return m_stop.wait(length); }
    int socket() const { return m_socket; }

private:
    int m_socket;
    SSL *m_ssl;
    const FaultStop &m_stop;
    std::string m_unread{};
};

} // namespace cockpit
