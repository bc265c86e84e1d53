// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/themed_widget.h"

#include <QKeyEvent>
#include <QPainter>

namespace cockpit {

ThemedWidget::ThemedWidget(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, [this] { themeChanged(); });
}

void ThemedWidget::themeChanged()
{
    updateGeometry();
    update();
}

ThemedButton::ThemedButton(const Theme &theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    connect(&theme, &Theme::changed, this, [this] { themeChanged(); });
}

void ThemedButton::themeChanged()
{
    updateGeometry();
    update();
}

void ThemedButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QAbstractButton::keyPressEvent(event);
        return;
    }
    if (!event->isAutoRepeat())
        click();
}

void ThemedButton::paintFocus(QPainter &painter, const QRectF &rect, double radius) const
{
    if (hasFocus() && window()->isActiveWindow())
        paintBox(painter, rect.adjusted(1, 1, -1, -1), radius, QColor(), m_theme.color(Role::Accent), Qt::SolidLine, 2.0);
}

void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &outline,
              Qt::PenStyle style, double width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (outline.isValid())
        painter.setPen(QPen(outline, width, style));
    else
        painter.setPen(Qt::NoPen);
    const double inset = outline.isValid() ? width / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    painter.restore();
}

} // namespace cockpit
