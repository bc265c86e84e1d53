// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_handler.h"

#include "app/actions/rollout/rollout_checks.h"
#include "app/actions/rollout/rollout_fingerprint.h"
#include "app/actions/rollout/rollout_origin.h"
#include "app/actions/rollout/rollout_plan.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct HandlerWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutActions)
};

/// A controller may write between our reading and our sending; more often than this it is not by chance.
constexpr int kConflictTries = 3;

Error changedSincePlan(const RolloutScene &scene, const QString &difference)
{
    return Error{Error::Kind::Conflict,
                 HandlerWords::tr("%1 changed since it was planned for: %2 (%3).")
                     .arg(scene.seen->key.path(), difference, lastHandText(scene)),
                 HandlerWords::tr("Nothing was sent."), HandlerWords::tr("Look at it as it is now and decide again.")};
}

Error withoutRight(const KubernetesCalls &calls, const RolloutScene &scene, const Evidence &rights)
{
    const QString who = calls.identity(scene.seen->key.context);
    return Error{Error::Kind::Forbidden, rights.text,
                 who.isEmpty() ? HandlerWords::tr("The API server of %1 would refuse it; nothing was sent.")
                                     .arg(scene.seen->key.context)
                               : HandlerWords::tr("The API server of %1 knows you as %2 and would refuse it; nothing "
                                                  "was sent.")
                                     .arg(scene.seen->key.context, who),
                 HandlerWords::tr("Ask for the role dt-cockpit-operate in %1, or somebody who has it.")
                     .arg(scene.seen->key.nameSpace)};
}

Error notOnDisk(const Error &why)
{
    return Error{Error::Kind::Storage,
                 HandlerWords::tr("Not run, because the journal could not be written: %1").arg(why.what),
                 HandlerWords::tr("Nothing was sent."), why.next};
}

Error droppedPatch(const RolloutScene &scene)
{
    return Error{
        Error::Kind::Rejected,
        HandlerWords::tr("The API server of %1 answered \"OK\" and changed nothing.").arg(scene.seen->key.context),
        HandlerWords::tr("Something between the cockpit and the object drops this change."),
        HandlerWords::tr("Look at admission webhooks and at the version of the controller.")};
}

/// The scene with the object that a PATCH gave back.
RolloutScene withAnswer(RolloutScene scene, const KubernetesObject &answer)
{
    if (scene.target && scene.target->uid() == answer.uid())
        scene.target = answer;
    else
        scene.live = answer;
    return scene;
}

} // namespace

SceneReads RolloutHandler::readsFor(const ActionRequest &request) const
{
    const RolloutEntry *entry = m_context.rollout ? m_context.rollout(*objectOf(request.intent)) : nullptr;
    return entry && entry->rollout ? m_operation->reads(request, *entry->rollout) : SceneReads{};
}

void RolloutHandler::plan(const ActionRequest &request, Planned done)
{
    planOnce(request, kConflictTries, std::move(done));
}

void RolloutHandler::planOnce(const ActionRequest &request, int tries, Planned done)
{
    SceneReads reads = readsFor(request);
    reads.surroundings = true;
    readScene(m_context, request, reads, [this, request, tries, done](const Result<RolloutScene> &scene) {
        if (!scene)
            return done(scene.error());
        if (const RolloutRevision *to = targetRevision(*scene)) {
            if (const auto blocked = blockedByMigration(*scene, *to))
                return done(*blocked);
        }
        const auto change = m_operation->change(*scene);
        if (!change)
            return done(change.error());
        if (change->patches.isEmpty())
            return done(planRefusal(Error::Kind::Conflict, HandlerWords::tr("There is nothing to change.")));
        m_context.kubernetes->call(
            callOf(*scene, change->patches.first(), true),
            [this, request, tries, done, scene = *scene, change = *change](const Result<KubernetesAnswer> &dryRun) {
                if (!dryRun && dryRun.error().kind == Error::Kind::Conflict && tries > 1)
                    return planOnce(request, tries - 1, done);
                finishPlan(scene, change, dryRun, done);
            });
    });
}

void RolloutHandler::finishPlan(const RolloutScene &scene, const RolloutChange &change,
                                const Result<KubernetesAnswer> &dryRun, Planned done)
{
    askRights(*m_context.kubernetes, scene, change, [this, scene, change, dryRun, done](const Evidence &rights) {
        if (rights.verdict == Evidence::Verdict::Bad) // no acceptance gives a right
            return done(withoutRight(*m_context.kubernetes, scene, rights));
        done(planOf(*m_operation, scene, change, rights, dryRun));
    });
}

void RolloutHandler::send(const ActionRecord &record, Event done) { sendOnce(record, kConflictTries, std::move(done)); }

void RolloutHandler::sendOnce(const ActionRecord &record, int tries, Event done)
{
    SceneReads reads = readsFor(record.request);
    reads.others = true; // who did it, when somebody was faster
    readScene(m_context, record.request, reads,
              [this, record, tries, done](const Result<RolloutScene> &scene) {
                  if (!scene)
                      return done(ServerRefused{scene.error(), true});
                  const QString difference = fingerprintDifference(record.plan.precondition, fingerprintOf(*scene),
                                                                   m_operation->dependsOnStep());
                  if (!difference.isEmpty())
                      return done(ServerRefused{changedSincePlan(*scene, difference), true});
                  const auto change = m_operation->change(*scene);
                  if (!change)
                      return done(ServerRefused{change.error(), true});
                  if (!m_context.beginSending)
                      return sendNext(record, *scene, *change, 0, tries, done);
                  // What is on disk tells a later process whether this request can have left.
                  m_context.beginSending(record.request.id, [this, record, scene = *scene, change = *change, tries,
                                                             done](const Result<Done> &onDisk) {
                      if (!onDisk)
                          return done(ServerRefused{notOnDisk(onDisk.error()), true});
                      sendNext(record, scene, change, 0, tries, done);
                  });
              });
}

void RolloutHandler::sendNext(const ActionRecord &record, const RolloutScene &scene, const RolloutChange &change,
                              qsizetype index, int tries, Event done)
{
    const KubernetesPatch &patch = change.patches.at(index);
    m_context.kubernetes->call(callOf(scene, patch, false), [this, record, scene, change, index, tries,
                                                             done](const Result<KubernetesAnswer> &answer) {
        if (!answer && index == 0 && answer.error().kind == Error::Kind::Conflict && tries > 1)
            return sendOnce(record, tries - 1, done); // the server did not do it: read and judge again
        if (!answer && index == 0 && KubernetesCalls::outcomeIsKnown(answer.error()))
            return done(ServerRefused{answer.error(), answer.error().kind == Error::Kind::Conflict});
        if (!answer)
            return done(OutcomeNotKnown{answer.error()});
        const RolloutScene next = withAnswer(scene, answer->object);
        if (index + 1 < change.patches.size()) {
            RolloutChange rest = change;
            rest.patches[index + 1] = withResourceVersion(rest.patches[index + 1], answer->object.resourceVersion());
            return sendNext(record, next, rest, index + 1, 1, done);
        }
        if (!m_operation->shows(record, next))
            return done(ServerRefused{droppedPatch(scene)});
        const QString context = scene.seen->key.context;
        const QString version = answer->object.resourceVersion();
        const ServerAccepted accepted{
            HandlerWords::tr("The API server of %1 accepted it (version %2).").arg(context, version), version, context};
        if (change.deletePod.isEmpty())
            return done(accepted);
        deleteStuckPod(scene, change, accepted, done);
    });
}

void RolloutHandler::deleteStuckPod(const RolloutScene &scene, const RolloutChange &change,
                                    const ServerAccepted &accepted, Event done)
{
    KubernetesCall read;
    read.context = scene.seen->key.context;
    read.path = pathOf(QStringLiteral("Pod"), scene.seen->key.nameSpace, change.deletePod);
    const auto told = [accepted, done](const QString &words) {
        ServerAccepted both = accepted;
        both.words += u' ' + words;
        done(both);
    };
    m_context.kubernetes->call(read, [this, read, told](const Result<KubernetesAnswer> &pod) {
        if (!pod)
            return told(HandlerWords::tr("The pod that hung is gone."));
        KubernetesCall remove = read;
        remove.method = "DELETE";
        remove.bodyKind = KubernetesCall::Body::Json;
        remove.body = deleteOptionsBody(pod->object);
        remove.lane = HttpLane::Action;
        m_context.kubernetes->call(remove, [told](const Result<KubernetesAnswer> &removed) {
            told(removed ? HandlerWords::tr("The pod that hung is deleted.")
                         : HandlerWords::tr("The pod that hangs could not be deleted: %1").arg(removed.error().what));
        });
    });
}

void RolloutHandler::verify(const ActionRecord &record, Event done)
{
    readScene(m_context, record.request, readsFor(record.request),
              [this, record, done](const Result<RolloutScene> &scene) {
                  if (scene)
                      return m_proof.look(*m_operation, record, *scene, done);
                  if (scene.error().kind == Error::Kind::NotFound)
                      return done(EffectNotProven{scene.error(), {}});
                  done(m_proof.unreadable(record, scene.error())); // read again: what was done stays done
              });
}

void RolloutHandler::settle(const ActionRecord &record, Event done)
{
    if (!m_context.rollout || !m_context.rollout(*objectOf(record.request.intent)))
        return done(EffectProgress{HandlerWords::tr("Waiting for what the cluster says of it."), record.proof});
    SceneReads reads = readsFor(record.request);
    reads.others = true;
    readScene(m_context, record.request, reads,
              [this, record, done](const Result<RolloutScene> &scene) {
                  if (!scene)
                      return done(scene.error().kind == Error::Kind::NotFound
                                      ? ActionEvent(EffectNotProven{scene.error(), {}})
                                      : m_proof.unreadable(record, scene.error()));
                  const Origin origin = originOf(record, *scene);
                  if (!m_operation->shows(record, *scene))
                      return origin == Origin::NotSent ? done(endOfUnsent(*scene))
                                                       : m_proof.notThere(record, *scene, done);
                  if (origin != Origin::Ours)
                      return done(endOfForeign(origin, *scene));
                  m_proof.look(*m_operation, record, *scene, done);
              });
}

std::chrono::milliseconds RolloutHandler::proofTime(const ActionRecord &record) const
{
    return m_proof.longest(record);
}

} // namespace cockpit
