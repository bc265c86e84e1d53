// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/fault_proxy.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace cockpit {

namespace {

constexpr std::size_t kSlowPieceBytes = 16;
constexpr std::chrono::milliseconds kSlowPause{100};

struct FreeBio {
    void operator()(BIO *bio) const { BIO_free(bio); }
};
struct FreeX509 {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct FreeKey {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};

std::unique_ptr<BIO, FreeBio> bioOf(const std::string &pem)
{
    return std::unique_ptr<BIO, FreeBio>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

std::unique_ptr<X509, FreeX509> certificateOf(const std::string &pem)
{
    const auto bio = bioOf(pem);
    return std::unique_ptr<X509, FreeX509>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int connectTo(std::uint16_t port)
{
    const int upstream = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    if (upstream >= 0 && ::connect(upstream, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(upstream);
        return -1;
    }
    return upstream;
}

} // namespace

void FaultProxy::FreeContext::operator()(SSL_CTX *context) const { SSL_CTX_free(context); }

FaultProxy::FaultProxy(std::uint16_t upstreamPort)
    : m_handler([this](FaultConnection &client) { forward(client); })
    , m_upstreamPort(upstreamPort)
{
    start();
}

FaultProxy::FaultProxy(Handler handler, std::optional<FaultTls> tls)
    : m_handler(std::move(handler))
{
    if (!tls || setUpTls(*tls))
        start();
}

FaultProxy::~FaultProxy()
{
    m_stop.set();
    if (m_listener >= 0)
        ::shutdown(m_listener, SHUT_RDWR);
    {
        const std::lock_guard lock(m_mutex);
        for (const int socket : m_sockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    if (m_accepter.joinable())
        m_accepter.join();
    for (std::thread &server : m_servers)
        server.join();
    if (m_listener >= 0)
        ::close(m_listener);
}

void FaultProxy::setFault(Fault fault)
{
    const std::lock_guard lock(m_mutex);
    m_fault = std::move(fault);
}

int FaultProxy::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

Fault FaultProxy::fault() const
{
    const std::lock_guard lock(m_mutex);
    return m_fault;
}

bool FaultProxy::setUpTls(const FaultTls &tls)
{
    m_tls.reset(SSL_CTX_new(TLS_server_method()));
    const auto certificate = certificateOf(tls.certificate);
    const auto keyBio = bioOf(tls.key);
    const std::unique_ptr<EVP_PKEY, FreeKey> key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
    if (!m_tls || !certificate || !key || SSL_CTX_use_certificate(m_tls.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(m_tls.get(), key.get()) != 1)
        return false;
    if (tls.clientAuthority.empty())
        return true;
    const auto authority = certificateOf(tls.clientAuthority);
    SSL_CTX_set_verify(m_tls.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    return authority && X509_STORE_add_cert(SSL_CTX_get_cert_store(m_tls.get()), authority.get()) == 1;
}

void FaultProxy::start()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (m_listener < 0 || ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), size) != 0 ||
        ::listen(m_listener, 128) != 0 || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return;
    m_port = ntohs(address.sin_port);
    m_accepter = std::thread([this] { acceptAll(); });
}

void FaultProxy::acceptAll()
{
    while (!m_stop.isSet()) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            // Out of descriptors, or the listener was shut down: look again, slowly.
            if (!m_stop.wait(std::chrono::milliseconds(10)))
                return;
            continue;
        }
        m_servers.emplace_back([this, socket] { serve(socket); });
    }
}

void FaultProxy::serve(int socket)
{
    // OpenSSL writes without MSG_NOSIGNAL; a peer that left must not end the process.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    SSL *ssl = m_tls ? SSL_new(m_tls.get()) : nullptr;
    FaultConnection connection(socket, ssl, m_stop);
    {
        const std::lock_guard lock(m_mutex);
        ++m_connections;
    }
    if (!registerSocket(socket))
        return;
    if (ssl)
        SSL_set_fd(ssl, socket);
    if (!m_tls || (ssl && SSL_accept(ssl) == 1))
        m_handler(connection);
    forgetSocket(socket);
}

bool FaultProxy::registerSocket(int socket)
{
    const std::lock_guard lock(m_mutex);
    if (m_stop.isSet())
        return false;
    m_sockets.push_back(socket);
    return true;
}

void FaultProxy::forgetSocket(int socket)
{
    const std::lock_guard lock(m_mutex);
    std::erase(m_sockets, socket);
}

void FaultProxy::forward(FaultConnection &client)
{
    const int upstream = connectTo(m_upstreamPort);
    if (upstream < 0) {
        client.reset(); // as the server itself would refuse
        return;
    }
    if (registerSocket(upstream)) {
        std::array<pollfd, 2> both{{{client.socket(), POLLIN, 0}, {upstream, POLLIN, 0}}};
        bool goesOn = true;
        while (goesOn && ::poll(both.data(), both.size(), -1) >= 0) {
            if (both[1].revents != 0) {
                goesOn = forwardAnswer(client, upstream);
            } else if (both[0].revents != 0) {
                const auto request = client.readSome();
                goesOn = request && forwardRequest(client, upstream, *request);
            }
        }
        forgetSocket(upstream);
    }
    ::close(upstream);
}

bool FaultProxy::forwardRequest(FaultConnection &client, int upstream, const std::string &request)
{
    const Fault now = fault();
    switch (now.kind) {
    case Fault::Kind::None:
    case Fault::Kind::Slow:
        break;
    case Fault::Kind::Latency:
        if (!client.wait(now.delay))
            return false;
        break;
    case Fault::Kind::Error:
        return client.send("HTTP/1.1 " + std::to_string(now.status) +
                           " Fault\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\nfault on purpose");
    case Fault::Kind::Garbage:
        client.send("\x16\x03\x01garbage\xff\xfe{]}<<>>\r\n\r\n\r\n");
        return false;
    case Fault::Kind::Reset:
        client.reset();
        return false;
    case Fault::Kind::Hang:
        client.hang();
        return false;
    case Fault::Kind::Wire:
        client.send(now.wire);
        return false;
    }
    return ::send(upstream, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
}

bool FaultProxy::forwardAnswer(FaultConnection &client, int upstream)
{
    std::array<char, 64 * 1024> bytes{};
    const ssize_t count = ::recv(upstream, bytes.data(), bytes.size(), 0);
    if (count <= 0)
        return false;
    const std::string_view answer(bytes.data(), static_cast<std::size_t>(count));
    return fault().kind == Fault::Kind::Slow ? client.sendSlowly(answer, kSlowPieceBytes, kSlowPause)
                                             : client.send(answer);
}

} // namespace cockpit
