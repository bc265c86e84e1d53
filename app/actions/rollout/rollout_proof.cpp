// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_proof.h"

#include "app/actions/silence_proof.h"
#include "app/actions/silence_request.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct ProofWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutProof)
};

/// After two windows and this the figures would have come, if they came at all.
constexpr Duration kFigureSlack{std::chrono::minutes(2)};

Error takenBack(const RolloutScene &scene)
{
    return Error{
        Error::Kind::Conflict,
        ProofWords::tr("It was done, and is not there any more: %1 changed it.").arg(lastHandText(scene)),
        scene.seen->gitOps.tool.isEmpty() ? ProofWords::tr("Somebody took it back.")
                                          : ProofWords::tr("%1 (%2) owns it and may have put its own state back.")
                                                .arg(scene.seen->gitOps.tool, scene.seen->gitOps.name),
        ProofWords::tr("Look at it as it is now; where GitOps owns it, revert in Git.")};
}

bool hasRelativeRule(const DeploymentPolicy &policy)
{
    for (const MetricRule &rule : policy.successCriteria) {
        if (rule.relative)
            return true;
    }
    return false;
}

ActionEvent provenBy(const FigureJudgement &judgement, const ProofFigures &figures, const QString &effect)
{
    const QString held = ProofWords::tr("a full %1 after the action").arg(durationText(figures.window));
    const QString words =
        judgement.wasHealthy
            ? ProofWords::tr("Done (%1). Still healthy: all traffic met the success criteria before and after, so there "
                             "was nothing to prove (%2).")
                  .arg(effect, judgement.words)
            : ProofWords::tr("Proven: %1, inside the success criteria for %2 (%3).").arg(judgement.words, held, effect);
    return EffectProven{words, {}, {}, judgement.proof};
}

/// The figures had their time, and nothing is proven.
ActionEvent outOfTime(const FigureJudgement &judgement, const ProofFigures &figures, const QString &effect)
{
    if (judgement.anyFailed) {
        return EffectNotProven{
            Error{Error::Kind::Rejected,
                  judgement.better ? ProofWords::tr("It took effect and helped, not enough: %1.").arg(judgement.words)
                                   : ProofWords::tr("It took effect, and is not improving: %1.").arg(judgement.words),
                  ProofWords::tr("What users see is still outside the success criteria."),
                  ProofWords::tr("Look for another cause: this was not it, or not alone.")},
            judgement.proof};
    }
    return OutcomeNotKnown{
        Error{Error::Kind::Unavailable, ProofWords::tr("It took effect: %1.").arg(effect),
              figures.problem.isEmpty()
                  ? ProofWords::tr("Whether users are better off is not known: too few requests or figures.")
                  : ProofWords::tr("Whether users are better off is not known: %1").arg(figures.problem),
              ProofWords::tr("Look at the charts of the service.")},
        true};
}

} // namespace

Duration RolloutProof::windowOf(const ActionRecord &record) const
{
    if (record.request.proofWindow > Duration::zero())
        return record.request.proofWindow;
    const RolloutEntry *entry = m_context.rollout ? m_context.rollout(*objectOf(record.request.intent)) : nullptr;
    return entry && entry->policy ? entry->policy->interval : kWindow;
}

std::chrono::milliseconds RolloutProof::longest(const ActionRecord &record) const
{
    return kPodsTime + 3 * windowOf(record) + kFigureSlack;
}

void RolloutProof::look(const RolloutOperation &operation, const ActionRecord &record, const RolloutScene &scene,
                        ActionHandler::Event done)
{
    m_unreadSince.remove(record.request.id);
    if (!operation.shows(record, scene))
        return done(EffectNotProven{takenBack(scene)});
    const ClusterEffect effect = operation.effect(record, scene);
    if (effect.failed)
        return done(EffectNotProven{*effect.failed});
    if (!effect.over)
        return done(EffectProgress{effect.words, record.proof});
    if (!operation.isProvenByFigures())
        return done(EffectProven{ProofWords::tr("Done: %1.").arg(effect.words), {}, {}, {}});
    MemoryPtr &memory = m_memories[record.request.id];
    if (!memory) {
        memory = std::make_shared<Memory>();
        memory->settledAt = scene.now;
        memory->figures.window = windowOf(record);
        memory->figures.sentAt = sentAt(record).value_or(record.request.requestedAt);
    }
    memory->figures.at = scene.now;
    if (scene.policy && m_context.measureAll) {
        return measure(scene, record, effect.words, memory,
                       [this, done, id = record.request.id](const ActionEvent &event) {
                           if (!std::holds_alternative<EffectProgress>(event))
                               m_memories.remove(id);
                           done(event);
                       });
    }
    m_memories.remove(record.request.id);
    if (!scene.policy)
        return done(EffectProven{
            ProofWords::tr("Done: %1. No policy holds for it, so its figures are not judged.").arg(effect.words),
            {},
            {},
            {}});
    done(OutcomeNotKnown{Error{Error::Kind::Unavailable, ProofWords::tr("It took effect: %1.").arg(effect.words),
                               ProofWords::tr("Whether users are better off is not known: there are no metrics."),
                               ProofWords::tr("Configure a Prometheus with `tracks:` for this service.")},
                         true});
}

void RolloutProof::measureInto(const Rollout &rollout, Duration window, Instant at, std::optional<TrackMeasure> &into,
                               const MemoryPtr &memory, std::function<void()> then)
{
    // `memory` keeps what `into` refers to alive.
    m_context.measureAll(rollout, window, at,
                         [&into, memory, then = std::move(then)](const Result<TrackMeasure> &measured) {
                             if (measured)
                                 into = *measured;
                             else
                                 memory->figures.problem = measured.error().what;
                             then();
                         });
}

void RolloutProof::measure(const RolloutScene &scene, const ActionRecord &record, const QString &effect,
                           const MemoryPtr &memory, ActionHandler::Event done)
{
    Q_UNUSED(record)
    ProofFigures &figures = memory->figures;
    const Rollout &rollout = *scene.seen;
    const auto measureNow = [this, scene, effect, memory, done] {
        ProofFigures &held = memory->figures;
        held.now.reset();
        held.problem.clear();
        measureInto(*scene.seen, held.window, held.at, held.now, memory,
                    [this, scene, effect, memory, done] { done(judged(scene, effect, *memory)); });
    };
    const auto measureBaseline = [this, scene, memory, measureNow] {
        ProofFigures &held = memory->figures;
        if (held.baseline || !scene.seen->startedAt || !hasRelativeRule(*scene.policy))
            return measureNow();
        measureInto(*scene.seen, held.window, *scene.seen->startedAt, held.baseline, memory, measureNow);
    };
    if (figures.before)
        return measureBaseline();
    measureInto(rollout, figures.window, figures.sentAt, figures.before, memory, measureBaseline);
}

ActionEvent RolloutProof::judged(const RolloutScene &scene, const QString &effect, const Memory &memory) const
{
    const ProofFigures &figures = memory.figures;
    const FigureJudgement judgement = judgeFigures(*scene.policy, figures);
    if (judgement.isProven())
        return provenBy(judgement, figures, effect);
    const Duration patience = 2 * figures.window + kFigureSlack;
    if (figures.at - memory.settledAt.value_or(figures.at) > patience)
        return outOfTime(judgement, figures, effect);
    if (!figures.now || judgement.words.isEmpty())
        return EffectProgress{ProofWords::tr("Pods are in place (%1); waiting for figures.").arg(effect),
                              judgement.proof};
    const QString why = !judgement.fullWindow ? ProofWords::tr("the window still holds samples from before")
                        : !judgement.enough   ? ProofWords::tr("too few requests yet")
                                              : ProofWords::tr("not all criteria are met yet");
    const QString words = judgement.better ? ProofWords::tr("improving (%1; %2)")
                          : judgement.pass ? ProofWords::tr("inside the criteria (%1; %2)")
                                           : ProofWords::tr("not improving (%1; %2)");
    return EffectProgress{words.arg(judgement.words, why), judgement.proof};
}

ActionEvent RolloutProof::unreadable(const ActionRecord &record, const Error &error)
{
    const Instant now = m_context.clock.now();
    const QString context = objectOf(record.request.intent)->context;
    const auto known = m_unreadSince.constFind(record.request.id);
    const Instant since = known == m_unreadSince.constEnd() ? now : known.value();
    if (now - since >= kUnreadTime) {
        m_unreadSince.remove(record.request.id);
        return OutcomeNotKnown{
            Error{Error::Kind::Unavailable,
                  ProofWords::tr("The API server of %1 has not answered since %2: %3")
                      .arg(context, utcTimeText(since), error.what),
                  record.serverReference.isEmpty()
                      ? ProofWords::tr("Whether it arrived is not known. It is not sent again.")
                      : ProofWords::tr("It was accepted and stays done; whether it took effect is not known."),
                  ProofWords::tr("Look at the charts of the service and, when the server answers, at the rollout; the "
                                 "cockpit reads it once more at its next start.")},
            true};
    }
    m_unreadSince.insert(record.request.id, since);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - since);
    const QString length =
        minutes.count() > 0 ? ProofWords::tr("for %1 min").arg(minutes.count()) : ProofWords::tr("for less than a minute");
    return EffectProgress{
        ProofWords::tr("The API server of %1 has not answered since %2 (%3): %4 What was done stays done; it is read again.")
            .arg(context, utcTimeText(since), length, error.what),
        record.proof};
}

void RolloutProof::notThere(const ActionRecord &record, const RolloutScene &scene,
                            const ActionHandler::Event &done) const
{
    const QString what = ProofWords::tr("%1 does not show it.").arg(scene.seen->key.path());
    if (scene.now - sentAt(record).value_or(record.request.requestedAt) > kLateArrival) {
        return done(EffectNotProven{Error{Error::Kind::NotFound, what,
                                          ProofWords::tr("The request never arrived, so nothing was changed."),
                                          ProofWords::tr("Run it again if it is still needed.")}});
    }
    done(EffectProgress{what + u' ' + ProofWords::tr("The request may still arrive; it is not sent again."),
                        record.proof});
}

} // namespace cockpit
