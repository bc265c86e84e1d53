// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook_link.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

QString bareName(const QString &name) { return name.trimmed().toLower().replace(u'-', u'_').replace(u' ', u'_'); }

/// A value comes from outside and may be pasted into a shell: only what no shell reads as more than one plain word,
/// and no option, is put in.
bool isPlainWord(const QString &value)
{
    static const QRegularExpression shape(QStringLiteral("^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]{0,252}\\z"));
    return shape.match(value).hasMatch();
}

class Filler {
public:
    explicit Filler(const RunbookFilling &filling)
    {
        for (const auto &[name, value] : filling.labels)
            m_values.insert(bareName(name), value);
        for (auto word = filling.words.cbegin(); word != filling.words.cend(); ++word) {
            if (!m_values.contains(bareName(word.key())))
                m_values.insert(bareName(word.key()), word.value());
        }
    }

    RunbookText fill(const QString &text)
    {
        static const QRegularExpression placeholder(
            QStringLiteral("\\{\\{-?\\s*(?:\\$labels|\\.Labels)\\.([A-Za-z_][A-Za-z0-9_]*)\\s*-?\\}\\}"
                           "|<([A-Za-z][A-Za-z0-9_ -]{0,63})>"
                           "|\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}"
                           "|\\$([A-Za-z_][A-Za-z0-9_]*)"));
        qsizetype from = 0;
        for (const QRegularExpressionMatch &match : placeholder.globalMatch(text)) {
            const QString name = match.captured(match.lastCapturedIndex());
            const QString value = m_values.value(bareName(name));
            const bool isShellName = match.lastCapturedIndex() >= 3;
            if (!isPlainWord(value) || (isShellName && isSetIn(text, name)))
                continue;
            add(text.mid(from, match.capturedStart() - from), false);
            add(value, true);
            from = match.capturedEnd();
        }
        add(text.mid(from), false);
        return m_text;
    }

private:
    /// A variable that the text itself sets is the text's own.
    static bool isSetIn(const QString &text, const QString &name)
    {
        const QRegularExpression setting(
            QStringLiteral("(?:^|[\\s;])(?:for\\s+%1\\s+in\\b|read\\s+(?:-\\w+\\s+)*%1\\b|%1=)")
                .arg(QRegularExpression::escape(name)),
            QRegularExpression::MultilineOption);
        return setting.match(text).hasMatch();
    }

    void add(const QString &words, bool filled)
    {
        if (words.isEmpty())
            return;
        if (!m_text.isEmpty() && m_text.last().filled == filled)
            m_text.last().text += words;
        else
            m_text.append(RunbookSpan{.text = words, .filled = filled});
    }

    QHash<QString, QString> m_values{};
    RunbookText m_text{};
};

} // namespace

RunbookText fillPlaceholders(const QString &text, const RunbookFilling &filling)
{
    // Most text holds none: nothing is built for it.
    if (!text.contains(u'$') && !text.contains(u'<') && !text.contains(u"{{"))
        return text.isEmpty() ? RunbookText() : RunbookText{RunbookSpan{.text = text}};
    return Filler(filling).fill(text);
}

RunbookActionReference filledAction(RunbookActionReference action, const RunbookFilling &filling)
{
    for (QString *word : {&action.object, &action.from, &action.to})
        *word = plainText(fillPlaceholders(*word, filling));
    return action;
}

} // namespace cockpit
