// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/action.h"

#include <QCoreApplication>

#include <algorithm>
#include <type_traits>

namespace cockpit {

namespace {

using ActionStepResult = std::pair<ActionRecord, std::vector<ActionEffect>>;

struct ActionWords {
    Q_DECLARE_TR_FUNCTIONS(ActionMachine)
};

/// The record after it moved to `state`, with one more line in its history.
ActionStepResult movedTo(ActionRecord record, ActionState state, const QString &words, Instant now,
                         std::vector<ActionEffect> effects)
{
    record.state = state;
    record.updatedAt = now;
    record.steps.append(ActionStep{words, state, now});
    if (isFinal(state))
        record.message = words;
    return {std::move(record), std::move(effects)};
}

ActionStepResult ended(const ActionRecord &record, ActionState state, const QString &words, Instant now)
{
    return movedTo(record, state, words, now, {ActionEffect::WriteJournal, ActionEffect::Report});
}

/// Moves one action. One overload per event; the state decides whether the event is known.
class ActionMachine {
public:
    ActionMachine(const ActionRecord &record, Instant now)
        : m_record(record)
        , m_now(now)
    {}

    ActionStepResult operator()(const PlanMade &event) const
    {
        if (!is(ActionState::Requested) && !is(ActionState::Planned))
            return unmoved();
        ActionRecord record = m_record;
        record.plan = event.plan;
        return movedTo(std::move(record), ActionState::Planned, ActionWords::tr("Planned."), m_now,
                       {ActionEffect::Report});
    }

    ActionStepResult operator()(const PlanRefused &event) const
    {
        if (!is(ActionState::Requested) && !is(ActionState::Planned))
            return unmoved();
        if (m_record.request.preview) // nobody wanted to do it: it is no act to be logged
            return movedTo(m_record, ActionState::Refused, event.error.text(), m_now, {ActionEffect::Report});
        return ended(m_record, ActionState::Refused, event.error.text(), m_now);
    }

    ActionStepResult operator()(const ConfirmedByPerson &event) const
    {
        if (!is(ActionState::Planned))
            return unmoved();
        QStringList missing;
        for (const Evidence &check : m_record.plan.seriousChecks()) {
            if (!event.accepted.contains(check.id))
                missing.append(check.id);
        }
        if (!missing.isEmpty()) {
            return ended(m_record, ActionState::Refused,
                         ActionWords::tr("Not run: a serious check was not accepted (%1). Nothing was sent.")
                             .arg(missing.join(QStringLiteral(", "))),
                         m_now);
        }
        ActionRecord record = m_record;
        record.accepted = event.accepted;
        return movedTo(std::move(record), ActionState::Armed,
                       ActionWords::tr("Confirmed by %1.").arg(m_record.request.actor), m_now,
                       {ActionEffect::WriteJournal, ActionEffect::Report});
    }

    ActionStepResult operator()(const CancelledByPerson &) const
    {
        const QString words = ActionWords::tr("Cancelled. Nothing was sent.");
        if (is(ActionState::Requested) || is(ActionState::Planned)) // no trace yet: a look is not an act
            return movedTo(m_record, ActionState::Cancelled, words, m_now, {ActionEffect::Report});
        return is(ActionState::Armed) ? ended(m_record, ActionState::Cancelled, words, m_now) : unmoved();
    }

    ActionStepResult operator()(const IntentJournalled &) const
    {
        if (!is(ActionState::Armed))
            return unmoved();
        // What is on disk stays Armed until an answer comes: a restart holds Armed for "perhaps sent" all the same.
        return movedTo(m_record, ActionState::Executing, ActionWords::tr("Requested."), m_now,
                       {ActionEffect::Report, ActionEffect::Send});
    }

    ActionStepResult operator()(const JournalFailed &event) const
    {
        const QString why = event.error.text();
        if (is(ActionState::Armed)) {
            return movedTo(
                m_record, ActionState::Failed,
                ActionWords::tr("Not run, because the journal could not be written: %1 Nothing was sent.").arg(why),
                m_now, {ActionEffect::Report});
        }
        if (is(ActionState::Requested) || is(ActionState::Planned))
            return unmoved();
        ActionRecord record = m_record; // too late to stop anything: the person has to know that the log has a gap
        const QString words = ActionWords::tr("The activity log lacks this step: %1").arg(why);
        record.steps.append(ActionStep{words, record.state, m_now});
        if (isFinal(record.state))
            record.message = record.message.isEmpty() ? words : record.message + u' ' + words;
        return {std::move(record), {ActionEffect::Report}};
    }

    ActionStepResult operator()(const SendingBegins &event) const
    {
        const bool goesOn = is(ActionState::Verifying) && m_record.resumed;
        if (!is(ActionState::Executing) && !goesOn)
            return unmoved();
        ActionRecord record = m_record;
        record.sendBegunAt = event.takenBack ? std::nullopt : std::optional(m_now);
        return {std::move(record), {ActionEffect::Report}};
    }

    ActionStepResult operator()(const ServerAccepted &event) const
    {
        if (!is(ActionState::Executing))
            return unmoved();
        ActionRecord record = m_record;
        record.serverReference = event.reference;
        record.serverName = event.member;
        return movedTo(std::move(record), ActionState::Verifying, event.words, m_now,
                       {ActionEffect::WriteJournal, ActionEffect::Report, ActionEffect::Verify});
    }

    ActionStepResult operator()(const ServerRefused &event) const
    {
        if (!is(ActionState::Executing))
            return unmoved();
        const ActionState state = event.nothingSent ? ActionState::Refused : ActionState::Failed;
        return ended(m_record, state, event.error.text(), m_now);
    }

    ActionStepResult operator()(const OutcomeNotKnown &event) const
    {
        if (is(ActionState::Executing)) {
            return movedTo(m_record, ActionState::Verifying,
                           ActionWords::tr("No answer: %1 Reading what the server has, never sending again.")
                               .arg(event.error.text()),
                           m_now, {ActionEffect::WriteJournal, ActionEffect::Report, ActionEffect::SettleByReading});
        }
        return is(ActionState::Verifying) ? ended(m_record, ActionState::Unknown, event.error.text(), m_now)
                                          : unmoved();
    }

    ActionStepResult operator()(const EffectProven &event) const
    {
        if (!is(ActionState::Verifying) && !is(ActionState::Unknown))
            return unmoved();
        ActionRecord record = m_record;
        if (!event.reference.isEmpty()) {
            record.serverReference = event.reference;
            record.serverName = event.member;
        }
        if (!event.proof.isEmpty())
            record.proof = event.proof;
        return ended(record, ActionState::Succeeded, event.words, m_now);
    }

    ActionStepResult operator()(const EffectNotProven &event) const
    {
        if (!is(ActionState::Verifying) && !is(ActionState::Unknown))
            return unmoved();
        ActionRecord record = m_record;
        if (!event.proof.isEmpty())
            record.proof = event.proof;
        return ended(record, ActionState::Failed, event.error.text(), m_now);
    }

    ActionStepResult operator()(const EffectProgress &event) const
    {
        if (!is(ActionState::Verifying))
            return unmoved();
        ActionRecord record = m_record;
        record.proof = event.proof;
        if (!record.steps.isEmpty() && record.steps.constLast().isProgress)
            record.steps.removeLast();
        record.steps.append(ActionStep{event.words, record.state, m_now, true});
        record.updatedAt = m_now;
        // Not journalled: after a restart the proof is read anew, and the log keeps the newest reading with the end.
        return {std::move(record), {ActionEffect::Report}};
    }

    ActionStepResult operator()(const ResumedAfterRestart &) const
    {
        const bool open = is(ActionState::Armed) || is(ActionState::Executing) || is(ActionState::Verifying) ||
                          is(ActionState::Unknown);
        const bool readOnceMore = m_record.resumed && is(ActionState::Unknown);
        if (!open || readOnceMore)
            return unmoved();
        ActionRecord record = m_record;
        if (record.resumed) { // the log says it already: a short command that also ends before the end is no news
            record.state = ActionState::Verifying;
            return {std::move(record), {ActionEffect::Report, ActionEffect::SettleByReading}};
        }
        record.resumed = true;
        return movedTo(std::move(record), ActionState::Verifying,
                       ActionWords::tr("The cockpit ended before the outcome was known. Reading what the server has."),
                       m_now, {ActionEffect::WriteJournal, ActionEffect::Report, ActionEffect::SettleByReading});
    }

private:
    bool is(ActionState state) const { return m_record.state == state; }
    ActionStepResult unmoved() const { return {m_record, {}}; }

    const ActionRecord &m_record;
    Instant m_now;
};

} // namespace

ActionStepResult step(const ActionRecord &record, const ActionEvent &event, Instant now)
{
    return std::visit(ActionMachine(record, now), event);
}

QString wireName(const ActionIntent &intent)
{
    return std::visit([](const auto &one) { return QString::fromLatin1(std::decay_t<decltype(one)>::wireName); },
                      intent);
}

const ObjectKey *objectOf(const ActionIntent &intent)
{
    return std::visit(
        [](const auto &one) -> const ObjectKey * {
            if constexpr (requires { one.object; })
                return &one.object;
            else
                return nullptr;
        },
        intent);
}

SourceId sourceOf(const ActionIntent &intent)
{
    return std::visit(
        [](const auto &one) {
            if constexpr (requires { one.breaker.source; })
                return one.breaker.source;
            else if constexpr (requires { one.flag.source; })
                return one.flag.source;
            else if constexpr (requires { one.source; })
                return one.source;
            else
                return SourceId();
        },
        intent);
}

QString toWireName(ActionState state)
{
    switch (state) {
    case ActionState::Requested:
        return QStringLiteral("requested");
    case ActionState::Planned:
        return QStringLiteral("planned");
    case ActionState::Armed:
        return QStringLiteral("armed");
    case ActionState::Executing:
        return QStringLiteral("executing");
    case ActionState::Verifying:
        return QStringLiteral("verifying");
    case ActionState::Succeeded:
        return QStringLiteral("succeeded");
    case ActionState::Failed:
        return QStringLiteral("failed");
    case ActionState::Cancelled:
        return QStringLiteral("cancelled");
    case ActionState::Unknown:
        return QStringLiteral("unknown");
    case ActionState::Refused:
        return QStringLiteral("refused");
    }
    return QStringLiteral("unknown");
}

std::optional<ActionIntent> reverseOf(const ActionRecord &record)
{
    const bool accepted = std::any_of(record.steps.cbegin(), record.steps.cend(), [](const ActionStep &one) {
        return one.state == ActionState::Verifying;
    });
    // What an earlier process left open is read, too: whether it was done tells the server's answer, or the end.
    const bool done = record.state == ActionState::Succeeded || !record.serverReference.isEmpty() ||
                      !record.proof.isEmpty();
    return accepted && done && isFinal(record.state) ? record.plan.reverse : std::nullopt;
}

bool isFinal(ActionState state)
{
    switch (state) {
    case ActionState::Succeeded:
    case ActionState::Failed:
    case ActionState::Cancelled:
    case ActionState::Unknown:
    case ActionState::Refused:
        return true;
    default:
        return false;
    }
}

QList<Evidence> ActionPlan::seriousChecks() const
{
    QList<Evidence> serious;
    for (const Evidence &check : checks) {
        if (check.verdict != Evidence::Verdict::Good && !advisory.contains(check.id))
            serious.append(check);
    }
    return serious;
}

namespace {

using ActionGate = std::optional<Error> (*)(const ActionRequest &, const GateContext &);

std::optional<Error> refusedReadOnly(const ActionRequest &request, const GateContext &context)
{
    if (!context.readOnly)
        return std::nullopt;
    return Error{Error::Kind::Forbidden, ActionWords::tr("The environment %1 is read-only.").arg(request.environment),
                 ActionWords::tr("This cockpit changes nothing there."),
                 ActionWords::tr("Use the configuration that allows actions, or the server's own tools.")};
}

std::optional<Error> refusedSourceDown(const ActionRequest &, const GateContext &context)
{
    if (!context.targetSourceDown)
        return std::nullopt;
    return Error{Error::Kind::Unavailable, context.targetSourceWords, ActionWords::tr("The action cannot reach it."),
                 ActionWords::tr("Try again when it answers.")};
}

/// What gives attention back (ending a silence) may run on old data: it can only show more.
std::optional<Error> refusedStale(const ActionRequest &request, const GateContext &context)
{
    if (!context.dataStale || std::holds_alternative<ExpireSilence>(request.intent))
        return std::nullopt;
    return Error{Error::Kind::Unavailable, context.dataAgeWords, ActionWords::tr("It would be decided on old data."),
                 ActionWords::tr("Try again when the data is fresh.")};
}

} // namespace

std::optional<Error> refusedByGate(const ActionRequest &request, const GateContext &context)
{
    constexpr ActionGate gates[] = {refusedReadOnly, refusedSourceDown, refusedStale};
    for (const ActionGate gate : gates) {
        if (auto reason = gate(request, context))
            return reason;
    }
    return std::nullopt;
}

} // namespace cockpit
