// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/migration_sql.h"

#include "app/formats/migration_facts.h"
#include "app/formats/sql_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringDecoder>

extern "C" {
#include <pg_query.h>
}

#include <cctype>

namespace cockpit {

namespace {

constexpr size_t mostParsedBytes = 1024 * 1024;
constexpr size_t chunkBytes = 256 * 1024;

QString migrationWords(const char *text) { return QCoreApplication::translate("MigrationSql", text); }

/// The file as UTF-8 without a mark and without NUL, which would end it for the parser.
std::string utf8Of(const QByteArray &bytes, MigrationFile &file)
{
    QStringDecoder decoder(QStringConverter::encodingForData(bytes).value_or(QStringConverter::Utf8));
    QString text = decoder.decode(bytes);
    if (decoder.hasError()) {
        text = QString::fromLatin1(bytes);
        file.notChecked.append(migrationWords("it is not UTF-8; read as Latin-1"));
    }
    if (text.contains(QChar(u'\0'))) {
        text.replace(QChar(u'\0'), u' ');
        file.notChecked.append(migrationWords("NUL characters were read as blanks"));
    }
    return text.toStdString();
}

/// Past blanks and comments.
size_t firstWordOf(const std::string &text, size_t at, size_t end)
{
    while (at < end) {
        if (std::isspace(static_cast<unsigned char>(text[at])) || text[at] == ';')
            ++at;
        else if (text.compare(at, 2, "--") == 0)
            at = std::min(text.find('\n', at), end);
        else if (text.compare(at, 2, "/*") == 0 && text.find("*/", at) < end)
            at = text.find("*/", at) + 2;
        else
            break;
    }
    return at;
}

class MigrationReader {
public:
    MigrationReader(const SqlText &sql, MigrationFile &file)
        : m_sql(sql)
        , m_file(file)
    {}

    QList<MigrationStatement> statements(size_t from, size_t to)
    {
        QList<MigrationStatement> found;
        size_t begin = from;
        for (size_t i = 0; i <= m_sql.ends.size(); ++i) {
            const size_t end = i < m_sql.ends.size() ? std::min(m_sql.ends[i], to) : to;
            const bool isLast = end >= to;
            const size_t next = i + 1 < m_sql.ends.size() ? m_sql.ends[i + 1] : to;
            if (end <= begin || (!isLast && next - begin < chunkBytes))
                continue;
            chunk(begin, end, found);
            begin = end;
            if (isLast)
                break;
        }
        return found;
    }

private:
    void chunk(size_t from, size_t to, QList<MigrationStatement> &found)
    {
        const std::string text = m_sql.text.substr(from, to - from);
        const PgQuerySplitResult split = pg_query_split_with_scanner(text.c_str());
        if (split.error) {
            // The scanner gives up on the whole text: cut at the semicolons outside of quotes.
            size_t begin = from;
            for (const size_t end : m_sql.ends) {
                if (end > begin && end <= to) {
                    one(begin, end - 1, found);
                    begin = end;
                }
            }
            one(begin, to, found);
        } else {
            for (int i = 0; i < split.n_stmts; ++i) {
                const size_t begin = from + size_t(split.stmts[i]->stmt_location);
                const size_t length = size_t(split.stmts[i]->stmt_len);
                one(begin, length == 0 ? to : begin + length, found);
            }
        }
        pg_query_free_split_result(split);
    }

    void one(size_t from, size_t to, QList<MigrationStatement> &found)
    {
        from = firstWordOf(m_sql.text, from, to);
        if (from >= to)
            return;
        MigrationStatement statement;
        std::tie(statement.line, statement.column) = m_sql.placeOf(from);
        statement.lastLine = m_sql.placeOf(to).first;
        if (to - from > mostParsedBytes) {
            m_file.notChecked.append(migrationWords("a statement above 1 MiB, at line ") +
                                     QString::number(statement.line));
            return;
        }
        for (auto &[fact, at] : migrationFactsOf(m_sql.text.substr(from, to - from))) {
            std::tie(fact.line, fact.column) = m_sql.placeOf(from + at);
            if (fact.kind == MigrationFact::Kind::Code)
                m_file.notChecked.append(migrationWords("the code of a DO block, at line ") +
                                         QString::number(fact.line));
            statement.facts.append(fact);
        }
        found.append(statement);
    }

    const SqlText &m_sql;
    MigrationFile &m_file;
};

/// The SQL that stands in comments below a heading such as "-- DOWN migration".
std::string commentedDown(const SqlText &sql)
{
    static const QRegularExpression heading(QStringLiteral("^\\s*(?:DOWN\\b|(?:to )?roll ?back\\b)"),
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression begins(
        QStringLiteral("^\\s*(?:DROP|ALTER|DELETE|UPDATE|CREATE|TRUNCATE|BEGIN|INSERT)\\b"));
    bool isBelow = false;
    std::string down;
    for (const auto &[offset, words] : sql.comments) {
        const QString line = QString::fromStdString(words);
        isBelow = isBelow || heading.match(line).hasMatch();
        if (isBelow && (!down.empty() || begins.match(line).hasMatch()))
            down += words + '\n';
    }
    return down;
}

void readComments(const SqlText &sql, MigrationFile &file)
{
    static const QRegularExpression allow(QStringLiteral("^\\s*cockpit:allow\\s+(\\S+)\\s*(.*)$"));
    static const QRegularExpression phase(QStringLiteral("^\\s*(contract|expand)(?::\\s*(\\S+).*)?\\s*$"));
    for (const auto &[offset, words] : sql.comments) {
        const QString line = QString::fromStdString(words).trimmed();
        const int number = sql.placeOf(offset).first;
        if (const auto match = allow.match(line); match.hasMatch())
            file.allowances.append({match.captured(1), match.captured(2).trimmed(), number});
        else if (const auto marked = phase.match(line); marked.hasMatch() && marked.captured(1) == u"expand")
            file.expand = marked.captured(2).isEmpty() ? QStringLiteral("-") : marked.captured(2);
        else if (marked.hasMatch() && !marked.captured(2).isEmpty()) {
            file.contract = marked.captured(2);
            file.contractLine = number;
        }
        if (line.startsWith(QLatin1String("Running upgrade ")))
            file.layout = MigrationFile::Layout::AlembicOffline;
        if (line == u"no-transaction" || line.contains(QLatin1String("transaction:false")) ||
            line == u"+goose NO TRANSACTION")
            file.inTransaction = false;
    }
    if (file.layout == MigrationFile::Layout::AlembicOffline) {
        file.inTransaction = false; // it writes its BEGIN and COMMIT itself
        file.notChecked.append(migrationWords("the way back: Alembic writes it by `alembic downgrade --sql`"));
    }
}

/// Where "-- migrate:down" and its like begin.
size_t downSection(const SqlText &sql, MigrationFile &file)
{
    for (const auto &[offset, words] : sql.comments) {
        const QString line = QString::fromStdString(words).trimmed();
        if (line.startsWith(QLatin1String("migrate:up")) || line.startsWith(QLatin1String("+goose Up"))) {
            file.inTransaction = file.inTransaction || file.layout == MigrationFile::Layout::Plain;
            file.layout = MigrationFile::Layout::Sections;
        }
        if (line.startsWith(QLatin1String("migrate:down")) || line.startsWith(QLatin1String("+goose Down")))
            return offset;
    }
    return sql.text.size();
}

void settleTransaction(MigrationFile &file)
{
    using Layout = MigrationFile::Layout;
    if (file.layout == Layout::GolangMigrate && file.up.size() <= 1)
        file.inTransaction = false;
    if (file.layout != Layout::Flyway || file.up.isEmpty())
        return;
    // Flyway itself runs a migration of nothing but CONCURRENTLY without one.
    file.inTransaction = !std::all_of(file.up.cbegin(), file.up.cend(), [](const MigrationStatement &statement) {
        return std::any_of(statement.facts.cbegin(), statement.facts.cend(), [](const MigrationFact &fact) {
            return fact.concurrent || fact.kind == MigrationFact::Kind::LockTimeout;
        });
    });
}

} // namespace

MigrationFile readMigration(const QString &path, const QByteArray &bytes)
{
    MigrationFile file = migrationFileOf(path);
    const SqlText sql(utf8Of(bytes, file));
    const size_t down = downSection(sql, file);
    readComments(sql, file);
    for (const size_t at : sql.metaCommands)
        file.notChecked.append(migrationWords("a psql meta-command, at line ") +
                               QString::number(sql.placeOf(at).first));
    if (file.notChecked.size() > 20) {
        file.notChecked = file.notChecked.mid(0, 20);
        file.notChecked.append(migrationWords("more of these"));
    }
    if (sql.copyRows > 0)
        file.notChecked.append(migrationWords("COPY data, lines: ") + QString::number(sql.copyRows));
    MigrationReader reader(sql, file);
    file.up = reader.statements(0, down);
    file.down = reader.statements(down, sql.text.size());
    if (const std::string commented = commentedDown(sql); file.down.isEmpty() && !commented.empty()) {
        MigrationFile unused;
        const SqlText downText(commented);
        file.down = MigrationReader(downText, unused).statements(0, downText.text.size());
        file.downIsComment = !file.down.isEmpty();
    }
    settleTransaction(file);
    return file;
}

} // namespace cockpit
