// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/navigation_rail.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>

namespace cockpit {

RailItem::RailItem(const Theme &theme, const QString &id, Icon icon, const QString &text, QWidget *parent)
    : ThemedButton(theme, parent), m_id(id), m_icon(icon)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RailItem::setBadge(int count, StateGlyph severity)
{
    if (count == m_badge && severity == m_severity)
        return;
    m_badge = count;
    m_severity = severity;
    setAccessibleName(count > 0 ? tr("%1, %2 need attention").arg(text()).arg(count) : text());
    update();
}

QSize RailItem::sizeHint() const { return {theme().px(63), theme().px(56)}; }

void RailItem::paintBadge(QPainter &painter) const
{
    const QString number = m_badge > 99 ? QStringLiteral("99+") : QString::number(m_badge);
    const QFont font = theme().font(FontRole::MonoStrong11);
    const double text = std::ceil(QFontMetricsF(font).horizontalAdvance(number));
    const double width = std::max<double>(theme().px(16), text + theme().px(8));
    const double x = std::min<double>(theme().px(40), this->width() - width - 1);
    const QRectF box(x, theme().px(4), width, theme().px(16));
    paintBox(painter, box, theme().px(8), theme().color(m_severity == StateGlyph::Critical ? Role::Critical : Role::Warning),
             QColor());
    painter.setFont(font);
    painter.setPen(theme().color(Role::OnAccent));
    painter.drawText(box, Qt::AlignCenter, number);
}

void RailItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (isChecked() || underMouse())
        painter.fillRect(rect(), theme().color(Role::Raised2));
    if (isChecked())
        painter.fillRect(0, 0, theme().px(3), height(), theme().color(Role::Accent));
    const QColor ink = theme().color(isChecked() ? Role::Text : Role::Muted);
    const int size = theme().px(20);
    paintIcon(painter, QRectF((theme().px(64) - size) / 2, theme().px(9), size, size), m_icon, ink);
    painter.setFont(theme().font(FontRole::ChipMedium11));
    painter.setPen(ink);
    painter.drawText(QRectF(0, theme().px(31), theme().px(64), theme().px(16)), Qt::AlignCenter | Qt::TextSingleLine, text());
    if (m_badge > 0)
        paintBadge(painter);
    paintFocus(painter, rect(), 0);
}

NavigationRail::NavigationRail(const Theme &theme, QWidget *parent)
    : Panel(theme, Role::Raised, Qt::RightEdge, parent), m_top(new QVBoxLayout), m_bottom(new QVBoxLayout)
{
    setAccessibleName(tr("Pages"));
    setFixedWidth(theme.px(64));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme.px(4), 1, theme.px(4));
    layout->setSpacing(0);
    m_top->setSpacing(0);
    m_bottom->setSpacing(0);
    layout->addLayout(m_top);
    layout->addStretch(1);
    layout->addLayout(m_bottom);
}

RailItem *NavigationRail::addItem(const QString &id, Icon icon, const QString &text, bool atBottom)
{
    auto *item = new RailItem(theme(), id, icon, text, this);
    (atBottom ? m_bottom : m_top)->addWidget(item);
    m_items.append(item);
    connect(item, &RailItem::clicked, this, [this, id] { Q_EMIT pageClicked(id); });
    return item;
}

void NavigationRail::setCurrent(const QString &id)
{
    for (RailItem *item : std::as_const(m_items))
        item->setChecked(item->id() == id);
}

void NavigationRail::setBadge(const QString &id, int count, StateGlyph severity)
{
    for (RailItem *item : std::as_const(m_items)) {
        if (item->id() == id)
            item->setBadge(count, severity);
    }
}

} // namespace cockpit
