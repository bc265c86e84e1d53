// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/kubernetes_backend.h"

#include "app/kubernetes/kubernetes_words.h"
#include "app/kubernetes/service_proxy.h"

#include <map>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto currentContextPause = 15s;

} // namespace

SourceId kubernetesSourceId(const QString &context) { return SourceId(QStringLiteral("kubernetes/") + context); }

/// Shared with the worker's tasks, which may outlive the backend by a moment.
struct KubernetesBackend::Work : std::enable_shared_from_this<KubernetesBackend::Work> {
    struct Context {
        std::shared_ptr<ContextLink> link{};
        std::shared_ptr<ClusterWatch> watch{}; ///< the worker's thread alone
    };

    Work(HttpClient &httpClient, const Clock &clockOf, Settings given, Post post, UpdateSink sink)
        : http(httpClient)
        , clock(clockOf)
        , settings(std::move(given))
        , publish(std::move(sink))
        , worker(std::make_shared<TaskThread>(clock))
        , client(clock, worker, std::move(post))
        , plugins(std::make_shared<ExecCredentials>(
              ExecCredentials::Settings{.environment = settings.variables, .limit = settings.pluginLimit},
              [] { return LiveClock().now(); }))
        , place{kubeconfigPaths(settings.config.kubeconfig, settings.variables), !settings.config.kubeconfig.isEmpty()}
    {}

    HttpClient &http;
    const Clock &clock;
    const Settings settings;
    const UpdateSink publish;
    const std::shared_ptr<TaskThread> worker;
    KubernetesClient client;
    const std::shared_ptr<ExecCredentials> plugins;
    const KubeconfigPlace place;
    mutable std::mutex mutex{};
    QStringList names{};
    std::map<QString, Context> contexts{};

    /// Any thread.
    void addContext(const QString &name)
    {
        publish(StatusUpdate{ClusterWatch::connecting(kubernetesSourceId(name), name, clock, settings.options)});
        auto link = std::make_shared<ContextLink>(http, clock, ContextLink::Settings{.context = name, .place = place},
                                                  plugins, worker);
        client.addContext(link);
        {
            const std::lock_guard lock(mutex);
            names.append(name);
            contexts[name].link = link;
        }
        worker->post([self = shared_from_this(), name, link] {
            ClusterWatch::Settings watch{.id = kubernetesSourceId(name),
                                         .environment = self->settings.environment,
                                         .namespaces = self->settings.config.namespaces,
                                         .services = self->settings.services,
                                         .options = self->settings.options};
            auto made =
                std::make_shared<ClusterWatch>(link, self->worker, self->clock, std::move(watch), self->publish);
            {
                const std::lock_guard lock(self->mutex);
                self->contexts[name].watch = made;
            }
            made->start();
        });
    }

    /// The worker's thread, before there is any context.
    void findCurrentContext()
    {
        const Result<Kubeconfig> config = readKubeconfig(place.paths, place.isExplicit);
        if (config && !config->currentContext.isEmpty()) {
            addContext(config->currentContext);
            return;
        }
        SourceStatus status =
            ClusterWatch::connecting(kubernetesSourceId({}), QStringLiteral("Kubernetes"), clock, settings.options);
        status.state = SourceStatus::State::Down;
        status.message = config ? KubernetesWords::tr("The kubeconfig has no current context. Name the contexts under "
                                                      "kubernetes of the configuration.")
                                : config.error().text();
        status.nextTry = clock.now() + Duration(qint64(double(Duration(currentContextPause).count()) * clock.speed()));
        publish(StatusUpdate{std::move(status)});
        worker->after(currentContextPause, [self = shared_from_this()] { self->findCurrentContext(); });
    }

    std::shared_ptr<ContextLink> link(const SourceId &id) const
    {
        const std::lock_guard lock(mutex);
        for (const auto &[name, context] : contexts) {
            if (kubernetesSourceId(name) == id)
                return context.link;
        }
        return nullptr;
    }

    /// All contexts when `id` is empty.
    void retry(const SourceId &id)
    {
        worker->post([self = shared_from_this(), id] {
            std::vector<std::shared_ptr<ClusterWatch>> chosen;
            {
                const std::lock_guard lock(self->mutex);
                for (const auto &[name, context] : self->contexts) {
                    if (context.watch && (id.isEmpty() || kubernetesSourceId(name) == id))
                        chosen.push_back(context.watch);
                }
            }
            for (const auto &watch : chosen)
                watch->retry();
        });
    }

    /// The owner's thread. Afterwards no task and no credential thread runs.
    void stop()
    {
        std::map<QString, Context> last;
        {
            const std::lock_guard lock(mutex);
            last.swap(contexts);
        }
        for (const auto &[name, context] : last)
            context.link->stop();
        worker->stop();
    }
};

KubernetesBackend::KubernetesBackend(HttpClient &client, const Clock &clock, Settings settings, Post post,
                                     UpdateSink publish)
    : m_work(std::make_shared<Work>(client, clock, std::move(settings), std::move(post), std::move(publish)))
{}

KubernetesBackend::~KubernetesBackend() { m_work->stop(); }

void KubernetesBackend::start()
{
    if (m_work->settings.config.contexts.isEmpty()) {
        m_work->worker->post([work = m_work] { work->findCurrentContext(); });
        return;
    }
    QStringList names = m_work->settings.config.contexts;
    names.removeDuplicates();
    for (const QString &name : names)
        m_work->addContext(name);
}

void KubernetesBackend::retry(const SourceId &id) { m_work->retry(id); }

void KubernetesBackend::cancelLogin(const SourceId &id)
{
    if (const auto link = m_work->link(id))
        link->cancelLogin();
}

void KubernetesBackend::resetAfterSleep() { m_work->retry({}); }

std::function<Result<EndpointPtr>(const EndpointConfig &, const std::atomic_bool *)>
KubernetesBackend::throughCluster() const
{
    return [weak = std::weak_ptr<Work>(m_work)](const EndpointConfig &config,
                                                const std::atomic_bool *stop) -> Result<EndpointPtr> {
        const std::shared_ptr<Work> work = weak.lock();
        if (!work)
            return Error{Error::Kind::Cancelled, KubernetesWords::tr("The cockpit ends."), {}, {}};
        const Result<Kubeconfig> kubeconfig = readKubeconfig(work->place.paths, work->place.isExplicit);
        if (!kubeconfig)
            return kubeconfig.error();
        const auto access = openCluster(*kubeconfig, config.via.context,
                                        {.plugins = *work->plugins, .realNow = LiveClock().now(), .stop = stop});
        if (!access)
            return access.error();
        return serviceProxyEndpoint(config, **access);
    };
}

KubernetesCalls &KubernetesBackend::calls() { return m_work->client; }

QList<SourceId> KubernetesBackend::order() const
{
    const std::lock_guard lock(m_work->mutex);
    QList<SourceId> ids;
    for (const QString &name : m_work->names)
        ids.append(kubernetesSourceId(name));
    return ids;
}

} // namespace cockpit
