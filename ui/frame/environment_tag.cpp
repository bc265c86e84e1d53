// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/environment_tag.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace cockpit {

EnvironmentTag::EnvironmentTag(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Environment: %1").arg(word()));
}

void EnvironmentTag::setKind(EnvironmentView::Kind kind)
{
    m_kind = kind;
    setAccessibleName(tr("Environment: %1").arg(word()));
    updateGeometry();
    update();
}

QString EnvironmentTag::word() const
{
    switch (m_kind) {
    case EnvironmentView::Kind::Staging: return tr("STAGING");
    case EnvironmentView::Kind::Demo: return tr("DEMO");
    case EnvironmentView::Kind::Production: break;
    }
    return tr("PRODUCTION");
}

QSize EnvironmentTag::sizeHint() const
{
    const double text = QFontMetricsF(theme().font(FontRole::Tag12)).horizontalAdvance(word());
    return {static_cast<int>(std::ceil(text)) + theme().px(20), theme().px(24)};
}

void EnvironmentTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double radius = theme().px(6);
    QColor ink = theme().color(Role::EnvironmentText);
    switch (m_kind) {
    case EnvironmentView::Kind::Production:
        paintBox(painter, rect(), radius, theme().color(Role::EnvironmentBackground), QColor());
        break;
    case EnvironmentView::Kind::Staging:
        ink = theme().color(Role::Info);
        paintBox(painter, rect(), radius, QColor(), ink);
        break;
    case EnvironmentView::Kind::Demo:
        ink = theme().color(Role::Muted);
        paintBox(painter, rect(), radius, QColor(), ink, Qt::DashLine);
        break;
    }
    painter.setFont(theme().font(FontRole::Tag12));
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, word());
}

} // namespace cockpit
