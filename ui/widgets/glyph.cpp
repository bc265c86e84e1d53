// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/glyph.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace cockpit {

Role glyphRole(StateGlyph glyph)
{
    switch (glyph) {
    case StateGlyph::Ok: return Role::Ok;
    case StateGlyph::Warning: return Role::Warning;
    case StateGlyph::Critical: return Role::Critical;
    case StateGlyph::Stale: return Role::Stale;
    case StateGlyph::Info: return Role::Info;
    case StateGlyph::Unknown: break;
    }
    return Role::Muted;
}

QString glyphWord(StateGlyph glyph)
{
    const auto word = [](const char *text) { return QCoreApplication::translate("cockpit::StateGlyph", text); };
    switch (glyph) {
    case StateGlyph::Ok: return word("ok");
    case StateGlyph::Warning: return word("warning");
    case StateGlyph::Critical: return word("critical");
    case StateGlyph::Stale: return word("old data");
    case StateGlyph::Info: return word("event");
    case StateGlyph::Unknown: break;
    }
    return word("not known");
}

void paintGlyph(QPainter &painter, const QRectF &rect, StateGlyph glyph, const Palette &palette)
{
    paintGlyph(painter, rect, glyph, palette.color(glyphRole(glyph)));
}

void paintGlyph(QPainter &painter, const QRectF &rect, StateGlyph glyph, const QColor &color)
{
    const double unit = std::min(rect.width(), rect.height()) / 10.0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center());
    painter.scale(unit, unit);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    switch (glyph) {
    case StateGlyph::Ok: painter.drawEllipse(QPointF(0, 0), 4, 4); break;
    case StateGlyph::Warning: painter.drawPolygon(QPolygonF({{0, -4.5}, {5, 4.2}, {-5, 4.2}})); break;
    case StateGlyph::Critical: painter.drawPolygon(QPolygonF({{0, -5}, {5, 0}, {0, 5}, {-5, 0}})); break;
    case StateGlyph::Info: painter.drawRoundedRect(QRectF(-4, -4, 8, 8), 1, 1); break;
    case StateGlyph::Unknown:
    case StateGlyph::Stale: {
        QPen pen(color, 1.5, Qt::SolidLine, Qt::FlatCap);
        if (glyph == StateGlyph::Stale)
            pen.setDashPattern({2.1 / 1.5, 1.83 / 1.5});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(0, 0), 3.5, 3.5);
        break;
    }
    }
    painter.restore();
}

GlyphLabel::GlyphLabel(const Theme &theme, FontRole font, QWidget *parent) : ThemedWidget(theme, parent), m_font(font)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void GlyphLabel::setState(StateGlyph glyph, const QString &text, Role textColor)
{
    const QString line = text.left(500).simplified();
    if (glyph == m_glyph && line == m_text && textColor == m_textColor)
        return;
    m_glyph = glyph;
    m_text = line;
    m_textColor = textColor;
    setAccessibleName(glyphWord(glyph) + QStringLiteral(": ") + line);
    updateGeometry();
    update();
}

QSize GlyphLabel::sizeHint() const
{
    const double width = QFontMetricsF(theme().font(m_font)).horizontalAdvance(m_text);
    return {std::min(theme().px(16) + static_cast<int>(std::ceil(width)) + 1, theme().px(600)),
            theme().lineHeight(m_font)};
}

QSize GlyphLabel::minimumSizeHint() const { return {std::min(sizeHint().width(), theme().px(40)), sizeHint().height()}; }

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int glyphSize = theme().px(10);
    paintGlyph(painter, QRectF(0, (height() - glyphSize) / 2.0, glyphSize, glyphSize), m_glyph, theme().palette());
    painter.setFont(theme().font(m_font));
    painter.setPen(theme().color(m_textColor));
    const QRect textRect = rect().adjusted(theme().px(16), 0, 0, 0);
    painter.drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, textRect.width()));
}

} // namespace cockpit
