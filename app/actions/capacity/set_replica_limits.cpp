// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/capacity/set_replica_limits.h"

#include "app/formats/lease_codec.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct LimitWords {
    Q_DECLARE_TR_FUNCTIONS(SetReplicaLimits)
};

/// The autoscaler's own controller writes its status all the time.
constexpr int limitTries = 3;

const SetReplicaLimits &limitWish(const ActionRequest &request) { return std::get<SetReplicaLimits>(request.intent); }

QString limitText(int minimum, int maximum) { return LimitWords::tr("%1 to %2 pods").arg(minimum).arg(maximum); }

QString limitsOf(const HpaFacts &facts) { return limitText(facts.minimum, facts.maximum); }

/// What must be the same when it is sent: not the version, which its controller counts up.
QString limitFingerprint(const HpaFacts &facts)
{
    return QStringLiteral("%1 %2 %3").arg(facts.uid).arg(facts.minimum).arg(facts.maximum);
}

Error limitRefusal(Error::Kind kind, const QString &what, const QString &next = {})
{
    return {kind, what, LimitWords::tr("Nothing was sent."), next};
}

std::optional<Error> refusedLimits(const ActionRequest &request, const HpaFacts &facts, Instant now)
{
    const SetReplicaLimits &wish = limitWish(request);
    if (wish.minimum < 1 || wish.minimum > wish.maximum)
        return limitRefusal(Error::Kind::Invalid,
                            LimitWords::tr("Limits are at least 1, and the minimum is not above the maximum."));
    if (!wish.lease.isEmpty())
        return std::nullopt; // whatever it finds, it ends it
    if (wish.minimum == facts.minimum && wish.maximum == facts.maximum)
        return limitRefusal(Error::Kind::Conflict, LimitWords::tr("The limits are %1 already.").arg(limitsOf(facts)));
    if (request.reason.trimmed().isEmpty() && !request.preview)
        return limitRefusal(Error::Kind::Invalid, LimitWords::tr("Limits are changed with a reason."),
                            LimitWords::tr("Say why: the next shift reads it."));
    if (wish.endsAt && (*wish.endsAt <= now || *wish.endsAt > now + LeaseTerms::kLongest))
        return limitRefusal(Error::Kind::Invalid, LimitWords::tr("They may hold for 24 hours at most, from now on."));
    return std::nullopt;
}

Evidence limitCheck(const ActionRequest &request, Evidence::Verdict verdict, const char *id, const QString &text,
                    Instant now)
{
    const QString context = limitWish(request).object.context;
    return {verdict, QLatin1String(id), text, LimitWords::tr("Kubernetes %1").arg(context), context, now, {}, {}};
}

QList<Evidence> limitChecks(const ActionRequest &request, const HpaFacts &facts, Instant now)
{
    const SetReplicaLimits &wish = limitWish(request);
    QList<Evidence> checks{limitCheck(request, Verdict::Good, "autoscaler",
                                      LimitWords::tr("It holds %1 now, %2 run.").arg(limitsOf(facts)).arg(facts.current),
                                      now)};
    if (wish.maximum < facts.current)
        checks.append(limitCheck(request, Verdict::Bad, "ends-pods",
                                 LimitWords::tr("%n pod(s) end at once.", nullptr, facts.current - wish.maximum), now));
    if (!facts.trouble.isEmpty())
        checks.append(limitCheck(request, Verdict::Bad, "works",
                                 LimitWords::tr("It does not scale: %1").arg(facts.trouble), now));
    if (!facts.lease.isEmpty() && wish.lease.isEmpty())
        checks.append(limitCheck(request, Verdict::Bad, "held",
                                 LimitWords::tr("An override holds it already: it would end without its own way back."),
                                 now));
    return checks;
}

} // namespace

void SetReplicaLimitsHandler::read(const ActionRequest &request, Read then)
{
    const ObjectKey &object = limitWish(request).object;
    KubernetesCall call;
    call.context = object.context;
    call.path = hpaPath(object.nameSpace, object.name);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.kubernetes.call(call, [alive, then = std::move(then)](const Result<KubernetesAnswer> &answer) {
        if (!alive.expired())
            then(answer ? Result<KubernetesObject>(answer->object) : Result<KubernetesObject>(answer.error()));
    });
}

void SetReplicaLimitsHandler::plan(const ActionRequest &request, Planned done)
{
    read(request, [this, request, done](const Result<KubernetesObject> &hpa) {
        done(hpa ? planned(request, *hpa) : Result<ActionPlan>(hpa.error()));
    });
}

Result<ActionPlan> SetReplicaLimitsHandler::planned(const ActionRequest &request, const KubernetesObject &hpa) const
{
    const SetReplicaLimits &wish = limitWish(request);
    const HpaFacts facts = readHpa(hpa);
    const Instant now = m_parts.clock.now();
    if (const auto refused = refusedLimits(request, facts, now))
        return *refused;
    ActionPlan plan;
    plan.title = LimitWords::tr("Allow %1 %2").arg(wish.object.name, limitText(wish.minimum, wish.maximum));
    plan.runLabel = LimitWords::tr("Allow %1 to %2").arg(wish.minimum).arg(wish.maximum);
    if (wish.endsAt) {
        plan.title += LimitWords::tr(" until %1").arg(utcShortTimeText(*wish.endsAt));
        plan.runLabel += LimitWords::tr(" for %1").arg(roughDurationText(*wish.endsAt - now));
    }
    plan.willChange = {LimitWords::tr("Its autoscaler may hold %1 instead of %2.")
                           .arg(limitText(wish.minimum, wish.maximum), limitsOf(facts))};
    const CapacityPtr shown = m_parts.shown ? m_parts.shown(wish.object) : nullptr;
    if (shown && shown->costPerPodHour && wish.maximum > facts.maximum)
        plan.willChange.append(LimitWords::tr("Up to %1 %2 more an hour.")
                                   .arg(*shown->costPerPodHour * (wish.maximum - facts.maximum), 0, 'f', 2)
                                   .arg(shown->currency));
    if (wish.endsAt)
        plan.willChange.append(LimitWords::tr("At %1 UTC the limits go back by themselves, unless somebody changed them.")
                                   .arg(utcShortTimeText(*wish.endsAt)));
    plan.willNotChange = {LimitWords::tr("What it scales by stays.")};
    plan.diff = QStringLiteral("- minReplicas: %1\n+ minReplicas: %2\n- maxReplicas: %3\n+ maxReplicas: %4")
                    .arg(facts.minimum)
                    .arg(wish.minimum)
                    .arg(facts.maximum)
                    .arg(wish.maximum);
    plan.steps = {LimitWords::tr("Change its limits in this very version of it, once."), LimitWords::tr("Read them back.")};
    plan.checks = limitChecks(request, facts, now);
    plan.precondition = limitFingerprint(facts);
    plan.reverse = SetReplicaLimits{wish.object, facts.minimum, facts.maximum, {},
                                    wish.endsAt ? request.id.toString() : QString()};
    if (!plan.seriousChecks().isEmpty())
        plan.bar = Duration::zero();
    return plan;
}

void SetReplicaLimitsHandler::send(const ActionRecord &record, Event done) { sendOnce(record, limitTries, std::move(done)); }

void SetReplicaLimitsHandler::sendOnce(const ActionRecord &record, int tries, Event done)
{
    read(record.request, [this, record, tries, done](const Result<KubernetesObject> &hpa) {
        if (!hpa)
            return done(ServerRefused{hpa.error(), true});
        const SetReplicaLimits &wish = limitWish(record.request);
        if (!wish.lease.isEmpty())
            return endLease(record, *hpa, tries, done);
        const HpaFacts facts = readHpa(*hpa);
        if (limitFingerprint(facts) != record.plan.precondition)
            return done(ServerRefused{limitRefusal(Error::Kind::Conflict,
                                                   LimitWords::tr("%1 changed since it was planned for: it holds %2.")
                                                       .arg(wish.object.name, limitsOf(facts)),
                                                   LimitWords::tr("Look at it as it is now and decide again.")),
                                      true});
        if (wish.endsAt && tries == limitTries)
            return keepLease(record, *hpa, done);
        sendPatch(record, *hpa, std::nullopt, tries, done);
    });
}

void SetReplicaLimitsHandler::keepLease(const ActionRecord &record, const KubernetesObject &hpa, Event done)
{
    const SetReplicaLimits &wish = limitWish(record.request);
    const HpaFacts facts = readHpa(hpa);
    const SetReplicaLimits revert{wish.object, facts.minimum, facts.maximum, {}, record.request.id.toString()};
    const Lease lease =
        leaseFor(record, LimitWords::tr("limits of %1").arg(wish.object.name), limitsOf(facts),
                 limitText(wish.minimum, wish.maximum), m_parts.clock.now(), *wish.endsAt, ActionIntent(revert));
    const LeaseNote note{lease.id,    {},           lease.title,    lease.previousValue, lease.newValue,
                         lease.actor, lease.reason, lease.startsAt, lease.endsAt,        lease.revert};
    const QByteArray text = encodeLeaseNotes({note});
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.write(lease, [this, alive, record, hpa, text, done](const Result<Done> &written) {
        if (alive.expired())
            return;
        if (!written)
            return done(ServerRefused{written.error(), true});
        sendPatch(record, hpa, text, limitTries, done);
    });
}

void SetReplicaLimitsHandler::sendPatch(const ActionRecord &record, const KubernetesObject &hpa,
                                        const std::optional<QByteArray> &note, int tries, Event done)
{
    const SetReplicaLimits &wish = limitWish(record.request);
    KubernetesCall call;
    call.context = wish.object.context;
    call.method = "PATCH";
    call.path = hpaPath(wish.object.nameSpace, wish.object.name);
    call.bodyKind = KubernetesCall::Body::MergePatch;
    call.body = hpaLimitsPatch(hpa, wish.minimum, wish.maximum, note);
    call.lane = HttpLane::Action;
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.kubernetes.call(call, [this, alive, record, note, tries, done](const Result<KubernetesAnswer> &answer) {
        if (alive.expired())
            return;
        const QString context = limitWish(record.request).object.context;
        if (answer)
            return done(ServerAccepted{LimitWords::tr("The API server of %1 accepted it.").arg(context),
                                       answer->object.resourceVersion(), context});
        if (answer.error().kind != Error::Kind::Conflict || tries <= 1)
            return done(KubernetesCalls::outcomeIsKnown(answer.error()) ? ActionEvent(ServerRefused{answer.error()})
                                                                        : ActionEvent(OutcomeNotKnown{answer.error()}));
        // Its controller wrote in between, and nothing was done: the same once more on what is there now.
        read(record.request, [this, record, note, tries, done](const Result<KubernetesObject> &fresh) {
            if (!fresh)
                return done(ServerRefused{fresh.error(), true});
            sendPatch(record, *fresh, note, tries - 1, done);
        });
    });
}

void SetReplicaLimitsHandler::endLease(const ActionRecord &record, const KubernetesObject &hpa, int tries, Event done)
{
    const SetReplicaLimits wish = limitWish(record.request);
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.leases.find(wish.lease, [this, alive, record, hpa, wish, tries, done](const Result<std::optional<Lease>> &lease) {
        if (alive.expired())
            return;
        if (!lease)
            return done(ServerRefused{lease.error(), true});
        const HpaFacts facts = readHpa(hpa);
        const bool stillOurs = !*lease || (*lease)->newValue == limitsOf(facts);
        if (stillOurs)
            return sendPatch(record, hpa, QByteArray(), tries, done);
        const QList<KubernetesObject::Writer> &writers = hpa.writers();
        const QString who = writers.isEmpty() ? LimitWords::tr("somebody") : writers.first().manager;
        done(ServerAccepted{LimitWords::tr("Left as they are (%1): changed meanwhile by %2.").arg(limitsOf(facts), who),
                            QStringLiteral("left"), wish.object.context});
    });
}

void SetReplicaLimitsHandler::verify(const ActionRecord &record, Event done)
{
    if (record.serverReference == u"left")
        return done(EffectProven{record.steps.isEmpty() ? QString() : record.steps.last().text, {}, {}, {}});
    read(record.request, [record, done](const Result<KubernetesObject> &hpa) {
        if (!hpa)
            return done(OutcomeNotKnown{hpa.error()});
        const SetReplicaLimits &wish = limitWish(record.request);
        const HpaFacts facts = readHpa(*hpa);
        if (facts.minimum == wish.minimum && facts.maximum == wish.maximum)
            return done(EffectProven{
                LimitWords::tr("%1 holds %2; %3 run.").arg(wish.object.name, limitsOf(facts)).arg(facts.current), {}, {}, {}});
        done(EffectNotProven{{Error::Kind::Conflict,
                              LimitWords::tr("%1 holds %2 instead.").arg(wish.object.name, limitsOf(facts)),
                              LimitWords::tr("Somebody or something else sets it."),
                              LimitWords::tr("Look at who writes to it.")},
                             {}});
    });
}

} // namespace cockpit
