// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_index.h"

#include "app/store/sqlite_connection.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

constexpr qint64 mostSections = 5000;
/// Rows of one document lie side by side, so that it is replaced without a scan.
constexpr qint64 rowsPerDocument = 10'000;
constexpr qsizetype mostSearchWords = 8;
constexpr int mostHitsPerRunbook = 5;
constexpr qsizetype mostWordLength = 64;
constexpr QChar markBegin(0x01);
constexpr QChar markEnd(0x02);

/// Without the characters that mark hits, and without other control characters.
QString searchable(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return text;
}

QString blockWords(const RunbookBlock &block)
{
    QStringList words;
    if (const QString text = plainText(block.text); !text.isEmpty())
        words.append(text);
    if (!block.code.isEmpty())
        words.append(block.code);
    for (const QList<RunbookText> &row : block.rows) {
        for (const RunbookText &cell : row)
            words.append(plainText(cell));
    }
    return words.join(u' ').simplified();
}

/// "GCHighErrorRate" is "GC High Error Rate" too.
QString nameParts(const QString &name)
{
    static const QRegularExpression seam(QStringLiteral("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\\-./]+"));
    QString parts = name;
    parts.replace(seam, QStringLiteral(" "));
    return parts;
}

/// FTS5's own syntax is not a person's: every word is quoted, and counts from its beginning.
QString matchExpression(const QString &words)
{
    static const QRegularExpression separators(QStringLiteral("[^\\p{L}\\p{N}_]+"));
    QStringList terms;
    for (const QString &word : words.split(separators, Qt::SkipEmptyParts)) {
        if (terms.size() == mostSearchWords)
            break;
        terms.append(u'"' + word.left(mostWordLength) + QStringLiteral("\"*"));
    }
    return terms.join(u' ');
}

void takeMarks(const QString &marked, RunbookHit &hit)
{
    int begin = -1;
    for (const QChar c : marked) {
        const int at = int(hit.excerpt.size());
        if (c == markBegin)
            begin = at;
        else if (c == markEnd && begin >= 0)
            hit.marks.append({begin, at - begin});
        else
            hit.excerpt.append(c);
    }
}

} // namespace

QList<RunbookSectionWords> sectionWords(const Runbook &runbook)
{
    QList<RunbookSectionWords> sections{{}};
    for (const RunbookBlock &block : runbook.blocks) {
        if (block.kind == RunbookBlock::Kind::Heading) {
            if (sections.size() >= mostSections)
                break;
            sections.append({plainText(block.text), block.slug, QString()});
            continue;
        }
        const QString words = blockWords(block);
        if (!words.isEmpty())
            sections.last().body += (sections.last().body.isEmpty() ? QString() : QStringLiteral("\n")) + words;
    }
    if (sections.first().body.isEmpty() && sections.size() > 1)
        sections.removeFirst();
    return sections;
}

Result<Done> RunbookIndex::prepare()
{
    auto made = m_connection.run("CREATE VIRTUAL TABLE IF NOT EXISTS sections USING fts5(title, heading, body, names,"
                                 " document UNINDEXED, slug UNINDEXED, prefix = '1 2 3',"
                                 " tokenize = \"unicode61 remove_diacritics 2 tokenchars '_'\")");
    if (!made)
        return made.error();
    return Done{};
}

Result<Done> RunbookIndex::remove(qint64 document)
{
    auto removed = m_connection.run("DELETE FROM sections WHERE rowid BETWEEN ? AND ?",
                                    {document * rowsPerDocument, (document + 1) * rowsPerDocument - 1});
    if (!removed)
        return removed.error();
    return Done{};
}

Result<Done> RunbookIndex::put(qint64 document, const Runbook &runbook)
{
    if (auto removed = remove(document); !removed)
        return removed;
    QStringList names{nameParts(runbook.key.path), runbook.service, runbook.owner};
    for (const QString &alert : runbook.alerts)
        names << alert << nameParts(alert);
    names.append(runbook.title);
    qint64 row = document * rowsPerDocument;
    bool isFirst = true;
    for (const RunbookSectionWords &section : sectionWords(runbook)) {
        // The names stand in every row, so that a name and a word of the text find a section together; the title in
        // the first one alone, so that a name by itself leads to the beginning.
        auto put = m_connection.run(
            "INSERT INTO sections (rowid, title, heading, body, names, document, slug) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {row++, isFirst ? searchable(runbook.title) : QString(), searchable(section.heading),
             searchable(section.body), searchable(names.join(u' ')), document, section.slug});
        if (!put)
            return put.error();
        isFirst = false;
    }
    return Done{};
}

Result<QList<RunbookHit>> RunbookIndex::search(const QString &words, const QStringList &sources, int limit)
{
    const QString match = matchExpression(words);
    if (match.isEmpty() || sources.isEmpty())
        return QList<RunbookHit>();
    QByteArray sql = "SELECT d.source, d.path, d.title, s.heading, s.slug,"
                     " snippet(sections, 2, char(1), char(2), char(8230), 20)"
                     " FROM sections AS s JOIN documents AS d ON d.id = s.document"
                     " WHERE sections MATCH ? AND rank MATCH 'bm25(10.0, 5.0, 1.0, 0.5)' AND d.source IN (";
    QVariantList values{match};
    for (const QString &source : sources) {
        sql += values.size() == 1 ? "?" : ", ?";
        values.append(source);
    }
    sql += ") ORDER BY rank LIMIT ?";
    values.append(limit * 4);
    auto query = m_connection.run(sql.constData(), values);
    if (!query)
        return query.error();
    QList<RunbookHit> hits;
    QHash<RunbookKey, int> perRunbook;
    while (hits.size() < limit && query->next()) {
        RunbookHit hit{.runbook = {query->value(0).toString(), query->value(1).toString()},
                       .title = query->value(2).toString(),
                       .heading = query->value(3).toString(),
                       .slug = query->value(4).toString()};
        takeMarks(query->value(5).toString(), hit);
        if (++perRunbook[hit.runbook] <= mostHitsPerRunbook)
            hits.append(hit);
    }
    return hits;
}

} // namespace cockpit
