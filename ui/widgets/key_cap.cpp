// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_cap.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace cockpit {

double keyCapWidth(const QString &key, const Theme &theme)
{
    const double text = QFontMetricsF(theme.font(FontRole::Mono11)).horizontalAdvance(key);
    return std::max<double>(theme.px(16), std::ceil(text) + theme.px(9));
}

void paintKeyCap(QPainter &painter, const QRectF &rect, const QString &key, const Theme &theme, const QColor &ink)
{
    const double height = theme.px(16);
    const QRectF cap(rect.left(), std::round(rect.top() + (rect.height() - height) / 2), keyCapWidth(key, theme), height);
    if (ink.isValid())
        paintBox(painter, cap, theme.px(4), QColor(), ink);
    else
        paintBox(painter, cap, theme.px(4), theme.color(Role::Surface), theme.color(Role::Border));
    painter.setFont(theme.font(FontRole::Mono11));
    painter.setPen(ink.isValid() ? ink : theme.color(Role::Muted));
    painter.drawText(cap, Qt::AlignCenter, key);
}

KeyCap::KeyCap(const Theme &theme, const QString &key, QWidget *parent) : ThemedWidget(theme, parent), m_key(key)
{
    setAccessibleName(tr("Key %1").arg(key));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeHint() const { return {static_cast<int>(keyCapWidth(m_key, theme())), theme().px(16)}; }

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintKeyCap(painter, rect(), m_key, theme());
}

} // namespace cockpit
