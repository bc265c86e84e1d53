// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"

#include <QByteArray>

namespace cockpit {

/// What the journal keeps: the whole record, lossless, with the format's version in "v".
QByteArray encodeActionRecord(const ActionRecord &record);
/// Reads what encodeActionRecord() wrote. Errors: Parse, also for a newer version than this program knows.
Result<ActionRecord> decodeActionRecord(const QByteArray &bytes);

/// The contract of an action with `--json` (architecture.md): `{"id","action","object","state","steps","checks",
/// "message"}` and, of what was planned and proven, `title`, `willChange`, `willNotChange`, `diff`, `duration`, `proof`
/// and `identity`. One line, ends without a newline.
QByteArray actionContractJson(const ActionRecord &record);
/// The exit code of a command that ran (or planned, with `dryRun`) this action: 0 succeeded or planned, 1 failed,
/// 2 refused, 3 unknown, 4 cancelled. A record that is not final otherwise is 3: its outcome is not known.
int actionExitCode(const ActionRecord &record, bool dryRun);

} // namespace cockpit
