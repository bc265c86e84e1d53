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

} // namespace cockpit
