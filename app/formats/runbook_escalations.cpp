// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_escalations.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

const QRegularExpression &lengthShape()
{
    static const QRegularExpression shape(
        QStringLiteral("(?<![\\w.])(\\d{1,4})\\s*(minutes?|mins?|min|m|hours?|hrs?|h|days?|d)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return shape;
}

std::optional<Duration> lengthOf(const QRegularExpressionMatch &match)
{
    const qint64 count = match.captured(1).toLongLong();
    const QChar unit = match.captured(2).at(0).toLower();
    const qint64 minutes = unit == u'm' ? count : unit == u'h' ? count * 60 : count * 1440;
    if (minutes < 1 || minutes > 7 * 1440)
        return std::nullopt;
    return Duration(std::chrono::minutes(minutes));
}

/// The time after which: "after 30 min" before any other ("If it fails 5 minutes, after 30 min …").
std::optional<Duration> escalationTime(const QString &clause)
{
    static const QRegularExpression after(QStringLiteral("\\b(?:after|in|within|for|than|past|persists?|longer)\\s*(?:"
                                                         "more than|over|about|the first)?\\s*[>≥~]?\\s*") +
                                              lengthShape().pattern(),
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = after.match(clause);
    if (match.hasMatch())
        return lengthOf(match);
    static const QRegularExpression above(QStringLiteral("[>≥]\\s*") + lengthShape().pattern(),
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch greater = above.match(clause);
    return greater.hasMatch() ? lengthOf(greater) : std::nullopt;
}

bool tellsWhom(const QString &clause)
{
    static const QRegularExpression verb(
        QStringLiteral("\\b(?:escalat\\w*|page[sd]?|call|notify|hand over|ask|wake)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return verb.match(clause).hasMatch();
}

class EscalationReader {
public:
    explicit EscalationReader(Runbook &into)
        : m_into(into)
    {}

    void read()
    {
        for (const RunbookBlock &block : m_into.blocks) {
            if (block.kind == RunbookBlock::Kind::Table)
                readTable(block);
            else if (block.kind == RunbookBlock::Kind::Paragraph || block.kind == RunbookBlock::Kind::ListItem ||
                     block.kind == RunbookBlock::Kind::Quote)
                readText(block);
        }
    }

private:
    void readText(const RunbookBlock &block)
    {
        const QString words = plainText(block.text);
        const bool inSection = block.section == RunbookSection::Escalation;
        if (!inSection && !words.contains(u"scalat"))
            return;
        int line = block.line;
        for (const QString &part : words.split(u'\n')) {
            static const QRegularExpression sentenceEnd(QStringLiteral("(?<=[.;!])\\s+"));
            for (const QString &sentence : part.split(sentenceEnd))
                readSentence(sentence, line, inSection);
            ++line;
        }
    }

    void readSentence(const QString &sentence, int line, bool inSection)
    {
        const auto after = escalationTime(sentence);
        const bool isCondition = inSection && sentence.contains(u"improve", Qt::CaseInsensitive);
        if (after && (tellsWhom(sentence) || isCondition))
            m_into.escalations.append({*after, sentence.simplified().left(300), line});
    }

    void readTable(const RunbookBlock &table)
    {
        if (table.rows.size() < 2)
            return;
        int level = -1, response = -1, escalation = -1;
        for (int column = 0; column < table.rows[0].size(); ++column) {
            const QString head = plainText(table.rows[0][column]).toLower();
            if (level < 0 && (head.contains(u"severity") || head.contains(u"level") || head.contains(u"priority")))
                level = column;
            else if (response < 0 && (head.contains(u"respon") || head.contains(u"within")))
                response = column;
            else if (head.contains(u"escalat"))
                escalation = column;
        }
        for (int row = 1; level >= 0 && row < table.rows.size(); ++row)
            readRow(table.rows[row], level, response, escalation, table.line + row + 1);
    }

    void readRow(const QList<RunbookText> &row, int level, int response, int escalation, int line)
    {
        static const QRegularExpression name(QStringLiteral("\\b(?:P|SEV-?)([1-5])\\b"),
                                             QRegularExpression::CaseInsensitiveOption);
        const auto cell = [&row](int column) { return column >= 0 ? plainText(row.value(column)) : QString(); };
        const QRegularExpressionMatch match = name.match(cell(level));
        if (!match.hasMatch())
            return;
        const QString word = u'P' + match.captured(1);
        if (const auto within = firstLengthIn(cell(response)))
            m_into.responses.append({word, *within, line});
        static const QRegularExpression clauseEnd(QStringLiteral("[,;]\\s+"));
        for (const QString &clause : cell(escalation).split(clauseEnd)) {
            const auto after = escalationTime(clause);
            if (after && tellsWhom(clause))
                m_into.escalations.append({*after, word + QStringLiteral(": ") + clause.simplified().left(300), line});
        }
    }

    Runbook &m_into;
};

} // namespace

std::optional<Duration> firstLengthIn(const QString &words)
{
    const QRegularExpressionMatch match = lengthShape().match(words);
    return match.hasMatch() ? lengthOf(match) : std::nullopt;
}

void readRunbookEscalations(Runbook &into) { EscalationReader(into).read(); }

} // namespace cockpit
