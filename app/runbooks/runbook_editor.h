// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/runbook_writer.h"

namespace cockpit {

/// Program and arguments that open a place: the configured ones with "{file}" and "{line}" filled in (the file is put
/// behind them where it is not named), else the desktop's `xdg-open`. Never through a shell. Pure.
QStringList editorCommand(const QStringList &configured, const RunbookPlace &place);

/// Starts it on its own. Blocks for the start only. Errors: Unavailable.
Result<Done> openInEditor(const QStringList &configured, const RunbookPlace &place);

} // namespace cockpit
