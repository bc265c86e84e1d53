// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/invocation.h"
#include "app/cockpit/session.h"

#include <functional>
#include <optional>

namespace cockpit {

/// Called once with the exit code; the command's output is written by then.
using Finish = std::function<void(int exitCode)>;

// Each command runs on the loop of the process; none waits.

void runStatus(Session &session, const Invocation &invocation, Finish finish);
void runAlerts(Session &session, const Invocation &invocation, Finish finish);
void runSilence(Session &session, const Invocation &invocation, Finish finish);
void runUnsilence(Session &session, const Invocation &invocation, Finish finish);
void runAcknowledge(Session &session, const Invocation &invocation, Finish finish);
void runRollouts(Session &session, const Invocation &invocation, Finish finish);
void runRollback(Session &session, const Invocation &invocation, Finish finish);
void runPromote(Session &session, const Invocation &invocation, Finish finish);
void runPause(Session &session, const Invocation &invocation, Finish finish);
void runResume(Session &session, const Invocation &invocation, Finish finish);
void runRetry(Session &session, const Invocation &invocation, Finish finish);
void runRestart(Session &session, const Invocation &invocation, Finish finish);
void runScale(Session &session, const Invocation &invocation, Finish finish);
void runRunbooks(Session &session, const Invocation &invocation, Finish finish);
void runRunbook(Session &session, const Invocation &invocation, Finish finish);
void runBreakers(Session &session, const Invocation &invocation, Finish finish);
void runBreaker(Session &session, const Invocation &invocation, Finish finish);
void runOverrides(Session &session, const Invocation &invocation, Finish finish);
void runFlags(Session &session, const Invocation &invocation, Finish finish);
void runFlag(Session &session, const Invocation &invocation, Finish finish);
void runGitOps(Session &session, const Invocation &invocation, Finish finish);
void runCapacity(Session &session, const Invocation &invocation, Finish finish);
void runSlos(Session &session, const Invocation &invocation, Finish finish);
void runDelivery(Session &session, const Invocation &invocation, Finish finish);
void runReport(Session &session, const Invocation &invocation, Finish finish);
void runLoad(Session &session, const Invocation &invocation, Finish finish);
void runIncidents(Session &session, const Invocation &invocation, Finish finish);
void runIncident(Session &session, const Invocation &invocation, Finish finish);
void runPostmortem(Session &session, const Invocation &invocation, Finish finish);
void runPages(Session &session, const Invocation &invocation, Finish finish);
void runPage(Session &session, const Invocation &invocation, Finish finish);
void runOnCall(Session &session, const Invocation &invocation, Finish finish);
void runSay(Session &session, const Invocation &invocation, Finish finish);
void runActivity(Session &session, const Invocation &invocation, Finish finish);
void runVerifyLog(Session &session, const Invocation &invocation, Finish finish);
void runSelfCheck(Session &session, const Invocation &invocation, Finish finish);
void runExport(Session &session, const Invocation &invocation, Finish finish);
// These need no session: they only read files.
int lintConfig(const Invocation &invocation);
int lintPolicy(const Invocation &invocation);
/// `store backup FILE`, `store restore FILE`: of the store that the configuration names, which nobody may have open to restore.
int runStoreCommand(const Invocation &invocation);
/// `export policy` with the configuration of a file; without one for the preset "recorded". Nothing when a cluster has to
/// be asked first what it runs.
std::optional<int> exportAtOnce(const Invocation &invocation);

/// Goes on as soon as `ready` says so, looked at with each new fleet, or when the invocation's time is over.
void whenReady(Session &session, const Invocation &invocation, bool (*ready)(const Cockpit &), std::function<void()> then);
/// Calls `then` when every configured source has answered or failed, or after `--timeout`.
void whenAnswered(Session &session, const Invocation &invocation, std::function<void()> then);
/// The same, and every source of runbooks was read then, for which it waits as long again.
void whenRunbooksRead(Session &session, const Invocation &invocation, std::function<void()> then);
/// As whenRunbooksRead(), and then the archive of incidents was read and every open timeline holds what the sources and
/// the activity log tell; without the archive the command ends with code 1 and the reason.
void whenIncidentsRead(Session &session, const Invocation &invocation, Finish finish, std::function<void()> then);
/// As whenAnswered(), and everyRolloutJudged() then, for which it waits as long again.
void whenJudged(Session &session, const Invocation &invocation, std::function<void()> then);
/// What rolls out under a policy has its verdict.
bool everyRolloutJudged(const Cockpit &cockpit);

/// Null while no cluster has answered, or none is configured.
const std::vector<RolloutEntry> *shownRollouts(const Cockpit &cockpit);

} // namespace cockpit
