// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/fault_connection.h"

#include <openssl/ssl.h>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace cockpit {

namespace {

std::size_t contentLength(std::string_view head)
{
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::string_view name = "\r\ncontent-length:";
    std::size_t at = lower.find(name);
    if (at == std::string::npos)
        return 0;
    at = lower.find_first_not_of(' ', at + name.size());
    std::size_t length = 0;
    if (at != std::string::npos)
        std::from_chars(lower.data() + at, lower.data() + lower.size(), length);
    return length;
}

} // namespace

void FaultStop::set()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    m_changed.notify_all();
}

bool FaultStop::isSet() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

bool FaultStop::wait(std::chrono::milliseconds length) const
{
    std::unique_lock lock(m_mutex);
    return !m_changed.wait_for(lock, length, [this] { return m_stopped; });
}

FaultConnection::~FaultConnection()
{
    if (m_ssl)
        SSL_free(m_ssl);
    if (m_socket >= 0)
        ::close(m_socket);
}

std::optional<std::string> FaultConnection::readSome()
{
    if (!m_unread.empty())
        return std::exchange(m_unread, {});
    std::string bytes(64 * 1024, '\0');
    const auto count = m_ssl ? static_cast<ssize_t>(SSL_read(m_ssl, bytes.data(), static_cast<int>(bytes.size())))
                             : ::recv(m_socket, bytes.data(), bytes.size(), 0);
    if (count <= 0)
        return std::nullopt;
    bytes.resize(static_cast<std::size_t>(count));
    return bytes;
}

std::optional<std::string> FaultConnection::readRequest()
{
    std::string request;
    std::size_t total = std::string::npos;
    while (request.size() < total) {
        const auto more = readSome();
        if (!more)
            return std::nullopt;
        request += *more;
        const std::size_t headEnd = request.find("\r\n\r\n");
        if (headEnd != std::string::npos)
            total = headEnd + 4 + contentLength(std::string_view(request).substr(0, headEnd + 2));
    }
    m_unread = request.substr(total);
    request.resize(total);
    return request;
}

bool FaultConnection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto piece = std::min<std::size_t>(bytes.size(), 1 << 20);
        const auto count = m_ssl ? static_cast<ssize_t>(SSL_write(m_ssl, bytes.data(), static_cast<int>(piece)))
                                 : ::send(m_socket, bytes.data(), piece, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool FaultConnection::sendSlowly(std::string_view bytes, std::size_t pieceBytes, std::chrono::milliseconds pause)
{
    while (!bytes.empty()) {
        const auto piece = std::min(bytes.size(), pieceBytes);
        if (!wait(pause) || !send(bytes.substr(0, piece)))
            return false;
        bytes.remove_prefix(piece);
    }
    return true;
}

void FaultConnection::hang()
{
    while (readSome()) {
    }
}

void FaultConnection::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    // The reset goes out with close(), in the destructor.
}

} // namespace cockpit
