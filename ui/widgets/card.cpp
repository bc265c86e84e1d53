// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QPainter>
#include <QVBoxLayout>

namespace cockpit {

Card::Card(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent), m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
}

void Card::setOutline(Role role)
{
    if (role == m_outline)
        return;
    m_outline = role;
    update();
}

void Card::setFill(Role role)
{
    m_fill = role;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(painter, rect(), theme().px(6), theme().color(m_fill), theme().color(m_outline));
}

Panel::Panel(const Theme &theme, Role fill, Qt::Edges lines, QWidget *parent)
    : ThemedWidget(theme, parent), m_fill(fill), m_lines(lines)
{
}

void Panel::setFill(Role fill)
{
    m_fill = fill;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(m_fill));
    const QColor line = theme().color(Role::Border);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, line);
    if (m_lines & Qt::LeftEdge)
        painter.fillRect(0, 0, 1, height(), line);
    if (m_lines & Qt::RightEdge)
        painter.fillRect(width() - 1, 0, 1, height(), line);
}

} // namespace cockpit
