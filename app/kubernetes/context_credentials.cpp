// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/context_credentials.h"

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto firstFailureHold = 30s;
constexpr auto longestFailureHold = 600s;
constexpr auto betweenForcedLogins = 10s;
constexpr auto renewAccessBefore = 60s;

/// A plugin may open a browser or lock an account: it is not run again and again.
bool isFailedLogin(const Error &error)
{
    return error.kind != Error::Kind::NotFound && error.kind != Error::Kind::Storage;
}

bool isUnchanged(const QList<FileStamp> &files)
{
    return std::all_of(files.begin(), files.end(),
                       [](const FileStamp &stamp) { return FileStamp::of(stamp.path) == stamp; });
}

} // namespace

ContextCredentials::ContextCredentials(QString context, KubeconfigPlace place, std::shared_ptr<ExecCredentials> plugins,
                                       const Clock &clock)
    : m_context(std::move(context))
    , m_place(std::move(place))
    , m_plugins(std::move(plugins))
    , m_clock(clock)
    , m_thread(clock)
{}

void ContextCredentials::get(EndpointPtr refused, Done done)
{
    m_thread.post([this, refused = std::move(refused), done = std::move(done)] {
        Result<ClusterAccessPtr> result = answer(refused);
        if (!m_stop.load())
            done(std::move(result));
    });
}

void ContextCredentials::retry()
{
    m_thread.post([this] {
        m_failure.reset();
        m_failureHold = 0s;
        m_loggedInAgainAt.reset();
    });
}

void ContextCredentials::stop()
{
    {
        const std::lock_guard lock(m_cancelMutex);
        m_stop.store(true);
        m_cancel.store(true);
    }
    m_thread.stop();
}

Result<ClusterAccessPtr> ContextCredentials::answer(const EndpointPtr &refused)
{
    const bool isRefused = refused && m_access && *m_access->endpoint == *refused;
    if (m_access && isCurrent() && !(isRefused && mayLogInAgain()))
        return m_access;
    if (m_failure && m_clock.monotonic() < m_failureEnds && isUnchanged(m_failureFiles))
        return *m_failure;
    Result<ClusterAccessPtr> opened = open(isRefused ? refused : nullptr);
    if (!opened) {
        m_access.reset();
        m_failure = opened.error();
        m_failureHold =
            isFailedLogin(opened.error()) ? std::clamp(2 * m_failureHold, firstFailureHold, longestFailureHold) : 0s;
        m_failureEnds = m_clock.monotonic() + m_failureHold;
        return opened;
    }
    m_failure.reset();
    m_failureHold = 0s;
    // The same pointer for the same way in: whoever holds it sees that nothing changed.
    if (!m_access || !(*m_access->endpoint == *(*opened)->endpoint) || m_access->files != (*opened)->files ||
        m_access->exec != (*opened)->exec)
        m_access = *opened;
    return m_access;
}

Result<ClusterAccessPtr> ContextCredentials::open(const EndpointPtr &refused)
{
    m_failureFiles.clear();
    for (const QString &path : m_place.paths)
        m_failureFiles.append(FileStamp::of(path));
    const Result<Kubeconfig> config = readKubeconfig(m_place.paths, m_place.isExplicit);
    if (!config)
        return config.error();
    const std::optional<ExecCredential> bad = refused && m_access ? m_access->exec : std::nullopt;
    {
        const std::lock_guard lock(m_cancelMutex);
        m_cancel.store(m_stop.load());
    }
    return openCluster(*config, m_context, {*m_plugins, LiveClock().now(), &m_cancel, bad});
}

bool ContextCredentials::isCurrent() const
{
    if (m_access->exec && m_access->exec->expiresAt &&
        *m_access->exec->expiresAt - renewAccessBefore <= LiveClock().now())
        return false;
    return isUnchanged(m_access->files);
}

bool ContextCredentials::mayLogInAgain()
{
    const Clock::Monotonic now = m_clock.monotonic();
    if (m_loggedInAgainAt && now - *m_loggedInAgainAt < betweenForcedLogins)
        return false;
    m_loggedInAgainAt = now;
    return true;
}

} // namespace cockpit
