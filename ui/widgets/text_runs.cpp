// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_runs.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>

#include <cmath>

namespace cockpit {

namespace {

constexpr qsizetype runTextLimit = 1000;

QString singleLine(const QString &text)
{
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

double runsWidth(const QList<TextRun> &runs, const Theme &theme)
{
    double width = 0;
    for (const TextRun &run : runs)
        width += QFontMetricsF(theme.font(run.font)).horizontalAdvance(singleLine(run.text));
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
        const QFontMetricsF metrics(font);
        const QString text = singleLine(run.text);
        const double width = metrics.horizontalAdvance(text);
        const bool cut = x + width > rect.right() + 1;
        painter.setFont(font);
        painter.setPen(theme.color(run.color));
        painter.drawText(QPointF(x, baseline),
                         cut ? metrics.elidedText(text, Qt::ElideRight, std::max(0.0, rect.right() - x)) : text);
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
