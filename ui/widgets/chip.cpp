// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace cockpit {

namespace {

QString chipText(const ChipView &view)
{
    const QString line = view.text.left(200).simplified();
    return line.size() > 40 ? line.left(39) + QChar(0x2026) : line;
}

} // namespace

double chipWidth(const ChipView &view, const Theme &theme)
{
    const double text = QFontMetricsF(theme.font(FontRole::Chip11)).horizontalAdvance(chipText(view));
    return std::ceil(text) + theme.px(12) + (view.icon ? theme.px(16) : 0);
}

double paintChip(QPainter &painter, const QPointF &topLeft, const ChipView &view, const Theme &theme)
{
    const QRectF box(topLeft, QSizeF(chipWidth(view, theme), theme.px(18)));
    paintBox(painter, box, theme.px(6), QColor(), theme.color(view.outline));
    double x = box.left() + theme.px(6);
    if (view.icon) {
        const int size = theme.px(12);
        paintIcon(painter, QRectF(x, box.top() + theme.px(3), size, size), *view.icon, theme.color(view.iconColor));
        x += theme.px(16);
    }
    painter.setFont(theme.font(FontRole::Chip11));
    painter.setPen(theme.color(view.textColor));
    painter.drawText(QRectF(x, box.top(), box.right() - x, box.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                     chipText(view));
    return box.width();
}

Chip::Chip(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setView(const ChipView &view)
{
    if (view == m_view)
        return;
    m_view = view;
    setAccessibleName(chipText(view));
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const { return {static_cast<int>(chipWidth(m_view, theme())), theme().px(18)}; }

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintChip(painter, {0, 0}, m_view, theme());
}

} // namespace cockpit
