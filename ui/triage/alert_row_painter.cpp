// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_row_painter.h"

#include "models/plain_line.h"
#include "ui/theme/icon.h"
#include "ui/triage/alert_words.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

#include <QCoreApplication>
#include <QPainter>

namespace cockpit {

int AlertRowPainter::height(const AlertRow &row) const
{
    return m_theme.px(row.kind == AlertRow::Kind::Alert ? 76 : 28);
}

void AlertRowPainter::paint(QPainter &painter, const QRectF &rect, const AlertRow &row, const Alert *alert,
                            bool selected, bool focused) const
{
    const bool header = row.kind == AlertRow::Kind::ServiceHeader || row.kind == AlertRow::Kind::SectionHeader;
    painter.fillRect(rect, m_theme.color(selected ? Role::Raised2 : header ? Role::Raised : Role::Surface));
    if (header || row.kind == AlertRow::Kind::Alert)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), m_theme.color(Role::Border));
    if (selected) {
        painter.fillRect(QRectF(rect.left(), rect.top(), m_theme.px(3), rect.height() - 1),
                         m_theme.color(Role::Accent));
        if (focused) {
            painter.setPen(QPen(m_theme.color(Role::Accent), 1));
            painter.drawRect(rect.adjusted(0, 0, -1, -2));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF inner = rect.adjusted(m_theme.px(12), 0, -m_theme.px(12), -1);
    if (header)
        paintHeader(painter, inner, row);
    else if (row.kind == AlertRow::Kind::Alert && alert)
        paintAlert(painter, inner, *alert);
    else if (row.kind == AlertRow::Kind::ShortAlert && alert)
        paintShort(painter, inner, *alert);
    else
        paintRuns(painter, inner, {{plainLine(row.title, 160), FontRole::Row12, Role::Muted}}, m_theme);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void AlertRowPainter::paintHeader(QPainter &painter, const QRectF &rect, const AlertRow &row) const
{
    QList<TextRun> right{{QString::number(row.count), FontRole::Mono12, Role::Muted}};
    if (row.kind == AlertRow::Kind::ServiceHeader && row.section == AlertState::Firing)
        right.append({u' ' + QCoreApplication::translate("AlertRowPainter", "firing"), FontRole::Row12, Role::Muted});
    paintRuns(painter, rect, right, m_theme, Qt::AlignRight);
    QRectF left = rect.adjusted(0, 0, -runsWidth(right, m_theme) - m_theme.px(8), 0);
    if (collapsed.contains(row.title)) {
        paintIcon(
            painter,
            QRectF(left.left() - m_theme.px(2), left.center().y() - m_theme.px(7), m_theme.px(14), m_theme.px(14)),
            Icon::ChevronRight, m_theme.color(Role::Muted));
        left.adjust(m_theme.px(16), 0, 0, 0);
    }
    paintRuns(painter, left, {{plainLine(row.title, 120), FontRole::RowStrong12, Role::Text}}, m_theme);
}

void AlertRowPainter::paintAlert(QPainter &painter, const QRectF &rect, const Alert &alert) const
{
    const bool stale = staleClusters.contains(alert.key.cluster);
    const Role ink = stale ? Role::StaleText : Role::Text;
    const QRectF first(rect.left() + m_theme.px(20), rect.top() + m_theme.px(8), rect.width() - m_theme.px(20),
                       m_theme.px(20));
    const double size = m_theme.px(10);
    paintGlyph(painter, QRectF(rect.left(), first.center().y() - size / 2, size, size),
               stale ? StateGlyph::Stale : alertGlyph(alert), m_theme.palette());
    const QList<TextRun> age =
        numberRuns(roughDurationText(now - alert.startsAt), FontRole::Row12, FontRole::MonoMedium12, ink, ink);
    paintRuns(painter, first, age, m_theme, Qt::AlignRight);
    paintRuns(painter, first.adjusted(0, 0, -runsWidth(age, m_theme) - m_theme.px(8), 0),
              {{plainLine(alert.name, 160), FontRole::Strong13, ink}}, m_theme);
    const QRectF second(first.left(), first.bottom(), first.width(), m_theme.px(18));
    paintRuns(painter, second, {{plainLine(alert.summaryLine(), 240), FontRole::Row12, Role::Muted}}, m_theme);
    const QRectF third(first.left(), second.bottom() + m_theme.px(2), first.width(), m_theme.px(18));
    const bool waits = alert.state == AlertState::Firing;
    const QList<TextRun> holder{{alertHolderText(alert, now), FontRole::Chip11, waits ? Role::Text : Role::Muted}};
    paintRuns(painter, third, holder, m_theme, Qt::AlignRight);
    double x = third.left();
    const double room = third.right() - runsWidth(holder, m_theme) - m_theme.px(8);
    QList<ChipView> chips;
    const auto rolling = rollingOut.constFind(alert.service);
    if (rolling != rollingOut.constEnd() && *rolling <= alert.startsAt && alert.startsAt - *rolling < std::chrono::hours(1))
        chips.append({QCoreApplication::translate("AlertRowPainter", "canary"), Icon::Steps, Role::Canary});
    chips.append({alert.severity.isEmpty() ? QCoreApplication::translate("AlertRowPainter", "no severity")
                                           : plainLine(alert.severity, 20)});
    if (alert.priority)
        chips.append({toWireName(*alert.priority)});
    if (manyClusters)
        chips.append({plainLine(alert.key.cluster, 24)});
    for (const ChipView &chip : chips) {
        if (x + chipWidth(chip, m_theme) > room)
            return;
        x += paintChip(painter, QPointF(x, third.top()), chip, m_theme) + m_theme.px(4);
    }
}

void AlertRowPainter::paintShort(QPainter &painter, const QRectF &rect, const Alert &alert) const
{
    const double size = m_theme.px(10);
    const bool stale = staleClusters.contains(alert.key.cluster) && alert.state != AlertState::Pending;
    paintGlyph(painter, QRectF(rect.left(), rect.center().y() - size / 2, size, size),
               stale ? StateGlyph::Stale : alertGlyph(alert), m_theme.palette());
    const QList<TextRun> holder =
        numberRuns(alertHolderText(alert, now), FontRole::Chip11, FontRole::Mono11, Role::Muted, Role::Muted);
    paintRuns(painter, rect, holder, m_theme, Qt::AlignRight);
    paintRuns(painter, rect.adjusted(m_theme.px(18), 0, -runsWidth(holder, m_theme) - m_theme.px(8), 0),
              {{plainLine(alert.name, 160), FontRole::Row12, Role::Muted}}, m_theme);
}

} // namespace cockpit
