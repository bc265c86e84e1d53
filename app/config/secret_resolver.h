// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/configuration_loader.h"
#include "app/config/endpoint_config.h"
#include "app/net/http_client.h"
#include "models/result.h"

#include <QByteArray>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace cockpit {

/// Asks the desktop's keychain. May be called on any thread; answers once, on any thread.
using KeychainReader =
    std::function<void(const QString &service, const QString &account, std::function<void(Result<QByteArray>)> done)>;

/// What secrets are read from. Everything is a parameter, so that tests need no keychain.
struct SecretSources {
    EnvironmentVariables environment{};
    KeychainReader keychain{}; ///< empty = there is none
    std::chrono::milliseconds limit{30000}; ///< of a command and of the keychain
    /// Opens an endpoint with `via: {kubernetes: …}`; empty = there is no cluster. Blocks; `stop` as below.
    std::function<Result<EndpointPtr>(const EndpointConfig &, const std::atomic_bool *stop)> throughCluster{};
    const std::atomic_bool *stop = nullptr; ///< set it to end a wait early (Error Cancelled); must outlive the call
};

/// Reads one secret, without its trailing newline. Blocks (up to `limit`): never on the GUI or the I/O thread.
/// Errors: Invalid, NotFound, Timeout, Cancelled, Forbidden (a file that others can read); no secret in their words.
Result<QByteArray> readSecret(const SecretRef &secret, const SecretSources &sources);

/// An endpoint with all its secrets and TLS files read. Blocks like readSecret. Errors: like readSecret.
Result<EndpointPtr> resolveEndpoint(const EndpointConfig &config, const SecretSources &sources);

/// Resolves endpoints on a thread of its own, one at a time. The destructor ends a running command.
class SecretResolver {
public:
    /// Delivers a callback on the thread that wants it.
    using Post = std::function<void(std::function<void()>)>;
    SecretResolver(SecretSources sources, Post post);
    ~SecretResolver();
    SecretResolver(const SecretResolver &) = delete;
    SecretResolver &operator=(const SecretResolver &) = delete;

    /// `done` is posted exactly once, unless the resolver is destroyed first.
    void resolve(EndpointConfig config, std::function<void(Result<EndpointPtr>)> done);
    void read(SecretRef secret, std::function<void(Result<QByteArray>)> done);

private:
    struct Work;
    std::unique_ptr<Work> m_work;
};

} // namespace cockpit
