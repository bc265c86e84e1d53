// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_request.h"

#include "models/rollout_changes.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verb = RunbookActionReference::Verb;

constexpr Duration usualOverride{std::chrono::minutes(15)};

QString requestWords(const char *text) { return QCoreApplication::translate("RunbookRequest", text); }

Error cannotBeDone(Error::Kind kind, const QString &what, const QString &next = {})
{
    return {.kind = kind, .what = what, .meaning = {}, .next = next};
}

QString fullName(const ObjectKey &key) { return key.context + u'/' + key.nameSpace + u'/' + key.name; }

/// The one that is meant: by its words, and where several fit by where the alert comes from.
Result<RolloutPtr> rolloutMeant(const QString &words, const RunbookActionScene &scene)
{
    if (!scene.rollouts.isKnown())
        return cannotBeDone(Error::Kind::Unavailable, requestWords("No cluster has answered: rollouts are not known."));
    QList<const RolloutEntry *> found = scene.rollouts.named(words);
    const auto narrow = [&found](auto &&isMeant) {
        QList<const RolloutEntry *> fewer;
        std::copy_if(found.begin(), found.end(), std::back_inserter(fewer), isMeant);
        if (!fewer.isEmpty())
            found = fewer;
    };
    if (found.size() > 1 && !scene.context.isEmpty())
        narrow([&scene](const RolloutEntry *entry) { return entry->rollout->key.context == scene.context; });
    if (found.size() > 1 && !scene.nameSpace.isEmpty())
        narrow([&scene](const RolloutEntry *entry) { return entry->rollout->key.nameSpace == scene.nameSpace; });
    if (found.isEmpty())
        return cannotBeDone(Error::Kind::NotFound, requestWords("No rollout is called '%1'.").arg(words.left(200)));
    if (found.size() == 1)
        return found.first()->rollout;
    QStringList names;
    for (const RolloutEntry *entry : std::as_const(found))
        names.append(fullName(entry->rollout->key));
    return cannotBeDone(
        Error::Kind::Invalid,
        requestWords("Several are called '%1': %2.").arg(words.left(200), names.mid(0, 6).join(QStringLiteral(", "))),
        requestWords("Choose one on the Rollouts page."));
}

Result<ActionIntent> rollbackMeant(const Rollout &rollout, const QString &to)
{
    if (to.isEmpty()) {
        if (auto intent = rollbackIntent(rollout))
            return *intent;
        return cannotBeDone(Error::Kind::NotFound,
                            requestWords("The cluster holds no earlier revision of %1.").arg(fullName(rollout.key)));
    }
    if (const RolloutRevision *revision = rollout.revision(to))
        return ActionIntent(UndoRollout{rollout.key, revision->hash});
    return cannotBeDone(Error::Kind::NotFound,
                        requestWords("%1 has no revision '%2'.").arg(fullName(rollout.key), to.left(100)));
}

Result<ActionIntent> rolloutIntent(const RunbookActionReference &reference, const Rollout &rollout)
{
    switch (reference.verb) {
    case Verb::Rollback:
        return rollbackMeant(rollout, reference.to);
    case Verb::Promote:
        return ActionIntent(PromoteRollout{rollout.key});
    case Verb::Pause:
        return ActionIntent(PauseRollout{rollout.key});
    case Verb::Resume:
        return ActionIntent(ResumeRollout{rollout.key});
    case Verb::Retry:
        return ActionIntent(RetryRollout{rollout.key});
    case Verb::Restart:
        return ActionIntent(RestartRollout{rollout.key});
    case Verb::Scale:
        if (reference.replicas)
            return ActionIntent(ScaleRollout{rollout.key, *reference.replicas});
        return cannotBeDone(Error::Kind::Invalid, requestWords("The block does not say how many replicas."));
    case Verb::Breaker:
    case Verb::Flag:
        break;
    }
    return cannotBeDone(Error::Kind::Invalid, requestWords("This is no action on a rollout."));
}

Result<ActionRequest> breakerRequest(const RunbookActionReference &reference, const RunbookActionScene &scene)
{
    if (!scene.breakers || !scene.breakers->breakersConfigured())
        return cannotBeDone(Error::Kind::Unavailable, requestWords("No breaker source is configured."),
                            requestWords("Name one as `breakers:` in the configuration."));
    if (!scene.breakers->breakersKnown())
        return cannotBeDone(Error::Kind::Unavailable, requestWords("No breaker source has answered yet."));
    const QList<BreakerPtr> found = scene.breakers->between(ServiceId(reference.from), reference.to);
    const QString words = reference.from.left(100) + QStringLiteral(" → ") + reference.to.left(100);
    if (found.isEmpty())
        return cannotBeDone(Error::Kind::NotFound, requestWords("There is no breaker %1.").arg(words));
    if (found.size() > 1)
        return cannotBeDone(Error::Kind::Invalid, requestWords("There are several breakers %1.").arg(words),
                            requestWords("Choose one on the Breakers page."));
    ActionRequest request;
    request.target = words;
    request.service = found.first()->key.from;
    if (!found.first()->readOnlyReason.isEmpty())
        return cannotBeDone(Error::Kind::Unavailable, found.first()->readOnlyReason);
    const Instant endsAt = scene.now + reference.length.value_or(usualOverride);
    if (reference.set == u"reset")
        request.intent = ResetBreaker{found.first()->key, {}};
    else if (reference.set == u"open")
        request.intent = OverrideBreaker{found.first()->key, BreakerMode::ForceOpen, endsAt, {}};
    else if (reference.set == u"closed")
        request.intent = OverrideBreaker{found.first()->key, BreakerMode::ForceClosed, endsAt, {}};
    else if (reference.set == u"disabled")
        request.intent = OverrideBreaker{found.first()->key, BreakerMode::Disable, endsAt, {}};
    else
        return cannotBeDone(Error::Kind::Invalid, requestWords("The block does not say what to set."));
    return request;
}

Result<ActionRequest> flagRequest(const RunbookActionReference &reference, const RunbookActionScene &scene)
{
    if (!scene.breakers || !scene.breakers->flagsConfigured())
        return cannotBeDone(Error::Kind::Unavailable, requestWords("No flag source is configured."),
                            requestWords("Name one as `flags:` in the configuration."));
    if (!scene.breakers->flagsKnown())
        return cannotBeDone(Error::Kind::Unavailable, requestWords("No flag source has answered yet."));
    const QList<FlagPtr> found = scene.breakers->flagsNamed(reference.object);
    const QString name = reference.object.left(200);
    if (found.isEmpty())
        return cannotBeDone(Error::Kind::NotFound, requestWords("No flag is called '%1'.").arg(name));
    if (found.size() > 1)
        return cannotBeDone(Error::Kind::Invalid, requestWords("Several flags are called '%1'.").arg(name),
                            requestWords("Choose one on the Flags page."));
    const FeatureFlag &flag = *found.first();
    if (!flag.readOnlyReason.isEmpty())
        return cannotBeDone(Error::Kind::Unavailable, flag.readOnlyReason);
    ActionRequest request;
    request.target = flag.key.name;
    request.service = flag.service;
    SetFlag intent;
    intent.flag = flag.key;
    intent.environment = flag.here;
    intent.enabled = reference.set == u"on";
    if (reference.length)
        intent.endsAt = scene.now + *reference.length;
    request.intent = intent;
    return request;
}

} // namespace

Result<ActionRequest> requestOf(const RunbookActionReference &reference, const RunbookActionScene &scene)
{
    if (!reference.problem.isEmpty())
        return cannotBeDone(Error::Kind::Invalid, reference.problem, requestWords("Mend the block in the runbook."));
    if (reference.verb == Verb::Breaker)
        return breakerRequest(reference, scene);
    if (reference.verb == Verb::Flag)
        return flagRequest(reference, scene);
    const auto rollout = rolloutMeant(reference.object, scene);
    if (!rollout)
        return rollout.error();
    const auto intent = rolloutIntent(reference, **rollout);
    if (!intent)
        return intent.error();
    ActionRequest request;
    request.target = (*rollout)->key.path();
    request.service = (*rollout)->service;
    request.intent = *intent;
    return request;
}

} // namespace cockpit
