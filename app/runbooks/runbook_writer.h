// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/runbooks/runbook_folder.h"
#include "models/runbook.h"

namespace cockpit {

/// A place in a file on this disk.
struct RunbookPlace {
    QString file{}; ///< absolute, links resolved
    int line = 1;   ///< from 1
};

/// Finds (or appends) the section for what was learned and puts a dated stub at its end. The file is written whole or
/// not at all, and only when it still is what was read (`hash`). Blocks. Errors: Conflict (it was changed meanwhile),
/// NotFound, Invalid (outside of the folder), TooLarge (it was not read whole), Storage.
Result<RunbookPlace> appendLesson(const RunbookFolder &folder, const Runbook &runbook, const QByteArray &hash,
                                  Instant now);

/// The text of appendLesson(), and the line of the stub. Pure.
std::pair<QByteArray, int> withLesson(const QByteArray &text, const Runbook &runbook, Instant now);

/// Writes a file that is not there yet, with its folders, below the root. Blocks. Errors: Conflict (there is one),
/// Invalid (it would lead out of the folder, or is no name for a file), Storage.
Result<RunbookPlace> writeNewRunbook(const RunbookFolder &folder, const QString &path, const QByteArray &text);

/// "docs/runbooks/alerts/GCDown.md"; empty for an alert name that is no name for a file.
QString runbookPathOf(const QString &alertName);

/// Where the runbook of an alert is looked for in this folder: runbookPathOf() without what the root already holds of
/// it, or below another folder that the source includes. Empty as there.
QString newRunbookPath(const RunbookFolder &folder, const QString &alertName);

/// Where a runbook of a folder lies, for an editor. Errors: NotFound, Invalid.
Result<RunbookPlace> placeOf(const RunbookFolder &folder, const QString &path, int line);

} // namespace cockpit
