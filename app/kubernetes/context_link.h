// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/kubernetes/context_credentials.h"
#include "app/net/http_client.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace cockpit {

/// The one way to the API server of a context, for calls, lists and watches. Thread-safe; made as a shared_ptr, since
/// answers may come after its owner is gone.
class ContextLink : public std::enable_shared_from_this<ContextLink> {
public:
    struct Settings {
        QString context{};
        KubeconfigPlace place{};
        std::chrono::milliseconds forbiddenPause{700};  ///< before a 403 right after a reconnect is asked again
        std::chrono::milliseconds disturbedFor{10'000}; ///< how long "right after" lasts
    };
    ContextLink(HttpClient &client, const Clock &clock, Settings settings, std::shared_ptr<ExecCredentials> plugins,
                std::shared_ptr<TaskThread> worker);

    const Clock &clock() const { return m_clock; }
    const QString &context() const { return m_settings.context; }
    /// The word in messages: "Kubernetes prod-eu".
    const QString &words() const { return m_words; }

    /// Sends with the context's credentials. After 401 they are renewed once, and what is idempotent is sent again. A
    /// 403 to a read right after a reconnect is asked again once (the server's RBAC caches may be empty,
    /// kubernetes.md 1). Answers of 400 and above come as they are; `done` comes exactly once, on the I/O thread or the
    /// credentials' thread, unless stop() comes first.
    void send(HttpRequest request, HttpClient::OnResponse done);
    /// One watch; `line` and `end` as in HttpClient::stream, on the I/O thread, or `end` on the credentials' thread.
    /// After cancelStream() with its token no end comes any more, and no line that was not on its way.
    using Cancelled = std::shared_ptr<std::atomic_bool>;
    void stream(HttpRequest request, std::chrono::milliseconds silence, Cancelled cancelled, HttpClient::OnLine line,
                HttpClient::OnEnd end);
    void cancelStream(const Cancelled &cancelled);

    /// Something on the way to the server broke, now.
    void noteDisturbance();
    bool isDisturbed() const;
    /// The newest way in; null before the first.
    ClusterAccessPtr access() const;
    /// Why the last request had no way in; nothing when it had.
    std::optional<Error> credentialsError() const;
    /// What SelfSubjectReview said; empty before.
    void setReviewedUser(const QString &user);
    /// Who the API server says we are.
    QString identity() const;
    /// A person asks: failed logins are tried again.
    void retry() { m_credentials.retry(); }
    void cancelLogin() { m_credentials.cancelLogin(); }
    /// Ends the thread of the credentials. No callback of theirs comes after it.
    void stop() { m_credentials.stop(); }

private:
    struct Try;
    void begin(const std::shared_ptr<Try> &one, const EndpointPtr &refused);
    void take(const std::shared_ptr<Try> &one, Result<HttpResponse> response);
    void remember(const Result<ClusterAccessPtr> &access);

    HttpClient &m_client;
    const Clock &m_clock;
    const Settings m_settings;
    const QString m_words;
    const std::shared_ptr<TaskThread> m_worker;
    mutable std::mutex m_mutex{};
    ClusterAccessPtr m_access{};
    std::optional<Error> m_credentialsError{};
    QString m_reviewedUser{};
    std::optional<Clock::Monotonic> m_disturbedAt{};
    std::map<std::shared_ptr<std::atomic_bool>, RequestId> m_streams{};
    ContextCredentials m_credentials;
};

} // namespace cockpit
