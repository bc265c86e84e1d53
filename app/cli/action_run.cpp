// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"

#include "app/cli/output.h"
#include "app/formats/action_codec.h"

#include <QCoreApplication>

#include <memory>

namespace cockpit {

namespace {

/// A proof that goes on says so at least this often.
constexpr Duration kSilence{std::chrono::minutes(1)};

QString runWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

/// The figures of a proof.
void printProof(const QList<Evidence> &proof)
{
    for (const Evidence &check : proof)
        printOut(QStringLiteral("  ") + toWireName(check.verdict) + QStringLiteral("  ") + terminalText(check.text));
}

/// Each with what it means for running: nothing, only told, or in the way until it is accepted.
void printChecks(const ActionPlan &plan)
{
    const QList<Evidence> serious = plan.seriousChecks();
    for (const Evidence &check : plan.checks) {
        const bool good = check.verdict == Evidence::Verdict::Good;
        const QString means = good                       ? QString()
                              : serious.contains(check) ? runWords(", blocks until --accept ") + check.id
                                                        : runWords(", advisory");
        printOut(QStringLiteral("  ") + toWireName(check.verdict) + means + QStringLiteral(": ") + terminalText(check.text)
                 + (good ? QStringLiteral("  [") + check.id + u']' : QString()));
    }
}

void printPlan(const ActionRecord &record)
{
    const ActionPlan &plan = record.plan;
    printOut(terminalText(plan.title));
    if (const ObjectKey *object = objectOf(record.request.intent)) // which of the clusters is meant
        printOut(QStringLiteral("  ") + terminalText(object->path()));
    for (const QString &line : plan.willChange)
        printOut(QStringLiteral("  + ") + terminalText(line));
    for (const QString &line : plan.willNotChange)
        printOut(QStringLiteral("  - ") + terminalText(line));
    if (!plan.duration.isEmpty())
        printOut(QStringLiteral("  ") + runWords("It takes ") + terminalText(plan.duration));
    for (const QString &line : plan.diff.split(u'\n', Qt::SkipEmptyParts))
        printOut(QStringLiteral("    ") + terminalText(line));
    printChecks(plan);
}

/// Serious checks that neither `--accept ID` nor `--accept all` names.
QStringList notAccepted(const ActionPlan &plan, const QStringList &accepted)
{
    QStringList missing;
    for (const Evidence &check : plan.seriousChecks()) {
        if (!accepted.contains(check.id) && !accepted.contains(QStringLiteral("all")))
            missing.append(check.id);
    }
    return missing;
}

QStringList acceptedIds(const ActionPlan &plan)
{
    QStringList ids;
    for (const Evidence &check : plan.seriousChecks())
        ids.append(check.id);
    return ids;
}

/// Follows one action from its plan to its outcome.
class ActionFollower : public QObject {
public:
    ActionFollower(Session &session, Invocation invocation, Finish finish)
        : QObject(&session), m_session(session), m_invocation(std::move(invocation)), m_finish(std::move(finish))
    {
    }

    void begin(const ActionRequest &request)
    {
        m_id = request.id;
        ActionStore &store = m_session.cockpit().models().actions;
        connect(&store, &ActionStore::changed, this, [this, &store](const ActionId &id) {
            if (const ActionRecord *record = store.find(id); record && id == m_id)
                moved(*record);
        });
        m_session.cockpit().actions().plan(request);
    }

private:
    void moved(ActionRecord record)
    {
        if (m_ended)
            return;
        if (record.state == ActionState::Planned && !m_decided)
            return decide(record);
        if (!m_invocation.json)
            printSteps(record.steps, record.updatedAt);
        if (isFinal(record.state))
            end(record, false);
    }

    /// A reading on the way to the proof gives way to the next one: each is printed when its words change, and again
    /// after a minute, so that a wait is no silence.
    void printSteps(const QList<ActionStep> &steps, Instant now)
    {
        while (m_printed < steps.size()) {
            const ActionStep &one = steps[m_printed];
            const bool same = one.isProgress && one.text == m_progress && now - m_progressAt < kSilence;
            if (same && m_printed + 1 == steps.size())
                return;
            if (!same)
                printOut(one.isProgress ? utcTimeText(now) + QStringLiteral("  ") + terminalText(one.text)
                                        : terminalText(one.text));
            if (one.isProgress) {
                m_progress = one.text;
                m_progressAt = now;
            }
            if (one.isProgress && m_printed + 1 == steps.size())
                return;
            ++m_printed;
        }
    }

    void decide(ActionRecord record)
    {
        m_decided = true;
        if (!m_invocation.json)
            printPlan(record);
        m_printed = record.steps.size();
        if (m_invocation.dryRun)
            return end(record, true);
        const QStringList missing = notAccepted(record.plan, m_invocation.accepted);
        if (m_invocation.yes && missing.isEmpty())
            return m_session.cockpit().actions().confirm(m_id, acceptedIds(record.plan));
        m_ended = true; // the cancellation is no answer of its own
        m_session.cockpit().actions().cancel(m_id);
        record.state = ActionState::Refused;
        record.message = !m_invocation.yes
                             ? runWords("Nothing was sent. Add --yes to run it.")
                             : runWords("Nothing was sent: a serious check stands against it. To run it all the same: ")
                                   + QStringLiteral("--accept ") + missing.join(QStringLiteral(" --accept "));
        end(record, false);
    }

    void end(const ActionRecord &record, bool dryRun)
    {
        m_ended = true;
        if (m_invocation.json)
            printOut(actionContractJson(record));
        else if (m_printed == 0 || record.steps.isEmpty() || record.steps.last().text != record.message)
            printOut(terminalText(record.message));
        if (!m_invocation.json)
            printProof(record.proof);
        m_finish(actionExitCode(record, dryRun));
        deleteLater();
    }

    Session &m_session;
    Invocation m_invocation;
    Finish m_finish;
    ActionId m_id;
    qsizetype m_printed = 0;
    QString m_progress; ///< the reading that was printed last
    Instant m_progressAt{};
    bool m_decided = false;
    bool m_ended = false;
};

} // namespace

void runAction(Session &session, const Invocation &invocation, ActionRequest request, Finish finish)
{
    if (!invocation.actor.isEmpty())
        request.actor = invocation.actor;
    request.reason = invocation.reason;
    request.proofWindow = invocation.verify;
    auto *follower = new ActionFollower(session, invocation, std::move(finish));
    follower->begin(session.cockpit().completed(std::move(request)));
}

void tellOpenActions(Session &session)
{
    for (const ActionRecord &one : session.cockpit().actions().openActions()) {
        const QString title = one.plan.title.isEmpty() ? one.request.target : one.plan.title;
        printError(runWords("Still open: %1 (%2, by %3). %4 The window follows it, and so does the next command.")
                       .arg(terminalText(title), utcDateTimeText(one.request.requestedAt), terminalText(one.request.actor),
                            one.steps.isEmpty() ? QString() : terminalText(one.steps.constLast().text)));
    }
}

void refuseAction(const Invocation &invocation, const ActionRequest &request, const Error &error, const Finish &finish)
{
    ActionRecord record{.request = request, .state = ActionState::Refused, .message = error.text()};
    if (invocation.json)
        printOut(actionContractJson(record));
    else
        printError(terminalText(error.text()));
    finish(actionExitCode(record, false));
}

} // namespace cockpit
