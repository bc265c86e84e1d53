// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_lint_parts.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

const QStringList &shellLanguages()
{
    static const QStringList names{QStringLiteral("bash"), QStringLiteral("sh"),      QStringLiteral("shell"),
                                   QStringLiteral("zsh"),  QStringLiteral("console"), QStringLiteral("shell-session")};
    return names;
}

bool isTranscript(const QString &language) { return language == u"console" || language == u"shell-session"; }

/// A prompt in front of a command: "$ kubectl", "root@host:~# kubectl", and "# kubectl get …" where a transcript is
/// shown; elsewhere "# " begins a comment.
bool hasPrompt(const QString &line, const QString &language)
{
    static const QRegularExpression user(QStringLiteral("^\\s*(?:\\$ \\S|[\\w.-]+@[\\w.-]+[:~ ]\\S*\\s?[#$%] )"));
    static const QRegularExpression root(
        QStringLiteral("^# (?:kubectl|curl|psql|redis-cli|systemctl|apt|docker|helm|git|sudo) "));
    return user.match(line).hasMatch() || (isTranscript(language) && root.match(line).hasMatch());
}

/// Why a line of any language cannot be pasted; empty when it can.
QString badCharacterIn(const QString &line)
{
    for (const QChar letter : line) {
        switch (letter.unicode()) {
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x2018:
        case 0x2019:
            return RunbookLintWords::tr("It has curly quotes where a program wants straight ones.");
        case 0x00A0:
        case 0x202F:
        case 0x2007:
            return RunbookLintWords::tr("It has a blank that does not break, which no program takes for a blank.");
        case 0x200B:
        case 0x200C:
        case 0x200D:
        case 0xFEFF:
            return RunbookLintWords::tr("It has an invisible character.");
        case 0x2026:
            return RunbookLintWords::tr("It has an ellipsis where something is left out.");
        default:
            break;
        }
    }
    static const QRegularExpression dashes(QStringLiteral("(?:^|\\s)[–—][A-Za-z]"));
    return dashes.match(line).hasMatch() ? RunbookLintWords::tr("It has a long dash where an option wants a hyphen.")
                                         : QString();
}

bool isQuery(const QString &line)
{
    static const QRegularExpression shape(
        QStringLiteral("^\\s*(?:sum|avg|max|min|count|topk|rate|irate|increase|delta|histogram_quantile)\\s*"
                       "(?:(?:by|without)\\s*\\([^)]*\\)\\s*)?\\(.*\\[\\d+[smhdw]\\]"));
    return line.contains(u'[') && shape.match(line).hasMatch();
}

/// Follows a shell's quoting through a whole block.
class ShellQuotes {
public:
    /// The comment of a line does not count; gives what of the line is no comment.
    QString take(const QString &line, int number)
    {
        m_escaped = false;
        for (qsizetype i = 0; i < line.size(); ++i) {
            const QChar letter = line[i];
            if (std::exchange(m_escaped, false))
                continue;
            if (letter == u'\\' && m_quote != u'\'') {
                m_escaped = true;
            } else if (!m_quote.isNull()) {
                if (letter == m_quote)
                    m_quote = QChar();
            } else if (letter == u'\'' || letter == u'"') {
                m_quote = letter;
                m_line = number;
            } else if (letter == u'#' && (i == 0 || line[i - 1].isSpace())) {
                return line.left(i);
            }
        }
        return line;
    }
    /// The line of a quote that is still open; -1 = none.
    int openLine() const { return m_quote.isNull() ? -1 : m_line; }

private:
    QChar m_quote{};
    bool m_escaped = false;
    int m_line = -1;
};

class CommandLint {
public:
    explicit CommandLint(const Runbook &runbook)
        : m_runbook(runbook)
    {}

    QList<Finding> run()
    {
        for (const RunbookBlock &block : m_runbook.blocks) {
            if (block.kind == RunbookBlock::Kind::Code && !block.language.isEmpty() && block.language != u"text")
                lint(block);
        }
        return m_findings;
    }

private:
    void lint(const RunbookBlock &block)
    {
        const bool isShell = shellLanguages().contains(block.language);
        // Prose in an unknown language may have curly quotes.
        if (!isShell && block.language != u"promql" && block.language != u"sql")
            return;
        ShellQuotes quotes;
        int number = block.line;
        for (const QString &line : block.code.split(u'\n')) {
            ++number;
            lintLine(line, isShell ? quotes.take(line, number) : withoutComment(line), block.language, isShell, number);
        }
        if (isShell && quotes.openLine() > 0 && !block.code.contains(u"<<"))
            add(quotes.openLine(), RunbookLintWords::tr("A quote is opened here and never closed."),
                RunbookLintWords::tr("Close the quote."));
    }

    void lintLine(const QString &line, const QString &code, const QString &language, bool isShell, int number)
    {
        if (isShell && hasPrompt(line, language))
            add(number, RunbookLintWords::tr("It begins with a prompt, which would be run with it."),
                RunbookLintWords::tr("Write the command alone."));
        else if (isShell && isQuery(code))
            add(number, RunbookLintWords::tr("A Prometheus query stands among commands of a shell."),
                RunbookLintWords::tr("Put it into a promql block of its own."));
        if (const QString why = badCharacterIn(code); !why.isEmpty())
            add(number, why, RunbookLintWords::tr("Type the line anew in a plain editor."));
    }

    static QString withoutComment(const QString &line)
    {
        const QString trimmed = line.trimmed();
        return trimmed.startsWith(u'#') || trimmed.startsWith(u"--") ? QString() : line;
    }

    void add(int line, const QString &message, const QString &fix)
    {
        m_findings.append(
            runbookFinding("runbook-command-unpasteable", Finding::Level::Medium, m_runbook, line, message, fix));
    }

    const Runbook &m_runbook;
    QList<Finding> m_findings{};
};

} // namespace

QList<Finding> lintCommands(const Runbook &runbook) { return CommandLint(runbook).run(); }

} // namespace cockpit
