// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/secret_resolver.h"

#include "app/config/config_words.h"
#include "app/config/secret_command.h"

#include <QFile>
#include <QFileInfo>

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace cockpit {

namespace {

constexpr qint64 mostSecretFileBytes = 1024 * 1024;

Error secretError(Error::Kind kind, const QString &what, const QString &next = {}) { return {kind, what, {}, next}; }

Result<QByteArray> readWholeFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return secretError(Error::Kind::NotFound,
                           ConfigWords::tr("The file %1 cannot be read: %2.").arg(path, file.errorString()));
    QByteArray bytes = file.read(mostSecretFileBytes + 1);
    if (bytes.size() > mostSecretFileBytes)
        return secretError(Error::Kind::TooLarge, ConfigWords::tr("The file %1 is larger than 1 MiB.").arg(path));
    return bytes;
}

/// A file that only its owner can read.
Result<QByteArray> readSecretFile(const QString &path)
{
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                                      | QFile::WriteOther | QFile::ExeOther;
    if (QFileInfo(path).permissions() & others)
        return secretError(Error::Kind::Forbidden, ConfigWords::tr("Others may read the file %1 of a secret.").arg(path),
                           ConfigWords::tr("Give it the mode 0600."));
    return readWholeFile(path);
}

Result<QByteArray> readKeychain(const SecretRef &secret, const SecretSources &sources)
{
    if (!sources.keychain)
        return secretError(Error::Kind::Invalid, ConfigWords::tr("There is no keychain here."),
                           ConfigWords::tr("Use {env}, {file} or {command} instead."));
    // Shared with the answer, which may come after this has given up.
    const auto answer = std::make_shared<std::promise<Result<QByteArray>>>();
    std::future<Result<QByteArray>> waiting = answer->get_future();
    sources.keychain(secret.name, secret.account,
                     [answer](Result<QByteArray> found) { answer->set_value(std::move(found)); });
    constexpr std::chrono::milliseconds slice(50);
    for (std::chrono::milliseconds waited(0); waited < sources.limit; waited += slice) {
        if (waiting.wait_for(slice) == std::future_status::ready)
            return waiting.get();
        if (sources.stop && sources.stop->load())
            return secretError(Error::Kind::Cancelled, ConfigWords::tr("Reading the keychain was cancelled."));
    }
    return secretError(Error::Kind::Timeout, ConfigWords::tr("The keychain did not answer."),
                       ConfigWords::tr("It may be locked: unlock it and try again."));
}

Result<QByteArray> readRawSecret(const SecretRef &secret, const SecretSources &sources)
{
    switch (secret.kind) {
    case SecretRef::Kind::Environment:
        if (!sources.environment.contains(secret.name))
            return secretError(Error::Kind::NotFound, ConfigWords::tr("The variable %1 is not set.").arg(secret.name));
        return sources.environment.value(secret.name).toUtf8();
    case SecretRef::Kind::File:
        return readSecretFile(secret.name);
    case SecretRef::Kind::Command:
        return runSecretCommand(secret.command, sources.limit, sources.stop);
    case SecretRef::Kind::Keychain:
        return readKeychain(secret, sources);
    case SecretRef::Kind::None:
        break;
    }
    return QByteArray();
}

/// Reads into a member when the secret is given; the error otherwise.
std::optional<Error> fillSecret(const SecretRef &secret, const SecretSources &sources, QByteArray &into)
{
    if (!secret.isSet())
        return std::nullopt;
    Result<QByteArray> found = readSecret(secret, sources);
    if (!found)
        return found.error();
    into = std::move(*found);
    return std::nullopt;
}

std::optional<Error> fillFile(const QString &path, bool isSecret, QByteArray &into)
{
    if (path.isEmpty())
        return std::nullopt;
    Result<QByteArray> found = isSecret ? readSecretFile(path) : readWholeFile(path);
    if (!found)
        return found.error();
    into = std::move(*found);
    return std::nullopt;
}

std::optional<Error> fillHeaders(const EndpointConfig &config, const SecretSources &sources, Endpoint &endpoint)
{
    for (const HeaderConfig &header : config.headers) {
        QByteArray value = header.text.toUtf8();
        if (auto error = fillSecret(header.secret, sources, value))
            return error;
        endpoint.headers.append({header.name.toUtf8(), value});
    }
    return std::nullopt;
}

} // namespace

Result<QByteArray> readSecret(const SecretRef &secret, const SecretSources &sources)
{
    Result<QByteArray> found = readRawSecret(secret, sources);
    if (!found)
        return found;
    QByteArray text = *found;
    while (text.endsWith('\n') || text.endsWith('\r'))
        text.chop(1);
    if (text.isEmpty())
        return secretError(Error::Kind::Invalid, ConfigWords::tr("A secret is empty."));
    if (text.contains('\n') || text.contains('\r') || text.contains('\0'))
        return secretError(Error::Kind::Invalid, ConfigWords::tr("A secret has more than one line."));
    return text;
}

Result<EndpointPtr> resolveEndpoint(const EndpointConfig &config, const SecretSources &sources)
{
    if (!config.via.isDirect() && sources.throughCluster)
        return sources.throughCluster(config, sources.stop);
    if (!config.via.isDirect())
        return secretError(Error::Kind::Invalid,
                           ConfigWords::tr("%1 is only reached through the API server of the context %2.")
                               .arg(config.via.service, config.via.context),
                           ConfigWords::tr("Configure kubernetes, or give a direct address with via: direct."));
    auto endpoint = std::make_shared<Endpoint>();
    endpoint->url = config.url;
    endpoint->proxy = config.proxy;
    endpoint->basicUser = config.auth.basicUser;
    endpoint->tls.verify = config.tls.verify;
    endpoint->tls.serverName = config.tls.serverName;
    for (const auto &error : {fillSecret(config.auth.bearer, sources, endpoint->bearer),
                              fillSecret(config.auth.basicPassword, sources, endpoint->basicPassword),
                              fillHeaders(config, sources, *endpoint),
                              fillFile(config.tls.caFile, false, endpoint->tls.caPem),
                              fillFile(config.tls.certFile, false, endpoint->tls.clientCertPem),
                              fillFile(config.tls.keyFile, true, endpoint->tls.clientKeyPem)}) {
        if (error)
            return *error;
    }
    return EndpointPtr(endpoint);
}

/// The thread and its queue.
struct SecretResolver::Work {
    SecretSources sources{};
    Post post{};
    std::atomic_bool stop{false};
    std::mutex mutex{};
    std::condition_variable wake{};
    std::deque<std::function<void()>> queue{};
    std::thread thread{};

    void add(std::function<void()> job)
    {
        {
            const std::lock_guard lock(mutex);
            queue.push_back(std::move(job));
        }
        wake.notify_one();
    }

    void run()
    {
        for (;;) {
            std::unique_lock lock(mutex);
            wake.wait(lock, [this] { return stop.load() || !queue.empty(); });
            if (stop.load())
                return;
            const std::function<void()> job = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            job();
        }
    }

    /// Results that come after the end of the resolver are dropped.
    void deliver(std::function<void()> result)
    {
        if (!stop.load())
            post(std::move(result));
    }
};

SecretResolver::SecretResolver(SecretSources sources, Post post) : m_work(std::make_unique<Work>())
{
    m_work->sources = std::move(sources);
    m_work->sources.stop = &m_work->stop;
    m_work->post = std::move(post);
    m_work->thread = std::thread([work = m_work.get()] { work->run(); });
}

SecretResolver::~SecretResolver()
{
    {
        const std::lock_guard lock(m_work->mutex);
        m_work->stop.store(true);
    }
    m_work->wake.notify_one();
    m_work->thread.join();
}

void SecretResolver::resolve(EndpointConfig config, std::function<void(Result<EndpointPtr>)> done)
{
    m_work->add([work = m_work.get(), config = std::move(config), done = std::move(done)] {
        work->deliver([done, result = resolveEndpoint(config, work->sources)] { done(result); });
    });
}

void SecretResolver::read(SecretRef secret, std::function<void(Result<QByteArray>)> done)
{
    m_work->add([work = m_work.get(), secret = std::move(secret), done = std::move(done)] {
        work->deliver([done, result = readSecret(secret, work->sources)] { done(result); });
    });
}

} // namespace cockpit
