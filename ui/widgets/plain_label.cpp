// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plain_label.h"

#include "ui/widgets/plain_tool_tips.h"

#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace cockpit {

PlainLabel::PlainLabel(const Theme &theme, FontRole font, Role color, QWidget *parent)
    : QLabel(parent), m_theme(theme), m_font(font), m_color(color)
{
    setTextFormat(Qt::PlainText);
    adopt();
    connect(&theme, &Theme::changed, this, [this] { adopt(); });
}

PlainLabel::PlainLabel(const Theme &theme, const QString &text, FontRole font, Role color, QWidget *parent)
    : PlainLabel(theme, font, color, parent)
{
    setText(text);
}

void PlainLabel::setFontRole(FontRole font)
{
    if (font == m_font)
        return;
    m_font = font;
    adopt();
}

void PlainLabel::setColorRole(Role color)
{
    if (color == m_color)
        return;
    m_color = color;
    adopt();
}

void PlainLabel::adopt()
{
    setFont(m_theme.font(m_font));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_theme.color(m_color));
    setPalette(colors);
}

ElidedLabel::ElidedLabel(const Theme &theme, FontRole font, Role color, QWidget *parent, int lines)
    : ThemedWidget(theme, parent), m_font(font), m_color(color), m_lines(lines)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(lines > 1);
    setSizePolicy(policy);
}

void ElidedLabel::setText(const QString &text)
{
    const QString bounded = text.size() > textLimit ? text.left(textLimit) + QChar(0x2026) : text;
    if (bounded == m_text)
        return;
    m_text = bounded;
    setAccessibleName(m_text);
    updateGeometry();
    refreshToolTip();
    update();
}

void ElidedLabel::setColorRole(Role color)
{
    if (color == m_color)
        return;
    m_color = color;
    update();
}

void ElidedLabel::setFontRole(FontRole font)
{
    if (font == m_font)
        return;
    m_font = font;
    updateGeometry();
    refreshToolTip();
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetricsF metrics(theme().font(m_font));
    const double width = metrics.horizontalAdvance(m_text.left(200)) + 1;
    const int bounded = std::min(static_cast<int>(std::ceil(width)), theme().px(600));
    return {bounded, heightForWidth(m_lines > 1 ? theme().px(320) : bounded)};
}

QSize ElidedLabel::minimumSizeHint() const { return {theme().px(24), theme().lineHeight(m_font)}; }

int ElidedLabel::heightForWidth(int width) const
{
    if (m_lines == 1)
        return theme().lineHeight(m_font);
    const qsizetype count = std::max<qsizetype>(1, layOut(width, nullptr).size());
    return static_cast<int>(count) * theme().lineHeight(m_font);
}

QStringList ElidedLabel::layOut(int width, bool *elided) const
{
    const QFont font = theme().font(m_font);
    const QFontMetricsF metrics(font);
    QStringList lines;
    bool cut = false;
    QString text = m_text;
    if (m_lines == 1)
        text = m_text.simplified();
    text.replace(u'\n', QChar::LineSeparator);
    QTextLayout layout(text, font);
    // A query or an address is one long word: it breaks anywhere rather than leave the label.
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_lines == 1 ? 1e6 : width);
        const bool last = lines.size() + 1 == m_lines;
        const qsizetype end = line.textStart() + line.textLength();
        const QString shown = last ? text.mid(line.textStart()).replace(QChar::LineSeparator, u' ')
                                   : text.mid(line.textStart(), line.textLength());
        const QString fitted = last ? metrics.elidedText(shown, Qt::ElideRight, width) : shown.trimmed();
        cut = cut || (last && fitted != shown);
        lines.append(fitted);
        if (last || end >= text.size())
            break;
    }
    layout.endLayout();
    if (elided)
        *elided = cut;
    return lines;
}

void ElidedLabel::refreshToolTip()
{
    layOut(width(), &m_elided);
    setToolTip(m_elided ? wrappedToolTip(m_text) : QString());
}

void ElidedLabel::resizeEvent(QResizeEvent *) { refreshToolTip(); }

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(theme().font(m_font));
    painter.setPen(theme().color(m_color));
    const QStringList lines = layOut(width(), nullptr);
    const int step = theme().lineHeight(m_font);
    const int block = step * static_cast<int>(lines.size());
    int top = m_alignment & Qt::AlignTop ? 0 : (height() - block) / 2;
    if (lines.size() > 1)
        top = 0;
    for (const QString &line : lines) {
        painter.drawText(QRect(0, top, width(), step),
                         static_cast<int>((m_alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter)
                             | Qt::TextSingleLine,
                         line);
        top += step;
    }
}

} // namespace cockpit
