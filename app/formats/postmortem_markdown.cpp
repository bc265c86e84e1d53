// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/postmortem_markdown.h"

#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>
#include <QDateTime>

namespace cockpit {

namespace {

struct MarkdownText {
    Q_DECLARE_TR_FUNCTIONS(PostmortemMarkdown)
};

QString unknownWords() { return MarkdownText::tr("not known yet: add it when you know"); }

QString lineWords(const QString &text) { return markdownWords(plainLine(text, 1000)); }

QString lineOrUnknown(const QString &text) { return text.isEmpty() ? unknownWords() : lineWords(text); }

/// Paragraphs of outside text, one line of Markdown each.
QString paragraphsOrUnknown(const QString &text)
{
    QStringList paragraphs;
    for (const QString &line : plainBlock(text).split(u'\n', Qt::SkipEmptyParts))
        paragraphs << markdownWords(line.trimmed());
    return paragraphs.isEmpty() ? unknownWords() : paragraphs.join(QStringLiteral("\n\n"));
}

QString bulletsOr(const QStringList &texts, const QString &none)
{
    QStringList lines;
    for (const QString &text : texts)
        lines << QStringLiteral("- ") + lineWords(text);
    return lines.isEmpty() ? none : lines.join(u'\n');
}

QString row(const QStringList &cells)
{
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |");
}

/// "04:12:40 (UTC+01:00)".
QString localText(Instant at, const QTimeZone &local)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(toEpochMs(at), local);
    const int minutes = time.offsetFromUtc() / 60;
    return QStringLiteral("%1 (UTC%2%3:%4)")
        .arg(time.toString(u"yyyy-MM-dd HH:mm:ss"), minutes < 0 ? QStringLiteral("-") : QStringLiteral("+"),
             QStringLiteral("%1").arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0')),
             QStringLiteral("%1").arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0')));
}

QString timelineTable(const Postmortem &postmortem, const QTimeZone &local)
{
    QStringList rows{row({MarkdownText::tr("Time (UTC)"), MarkdownText::tr("Local time"),
                          MarkdownText::tr("What happened"), MarkdownText::tr("Source")}),
                     QStringLiteral("| --- | --- | --- | --- |")};
    for (const Postmortem::Line &line : postmortem.timeline) {
        const QString words = lineWords(line.text);
        rows << row({utcDateTimeText(line.at).left(19), localText(line.at, local),
                     line.milestone && !words.isEmpty() ? QStringLiteral("**%1**").arg(words) : words,
                     lineWords(line.source)});
    }
    return rows.join(u'\n');
}

QString figuresTable(const Postmortem &postmortem)
{
    static const QString names[] = {MarkdownText::tr("Time to detect"), MarkdownText::tr("Time to acknowledge"),
                                    MarkdownText::tr("Time to mitigate"), MarkdownText::tr("Time to resolve")};
    QStringList rows{row({MarkdownText::tr("Figure"), MarkdownText::tr("Value"), MarkdownText::tr("Goal"),
                          MarkdownText::tr("Definition")}),
                     QStringLiteral("| --- | --- | --- | --- |")};
    for (const IncidentFigure &one : postmortem.figures) {
        const QString value = !one.value    ? MarkdownText::tr("not known: %1").arg(one.missing)
                              : one.running ? MarkdownText::tr("%1 so far").arg(durationInWords(*one.value))
                                            : durationInWords(*one.value);
        rows << row({names[static_cast<size_t>(one.what)], markdownWords(value),
                     one.goal ? durationInWords(*one.goal) : MarkdownText::tr("none set"),
                     markdownWords(one.definition)});
    }
    return rows.join(u'\n');
}

QString itemsTable(const Postmortem &postmortem)
{
    QStringList rows{row({MarkdownText::tr("Action"), MarkdownText::tr("Owner"), MarkdownText::tr("Due"),
                          MarkdownText::tr("State")}),
                     QStringLiteral("| --- | --- | --- | --- |")};
    for (const IncidentFollowUp &one : postmortem.actionItems) {
        rows << row({lineWords(one.text), one.owner.isEmpty() ? MarkdownText::tr("nobody yet") : lineWords(one.owner),
                     one.dueAt ? utcDateTimeText(*one.dueAt).left(10) : MarkdownText::tr("no date yet"),
                     one.done ? MarkdownText::tr("done") : MarkdownText::tr("open")});
    }
    for (const QString &text : postmortem.suggestedItems)
        rows << row({lineWords(text), MarkdownText::tr("nobody yet"), MarkdownText::tr("no date yet"),
                     MarkdownText::tr("suggested")});
    return rows.size() > 2 ? rows.join(u'\n') : MarkdownText::tr("None yet.");
}

QString impactBullets(const Postmortem &postmortem)
{
    const auto bullet = [](const QString &name, const QString &text) {
        return QStringLiteral("- %1: %2").arg(name, lineOrUnknown(text));
    };
    return QStringList{bullet(MarkdownText::tr("Duration"), postmortem.duration),
                       bullet(MarkdownText::tr("Effect"), postmortem.impact),
                       bullet(MarkdownText::tr("Users affected"), postmortem.usersAffected),
                       bullet(MarkdownText::tr("Revenue impact"), postmortem.revenueImpact),
                       bullet(MarkdownText::tr("Detected by"), postmortem.detectedBy),
                       bullet(MarkdownText::tr("Trigger"), postmortem.trigger)}
        .join(u'\n');
}

QString headWords(const Postmortem &postmortem)
{
    const QString head =
        MarkdownText::tr("Level %1. Status: %2.").arg(toWireName(postmortem.level), lineWords(postmortem.status));
    return postmortem.dueAt ? MarkdownText::tr("%1 This postmortem is due by %2.")
                                  .arg(head, utcDateTimeText(*postmortem.dueAt).left(16) + QStringLiteral(" UTC"))
                            : head;
}

} // namespace

QString markdownWords(const QString &text)
{
    // Every ASCII mark may be escaped by a backslash, and is then only itself. A bare web address would become a link
    // only by an extension that is not used.
    static const QString marks = QStringLiteral("\\`*_{}[]()<>#+!|~&");
    QString escaped;
    escaped.reserve(text.size() + 16);
    for (const QChar c : text) {
        const bool opensLine = escaped.isEmpty() && (c == u'-' || c == u'=');
        if (marks.contains(c) || opensLine)
            escaped += u'\\';
        escaped += c;
    }
    // "1. " at the beginning would make a list; "1.7 %" would not.
    qsizetype digits = 0;
    while (digits < escaped.size() && escaped.at(digits).isDigit())
        ++digits;
    const bool isPoint = digits > 0 && digits < escaped.size() && escaped.at(digits) == u'.';
    if (isPoint && (digits + 1 == escaped.size() || escaped.at(digits + 1).isSpace()))
        escaped.insert(digits, u'\\');
    return escaped;
}

QByteArray postmortemMarkdown(const Postmortem &postmortem, const QTimeZone &local)
{
    QStringList parts;
    const auto section = [&](const QString &name, const QString &body) {
        parts << QStringLiteral("## ") + name << body;
    };
    parts << QStringLiteral("# ") +
                 MarkdownText::tr("Postmortem %1: %2").arg(lineWords(postmortem.name), lineWords(postmortem.title));
    parts << headWords(postmortem);
    section(MarkdownText::tr("Summary"), paragraphsOrUnknown(postmortem.summary));
    section(MarkdownText::tr("Impact"), impactBullets(postmortem));
    section(MarkdownText::tr("Timeline"), timelineTable(postmortem, local));
    section(MarkdownText::tr("Times"), figuresTable(postmortem));
    section(MarkdownText::tr("Root cause"), paragraphsOrUnknown(postmortem.cause));
    section(MarkdownText::tr("Contributing factors"),
            bulletsOr(postmortem.contributing, MarkdownText::tr("No change was seen shortly before the impact.")));
    section(MarkdownText::tr("What went well"), bulletsOr(postmortem.wentWell, unknownWords()));
    section(MarkdownText::tr("What could be improved"), bulletsOr(postmortem.couldBeImproved, unknownWords()));
    section(MarkdownText::tr("Action items"), itemsTable(postmortem));
    section(MarkdownText::tr("Lessons learned"), paragraphsOrUnknown(postmortem.lessons));
    section(MarkdownText::tr("Runbooks used"), bulletsOr(postmortem.runbooks, MarkdownText::tr("None was used.")));
    return (parts.join(QStringLiteral("\n\n")) + u'\n').toUtf8();
}

} // namespace cockpit
