// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/action_engine.h"

#include "app/actions/uuid7.h"
#include "app/kubernetes/kubernetes_calls.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds kFirstProofPause{200};
constexpr std::chrono::milliseconds kLongestProofPause{3000};
constexpr size_t kEndedKept = 100;
constexpr Duration kRecent{std::chrono::hours(1)};

struct EngineWords {
    Q_DECLARE_TR_FUNCTIONS(ActionEngine)
};

Error stillGoing(const QString &words)
{
    return Error{Error::Kind::Timeout, words,
                 QCoreApplication::translate("ActionEngine", "It took longer than it is watched for."),
                 QCoreApplication::translate("ActionEngine", "Look at the object itself.")};
}

} // namespace

ActionEngine::ActionEngine(ActionEngineParts parts)
    : m_parts(std::move(parts))
    , m_calls(m_parts.http, m_parts.post, m_parts.members)
    , m_context{m_parts.clock,      m_calls,         m_parts.fleet,      m_parts.severities,   m_parts.zone,
                m_parts.kubernetes, m_parts.rollout, m_parts.measureAll, m_parts.countSessions,
                [this](const ActionId &id, std::function<void(Result<Done>)> then) { beginSending(id, std::move(then)); },
                [this](const ActionRequest &request, std::function<void(QList<ActionRecord>)> done) {
                    findRecent(request, std::move(done));
                },
                m_parts.paging, m_parts.openPage, m_parts.leastBudget}
    , m_silenceAlerts(m_context)
    , m_expireSilence(m_context)
    , m_acknowledgeAlert(m_context)
    , m_noKubernetes(EngineWords::tr("No Kubernetes cluster is configured."),
                     EngineWords::tr("Name a kubeconfig or a context under `kubernetes:` in the configuration."))
    , m_noBreakers(EngineWords::tr("No source of circuit breakers is configured."),
                   EngineWords::tr("Name one under `breakers:` in the configuration."))
    , m_noFlags(EngineWords::tr("No feature flag service is configured."),
                EngineWords::tr("Name one under `flags:` in the configuration."))
    , m_noPaging(EngineWords::tr("No paging service is configured."),
                 EngineWords::tr("Name one under `paging:` in the configuration."))
    , m_noChat(EngineWords::tr("No chat is configured."), EngineWords::tr("Name one under `chat:` in the configuration."))
    , m_abort(m_context, std::make_unique<AbortOperation>())
    , m_undo(m_context, std::make_unique<UndoOperation>())
    , m_promote(m_context, std::make_unique<PromoteOperation>())
    , m_pause(m_context, std::make_unique<PauseOperation>())
    , m_resume(m_context, std::make_unique<ResumeOperation>())
    , m_retry(m_context, std::make_unique<RetryOperation>())
    , m_restart(m_context, std::make_unique<RestartOperation>())
    , m_scale(m_context, std::make_unique<ScaleOperation>())
{}

ActionHandler &ActionEngine::handlerOf(const ActionIntent &intent)
{
    static_assert(std::variant_size_v<ActionIntent> == 22, "give the new intent a handler file and an overload");
    return std::visit([this](const auto &one) -> ActionHandler & { return handler(one); }, intent);
}

ActionId ActionEngine::plan(ActionRequest request)
{
    const Instant now = m_parts.clock.now();
    if (request.id.isEmpty())
        request.id = newActionId(now);
    if (request.requestedAt == Instant{})
        request.requestedAt = now;
    const ActionId id = request.id;
    const auto known = m_records.constFind(id);
    if (known != m_records.constEnd() && known->state != ActionState::Requested && known->state != ActionState::Planned)
        return id; // it runs or has ended: a new wish needs a new id
    if (request.proofWindow == Duration::zero())
        request.proofWindow = m_parts.verifyWindow;
    ActionRecord record;
    record.request = request;
    record.identity = identityFor(request);
    record.updatedAt = now;
    m_records.insert(id, record);
    m_parts.report(record);
    if (auto refused = refusedByGate(request, m_parts.gates(request))) {
        apply(id, PlanRefused{*refused});
        return id;
    }
    handlerOf(request.intent).plan(request, [this, id](const Result<ActionPlan> &planned) {
        apply(id, planned ? ActionEvent(PlanMade{*planned}) : ActionEvent(PlanRefused{planned.error()}));
    });
    return id;
}

void ActionEngine::confirm(const ActionId &id, const QStringList &accepted)
{
    const auto known = m_records.constFind(id);
    if (known == m_records.constEnd() || known->state != ActionState::Planned)
        return;
    const ActionRequest request = known->request;
    if (auto refused = refusedByGate(request, m_parts.gates(request)))
        apply(id, PlanRefused{*refused});
    else
        apply(id, ConfirmedByPerson{accepted});
}

QString ActionEngine::identityFor(const ActionRequest &request) const
{
    const ObjectKey *object = objectOf(request.intent);
    return object && m_parts.kubernetes ? m_parts.kubernetes->identity(object->context) : QString();
}

void ActionEngine::cancel(const ActionId &id) { apply(id, CancelledByPerson{}); }

const ActionRecord *ActionEngine::find(const ActionId &id) const
{
    const auto known = m_records.constFind(id);
    return known == m_records.constEnd() ? nullptr : &known.value();
}

QList<ActionRecord> ActionEngine::openActions() const
{
    QList<ActionRecord> open;
    for (const ActionRecord &record : m_records) {
        if (record.state == ActionState::Armed || record.state == ActionState::Executing ||
            record.state == ActionState::Verifying)
            open.append(record);
    }
    return open;
}

bool ActionEngine::isIdle() const { return openActions().isEmpty(); }

void ActionEngine::resumeOpenActions(const QString &environment, std::function<void(const Error &)> problem)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<OpenActions>(
        [environment](Store &store) { return store.journal().claimOpenActions(environment); },
        [this, alive, problem = std::move(problem)](const Result<OpenActions> &open) {
            if (alive.expired())
                return;
            if (!open)
                return problem(open.error());
            for (const Error &unreadable : open->unreadable)
                problem(unreadable);
            for (const ActionRecord &record : open->records) {
                m_records.insert(record.request.id, record);
                apply(record.request.id, ResumedAfterRestart{});
            }
        });
}

void ActionEngine::apply(const ActionId &id, const ActionEvent &event)
{
    const auto known = m_records.constFind(id);
    if (known == m_records.constEnd())
        return;
    const bool wasFinal = isFinal(known->state);
    const auto [record, effects] = step(*known, event, m_parts.clock.now());
    if (effects.empty())
        return;
    m_records.insert(id, record);
    if (isFinal(record.state) && !wasFinal)
        forgetOldest(id);
    for (const ActionEffect effect : effects)
        run(id, effect, record);
}

void ActionEngine::run(const ActionId &id, ActionEffect effect, const ActionRecord &record)
{
    const auto patience = handlerOf(record.request.intent).proofTime(record);
    const auto until = m_parts.clock.monotonic() + std::max(m_parts.proofTime, patience);
    switch (effect) {
    case ActionEffect::WriteJournal:
        return writeJournal(record);
    case ActionEffect::Report:
        return m_parts.report(record);
    case ActionEffect::Verify:
        return prove(id, false, until, kFirstProofPause);
    case ActionEffect::SettleByReading:
        return prove(id, true, until, kFirstProofPause);
    case ActionEffect::Send:
        return handlerOf(record.request.intent).send(record, [this, id](const ActionEvent &event) {
            apply(id, event);
        });
    }
}

void ActionEngine::writeJournal(const ActionRecord &record)
{
    const ActionId id = record.request.id;
    const std::weak_ptr<bool> alive = m_alive;
    const bool isIntent = record.state == ActionState::Armed;
    m_parts.store.ask<Done>([record](Store &store) { return store.journal().writeAction(record); },
                            [this, alive, id, isIntent](const Result<Done> &written) {
                                if (alive.expired())
                                    return;
                                if (!written)
                                    apply(id, JournalFailed{written.error()});
                                else if (isIntent)
                                    apply(id, IntentJournalled{});
                            });
}

void ActionEngine::beginSending(const ActionId &id, std::function<void(Result<Done>)> then, bool takenBack)
{
    apply(id, SendingBegins{takenBack});
    const ActionRecord *record = find(id);
    if (!record)
        return;
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<Done>([record = *record](Store &store) { return store.journal().writeAction(record); },
                            [alive, then = std::move(then)](const Result<Done> &written) {
                                if (!alive.expired())
                                    then(written);
                            });
}

void ActionEngine::findRecent(const ActionRequest &request, std::function<void(QList<ActionRecord>)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_parts.store.ask<std::vector<ActionRecord>>(
        [environment = request.environment, since = m_parts.clock.now() - kRecent](Store &store) {
            return store.journal().recentActions(environment, since);
        },
        [alive, request, done = std::move(done)](const Result<std::vector<ActionRecord>> &recent) {
            if (alive.expired())
                return;
            QList<ActionRecord> same;
            const ObjectKey *object = objectOf(request.intent);
            for (const ActionRecord &one : recent ? *recent : std::vector<ActionRecord>()) {
                const ObjectKey *other = objectOf(one.request.intent);
                if (object && other && *other == *object && one.request.id != request.id)
                    same.append(one);
            }
            done(same);
        });
}

void ActionEngine::prove(const ActionId &id, bool settling, Clock::Monotonic until, std::chrono::milliseconds pause)
{
    const ActionRecord *record = find(id);
    if (!record || record->state != ActionState::Verifying)
        return;
    const std::weak_ptr<bool> alive = m_alive;
    const bool patient = handlerOf(record->request.intent).proofTime(*record) > std::chrono::milliseconds(0);
    const auto read = [this, alive, id, settling, until, pause, patient](const ActionEvent &event) {
        const bool decided = std::holds_alternative<EffectProven>(event) ||
                             (patient && std::holds_alternative<EffectNotProven>(event));
        const auto *unknown = std::get_if<OutcomeNotKnown>(&event);
        const bool late = (unknown && unknown->forGood) || m_parts.clock.monotonic() + pause > until;
        if (const auto *progress = std::get_if<EffectProgress>(&event)) {
            apply(id, event);
            if (late)
                return apply(id, OutcomeNotKnown{stillGoing(progress->words)});
        } else if (decided || late) {
            return apply(id, event);
        }
        m_parts.later(pause, [this, alive, id, settling, until, pause] {
            if (!alive.expired())
                prove(id, settling, until, std::min(pause * 2, kLongestProofPause));
        });
    };
    ActionHandler &handler = handlerOf(record->request.intent);
    const ActionRecord copy = *record;
    settling ? handler.settle(copy, read) : handler.verify(copy, read);
}

void ActionEngine::forgetOldest(const ActionId &ended)
{
    m_ended.push_back(ended);
    if (m_ended.size() > kEndedKept) {
        m_records.remove(m_ended.front());
        m_ended.pop_front();
    }
}

} // namespace cockpit
