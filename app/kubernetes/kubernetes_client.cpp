// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/kubernetes_client.h"

#include "app/formats/kubernetes_identity_json.h"
#include "app/formats/kubernetes_status.h"
#include "app/kubernetes/kubernetes_words.h"

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto accessKept = 60s;
constexpr auto refusalPause = 1s;
constexpr int mostRateLimitedTries = 4;
constexpr std::chrono::milliseconds longestRetryAfter = 30s;

QString accessKey(const AccessQuestion &question)
{
    return QStringList{question.context,  question.nameSpace,   question.verb, question.group,
                       question.resource, question.subresource, question.name}
        .join(QChar(1));
}

Result<KubernetesAnswer> readAnswer(const QString &cluster, const Result<HttpResponse> &response)
{
    if (!response)
        return response.error();
    if (response->status >= 400)
        return kubernetesError(cluster, *response);
    Result<KubernetesObject> object = KubernetesObject::parse(response->body);
    if (!object)
        return object.error();
    return KubernetesAnswer{*object, kubernetesWarnings(*response)};
}

KubernetesCall accessCall(const AccessQuestion &question)
{
    KubernetesCall call;
    call.context = question.context;
    call.method = "POST";
    call.path = QStringLiteral("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
    call.bodyKind = KubernetesCall::Body::Json;
    call.body = accessReviewJson(
        {question.nameSpace, question.verb, question.group, question.resource, question.subresource, question.name});
    return call;
}

} // namespace

/// What outlives the client until the last answer is in.
struct KubernetesClient::Shared : std::enable_shared_from_this<KubernetesClient::Shared> {
    using OnAnswer = std::function<void(Result<KubernetesAnswer>)>;
    struct Known {
        AccessAnswer answer{};
        Clock::Monotonic at{};
    };

    Shared(const Clock &clockOf, std::shared_ptr<TaskThread> workerOf, Post postTo)
        : clock(clockOf)
        , worker(std::move(workerOf))
        , post(std::move(postTo))
    {}

    const Clock &clock;
    const std::shared_ptr<TaskThread> worker;
    Post post;
    std::atomic_bool closed{false};
    mutable std::mutex mutex{};
    std::map<QString, std::shared_ptr<ContextLink>> links{};
    std::map<QString, Known> access{};

    std::shared_ptr<ContextLink> link(const QString &context) const
    {
        const std::lock_guard lock(mutex);
        const auto found = links.find(context);
        return found == links.end() ? nullptr : found->second;
    }

    template <typename T> void deliver(const std::function<void(Result<T>)> &done, Result<T> result)
    {
        post([self = shared_from_this(), done, result = std::move(result)] {
            if (!self->closed.load())
                done(result);
        });
    }

    /// `done` comes on any thread.
    void ask(const KubernetesCall &call, const OnAnswer &done)
    {
        const std::shared_ptr<ContextLink> to = link(call.context);
        if (!to) {
            done(Error{
                Error::Kind::NotFound, KubernetesWords::tr("There is no context %1 here.").arg(call.context), {}, {}});
            return;
        }
        send(to, kubernetesRequest(call), done, 1);
    }

    /// A write that the server refused because of its load was certainly not done: it is sent again as the server asks.
    void send(const std::shared_ptr<ContextLink> &to, const HttpRequest &request, const OnAnswer &done, int tries)
    {
        to->send(request, [self = shared_from_this(), to, request, done, tries](Result<HttpResponse> response) {
            const bool limited = response && response->status == 429 && !request.idempotent;
            const auto pause = limited ? kubernetesStatus(*response).retryAfter : std::nullopt;
            if (!pause || tries >= mostRateLimitedTries) {
                done(readAnswer(to->words(), response));
                return;
            }
            self->worker->after(std::min(*pause, longestRetryAfter),
                                [self, to, request, done, tries] { self->send(to, request, done, tries + 1); });
        });
    }

    std::optional<AccessAnswer> knownAccess(const AccessQuestion &question) const
    {
        const std::lock_guard lock(mutex);
        const auto found = access.find(accessKey(question));
        if (found == access.end() || clock.monotonic() - found->second.at > accessKept)
            return std::nullopt;
        return found->second.answer;
    }

    void keepAccess(const AccessQuestion &question, const AccessAnswer &answer)
    {
        const std::lock_guard lock(mutex);
        std::erase_if(access, [this](const auto &entry) { return clock.monotonic() - entry.second.at > accessKept; });
        access[accessKey(question)] = {answer, clock.monotonic()};
    }

    void askAccess(const AccessQuestion &question, const Answer<AccessAnswer> &done, bool again)
    {
        ask(accessCall(question), [self = shared_from_this(), question, done,
                                   again](Result<KubernetesAnswer> answered) {
            if (!answered) {
                self->deliver<AccessAnswer>(done, answered.error());
                return;
            }
            const AccessAnswer answer{answered->object.flag("status.allowed"), answered->object.text("status.reason")};
            const std::shared_ptr<ContextLink> to = self->link(question.context);
            if (!answer.allowed && !again && to && to->isDisturbed()) {
                self->worker->after(refusalPause, [self, question, done] { self->askAccess(question, done, true); });
                return;
            }
            self->keepAccess(question, answer);
            self->deliver<AccessAnswer>(done, answer);
        });
    }
};

KubernetesClient::KubernetesClient(const Clock &clock, std::shared_ptr<TaskThread> worker, Post post)
    : m_shared(std::make_shared<Shared>(clock, std::move(worker), std::move(post)))
{}

KubernetesClient::~KubernetesClient() { m_shared->closed.store(true); }

void KubernetesClient::addContext(const std::shared_ptr<ContextLink> &link)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->links[link->context()] = link;
}

void KubernetesClient::call(KubernetesCall call, Answer<KubernetesAnswer> done)
{
    m_shared->ask(call, [shared = m_shared, done = std::move(done)](Result<KubernetesAnswer> answer) {
        shared->deliver<KubernetesAnswer>(done, std::move(answer));
    });
}

void KubernetesClient::mayI(const AccessQuestion &question, Answer<AccessAnswer> done)
{
    if (const auto known = m_shared->knownAccess(question))
        m_shared->deliver<AccessAnswer>(done, *known);
    else
        m_shared->askAccess(question, done, false);
}

QString KubernetesClient::identity(const QString &context) const
{
    const std::shared_ptr<ContextLink> link = m_shared->link(context);
    return link ? link->identity() : QString();
}

QStringList KubernetesClient::contexts() const
{
    const std::lock_guard lock(m_shared->mutex);
    QStringList names;
    for (const auto &[name, link] : m_shared->links)
        names.append(name);
    return names;
}

} // namespace cockpit
