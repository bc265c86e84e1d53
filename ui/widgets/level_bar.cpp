// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/level_bar.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cockpit {

LevelBar::LevelBar(const Theme &theme, const QString &name, int height, QWidget *parent)
    : ThemedWidget(theme, parent), m_name(name), m_height(height)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("%1: not known").arg(name));
}

void LevelBar::setLevel(std::optional<double> fraction, Role color)
{
    m_fraction = fraction && std::isfinite(*fraction) ? std::optional(std::clamp(*fraction, 0.0, 1.0)) : std::nullopt;
    m_color = color;
    setAccessibleName(m_fraction ? tr("%1: %2 percent").arg(m_name).arg(qRound(*m_fraction * 100))
                                 : tr("%1: not known").arg(m_name));
    update();
}

QSize LevelBar::sizeHint() const { return {theme().px(120), theme().px(m_height)}; }

QSize LevelBar::minimumSizeHint() const { return {theme().px(24), theme().px(m_height)}; }

void LevelBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double radius = height() / 2.0;
    paintBox(painter, rect(), radius, theme().color(Role::Border), QColor());
    if (!m_fraction || *m_fraction <= 0)
        return;
    painter.setClipRect(QRectF(0, 0, width() * *m_fraction, height()));
    paintBox(painter, rect(), radius, theme().color(m_color), QColor());
}

} // namespace cockpit
