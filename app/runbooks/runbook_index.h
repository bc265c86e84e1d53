// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"
#include "models/runbook.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

class SqliteConnection;

/// The words of one section of a runbook.
struct RunbookSectionWords {
    QString heading{}; ///< empty before the first one
    QString slug{};
    QString body{}; ///< plain, one line a block
};
/// By reading order, at most 5000.
QList<RunbookSectionWords> sectionWords(const Runbook &runbook);

/// The full-text index (SQLite FTS5) over titles, headings, alert names and texts of all runbooks. Words count from
/// their beginning, without case and accents; "GCHighErrorRate" is found by its parts too.
class RunbookIndex {
public:
    /// The connection outlives the index.
    explicit RunbookIndex(SqliteConnection &connection)
        : m_connection(connection)
    {}

    /// Makes the tables. Errors: Storage.
    Result<Done> prepare();
    /// Puts a runbook in the place of what was known under this document. Errors: Storage.
    Result<Done> put(qint64 document, const Runbook &runbook);
    Result<Done> remove(qint64 document);
    /// The best hits among these sources, at most `limit`; every word must be there. Nothing for words without a letter
    /// or digit. Errors: Storage.
    Result<QList<RunbookHit>> search(const QString &words, const QStringList &sources, int limit = 50);

private:
    SqliteConnection &m_connection;
};

} // namespace cockpit
