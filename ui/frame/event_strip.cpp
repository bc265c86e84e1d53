// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/event_strip.h"

#include "models/instant.h"
#include "models/items/activity_roles.h"
#include "ui/theme/icon.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QAbstractItemModel>
#include <QPainter>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace cockpit {

EventStrip::EventStrip(const Theme &theme, const QAbstractItemModel &activity, QWidget *parent)
    : ThemedButton(theme, parent), m_activity(activity), m_noticeEnd(new QTimer(this))
{
    m_noticeEnd->setSingleShot(true);
    connect(m_noticeEnd, &QTimer::timeout, this, &EventStrip::refresh);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&activity, &QAbstractItemModel::rowsInserted, this, &EventStrip::refresh);
    connect(&activity, &QAbstractItemModel::rowsRemoved, this, &EventStrip::refresh);
    connect(&activity, &QAbstractItemModel::modelReset, this, &EventStrip::refresh);
    connect(&activity, &QAbstractItemModel::layoutChanged, this, &EventStrip::refresh);
    connect(&activity, &QAbstractItemModel::dataChanged, this, &EventStrip::refresh);
    refresh();
}

void EventStrip::refresh()
{
    m_noticeEnd->stop();
    m_count = m_activity.rowCount();
    m_since.clear();
    const QModelIndex newest = m_activity.index(0, 0);
    if (m_count > 0) {
        const QModelIndex oldest = m_activity.index(m_count - 1, 0);
        m_since = utcShortTimeText(fromEpochMs(oldest.data(ActivityRoles::AtRole).toLongLong()));
    }
    if (m_newsAtMs > 0 && (m_count == 0 || m_newsAtMs > newest.data(ActivityRoles::AtRole).toLongLong()))
        setLine(utcTimeText(fromEpochMs(m_newsAtMs)), m_newsGlyph, m_newsText);
    else if (m_count == 0)
        setLine(QString(), StateGlyph::Info, tr("Nothing has happened yet"));
    else
        setLine(utcTimeText(fromEpochMs(newest.data(ActivityRoles::AtRole).toLongLong())),
                static_cast<StateGlyph>(std::clamp(newest.data(ActivityRoles::GlyphRole).toInt(), 0, 5)),
                newest.data(ActivityRoles::TextRole).toString());
}

void EventStrip::setNews(qint64 atMs, StateGlyph glyph, const QString &text)
{
    if (m_newsAtMs == atMs && m_newsText == text)
        return;
    m_newsAtMs = atMs;
    m_newsGlyph = glyph;
    m_newsText = text;
    if (!m_noticeEnd->isActive())
        refresh();
}

void EventStrip::showNotice(const QString &words)
{
    setLine(QString(), StateGlyph::Warning, words);
    m_noticeEnd->start(std::chrono::seconds(8));
}

void EventStrip::setLine(const QString &time, StateGlyph glyph, const QString &line)
{
    m_time = time;
    m_glyph = glyph;
    m_line = line.left(500).simplified();
    setAccessibleName(tr("Newest event: %1. Opens the activity log").arg((m_time + u' ' + m_line).trimmed()));
    update();
}

QSize EventStrip::sizeHint() const { return {theme().px(320), theme().px(28)}; }

double EventStrip::paintTrailing(QPainter &painter) const
{
    QList<TextRun> runs{{tr("Activity log"), FontRole::Row12, Role::Muted}};
    if (m_count > 0) {
        runs.append({QStringLiteral("  %1  ").arg(m_count), FontRole::MonoMedium12, Role::Text});
        runs.append({tr("since %1").arg(m_since), FontRole::Row12, Role::Muted});
    }
    const int icon = theme().px(14);
    const double right = width() - theme().px(12);
    paintIcon(painter, QRectF(right - icon, (height() + 1 - icon) / 2, icon, icon), Icon::ChevronRight, theme().color(Role::Muted));
    const double textWidth = runsWidth(runs, theme()) + 1;
    const double left = right - icon - theme().px(8) - textWidth;
    paintRuns(painter, QRectF(left, 1, textWidth + 1, height() - 1), runs, theme());
    return left;
}

void EventStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(underMouse() ? Role::Raised2 : Role::Raised));
    painter.fillRect(0, 0, width(), 1, theme().color(Role::Border));
    const double end = paintTrailing(painter) - theme().px(16);
    double x = theme().px(16);
    const int size = theme().px(10);
    if (!m_time.isEmpty()) {
        const QList<TextRun> time{{m_time, FontRole::Mono12, Role::Muted}};
        paintRuns(painter, QRectF(x, 1, theme().px(62), height() - 1), time, theme());
        x += theme().px(66);
    }
    if (!m_time.isEmpty() || m_noticeEnd->isActive()) {
        paintGlyph(painter, QRectF(x, (height() + 1 - size) / 2.0, size, size), m_glyph, theme().palette());
        x += theme().px(17);
    }
    paintRuns(painter, QRectF(x, 1, end - x, height() - 1),
              {{m_line, FontRole::Row12, m_time.isEmpty() && !m_noticeEnd->isActive() ? Role::Muted : Role::Text}}, theme());
    paintFocus(painter, rect(), 0);
}

} // namespace cockpit
