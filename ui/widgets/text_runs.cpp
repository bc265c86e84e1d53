// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_runs.h"

#include <QCache>
#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace cockpit {

namespace {

constexpr qsizetype runTextLimit = 1000;

/// Advances of texts that were measured lately: shaping them again is most of what a repaint costs. GUI thread.
using WidthCache = QCache<std::pair<int, QString>, double>;

WidthCache &widthCache()
{
    static WidthCache cache(2000);
    return cache;
}

QString singleLine(const QString &text)
{
    const bool isPlain = text.size() <= runTextLimit && std::all_of(text.begin(), text.end(), [](QChar character) {
                             return character.unicode() >= u' ' && character.unicode() < 0x7F;
                         });
    if (isPlain)
        return text;
    QString line = text.left(runTextLimit);
    for (QChar &character : line) {
        if (character.category() == QChar::Other_Control || character == QChar::LineSeparator
            || character == QChar::ParagraphSeparator)
            character = u' ';
    }
    return line;
}

} // namespace

QList<TextRun> numberRuns(const QString &text, FontRole words, FontRole numbers, Role wordColor, Role numberColor)
{
    // A number stands free (not inside a name such as p99 or gc-1) and takes the unit after it along.
    static const QRegularExpression number(
        QStringLiteral("(?<![\\w.-])[-+]?\\d[\\d.,:]*(?<![.,:])(?: (?:%|ms|s|m|h|d|/s|×)(?![\\w]))?(?![\\w-])"));
    QList<TextRun> runs;
    qsizetype from = 0;
    auto matches = number.globalMatch(text.left(runTextLimit));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedStart() > from)
            runs.append({text.mid(from, match.capturedStart() - from), words, wordColor});
        runs.append({match.captured(), numbers, numberColor});
        from = match.capturedEnd();
    }
    if (from < text.size())
        runs.append({text.mid(from), words, wordColor});
    return runs;
}

double textWidth(const QString &text, FontRole font, const Theme &theme)
{
    if (text.size() > 64)
        return QFontMetricsF(theme.font(font)).horizontalAdvance(text);
    // What the font of a role is changes with the scale alone.
    const std::pair key(int(font) * 10'000 + int(std::lround(theme.scale() * 1000)), text);
    if (const double *known = widthCache().object(key))
        return *known;
    const double width = QFontMetricsF(theme.font(font)).horizontalAdvance(text);
    widthCache().insert(key, new double(width));
    return width;
}

double runsWidth(const QList<TextRun> &runs, const Theme &theme)
{
    double width = 0;
    for (const TextRun &run : runs)
        width += textWidth(singleLine(run.text), run.font, theme);
    return width;
}

void paintRuns(QPainter &painter, const QRectF &rect, const QList<TextRun> &runs, const Theme &theme,
               Qt::Alignment alignment)
{
    if (runs.isEmpty())
        return;
    const double total = runsWidth(runs, theme);
    double x = rect.left();
    if (total < rect.width() && alignment & Qt::AlignRight)
        x = rect.right() - total;
    else if (total < rect.width() && alignment & Qt::AlignHCenter)
        x += (rect.width() - total) / 2;
    const QFontMetricsF first(theme.font(runs.first().font));
    const double baseline = std::round(rect.top() + (rect.height() - first.height()) / 2 + first.ascent());
    for (const TextRun &run : runs) {
        const QFont font = theme.font(run.font);
        const QString text = singleLine(run.text);
        const double width = textWidth(text, run.font, theme);
        const bool cut = x + width > rect.right() + 1;
        painter.setFont(font);
        painter.setPen(theme.color(run.color));
        painter.drawText(QPointF(x, baseline),
                         cut ? QFontMetricsF(font).elidedText(text, Qt::ElideRight, std::max(0.0, rect.right() - x)) : text);
        if (cut)
            return;
        x += width;
    }
}

RunLabel::RunLabel(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void RunLabel::setRuns(const QList<TextRun> &runs)
{
    if (runs == m_runs)
        return;
    m_runs = runs;
    QString joined;
    for (const TextRun &run : runs)
        joined += singleLine(run.text);
    setAccessibleName(joined);
    updateGeometry();
    update();
}

void RunLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize RunLabel::sizeHint() const
{
    int height = theme().px(16);
    for (const TextRun &run : m_runs)
        height = std::max(height, theme().lineHeight(run.font));
    return {std::min(static_cast<int>(std::ceil(runsWidth(m_runs, theme()))) + 1, theme().px(700)), height};
}

QSize RunLabel::minimumSizeHint() const { return {std::min(sizeHint().width(), theme().px(24)), sizeHint().height()}; }

void RunLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintRuns(painter, rect(), m_runs, theme(), m_alignment);
}

} // namespace cockpit
