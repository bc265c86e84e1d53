// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// Where a secret is kept. The configuration never holds the secret itself.
struct SecretRef {
    enum class Kind { None, Environment, File, Command, Keychain };
    Kind kind = Kind::None;
    QString name{};        ///< of the variable, the absolute path of the file, or the keychain's service
    QString account{};     ///< Keychain only
    QStringList command{}; ///< Command only: program and arguments
    bool operator==(const SecretRef &) const = default;
    bool isSet() const { return kind != Kind::None; }
};

/// How one gets in. At most one of bearer and basic.
struct AuthConfig {
    SecretRef bearer{};
    QString basicUser{};
    SecretRef basicPassword{};
    bool operator==(const AuthConfig &) const = default;
};

/// One header of every request: plain text or a secret.
struct HeaderConfig {
    QString name{};
    QString text{};
    SecretRef secret{};
    bool operator==(const HeaderConfig &) const = default;
};

/// TLS of one endpoint. Files hold PEM; the key's file must not be readable by others.
struct TlsConfig {
    bool verify = true;
    QString caFile{};
    QString certFile{};
    QString keyFile{};
    QString serverName{};
    bool operator==(const TlsConfig &) const = default;
};

/// Which way a backend is reached. Direct when `context` is empty, else through the API server of that context.
struct ViaConfig {
    QString context{};
    QString nameSpace{};
    QString service{}; ///< "name:port"
    bool operator==(const ViaConfig &) const = default;
    bool isDirect() const { return context.isEmpty(); }
};

/// `{url, auth, headers, tls, proxy, via}`: the same keys at every client.
struct EndpointConfig {
    QString url{}; ///< http or https, without user name and password
    AuthConfig auth{};
    QList<HeaderConfig> headers{};
    TlsConfig tls{};
    QString proxy{}; ///< empty = the environment's proxy variables
    ViaConfig via{};
    bool operator==(const EndpointConfig &) const = default;
};

} // namespace cockpit
