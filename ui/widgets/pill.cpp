// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QPainter>

#include <cmath>

namespace cockpit {

Pill::Pill(const Theme &theme, QWidget *parent) : ThemedButton(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::setView(const PillView &view)
{
    if (view == m_view)
        return;
    const QSize before = sizeHint();
    m_view = view;
    measure();
    const QString name = shownName();
    setAccessibleName(view.age.isEmpty() ? tr("%1, %2").arg(name, glyphWord(view.glyph))
                                         : tr("%1, %2, data %3 old").arg(name, glyphWord(view.glyph), view.age));
    setAccessibleDescription(view.details.left(1000));
    setToolTip(wrappedToolTip(view.details));
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void Pill::themeChanged()
{
    measure();
    ThemedButton::themeChanged();
}

void Pill::measure()
{
    const auto widthOf = [this](FontRole font, const QString &text) {
        return static_cast<int>(std::ceil(textWidth(text, font, theme())));
    };
    m_nameWidth = widthOf(FontRole::Row12, shownName());
    m_ageWidth = m_view.age.isEmpty() ? 0 : widthOf(FontRole::Mono11, m_view.age);
}

QString Pill::shownName() const
{
    const QString line = m_view.name.left(200).simplified();
    return line.size() > nameLimit ? line.left(nameLimit - 1) + QChar(0x2026) : line;
}

QSize Pill::sizeHint() const
{
    const int width = 2 * theme().px(8) + theme().px(10) + theme().px(6) + m_nameWidth;
    return {m_view.age.isEmpty() ? width : width + theme().px(6) + m_ageWidth, theme().px(24)};
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF box = rect();
    const double radius = theme().px(6);
    QColor fill = m_view.urgent ? theme().color(Role::CriticalSoft) : QColor();
    if (!m_view.urgent && (underMouse() || isChecked()))
        fill = theme().color(Role::Raised2);
    paintBox(painter, box, radius, fill, theme().color(m_view.urgent ? Role::Critical : Role::Border));
    double x = theme().px(8);
    const int size = theme().px(10);
    paintGlyph(painter, QRectF(x, (height() - size) / 2.0, size, size), m_view.glyph, theme().palette());
    x += size + theme().px(6);
    painter.setFont(theme().font(FontRole::Row12));
    painter.setPen(theme().color(Role::Text));
    painter.drawText(QRectF(x, 0, m_nameWidth + 1, height()), Qt::AlignVCenter | Qt::TextSingleLine, shownName());
    x += m_nameWidth + theme().px(6);
    painter.setFont(theme().font(FontRole::Mono11));
    painter.setPen(theme().color(m_view.urgent ? Role::Text : Role::Muted));
    painter.drawText(QRectF(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::TextSingleLine, m_view.age);
    paintFocus(painter, box, radius);
}

} // namespace cockpit
