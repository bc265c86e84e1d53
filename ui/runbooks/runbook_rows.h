// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_progress.h"

#include <QSet>

namespace cockpit {

/// One row of the tree, of the outline, or of what a search found.
struct RunbookRow {
    enum class Kind { Folder, Document, Heading, Step, Hit };
    Kind kind = Kind::Document;
    int depth = 0;
    QString text{};
    QString trailing{};                 ///< at the right: a count, "3 steps"
    QString excerpt{};                  ///< Hit: the words around it
    QList<std::pair<int, int>> marks{}; ///< Hit: in `excerpt`
    bool open = false;                  ///< Folder: its rows follow
    bool warning = false;               ///< Document: the lint has something to say
    QString folder{};                   ///< Folder: its name for opening and closing
    RunbookKey runbook{};
    QString slug{};
    bool operator==(const RunbookRow &) const = default;
    /// For people who do not see it.
    QString words() const;
};

/// Folders and documents of all sources; the rows of `closed` folders are left out.
QList<RunbookRow> treeRows(const RunbookLibrary &library, const QSet<QString> &closed, const QSet<RunbookKey> &warned);
/// The headings of a document, with the steps of the one that is being read (an index into its blocks; -1 = none).
QList<RunbookRow> outlineRows(const Runbook &runbook, const RunbookProgress &progress, int current);
QList<RunbookRow> hitRows(const QList<RunbookHit> &hits);

} // namespace cockpit
