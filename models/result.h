// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace cockpit {

/// An error as a value. It answers the three questions of a person at 3am: what happened, what it means for them,
/// and what to do next. Texts are plain, full sentences, and hold no secret.
struct Error {
    /// What kind of failure it is; decides retries, exit codes and the word in a source pill.
    enum class Kind {
        Network,      ///< no connection, reset, name not resolved
        Timeout,      ///< no (complete) answer within the time allowed
        Tls,          ///< certificate or handshake refused
        Unauthorized, ///< 401, or a login page where data was expected
        Forbidden,    ///< 403
        NotFound,     ///< 404, 410
        Conflict,     ///< 409, 412: the object changed since it was read
        RateLimited,  ///< 429
        Server,       ///< 5xx
        Rejected,     ///< any other 4xx: the server understood and refused
        Parse,        ///< the answer is not what the protocol says
        TooLarge,     ///< a bound was reached
        Cancelled,    ///< the caller gave up
        Unavailable,  ///< not tried: the poll breaker of this backend is open
        Invalid,      ///< configuration or usage
        Storage       ///< local disk or database
    };
    Kind kind = Kind::Network;
    QString what{};    ///< what happened: "Alertmanager did not answer in 5 s (tried 3 times)."
    QString meaning{}; ///< what it means for the person: "Alerts shown are from 03:12:40." May be empty.
    QString next{};    ///< what to do, or what happens next: "Check the VPN." May be empty.

    /// The three sentences, joined by spaces; empty ones are left out.
    QString text() const;
    bool operator==(const Error &) const = default;
};

/// A value or an Error, with the names of std::expected (C++23).
template<typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }
    /// REQUIRES: has_value().
    const T &value() const & { return std::get<0>(m_state); }
    T &value() & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    /// REQUIRES: !has_value().
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// The value of a Result that carries none.
struct Done {
    bool operator==(const Done &) const = default;
};

} // namespace cockpit
