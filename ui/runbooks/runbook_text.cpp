// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_text.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

bool isUnseen(QChar sign)
{
    const char16_t code = sign.unicode();
    if (code == u'\t' || code == u'\n' || code == 0x2028)
        return false;
    const bool turns = code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                       (code >= 0x2066 && code <= 0x2069);
    return turns || code == 0x200B || code == 0xFEFF || code == 0x00AD || sign.category() == QChar::Other_Control;
}

/// One for one, so that places in the text stay places in what is shown.
QString shownText(QString text)
{
    for (QChar &sign : text) {
        if (sign == u'\n')
            sign = QChar::LineSeparator;
        else if (isUnseen(sign))
            sign = QChar::ReplacementCharacter;
    }
    return text;
}

QTextCharFormat spanFormat(const RunbookSpan &span, const TextLook &look, const Theme &theme)
{
    QTextCharFormat format;
    format.setForeground(theme.color(span.bold || span.code ? Role::Text : look.color));
    if (span.code) {
        format.setFont(theme.font(span.bold ? FontRole::MonoStrong12 : FontRole::Mono12));
        format.setBackground(theme.color(Role::Raised2));
    } else if (span.bold) {
        format.setFontWeight(QFont::DemiBold);
    }
    if (span.italic)
        format.setFontItalic(true);
    if (span.struck || look.struck)
        format.setFontStrikeOut(true);
    if (!span.link.isEmpty() || span.filled)
        format.setForeground(theme.color(Role::Accent));
    if (!span.link.isEmpty() && span.code)
        format.setFontUnderline(true);
    return format;
}

void append(StyledText &into, const RunbookSpan &span, const TextLook &look, const Theme &theme)
{
    const int start = static_cast<int>(into.text.size());
    const int length = static_cast<int>(span.text.size());
    if (length == 0)
        return;
    into.text += shownText(span.text);
    QTextLayout::FormatRange range;
    range.start = start;
    range.length = length;
    range.format = spanFormat(span, look, theme);
    into.formats.append(range);
    if (!span.link.isEmpty())
        into.links.append({start, length, span.link});
}

void addRange(StyledText &into, qsizetype start, qsizetype length, const QColor &color)
{
    QTextLayout::FormatRange range;
    range.start = static_cast<int>(start);
    range.length = static_cast<int>(length);
    range.format.setForeground(color);
    into.formats.append(range);
}

/// Strings, and comments of shells: no more, so that what was filled in stands out.
void emphasize(StyledText &into, const QString &language, const Theme &theme)
{
    static const QRegularExpression strings(QStringLiteral("\"[^\"\\x{2028}]{0,400}\""));
    static const QRegularExpression comments(QStringLiteral("(?:^|[\\x{2028}\\s])#[^\\x{2028}]*"));
    auto found = strings.globalMatch(into.text);
    while (found.hasNext()) {
        const auto match = found.next();
        addRange(into, match.capturedStart(), match.capturedLength(), theme.color(Role::Info));
    }
    const bool shell = language == u"bash" || language == u"sh" || language == u"shell" || language == u"console" ||
                       language == u"yaml" || language == u"promql";
    if (!shell)
        return;
    auto remarks = comments.globalMatch(into.text);
    while (remarks.hasNext()) {
        const auto match = remarks.next();
        addRange(into, match.capturedStart(), match.capturedLength(), theme.color(Role::Muted));
    }
}

} // namespace

StyledText styledText(const RunbookText &text, const TextLook &look, const RunbookFilling &filling, const Theme &theme)
{
    StyledText styled;
    styled.font = theme.font(look.font);
    styled.lineHeight = theme.lineHeight(look.font);
    for (const RunbookSpan &span : text) {
        const bool fills = span.code || span.text.contains(QStringLiteral("{{"));
        if (!fills) {
            append(styled, span, look, theme);
            continue;
        }
        for (RunbookSpan part : fillPlaceholders(span.text, filling)) {
            const bool filled = part.filled;
            const QString words = part.text;
            part = span;
            part.text = words;
            part.filled = filled || span.filled;
            append(styled, part, look, theme);
        }
    }
    return styled;
}

StyledText styledCode(const QString &code, const QString &language, const RunbookFilling &filling, const Theme &theme)
{
    StyledText styled;
    // Columns of code and drawings must stand one under the other: no narrow blanks here.
    styled.font = theme.font(FontRole::Mono12);
    styled.font.setWordSpacing(0);
    styled.lineHeight = theme.px(18);
    QList<std::pair<qsizetype, qsizetype>> filled;
    for (const RunbookSpan &part : fillPlaceholders(code, filling)) {
        if (part.filled)
            filled.append({styled.text.size(), part.text.size()});
        styled.text += shownText(part.text);
    }
    addRange(styled, 0, styled.text.size(), theme.color(Role::Text));
    emphasize(styled, language, theme);
    for (const auto &[start, length] : std::as_const(filled))
        addRange(styled, start, length, theme.color(Role::Accent));
    return styled;
}

QString filledCode(const QString &code, const RunbookFilling &filling)
{
    QString text = plainText(fillPlaceholders(code, filling));
    while (text.endsWith(u'\n'))
        text.chop(1);
    return text;
}

bool looksLikeQuery(const QString &code, const QString &language)
{
    if (language == u"promql" || language == u"prometheus")
        return true;
    if (!language.isEmpty() && language != u"text")
        return false;
    static const QRegularExpression query(QStringLiteral(
        "^\\s*(?:\\(|sum|rate|irate|increase|histogram_quantile|avg|max|min|count|topk|up\\b|[a-z_:][a-z0-9_:]*"
        "\\{[a-z_][a-z0-9_]*\\s*(?:=~|!~|!=|=)\\s*\")"));
    return code.size() < 2000 && query.match(code).hasMatch() && code.contains(u'{') && code.contains(u'}');
}

} // namespace cockpit
