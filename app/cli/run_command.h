// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"

namespace cockpit {

/// Runs what needs no session at once: help, version, lint. Nothing when the command needs one.
std::optional<int> runAtOnce(const Invocation &invocation);

/// Runs a command of the session. REQUIRES: the session is open.
void runCommand(Session &session, const Invocation &invocation, Finish finish);

/// What Session::open wants.
Session::Options sessionOptions(const Invocation &invocation, KeychainReader keychain, PdfOfHtml pdf);

/// Why a session could not be opened, on standard error; gives the exit code.
int reportNotOpened(const Session::Opened &opened);

} // namespace cockpit
