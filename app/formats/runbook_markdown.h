// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace cockpit {

/// What reading a runbook needs to know beside its bytes.
struct RunbookReading {
    /// Words that a heading or a bold label begins or ends with, lower case → what the section is for.
    QHash<QString, RunbookSection> sections = defaultRunbookSections();
    /// Whether a path below the source's root (never with "..") may be shown as an image or opened: the file exists
    /// and lies inside, links resolved. Without it every path that does not leave the source by its words may.
    std::function<bool(const QString &path)> pathInSource{};
    std::optional<Instant> changedAt{}; ///< git's last change: the review date where the file names none

    /// Symptoms, Diagnosis, Mitigation and the like.
    static const QHash<QString, RunbookSection> &defaultRunbookSections();
};

/// Reads GitHub-flavoured Markdown with front matter. Never fails: what is wrong with the file is in
/// Runbook::problems, in words. Bounds: 1 MiB, 20 000 characters a line, nesting of 50; what is beyond is cut, cut and
/// shown flat. A file that is not text has no blocks. Thread-safe.
RunbookPtr readRunbook(const RunbookKey &key, const QByteArray &bytes, const RunbookReading &options = {});

} // namespace cockpit
