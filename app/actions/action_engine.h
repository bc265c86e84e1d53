// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/acknowledge_alert.h"
#include "app/actions/action_handler.h"
#include "app/actions/expire_silence.h"
#include "app/actions/rollout/no_kubernetes.h"
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
    /// Whether nothing is between its confirmation and its end.
    bool isIdle() const;

private:
    void apply(const ActionId &id, const ActionEvent &event);
    void run(const ActionId &id, ActionEffect effect, const ActionRecord &record);
    void writeJournal(const ActionRecord &record);
    /// Reads until it is proven or the time is up; the last reading then decides.
    void prove(const ActionId &id, bool settling, Clock::Monotonic until, std::chrono::milliseconds pause);
    void forgetOldest(const ActionId &ended);
    ActionHandler &handlerOf(const ActionIntent &intent);

    // One overload per intent: an intent without a handler does not compile.
    ActionHandler &handler(const SilenceAlerts &) { return m_silenceAlerts; }
    ActionHandler &handler(const ExpireSilence &) { return m_expireSilence; }
    ActionHandler &handler(const AcknowledgeAlert &) { return m_acknowledgeAlert; }
    template<typename Intent> ActionHandler &handler(const Intent &intent)
    {
        static_assert(requires { intent.object.context; }, "give the new intent a handler");
        return m_noKubernetes;
    }

    ActionEngineParts m_parts;
    AlertmanagerCalls m_calls;
    ActionContext m_context;
    SilenceAlertsHandler m_silenceAlerts;
    ExpireSilenceHandler m_expireSilence;
    AcknowledgeAlertHandler m_acknowledgeAlert;
    NoKubernetesHandler m_noKubernetes;
    QHash<ActionId, ActionRecord> m_records;
    std::deque<ActionId> m_ended;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
