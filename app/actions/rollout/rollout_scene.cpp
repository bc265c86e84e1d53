// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_scene.h"

#include "app/formats/kubernetes_facts.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace cockpit {

namespace {

struct SceneWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutScene)
};

/// The server keeps whole seconds, and a request is on its way for a moment.
constexpr Duration kHandSlack{std::chrono::seconds(5)};

/// Counts the answers that are still to come.
struct SceneGathering {
    RolloutScene scene{};
    std::optional<Error> failed{}; ///< of the object itself
    int awaited = 1;
    std::function<void(Result<RolloutScene>)> done{};

    void arrived()
    {
        if (--awaited > 0)
            return;
        done(failed ? Result<RolloutScene>(*failed) : Result<RolloutScene>(std::move(scene)));
    }
};
using Gathering = std::shared_ptr<SceneGathering>;

Error goneError(const ObjectKey &key, bool recreated)
{
    return Error{Error::Kind::NotFound,
                 (recreated ? SceneWords::tr("%1 was deleted and made anew since.")
                            : SceneWords::tr("%1 is not there any more."))
                     .arg(key.path()),
                 SceneWords::tr("Nothing was sent."), SceneWords::tr("Look at the list of rollouts as it is now.")};
}

KubernetesCall readCall(const QString &context, const QString &path)
{
    KubernetesCall call;
    call.context = context;
    call.path = path;
    call.lane = HttpLane::Interactive;
    return call;
}

void readObject(KubernetesCalls &calls, const Gathering &gathering, KubernetesCall call,
                std::function<void(Result<KubernetesAnswer>)> take)
{
    ++gathering->awaited;
    calls.call(std::move(call), [gathering, take = std::move(take)](Result<KubernetesAnswer> answer) {
        take(std::move(answer));
        gathering->arrived();
    });
}

void readList(KubernetesCalls &calls, const Gathering &gathering, KubernetesCall call, ObjectsRead RolloutScene::*into)
{
    readObject(calls, gathering, std::move(call), [gathering, into](const Result<KubernetesAnswer> &answer) {
        gathering->scene.*into = answer ? Result<QList<KubernetesObject>>(answer->object.items())
                                        : Result<QList<KubernetesObject>>(answer.error());
    });
}

void readLive(KubernetesCalls &calls, const Gathering &gathering, const ObjectKey &key)
{
    readObject(calls, gathering, readCall(key.context, pathOf(key.kind, key.nameSpace, key.name)),
               [gathering, key](const Result<KubernetesAnswer> &answer) {
                   if (!answer) {
                       const bool gone = answer.error().kind == Error::Kind::NotFound;
                       gathering->failed = gone ? goneError(key, false) : answer.error();
                   } else if (!key.uid.isEmpty() && answer->object.uid() != key.uid) {
                       gathering->failed = goneError(key, true);
                   } else {
                       gathering->scene.live = answer->object;
                   }
               });
}

/// What holds the template of a Rollout with workloadRef or of a Flagger Canary.
void readTarget(KubernetesCalls &calls, const Gathering &gathering, const Rollout &rollout)
{
    const qsizetype slash = rollout.workloadRef.indexOf(u'/');
    if (slash < 0)
        return;
    const QString path =
        pathOf(rollout.workloadRef.left(slash), rollout.key.nameSpace, rollout.workloadRef.mid(slash + 1));
    if (path.isEmpty())
        return;
    readObject(calls, gathering, readCall(rollout.key.context, path),
               [gathering](const Result<KubernetesAnswer> &answer) {
                   if (answer)
                       gathering->scene.target = answer->object;
                   else if (!gathering->failed)
                       gathering->failed = answer.error();
               });
}

void readRevision(KubernetesCalls &calls, const Gathering &gathering, const Rollout &rollout, const QString &hash)
{
    const RolloutRevision *revision = rollout.revision(hash);
    if (!revision)
        return;
    const bool controllerRevision =
        rollout.kind == WorkloadKind::StatefulSet || rollout.kind == WorkloadKind::DaemonSet;
    const QString kind = controllerRevision ? QStringLiteral("ControllerRevision") : QStringLiteral("ReplicaSet");
    readObject(calls, gathering,
               readCall(rollout.key.context, pathOf(kind, rollout.key.nameSpace, revision->objectName)),
               [gathering](const Result<KubernetesAnswer> &answer) {
                   if (answer)
                       gathering->scene.revision = answer->object;
                   else
                       gathering->scene.revisionProblem = answer.error();
               });
}

/// Secrets are looked at (their metadata alone) only by those who may list them: it is not in our ClusterRole.
void readSecrets(KubernetesCalls &calls, const Gathering &gathering, const ObjectKey &key)
{
    ++gathering->awaited;
    const AccessQuestion question{.context = key.context,
                                  .nameSpace = key.nameSpace,
                                  .verb = QStringLiteral("list"),
                                  .resource = QStringLiteral("secrets")};
    calls.mayI(question, [&calls, gathering, key](const Result<AccessAnswer> &answer) {
        if (answer && answer->allowed) {
            KubernetesCall call = readCall(key.context, pathOf(QStringLiteral("Secret"), key.nameSpace, {}));
            call.metadataOnly = true;
            readList(calls, gathering, call, &RolloutScene::secrets);
        }
        gathering->arrived();
    });
}

void readSurroundings(KubernetesCalls &calls, const Gathering &gathering, const ObjectKey &key)
{
    const auto list = [&](const QString &path) { return readCall(key.context, path); };
    readList(calls, gathering,
             list(QStringLiteral("/apis/policy/v1/namespaces/%1/poddisruptionbudgets").arg(key.nameSpace)),
             &RolloutScene::disruptionBudgets);
    readList(calls, gathering, list(QStringLiteral("/api/v1/namespaces/%1/resourcequotas").arg(key.nameSpace)),
             &RolloutScene::quotas);
    KubernetesCall configMaps = list(pathOf(QStringLiteral("ConfigMap"), key.nameSpace, {}));
    configMaps.metadataOnly = true;
    readList(calls, gathering, configMaps, &RolloutScene::configMaps);
    KubernetesCall events = list(pathOf(QStringLiteral("Event"), key.nameSpace, {}));
    events.query = {{QStringLiteral("fieldSelector"),
                     QStringLiteral("involvedObject.kind=%1,involvedObject.name=%2").arg(key.kind, key.name)}};
    readList(calls, gathering, events, &RolloutScene::events);
    readSecrets(calls, gathering, key);
}

void countSessions(const ActionContext &context, const Gathering &gathering, const QStringList &pods)
{
    if (!context.countSessions || pods.isEmpty())
        return;
    ++gathering->awaited;
    context.countSessions(*gathering->scene.seen, pods, [gathering](Result<std::optional<double>> answer) {
        gathering->scene.sessions = std::move(answer);
        gathering->arrived();
    });
}

void findOthers(const ActionContext &context, const Gathering &gathering, const ActionRequest &request)
{
    if (!context.recentActions)
        return;
    ++gathering->awaited;
    context.recentActions(request, [gathering](QList<ActionRecord> others) {
        gathering->scene.others = std::move(others);
        gathering->arrived();
    });
}

std::optional<double> requestsPerSecond(const ActionContext &context, const ServiceId &service)
{
    const std::shared_ptr<const Fleet> fleet = context.fleet ? context.fleet() : nullptr;
    if (!fleet)
        return std::nullopt;
    for (const ServiceHealth &one : fleet->services) {
        if (one.id == service) {
            const auto &figure = one.figure(Figure::RequestsPerSecond);
            return figure ? std::optional(figure->value) : std::nullopt;
        }
    }
    return std::nullopt;
}

/// Managers that write what a specification already asks for; GitOps controllers are hands.
bool isController(const QString &manager)
{
    static const QStringList controllers{QStringLiteral("rollouts-controller"),
                                         QStringLiteral("argo-rollouts"),
                                         QStringLiteral("kube-controller-manager"),
                                         QStringLiteral("kube-scheduler"),
                                         QStringLiteral("kubelet"),
                                         QStringLiteral("flagger"),
                                         QStringLiteral("horizontal-pod-autoscaler")};
    return controllers.contains(manager);
}

} // namespace

void readScene(const ActionContext &context, const ActionRequest &request, const SceneReads &reads,
               std::function<void(Result<RolloutScene>)> done)
{
    const ObjectKey key = *objectOf(request.intent);
    const RolloutEntry *entry = context.rollout ? context.rollout(key) : nullptr;
    if (!entry || !entry->rollout) {
        ObjectKey anew = key;
        anew.uid.clear();
        return done(goneError(key, context.rollout && context.rollout(anew)));
    }
    const auto gathering = std::make_shared<SceneGathering>();
    gathering->scene.request = request;
    gathering->scene.seen = entry->rollout;
    gathering->scene.policy = entry->policy;
    gathering->scene.verdict = entry->verdict;
    gathering->scene.now = context.clock.now();
    gathering->scene.requestsPerSecond = requestsPerSecond(context, entry->rollout->service);
    if (context.leastBudget)
        gathering->scene.budget = context.leastBudget(entry->rollout->service);
    gathering->done = std::move(done);
    KubernetesCalls &calls = *context.kubernetes;
    const Rollout rollout = *entry->rollout;
    readLive(calls, gathering, rollout.key);
    readTarget(calls, gathering, rollout);
    if (!reads.revisionHash.isEmpty())
        readRevision(calls, gathering, rollout, reads.revisionHash);
    if (reads.surroundings) {
        readSurroundings(calls, gathering, rollout.key);
        countSessions(context, gathering, reads.endingPods);
    }
    if (reads.others || reads.surroundings)
        findOthers(context, gathering, request);
    gathering->arrived();
}

QString pathOf(const QString &kind, const QString &nameSpace, const QString &name, const QString &subresource)
{
    const auto known = kubernetesKindFromWireName(kind);
    if (!known)
        return {};
    const KubernetesPath path = kubernetesPath(*known);
    return name.isEmpty() ? path.list(nameSpace) : path.object(nameSpace, name, subresource);
}

std::optional<KubernetesObject::Writer> lastHand(const KubernetesObject &object)
{
    const auto &writers = object.writers();
    const auto found = std::find_if(writers.cbegin(), writers.cend(),
                                    [](const KubernetesObject::Writer &one) { return !isController(one.manager); });
    return found == writers.cend() ? std::nullopt : std::optional(*found);
}

QString handText(const RolloutScene &scene, const std::optional<KubernetesObject::Writer> &hand)
{
    if (!hand)
        return SceneWords::tr("somebody whom the server does not name");
    if (hand->manager != u"dt-cockpit")
        return SceneWords::tr("%1 at %2").arg(hand->manager, utcTimeText(hand->at));
    const auto wrote = [&](const ActionRecord &one) {
        const Duration apart = one.sendBegunAt ? hand->at - *one.sendBegunAt : Duration::max();
        return !one.serverReference.isEmpty() && apart < kHandSlack && apart > -kHandSlack;
    };
    const auto known = std::find_if(scene.others.crbegin(), scene.others.crend(), wrote);
    if (known == scene.others.crend())
        return SceneWords::tr("a dt-cockpit at %1, of a person whom the server does not name").arg(utcTimeText(hand->at));
    return SceneWords::tr("%1 with dt-cockpit at %2").arg(known->request.actor, utcTimeText(hand->at));
}

QString lastHandText(const RolloutScene &scene) { return handText(scene, lastHand(scene.live)); }

} // namespace cockpit
