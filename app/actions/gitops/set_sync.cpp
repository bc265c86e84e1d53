// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/gitops/set_sync.h"

#include "app/formats/lease_codec.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct SyncWords {
    Q_DECLARE_TR_FUNCTIONS(SetSync)
};

const SetSync &syncWish(const ActionRequest &request) { return std::get<SetSync>(request.intent); }

QString syncStateText(bool suspended) { return suspended ? SyncWords::tr("suspended") : SyncWords::tr("syncing"); }

/// The wish with the policy to go back to, where only the note of the override at the object knows it.
SetSync withPolicy(SetSync wish, const SyncFacts &facts)
{
    if (wish.suspended || !wish.policy.isEmpty())
        return wish;
    for (const LeaseNote &note : decodeLeaseNotes(facts.lease.toUtf8())) {
        const Result<ActionIntent> revert = decodeIntent(note.revert);
        const SetSync *sync = revert ? std::get_if<SetSync>(&*revert) : nullptr;
        if (sync)
            wish.policy = sync->policy;
    }
    return wish;
}

/// What must be the same when it is sent: not the version, which its controller counts up.
QString syncFingerprint(const KubernetesObject &object)
{
    const SyncFacts facts = readSync(object);
    return object.uid() + u' ' + syncStateText(facts.suspended) + u' ' + facts.policy;
}

Error syncRefusal(Error::Kind kind, const QString &what, const QString &next = {})
{
    return {kind, what, SyncWords::tr("Nothing was sent."), next};
}

std::optional<Error> refusedSync(const ActionRequest &request, const SyncFacts &facts)
{
    const SetSync &wish = syncWish(request);
    if (!wish.lease.isEmpty())
        return std::nullopt; // whatever it finds, it ends it
    if (wish.suspended == facts.suspended)
        return syncRefusal(Error::Kind::Conflict,
                           wish.suspended ? SyncWords::tr("%1 does not sync by itself: nothing has to be suspended.")
                                                .arg(wish.object.name)
                                          : SyncWords::tr("%1 syncs already.").arg(wish.object.name));
    if (request.reason.trimmed().isEmpty() && !request.preview)
        return syncRefusal(Error::Kind::Invalid, SyncWords::tr("A sync is suspended with a reason."),
                           SyncWords::tr("Say why: the next shift reads it."));
    if (wish.suspended && (wish.length <= Duration::zero() || wish.length > LeaseTerms::kLongest))
        return syncRefusal(Error::Kind::Invalid, SyncWords::tr("A sync is suspended for 24 hours at most."));
    return std::nullopt;
}

Evidence syncCheck(const SetSync &wish, Verdict verdict, const char *id, const QString &text, Instant now)
{
    return {verdict, QLatin1String(id), text, SyncWords::tr("Kubernetes %1").arg(wish.object.context),
            wish.object.context, now, {}, {}};
}

ActionPlan syncPlan(const ActionRequest &request, const KubernetesObject &object, Instant now)
{
    const SetSync &wish = syncWish(request);
    const SyncFacts facts = readSync(object);
    const QString name = wish.object.nameSpace + u'/' + wish.object.name;
    ActionPlan plan;
    if (wish.suspended) {
        const QString length = roughDurationText(wish.length);
        plan.title = SyncWords::tr("Suspend the sync of %1 for %2").arg(name, length);
        plan.runLabel = SyncWords::tr("Suspend for %1").arg(length);
        plan.willChange = {SyncWords::tr("GitOps puts nothing of %1 back for %2, until %3 UTC.")
                               .arg(wish.object.name, length, utcShortTimeText(now + wish.length)),
                           SyncWords::tr("Then its sync is taken up again as it was, unless somebody changed it.")};
        plan.willNotChange = {SyncWords::tr("What runs stays as it is; Git stays as it is.")};
    } else {
        plan.title = SyncWords::tr("Take up the sync of %1 again").arg(name);
        plan.runLabel = SyncWords::tr("Sync again");
        plan.willChange = {SyncWords::tr("GitOps puts back whatever differs from Git, at its next sync.")};
    }
    plan.diff = QStringLiteral("- %1\n+ %2").arg(syncStateText(facts.suspended), syncStateText(wish.suspended));
    plan.steps = {SyncWords::tr("Change it in this very version of it, once."), SyncWords::tr("Read it back.")};
    plan.checks = {syncCheck(wish, Verdict::Good, "sync",
                             SyncWords::tr("It is %1 now.").arg(syncStateText(facts.suspended)), now)};
    if (!facts.lease.isEmpty() && wish.lease.isEmpty() && wish.suspended)
        plan.checks.append(syncCheck(wish, Verdict::Bad, "held", SyncWords::tr("An override holds it already."), now));
    plan.precondition = syncFingerprint(object);
    if (wish.suspended) {
        plan.reverse = SetSync{.object = wish.object,
                               .suspended = false,
                               .policy = facts.policy,
                               .lease = request.id.toString()};
    }
    plan.bar = Duration::zero(); // nothing here is on fire: it is asked for by an explicit press
    return plan;
}

} // namespace

void SetSyncHandler::read(const ActionRequest &request, Read then)
{
    const ObjectKey &object = syncWish(request).object;
    KubernetesCall call;
    call.context = object.context;
    call.path = syncPath(object);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.kubernetes.call(call, [alive, then = std::move(then)](const Result<KubernetesAnswer> &answer) {
        if (!alive.expired())
            then(answer ? Result<KubernetesObject>(answer->object) : Result<KubernetesObject>(answer.error()));
    });
}

void SetSyncHandler::plan(const ActionRequest &request, Planned done)
{
    read(request, [this, request, done](const Result<KubernetesObject> &object) {
        if (!object)
            return done(object.error());
        if (const auto refused = refusedSync(request, readSync(*object)))
            return done(*refused);
        askLeave(request, *object, done);
    });
}

void SetSyncHandler::askLeave(const ActionRequest &request, const KubernetesObject &object, Planned done)
{
    const ObjectKey &key = syncWish(request).object;
    const AccessQuestion question{.context = key.context,
                                  .nameSpace = key.nameSpace,
                                  .verb = QStringLiteral("patch"),
                                  .group = syncGroup(key),
                                  .resource = syncResource(key),
                                  .name = key.name};
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.kubernetes.mayI(question, [this, alive, request, object, question, done](const Result<AccessAnswer> &answer) {
        if (alive.expired())
            return;
        const QString what = SyncWords::tr("patch %1 in %2").arg(question.resource, question.nameSpace);
        if (answer && !answer->allowed)
            return done(syncRefusal(Error::Kind::Forbidden, SyncWords::tr("No permission: %1.").arg(what),
                                    SyncWords::tr("Revert the change in Git instead, or ask who owns it.")));
        const Instant now = m_parts.clock.now();
        ActionPlan plan = syncPlan(request, object, now);
        plan.checks.prepend(answer ? syncCheck(syncWish(request), Verdict::Good, "permission",
                                               SyncWords::tr("You may %1.").arg(what), now)
                                   : syncCheck(syncWish(request), Verdict::Unknown, "permission",
                                               SyncWords::tr("Whether you may %1 is not known: %2")
                                                   .arg(what, answer.error().what),
                                               now));
        done(plan);
    });
}

void SetSyncHandler::send(const ActionRecord &record, Event done)
{
    read(record.request, [this, record, done](const Result<KubernetesObject> &object) {
        if (!object)
            return done(ServerRefused{object.error(), true});
        const SetSync &wish = syncWish(record.request);
        if (!wish.lease.isEmpty())
            return endLease(record, *object, done);
        if (syncFingerprint(*object) != record.plan.precondition)
            return done(ServerRefused{
                syncRefusal(Error::Kind::Conflict,
                            SyncWords::tr("%1 changed since it was planned for.").arg(wish.object.name),
                            SyncWords::tr("Look at it as it is now and decide again.")),
                true});
        if (wish.suspended)
            return keepLease(record, *object, done);
        sendPatch(record, *object, withPolicy(wish, readSync(*object)), QByteArray(), done);
    });
}

void SetSyncHandler::keepLease(const ActionRecord &record, const KubernetesObject &object, Event done)
{
    const SetSync &wish = syncWish(record.request);
    const SetSync revert{.object = wish.object,
                         .suspended = false,
                         .policy = readSync(object).policy,
                         .lease = record.request.id.toString()};
    const Lease lease = leaseFor(record, SyncWords::tr("sync of %1").arg(wish.object.name), syncStateText(false),
                                 syncStateText(true), m_parts.clock.now(), m_parts.clock.now() + wish.length,
                                 ActionIntent(revert));
    const LeaseNote note{lease.id,    {},           lease.title,    lease.previousValue, lease.newValue,
                         lease.actor, lease.reason, lease.startsAt, lease.endsAt,        lease.revert};
    const QByteArray text = encodeLeaseNotes({note});
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.write(lease, [this, alive, record, object, wish, text, done](const Result<Done> &written) {
        if (alive.expired())
            return;
        if (!written)
            return done(ServerRefused{written.error(), true});
        sendPatch(record, object, wish, text, done);
    });
}

void SetSyncHandler::sendPatch(const ActionRecord &record, const KubernetesObject &object, const SetSync &wish,
                               const std::optional<QByteArray> &note, Event done)
{
    const Result<QByteArray> body = syncPatch(object, wish, note);
    if (!body)
        return done(ServerRefused{body.error(), true});
    KubernetesCall call;
    call.context = wish.object.context;
    call.method = "PATCH";
    call.path = syncPath(wish.object);
    call.bodyKind = KubernetesCall::Body::MergePatch;
    call.body = *body;
    call.lane = HttpLane::Action;
    const std::weak_ptr<bool> alive = m_alive;
    const QString context = syncWish(record.request).object.context;
    m_parts.kubernetes.call(call, [alive, context, done](const Result<KubernetesAnswer> &answer) {
        if (alive.expired())
            return;
        if (answer)
            return done(ServerAccepted{SyncWords::tr("The API server of %1 accepted it.").arg(context),
                                       answer->object.resourceVersion(), context});
        done(KubernetesCalls::outcomeIsKnown(answer.error()) ? ActionEvent(ServerRefused{answer.error()})
                                                             : ActionEvent(OutcomeNotKnown{answer.error()}));
    });
}

void SetSyncHandler::endLease(const ActionRecord &record, const KubernetesObject &object, Event done)
{
    const SetSync &wish = syncWish(record.request);
    if (readSync(object).suspended)
        return sendPatch(record, object, wish, QByteArray(), done);
    const QList<KubernetesObject::Writer> &writers = object.writers();
    const QString who = writers.isEmpty() ? SyncWords::tr("somebody") : writers.first().manager;
    done(ServerAccepted{SyncWords::tr("It syncs already: taken up meanwhile by %1.").arg(who), QStringLiteral("left"),
                        wish.object.context});
}

void SetSyncHandler::verify(const ActionRecord &record, Event done)
{
    if (record.serverReference == u"left")
        return done(EffectProven{record.steps.isEmpty() ? QString() : record.steps.last().text, {}, {}, {}});
    read(record.request, [record, done](const Result<KubernetesObject> &object) {
        if (!object)
            return done(OutcomeNotKnown{object.error()});
        const SetSync &wish = syncWish(record.request);
        const bool suspended = readSync(*object).suspended;
        const QString text = SyncWords::tr("%1 is %2.").arg(wish.object.name, syncStateText(suspended));
        if (suspended == wish.suspended)
            return done(EffectProven{text, {}, {}, {}});
        done(EffectNotProven{{Error::Kind::Conflict, text, SyncWords::tr("Somebody or something else sets it."),
                              SyncWords::tr("Look at who writes to it: an app of apps may own it.")},
                             {}});
    });
}

} // namespace cockpit
