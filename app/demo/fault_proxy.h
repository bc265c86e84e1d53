// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/fault_connection.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

typedef struct ssl_ctx_st SSL_CTX;

namespace cockpit {

/// What a FaultProxy does to the answers of the server behind it.
struct Fault {
    enum class Kind {
        None,    ///< passes everything on
        Latency, ///< passes each request on after `delay`
        Error,   ///< answers `status` itself
        Garbage, ///< answers bytes that are no HTTP
        Reset,   ///< ends the connection with a TCP reset instead of an answer
        Hang,    ///< never answers
        Slow,    ///< passes the answer on a few bytes at a time
        Wire     ///< answers the bytes of `wire`, a recorded answer, and closes
    };
    Kind kind = Kind::None;
    std::chrono::milliseconds delay{0};
    int status = 503;
    std::string wire{};
};

/// Parses "latency:3s", "latency:250ms", "error:503", "garbage", "reset", "hang", "slow", "wire:FILE", "none".
/// Nothing when it is none of these, or the file cannot be read.
std::optional<Fault> parseFault(std::string_view text);

/// Certificate and key of a FaultProxy that speaks TLS, as PEM.
struct FaultTls {
    std::string certificate{};
    std::string key{};
    std::string clientAuthority{}; ///< when set, clients must show a certificate of this authority
};

/// A raw-socket server on a free loopback port that breaks answers on purpose: in front of a server (the demo's
/// --fault), or with a handler of its own (tests). One thread per connection.
class FaultProxy {
public:
    using Handler = std::function<void(FaultConnection &)>;

    /// In front of 127.0.0.1:`upstreamPort`.
    explicit FaultProxy(std::uint16_t upstreamPort);
    /// Each connection is `handler`'s; it runs on the connection's own thread.
    explicit FaultProxy(Handler handler, std::optional<FaultTls> tls = std::nullopt);
    ~FaultProxy();
    FaultProxy(const FaultProxy &) = delete;
    FaultProxy &operator=(const FaultProxy &) = delete;

    /// 0 when no port could be had, or the TLS identity is unusable.
    std::uint16_t port() const { return m_port; }
    /// Holds from the next request on, on open connections too.
    void setFault(Fault fault);
    /// Connections accepted so far.
    int connections() const;

private:
    void start();
    void acceptAll();
    void serve(int socket);
    void forward(FaultConnection &client);
    bool forwardRequest(FaultConnection &client, int upstream, const std::string &request);
    bool forwardAnswer(FaultConnection &client, int upstream);
    bool setUpTls(const FaultTls &tls);
    bool registerSocket(int socket);
    void forgetSocket(int socket);
    Fault fault() const;

    struct FreeContext {
        void operator()(SSL_CTX *context) const;
    };

    Handler m_handler;
    std::uint16_t m_upstreamPort = 0;
    std::unique_ptr<SSL_CTX, FreeContext> m_tls{};
    std::uint16_t m_port = 0;
    int m_listener = -1;
    FaultStop m_stop;
    mutable std::mutex m_mutex;
    Fault m_fault{};
    int m_connections = 0;
    std::vector<int> m_sockets{};
    std::vector<std::thread> m_servers{};
    std::thread m_accepter;
};

} // namespace cockpit
