// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/breaker_intents.h"
#include "models/capacity.h"
#include "models/evidence.h"
#include "models/flag_intents.h"
#include "models/ids.h"
#include "models/instant.h"
#include "models/paging_intents.h"
#include "models/result.h"
#include "models/rollout_intents.h"
#include "models/sync_intents.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace cockpit {

/// Silence everything that the matchers catch, in one Alertmanager cluster. With `replaces` it edits that silence.
struct SilenceAlerts {
    static constexpr const char *wireName = "alert.silence";
    QString cluster{};
    QList<Matcher> matchers{};
    Instant startsAt{};
    Instant endsAt{};
    QString comment{};
    QString replaces{};
    bool operator==(const SilenceAlerts &) const = default;
};

/// End a silence (or an acknowledgement) now.
struct ExpireSilence {
    static constexpr const char *wireName = "alert.unsilence";
    QString cluster{};
    QString silenceId{};
    bool operator==(const ExpireSilence &) const = default;
};

/// "I am on it": an exact-label silence of `length` with karma's comment (backends.md §2.6).
struct AcknowledgeAlert {
    static constexpr const char *wireName = "alert.acknowledge";
    AlertKey alert{};
    Labels labels{};
    Duration length{std::chrono::minutes(15)};
    bool operator==(const AcknowledgeAlert &) const = default;
};

/// What a person wants. Each has a stable wire name for command line, log and runbook blocks.
using ActionIntent = std::variant<SilenceAlerts, ExpireSilence, AcknowledgeAlert, AbortRollout, UndoRollout, PromoteRollout,
                                  PauseRollout, ResumeRollout, RetryRollout, RestartRollout, ScaleRollout,
                                  OverrideBreaker, ResetBreaker, SetFlag, SetReplicaLimits, TriggerPage, AcknowledgePage,
                                  ResolvePage, EscalatePage, AddResponders, PostMessage, SetSync>;
/// "alert.silence" and so on.
QString wireName(const ActionIntent &intent);
/// The Kubernetes object that it acts on; null for what acts on alerts. Lives in the intent.
const ObjectKey *objectOf(const ActionIntent &intent);

/// The source that it is asked of, for what acts on breakers, flags, pages and chat; empty for all else.
SourceId sourceOf(const ActionIntent &intent);

/// The one door out.
struct ActionRequest {
    ActionId id{};
    QString environment{};
    QString target{};  ///< for people: "GCHighErrorRate of gc-service"
    ServiceId service{};
    ActionIntent intent{};
    QString actor{};
    QString reason{};
    Instant requestedAt{};
    Duration proofWindow{0}; ///< how long the effect has to hold for its proof; 0 = as the policy says
    bool preview = false; ///< only to be looked at, never to be run: a refusal of it is not logged
    bool operator==(const ActionRequest &) const = default;
};

/// What it would do, and what is known about whether it can: shown before anything is sent.
struct ActionPlan {
    QString title{};            ///< "Silence GCHighErrorRate until 03:27"
    QString runLabel{};         ///< the button's word: "Silence for 15 m"
    QStringList willChange{};
    QStringList willNotChange{};
    QString diff{};             ///< what changes in the object, readable, line by line with "+ " and "- "; may be empty
    QString duration{};         ///< "about 45 s, as the last three": expected, from history; may be empty
    QStringList steps{};        ///< what will be done, in order
    QList<Evidence> checks{};
    QStringList advisory{};     ///< ids of checks that are told, and never have to be accepted
    QString precondition{};     ///< the version of the server's object that was planned for; read again before sending
    Duration bar{3000};         ///< runs by itself after this when clicked; 0 = only by an explicit second press
    std::optional<ActionIntent> reverse{}; ///< what undoes it once it was done
    bool operator==(const ActionPlan &) const = default;
    /// Checks with verdict bad or unknown that need `--accept ID` or an explicit press.
    QList<Evidence> seriousChecks() const;
};

/// Unknown is the word when reading did not settle it either; it is read once more at the next start.
enum class ActionState { Requested, Planned, Armed, Executing, Verifying, Succeeded, Failed, Cancelled, Unknown, Refused };
/// "planned", "succeeded", …: the words of the command line's contract.
QString toWireName(ActionState state);
bool isFinal(ActionState state);

/// One thing that was done, for the strip and the activity log.
struct ActionStep {
    QString text{};
    ActionState state = ActionState::Requested;
    Instant at{};
    bool isProgress = false; ///< a reading on the way to the proof: the next one takes its place
    bool operator==(const ActionStep &) const = default;
};

/// Everything about one action; what the journal persists, so that a kill -9 resumes it.
struct ActionRecord {
    ActionRequest request{};
    ActionPlan plan{};
    ActionState state = ActionState::Requested;
    QList<ActionStep> steps{};
    QStringList accepted{}; ///< ids of serious checks that the person accepted
    QString identity{};     ///< who the target's server says we are: the user of the Kubernetes context; may be empty
    QString message{};      ///< the outcome in words, with what to do next
    QString serverReference{}; ///< what the server made: the silence id
    QString serverName{};      ///< the member that took it: the proof is read there
    QList<Evidence> proof{};   ///< the figures on which improving, proven or failed rests; newest reading
    Instant updatedAt{};
    std::optional<Instant> sendBegunAt{}; ///< when it was about to leave, on disk before it did: without it none did
    bool resumed = false; ///< an earlier process left it open, and the log says so
    bool operator==(const ActionRecord &) const = default;
};

// Events that move an action.
struct PlanMade { ActionPlan plan{}; };
struct PlanRefused { Error error{}; };
struct ConfirmedByPerson { QStringList accepted{}; };
struct CancelledByPerson {};
struct IntentJournalled {};                                    ///< it is on disk: now it may be sent
struct JournalFailed { Error error{}; };
/// The request that changes something leaves next; it is on disk before it does. `takenBack`: the server refused it
/// clearly for now, so that nothing has left after all. A resumed action that never left may begin, too.
struct SendingBegins { bool takenBack = false; };
struct ServerAccepted { QString words{}; QString reference{}; QString member{}; };
/// `nothingSent`: it was the cockpit that did not go on, or a conflict: nothing at all was changed.
struct ServerRefused { Error error{}; bool nothingSent = false; };
/// Sent, and no answer: settled by reading, never by sending again. `forGood`: reading again will not tell more.
struct OutcomeNotKnown { Error error{}; bool forGood = false; };
/// `reference`: when found by reading. `proof` replaces the figures of before where it is not empty.
struct EffectProven { QString words{}; QString reference{}; QString member{}; QList<Evidence> proof{}; };
struct EffectNotProven { Error error{}; QList<Evidence> proof{}; };
/// Still being proven: "2/4 pods", "improving (6.8 → 1.3 %, window still holds old samples)". Replaces the last such step.
struct EffectProgress { QString words{}; QList<Evidence> proof{}; };
struct ResumedAfterRestart {};
using ActionEvent = std::variant<PlanMade, PlanRefused, ConfirmedByPerson, CancelledByPerson, IntentJournalled,
                                 JournalFailed, SendingBegins, ServerAccepted, ServerRefused, OutcomeNotKnown, EffectProven,
                                 EffectNotProven, EffectProgress, ResumedAfterRestart>;

/// What app/ has to do after a step, in order.
enum class ActionEffect { WriteJournal, Send, Verify, SettleByReading, Report };

/// The one machine for every action: pure. An event that the state does not know leaves the record as it is and asks
/// for nothing. Nothing asks for Send unless the intent has been journalled; Executing never goes back to Send.
std::pair<ActionRecord, std::vector<ActionEffect>> step(const ActionRecord &record, const ActionEvent &event,
                                                        Instant now);

/// "Undo the undo": what takes this action back in one click. Nothing unless the server accepted it and there is a way.
std::optional<ActionIntent> reverseOf(const ActionRecord &record);

/// What the gates look at.
struct GateContext {
    bool readOnly = false;
    bool targetSourceDown = false;
    QString targetSourceWords{}; ///< "Alertmanager eu is down since 03:12:40"
    bool dataStale = false;
    QString dataAgeWords{};      ///< "data is 4 min old"
};
/// Why this action may not run now, in words; nothing when it may. A list of pure functions, the first reason wins.
std::optional<Error> refusedByGate(const ActionRequest &request, const GateContext &context);

} // namespace cockpit
