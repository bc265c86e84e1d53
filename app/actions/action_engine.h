// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/acknowledge_alert.h"
#include "app/actions/action_handler.h"
#include "app/actions/expire_silence.h"
#include "app/actions/not_configured.h"
#include "app/actions/rollout/rollout_handler.h"
#include "app/actions/rollout/rollout_operations.h"
#include "app/actions/silence_alerts.h"

#include <QHash>

#include <deque>
#include <functional>
#include <memory>

namespace cockpit {

/// What the engine lives on. References outlive it.
struct ActionEngineParts {
    const Clock &clock;
    HttpClient &http;
    StoreThread &store;
    Post post;         ///< delivers on the owner's thread; thread-safe
    MembersOf members; ///< live members of an Alertmanager cluster
    std::function<std::shared_ptr<const Fleet>()> fleet;
    std::function<GateContext(const ActionRequest &)> gates;
    /// Runs a call later, in real time, on the owner's thread (a timer).
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later;
    std::function<void(const ActionRecord &)> report; ///< each time a record moved
    SeverityMap severities{};
    QTimeZone zone{QTimeZone::systemTimeZone()};
    std::chrono::milliseconds proofTime{10000}; ///< how long an effect may take to show, in real time
    KubernetesCalls *kubernetes = nullptr;      ///< null = no cluster is configured
    std::function<const RolloutEntry *(const ObjectKey &)> rollout{}; ///< as it is shown; null when it is not known
    ActionHandler *overrideBreaker = nullptr;                         ///< null = no source of breakers is configured
    ActionHandler *resetBreaker = nullptr;
    ActionHandler *setFlag = nullptr;          ///< null = no feature flag service is configured
    ActionHandler *setReplicaLimits = nullptr; ///< null = no cluster is configured
    ActionHandler *setSync = nullptr;          ///< null = no cluster is configured
    ActionHandler *triggerPage = nullptr;      ///< these five: null = no paging service is configured
    ActionHandler *acknowledgePage = nullptr;
    ActionHandler *resolvePage = nullptr;
    ActionHandler *escalatePage = nullptr;
    ActionHandler *addResponders = nullptr;
    ActionHandler *postMessage = nullptr; ///< null = no chat is configured
    PagingCalls *paging = nullptr;        ///< an acknowledgement reaches the alert's page too; null = there is none
    std::function<std::optional<Page>(const Labels &alert)> openPage{}; ///< of an alert, as it is shown
    MeasureAll measureAll{};       ///< of all traffic of a service, for the proof; empty = there are no metrics
    CountSessions countSessions{}; ///< empty = no query is configured
    LeastBudget leastBudget{};     ///< empty = nobody measures objectives
    Duration verifyWindow{0};      ///< how long the effect has to hold, where a request does not say; 0 = the policy's
};

/// Runs every action: plan, confirm, journal, send once, verify or settle (architecture.md, "How actions flow").
/// All calls on one thread, its owner's; reports come on that thread too.
class ActionEngine {
public:
    explicit ActionEngine(ActionEngineParts parts);
    ActionEngine(const ActionEngine &) = delete;
    ActionEngine &operator=(const ActionEngine &) = delete;

    /// Reads what it would do. Ends as Planned or Refused. An empty id and an empty time are filled in.
    ActionId plan(ActionRequest request);
    /// Runs a planned action once; again, or on anything but a planned one, it does nothing.
    void confirm(const ActionId &id, const QStringList &accepted);
    /// Possible until it is on its way.
    void cancel(const ActionId &id);
    /// Settles, by reading only, what an earlier process left open. Errors of the journal come through `problem`.
    void resumeOpenActions(const QString &environment, std::function<void(const Error &)> problem);
    /// Null when it is not known here (any more: the last 100 that ended are kept).
    const ActionRecord *find(const ActionId &id) const;
    /// Those between their confirmation and their end, also of an earlier process.
    QList<ActionRecord> openActions() const;
    /// Whether nothing is between its confirmation and its end.
    bool isIdle() const;
    /// For handlers that send on their own time: puts on disk that the request leaves next (or, `takenBack`, that it
    /// has not left after all), then calls. An error: it must not leave.
    void beginSending(const ActionId &id, std::function<void(Result<Done>)> then, bool takenBack = false);

private:
    void apply(const ActionId &id, const ActionEvent &event);
    void run(const ActionId &id, ActionEffect effect, const ActionRecord &record);
    void writeJournal(const ActionRecord &record);
    void findRecent(const ActionRequest &request, std::function<void(QList<ActionRecord>)> done);
    /// Reads until it is proven or the time is up; the last reading then decides.
    void prove(const ActionId &id, bool settling, Clock::Monotonic until, std::chrono::milliseconds pause);
    void forgetOldest(const ActionId &ended);
    /// Who the target's server says we are.
    QString identityFor(const ActionRequest &request) const;
    ActionHandler &handlerOf(const ActionIntent &intent);

    // One overload per intent: an intent without a handler does not compile.
    ActionHandler &handler(const SilenceAlerts &) { return m_silenceAlerts; }
    ActionHandler &handler(const ExpireSilence &) { return m_expireSilence; }
    ActionHandler &handler(const AcknowledgeAlert &) { return m_acknowledgeAlert; }
    ActionHandler &handler(const AbortRollout &) { return orNone(m_abort); }
    ActionHandler &handler(const UndoRollout &) { return orNone(m_undo); }
    ActionHandler &handler(const PromoteRollout &) { return orNone(m_promote); }
    ActionHandler &handler(const PauseRollout &) { return orNone(m_pause); }
    ActionHandler &handler(const ResumeRollout &) { return orNone(m_resume); }
    ActionHandler &handler(const RetryRollout &) { return orNone(m_retry); }
    ActionHandler &handler(const RestartRollout &) { return orNone(m_restart); }
    ActionHandler &handler(const ScaleRollout &) { return orNone(m_scale); }
    ActionHandler &handler(const OverrideBreaker &)
    {
        return m_parts.overrideBreaker ? *m_parts.overrideBreaker : m_noBreakers;
    }
    ActionHandler &handler(const ResetBreaker &) { return m_parts.resetBreaker ? *m_parts.resetBreaker : m_noBreakers; }
    ActionHandler &handler(const SetFlag &) { return m_parts.setFlag ? *m_parts.setFlag : m_noFlags; }
    ActionHandler &handler(const SetSync &)
    {
        return m_parts.setSync ? *m_parts.setSync : static_cast<ActionHandler &>(m_noKubernetes);
    }
    ActionHandler &handler(const TriggerPage &) { return orNoPaging(m_parts.triggerPage); }
    ActionHandler &handler(const AcknowledgePage &) { return orNoPaging(m_parts.acknowledgePage); }
    ActionHandler &handler(const ResolvePage &) { return orNoPaging(m_parts.resolvePage); }
    ActionHandler &handler(const EscalatePage &) { return orNoPaging(m_parts.escalatePage); }
    ActionHandler &handler(const AddResponders &) { return orNoPaging(m_parts.addResponders); }
    ActionHandler &handler(const PostMessage &) { return m_parts.postMessage ? *m_parts.postMessage : m_noChat; }
    ActionHandler &orNoPaging(ActionHandler *one) { return one ? *one : m_noPaging; }
    ActionHandler &handler(const SetReplicaLimits &)
    {
        return m_parts.setReplicaLimits ? *m_parts.setReplicaLimits : m_noKubernetes;
    }
    ActionHandler &orNone(RolloutHandler &one)
    {
        return m_parts.kubernetes ? static_cast<ActionHandler &>(one) : m_noKubernetes;
    }

    ActionEngineParts m_parts;
    AlertmanagerCalls m_calls;
    ActionContext m_context;
    SilenceAlertsHandler m_silenceAlerts;
    ExpireSilenceHandler m_expireSilence;
    AcknowledgeAlertHandler m_acknowledgeAlert;
    NotConfiguredHandler m_noKubernetes;
    NotConfiguredHandler m_noBreakers;
    NotConfiguredHandler m_noFlags;
    NotConfiguredHandler m_noPaging;
    NotConfiguredHandler m_noChat;
    RolloutHandler m_abort;
    RolloutHandler m_undo;
    RolloutHandler m_promote;
    RolloutHandler m_pause;
    RolloutHandler m_resume;
    RolloutHandler m_retry;
    RolloutHandler m_restart;
    RolloutHandler m_scale;
    QHash<ActionId, ActionRecord> m_records;
    std::deque<ActionId> m_ended;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
