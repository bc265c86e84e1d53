// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/clock_face.h"

#include <QDateTime>
#include <QPainter>
#include <QTimeZone>

namespace cockpit {

ClockFace::ClockFace(const Theme &theme, QWidget *parent) : ThemedWidget(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Time not known"));
}

void ClockFace::setNow(Instant now)
{
    const QString utc = utcTimeText(now);
    if (utc == m_utc)
        return;
    // The local zone is asked of Qt for the given instant; the instant itself is never read here.
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toEpochMs(now)).toLocalTime();
    m_utc = utc;
    m_local = local.toString(QStringLiteral("HH:mm ")) + local.timeZoneAbbreviation();
    setAccessibleName(tr("%1 UTC, local %2").arg(m_utc, m_local));
    setToolTip(tr("%1\nLocal: %2").arg(utcDateTimeText(now), local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"))));
    update();
}

QSize ClockFace::sizeHint() const { return {theme().px(76), theme().px(36)}; }

void ClockFace::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect upper(0, theme().px(2), width(), theme().px(16));
    painter.setFont(theme().font(FontRole::MonoStrong13));
    painter.setPen(theme().color(Role::Text));
    painter.drawText(upper, Qt::AlignRight | Qt::AlignVCenter, m_utc);
    QFont local = theme().font(FontRole::Mono11);
    local.setWordSpacing(0);
    painter.setFont(local);
    painter.setPen(theme().color(Role::Muted));
    painter.drawText(upper.translated(0, theme().px(15)), Qt::AlignRight | Qt::AlignVCenter, m_local);
}

} // namespace cockpit
