// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/context_link.h"

namespace cockpit {

/// One request, from send() until its answer.
struct ContextLink::Try {
    HttpRequest request{};
    HttpClient::OnResponse done{};
    EndpointPtr used{};
    bool renewed = false;
    bool askedAgain = false;
};

ContextLink::ContextLink(HttpClient &client, const Clock &clock, Settings settings,
                         std::shared_ptr<ExecCredentials> plugins, std::shared_ptr<TaskThread> worker)
    : m_client(client)
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_words(QStringLiteral("Kubernetes ") + m_settings.context)
    , m_worker(std::move(worker))
    , m_credentials(m_settings.context, m_settings.place, std::move(plugins), clock)
{}

void ContextLink::send(HttpRequest request, HttpClient::OnResponse done)
{
    const auto one = std::make_shared<Try>();
    one->request = std::move(request);
    one->request.backend = m_words;
    one->request.deliverErrorBodies = true;
    one->done = std::move(done);
    begin(one, nullptr);
}

void ContextLink::begin(const std::shared_ptr<Try> &one, const EndpointPtr &refused)
{
    m_credentials.get(refused, [self = shared_from_this(), one, refused](Result<ClusterAccessPtr> access) {
        self->remember(access);
        if (!access) {
            one->done(access.error());
            return;
        }
        one->used = (*access)->endpoint;
        one->request.endpoint = one->used;
        self->m_client.send(one->request,
                            [self, one](Result<HttpResponse> response) { self->take(one, std::move(response)); });
    });
}

void ContextLink::take(const std::shared_ptr<Try> &one, Result<HttpResponse> response)
{
    if (!response) {
        if (response.error().kind == Error::Kind::Network || response.error().kind == Error::Kind::Timeout)
            noteDisturbance();
        one->done(std::move(response));
        return;
    }
    if (response->status == 503 || response->status == 504 || response->tries > 1)
        noteDisturbance();
    if (response->status == 401 && !one->renewed) {
        one->renewed = true;
        if (one->request.idempotent) {
            begin(one, one->used);
            return;
        }
        // What changes something is not sent again, but the next press finds new credentials.
        m_credentials.get(one->used, [](const Result<ClusterAccessPtr> &) {});
    }
    if (response->status == 403 && one->request.idempotent && !one->askedAgain && isDisturbed()) {
        one->askedAgain = true;
        m_worker->after(m_settings.forbiddenPause, [self = shared_from_this(), one] { self->begin(one, nullptr); });
        return;
    }
    one->done(std::move(response));
}

void ContextLink::stream(HttpRequest request, std::chrono::milliseconds silence, Cancelled cancelled,
                         HttpClient::OnLine line, HttpClient::OnEnd end)
{
    request.backend = m_words;
    m_credentials.get(nullptr, [self = shared_from_this(), request = std::move(request), silence, cancelled,
                                line = std::move(line), end = std::move(end)](Result<ClusterAccessPtr> access) mutable {
        self->remember(access);
        if (!access) {
            end(access.error());
            return;
        }
        request.endpoint = (*access)->endpoint;
        const std::lock_guard lock(self->m_mutex);
        if (cancelled->load())
            return;
        // Under the lock: the end may come before the id is known.
        self->m_streams[cancelled] = self->m_client.stream(
            std::move(request), silence, std::move(line),
            [self, cancelled, used = (*access)->endpoint, end = std::move(end)](Result<Done> result) {
                {
                    const std::lock_guard inner(self->m_mutex);
                    self->m_streams.erase(cancelled);
                }
                if (cancelled->load())
                    return;
                if (!result)
                    self->noteDisturbance();
                if (!result && result.error().kind == Error::Kind::Unauthorized)
                    self->m_credentials.get(used, [](const Result<ClusterAccessPtr> &) {});
                end(std::move(result));
            });
    });
}

void ContextLink::cancelStream(const Cancelled &cancelled)
{
    cancelled->store(true);
    RequestId id = 0;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_streams.find(cancelled);
        if (found != m_streams.end())
            id = found->second;
    }
    if (id != 0)
        m_client.cancel(id);
}

void ContextLink::noteDisturbance()
{
    const std::lock_guard lock(m_mutex);
    m_disturbedAt = m_clock.monotonic();
}

bool ContextLink::isDisturbed() const
{
    const std::lock_guard lock(m_mutex);
    return m_disturbedAt && m_clock.monotonic() - *m_disturbedAt < m_settings.disturbedFor;
}

ClusterAccessPtr ContextLink::access() const
{
    const std::lock_guard lock(m_mutex);
    return m_access;
}

std::optional<Error> ContextLink::credentialsError() const
{
    const std::lock_guard lock(m_mutex);
    return m_credentialsError;
}

void ContextLink::remember(const Result<ClusterAccessPtr> &access)
{
    const std::lock_guard lock(m_mutex);
    m_credentialsError = access ? std::nullopt : std::optional(access.error());
    if (access)
        m_access = *access;
}

void ContextLink::setReviewedUser(const QString &user)
{
    const std::lock_guard lock(m_mutex);
    m_reviewedUser = user;
}

QString ContextLink::identity() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_reviewedUser.isEmpty())
        return m_reviewedUser;
    if (!m_access)
        return {};
    return m_access->certificateName.isEmpty() ? m_access->user : m_access->certificateName;
}

} // namespace cockpit
