// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/cluster_watch.h"

#include "app/formats/kubernetes_identity_json.h"
#include "app/formats/kubernetes_object.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

/// What is watched; the first ones are what rolls out.
constexpr std::array watchedKinds{KubernetesKind::Rollout,
                                  KubernetesKind::Deployment,
                                  KubernetesKind::StatefulSet,
                                  KubernetesKind::DaemonSet,
                                  KubernetesKind::FlaggerCanary,
                                  KubernetesKind::ReplicaSet,
                                  KubernetesKind::ControllerRevision,
                                  KubernetesKind::Pod,
                                  KubernetesKind::AnalysisRun,
                                  KubernetesKind::HorizontalPodAutoscaler,
                                  KubernetesKind::Event,
                                  KubernetesKind::ConfigMap};
constexpr std::size_t workloadKinds = 5;

bool isWorkloadKind(KubernetesKind kind)
{
    return std::find(watchedKinds.begin(), watchedKinds.begin() + workloadKinds, kind) !=
           watchedKinds.begin() + workloadKinds;
}

/// What makes it another cluster, or another view of it.
QString placeOf(const ClusterAccess &access)
{
    return access.endpoint->url + u'\n' + access.user + u'\n' + access.nameSpace + u'\n' +
           QString::fromLatin1(access.endpoint->tls.caPem.toBase64());
}

} // namespace

ClusterWatch::ClusterWatch(std::shared_ptr<ContextLink> link, std::shared_ptr<TaskThread> worker, const Clock &clock,
                           Settings settings, std::function<void(SourceUpdate)> publish)
    : m_link(std::move(link))
    , m_worker(std::move(worker))
    , m_clock(clock)
    , m_settings(std::move(settings))
    , m_publish(std::move(publish))
    , m_facts({.context = m_link->context(), .environment = m_settings.environment}, m_settings.services)
{}

ClusterWatch::~ClusterWatch()
{
    for (const auto &watch : m_watches)
        watch->stop();
}

void ClusterWatch::start()
{
    m_began = m_clock.monotonic();
    const QStringList places = m_settings.namespaces.isEmpty() ? QStringList{QString()} : m_settings.namespaces;
    for (const KubernetesKind kind : watchedKinds) {
        for (const QString &nameSpace : places)
            addWatch(kind, nameSpace);
    }
    publishStatus();
    proveLater(m_settings.options.proofInterval);
}

void ClusterWatch::addWatch(KubernetesKind kind, const QString &nameSpace)
{
    const auto self = weak_from_this();
    ResourceWatch::Sink sink;
    sink.replaced = [this, kind, nameSpace](std::vector<KubernetesFact> facts) {
        m_facts.replace(kind, nameSpace, std::move(facts));
        onFirstAnswer();
        m_lastSuccess = m_clock.now();
        publishLater();
    };
    sink.events = [this](std::vector<WatchEvent> events) {
        m_facts.apply(std::move(events));
        if (m_facts.isDirty())
            publishLater();
    };
    sink.stateChanged = [this, self, kind, nameSpace] {
        // Later: this may add and remove watches.
        m_worker->post([self, kind, nameSpace] {
            if (const auto alive = self.lock())
                alive->onStateChanged(kind, nameSpace);
        });
    };
    m_watches.push_back(
        std::make_shared<ResourceWatch>(m_link, m_worker, kind, nameSpace, m_settings.options.watch, std::move(sink)));
    m_watches.back()->start();
}

void ClusterWatch::onStateChanged(KubernetesKind kind, const QString &nameSpace)
{
    const auto found = std::find_if(m_watches.begin(), m_watches.end(), [&](const auto &watch) {
        return watch->kind() == kind && watch->nameSpace() == nameSpace;
    });
    if (found == m_watches.end())
        return;
    if ((*found)->state() == ResourceWatch::State::Forbidden && nameSpace.isEmpty())
        splitByNamespace(kind);
    if (!m_published)
        publishLater();
    publishStatus();
}

/// An ordinary user may not list cluster-wide (kubernetes.md 18): the namespace of the context is tried instead.
void ClusterWatch::splitByNamespace(KubernetesKind kind)
{
    const ClusterAccessPtr access = m_link->access();
    const QString nameSpace = access && !access->nameSpace.isEmpty() ? access->nameSpace : QStringLiteral("default");
    const auto end = std::remove_if(m_watches.begin(), m_watches.end(), [kind](const auto &watch) {
        if (watch->kind() == kind)
            watch->stop();
        return watch->kind() == kind;
    });
    m_watches.erase(end, m_watches.end());
    addWatch(kind, nameSpace);
}

void ClusterWatch::retry()
{
    m_link->retry();
    for (const auto &watch : m_watches)
        watch->resume();
    prove();
}

void ClusterWatch::onFirstAnswer()
{
    if (m_answered)
        return;
    m_answered = true;
    if (const ClusterAccessPtr access = m_link->access())
        m_place = placeOf(*access);
    askIdentity();
    askDiscovery();
}

void ClusterWatch::askIdentity()
{
    HttpRequest request;
    request.method = "POST";
    request.path = QStringLiteral("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/json"}};
    request.body = selfReviewJson();
    request.lane = HttpLane::Interactive;
    request.totalTimeout = m_settings.options.proofLimit;
    m_link->send(std::move(request), [link = m_link](Result<HttpResponse> response) {
        // Servers before 1.28 do not have it (kubernetes.md 6): then the certificate or the kubeconfig tells.
        if (!response || response->status >= 400)
            return;
        if (const auto review = KubernetesObject::parse(response->body))
            link->setReviewedUser(review->text("status.userInfo.username"));
    });
}

void ClusterWatch::askDiscovery()
{
    HttpRequest request;
    request.path = kubernetesPath(KubernetesKind::Rollout).prefix;
    request.headers = {{"Accept", "application/json"}};
    request.lane = HttpLane::Interactive;
    request.totalTimeout = m_settings.options.proofLimit;
    m_link->send(std::move(request), [weak = weak_from_this(), worker = m_worker](Result<HttpResponse> response) {
        if (!response || response->status >= 400)
            return;
        const bool known = response->body.find("\"rollouts/status\"") != std::string::npos;
        worker->post([weak, known] {
            const auto self = weak.lock();
            if (!self)
                return;
            self->m_facts.setRolloutStatusSubresource(known);
            self->publishLater();
        });
    });
}

const ResourceWatch *ClusterWatch::provable() const
{
    const auto found = std::find_if(m_watches.begin(), m_watches.end(),
                                    [](const auto &watch) { return watch->state() == ResourceWatch::State::Watching; });
    return found == m_watches.end() ? nullptr : found->get();
}

bool ClusterWatch::isWatchingWorkloads() const
{
    return std::all_of(m_watches.begin(), m_watches.end(), [](const auto &watch) {
        return !isWorkloadKind(watch->kind()) ||
               (watch->state() != ResourceWatch::State::Waiting && watch->isSettled());
    });
}

void ClusterWatch::proveLater(std::chrono::milliseconds delay)
{
    m_worker->after(delay, [weak = weak_from_this(), proof = m_proof] {
        if (const auto self = weak.lock(); self && self->m_proof == proof)
            self->prove();
    });
}

void ClusterWatch::prove()
{
    const quint64 proof = ++m_proof;
    const ResourceWatch *watch = provable();
    if (!watch) { // the lists tell by themselves
        publishStatus();
        proveLater(m_settings.options.proofInterval);
        return;
    }
    HttpRequest request = watch->listRequest(1);
    request.totalTimeout = m_settings.options.proofLimit;
    m_link->send(std::move(request),
                 [weak = weak_from_this(), worker = m_worker, link = m_link, proof](Result<HttpResponse> response) {
                     std::optional<Error> error;
                     if (!response)
                         error = response.error();
                     else if (response->status >= 400)
                         error = kubernetesError(link->words(), *response);
                     worker->post([weak, proof, error] {
                         if (const auto self = weak.lock())
                             self->takeProof(proof, error);
                     });
                 });
}

void ClusterWatch::takeProof(quint64 proof, const std::optional<Error> &error)
{
    if (proof != m_proof)
        return;
    const bool wasDown = m_proofError.has_value();
    m_proofError = error;
    if (error) {
        publishStatus();
        proveLater(m_settings.options.proofAgain);
        return;
    }
    m_lastSuccess = m_clock.now();
    if (isOtherCluster()) {
        m_facts.clear();
        for (const auto &watch : m_watches)
            watch->relist();
    } else if (wasDown) {
        // The server was away or sick: open watches may be dead without a sign.
        for (const auto &watch : m_watches)
            watch->resume();
    } else if (isWatchingWorkloads()) {
        m_facts.prove(*m_lastSuccess);
        publishLater();
    }
    publishStatus();
    proveLater(m_settings.options.proofInterval);
}

/// The kubeconfig may have changed under the same name.
bool ClusterWatch::isOtherCluster()
{
    const ClusterAccessPtr access = m_link->access();
    if (!access)
        return false;
    const QString place = placeOf(*access);
    const bool isOther = !m_place.isEmpty() && m_place != place;
    m_place = place;
    if (isOther)
        askIdentity();
    return isOther;
}

} // namespace cockpit
