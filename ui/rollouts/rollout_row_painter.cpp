// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollouts/rollout_row_painter.h"

#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"
#include "ui/widgets/themed_widget.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace cockpit {

RolloutColumns::RolloutColumns(int width, const Theme &theme)
{
    // 1302 px is the page on a 1366 px screen; what is more goes to steps and versions, what is less comes off the
    // steps.
    const int more = width - theme.px(1302);
    const std::array<int, 7> widths{theme.px(124) + std::max(0, more / 5),
                                    theme.px(84) + std::max(-theme.px(8), std::min(0, more) / 10),
                                    theme.px(136) + std::max(0, more / 10),
                                    theme.px(312) + std::min(0, more) * 2 / 5 + std::max(0, more / 5),
                                    theme.px(148) + std::min(0, more) / 5 + std::max(0, more / 8),
                                    theme.px(132) + std::max(0, more / 8),
                                    theme.px(128)};
    left[0] = theme.px(16);
    for (size_t column = 0; column < widths.size(); ++column)
        left[column + 1] = left[column] + widths[column];
}

QRectF RolloutColumns::cell(size_t column, const QRectF &row, const Theme &theme) const
{
    const double right =
        column + 1 < left.size() ? row.left() + left[column + 1] - theme.px(8) : row.right() - theme.px(16);
    return {row.left() + left[column], row.top(), std::max(0.0, right - row.left() - left[column]), row.height()};
}

QString rolloutColumnHead(size_t column)
{
    constexpr std::array<const char *, 8> heads{QT_TRANSLATE_NOOP("RolloutRow", "Service"),
                                                QT_TRANSLATE_NOOP("RolloutRow", "Strategy"),
                                                QT_TRANSLATE_NOOP("RolloutRow", "Version"),
                                                QT_TRANSLATE_NOOP("RolloutRow", "Step, % of traffic"),
                                                QT_TRANSLATE_NOOP("RolloutRow", "Next"),
                                                QT_TRANSLATE_NOOP("RolloutRow", "Error rate"),
                                                "p99",
                                                ""};
    return QCoreApplication::translate("RolloutRow", heads.at(column));
}

void RolloutRowPainter::paint(QPainter &painter, const QRectF &rect, const RolloutRowView &row, bool selected,
                              bool focused) const
{
    painter.fillRect(rect, m_theme.color(selected ? Role::Raised2 : Role::Surface));
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), m_theme.color(Role::Border));
    if (selected)
        painter.fillRect(QRectF(rect.left(), rect.top(), m_theme.px(3), rect.height() - 1),
                         m_theme.color(Role::Accent));
    if (selected && focused) {
        painter.setPen(QPen(m_theme.color(Role::Accent), 1));
        painter.drawRect(rect.adjusted(0, 0, -1, -2));
    }
    const RolloutColumns columns(static_cast<int>(rect.width()), m_theme);
    paintName(painter, columns.cell(0, rect, m_theme), row);
    paintRuns(painter, columns.cell(1, rect, m_theme), {{row.strategy, FontRole::Row12, Role::Muted}}, m_theme);
    paintVersion(painter, columns.cell(2, rect, m_theme), row);
    paintSteps(painter, columns.cell(3, rect, m_theme), row);
    paintTwoLines(painter, columns.cell(4, rect, m_theme), row.next, row.old ? Role::StaleText : row.nextRole,
                  row.nextBelow);
    paintFigure(painter, columns.cell(5, rect, m_theme), row.errors, row.old);
    paintFigure(painter, columns.cell(6, rect, m_theme), row.latency, row.old);
}

void RolloutRowPainter::paintName(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const
{
    const double size = m_theme.px(10);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGlyph(painter, QRectF(cell.left(), cell.center().y() - size / 2, size, size), row.glyph, m_theme.palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF text = cell.adjusted(m_theme.px(18), 0, 0, 0);
    const QList<TextRun> name{{row.name, FontRole::RowStrong12, row.old ? Role::StaleText : Role::Text}};
    if (row.where.isEmpty())
        return paintRuns(painter, text, name, m_theme);
    paintRuns(painter, QRectF(text.left(), text.top() + m_theme.px(5), text.width(), m_theme.px(18)), name, m_theme);
    paintRuns(painter, QRectF(text.left(), text.top() + m_theme.px(22), text.width(), m_theme.px(16)),
              {{row.where, FontRole::Chip11, Role::Muted}}, m_theme);
}

void RolloutRowPainter::paintVersion(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const
{
    const Role ink = row.old ? Role::StaleText : Role::Text;
    if (row.fromVersion.isEmpty())
        return paintRuns(painter, cell, {{row.toVersion, FontRole::MonoMedium12, ink}}, m_theme);
    paintRuns(painter, cell,
              {{row.fromVersion, FontRole::MonoMedium12, ink},
               {QCoreApplication::translate("RolloutRow", " to "), FontRole::Row12, Role::Muted},
               {row.toVersion, FontRole::MonoStrong12, ink}},
              m_theme);
}

void RolloutRowPainter::paintSteps(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const
{
    if (!row.chips.isEmpty())
        paintChips(painter, cell, row.chips);
    else if (!row.boxes.isEmpty())
        paintBoxes(painter, cell, row.boxes);
    else
        paintRuns(painter, cell, numberRuns(row.stepText, FontRole::Row12, FontRole::Mono12, Role::Muted, Role::Muted),
                  m_theme);
}

void RolloutRowPainter::paintChips(QPainter &painter, const QRectF &cell, const QList<StepChip> &chips) const
{
    const double gap = m_theme.px(2);
    const double width = std::min<double>(m_theme.px(25), cell.width() / static_cast<double>(chips.size()) - gap);
    const bool texts = width >= m_theme.px(19);
    double x = cell.left();
    painter.setFont(m_theme.font(FontRole::Mono11));
    for (const StepChip &chip : chips) {
        const QRectF box(x, cell.center().y() - m_theme.px(9), width, m_theme.px(18));
        Role fill = Role::Raised;
        Role ink = Role::Muted;
        switch (chip.state) {
        case StepChip::State::Done:
            fill = Role::OkSoft;
            ink = Role::Ok;
            break;
        case StepChip::State::Current:
            fill = Role::Accent;
            ink = Role::OnAccent;
            break;
        case StepChip::State::Failing:
            fill = Role::Critical;
            ink = Role::OnAccent;
            break;
        case StepChip::State::Future:
            break;
        }
        const bool now = chip.state == StepChip::State::Current || chip.state == StepChip::State::Failing;
        paintBox(painter, box, m_theme.px(3), m_theme.color(fill), QColor());
        if (texts || now) {
            painter.setFont(m_theme.font(now ? FontRole::MonoStrong11 : FontRole::Mono11));
            painter.setPen(m_theme.color(ink));
            painter.drawText(box, Qt::AlignCenter | Qt::TextDontClip, chip.text);
        }
        x += width + gap;
    }
}

void RolloutRowPainter::paintBoxes(QPainter &painter, const QRectF &cell, const QList<ColourBox> &boxes) const
{
    const double gap = m_theme.px(4);
    const double whole = std::min<double>(cell.width(), m_theme.px(295));
    const double width = (whole - gap) / 2;
    double x = cell.left();
    for (const ColourBox &box : boxes) {
        const QRectF place(x, cell.center().y() - m_theme.px(11), width, m_theme.px(22));
        paintBox(painter, place, m_theme.px(4), QColor(), m_theme.color(box.active ? Role::Stable : Role::Stale),
                 box.active ? Qt::SolidLine : Qt::DashLine);
        const QRectF text = place.adjusted(m_theme.px(8), 0, -m_theme.px(8), 0);
        const QString word = box.active ? QCoreApplication::translate("RolloutRow", "active ")
                                        : QCoreApplication::translate("RolloutRow", "preview ");
        paintRuns(painter, text, {{box.share, FontRole::Mono12, Role::Muted}}, m_theme, Qt::AlignRight);
        paintRuns(painter, text.adjusted(0, 0, -m_theme.px(44), 0),
                  {{word, FontRole::Row12, Role::Muted}, {box.version, FontRole::MonoMedium12, Role::Text}}, m_theme);
        x += width + gap;
    }
}

void RolloutRowPainter::paintTwoLines(QPainter &painter, const QRectF &cell, const QString &above, Role role,
                                      const QString &below) const
{
    const bool quiet = role == Role::Muted;
    const QList<TextRun> first = numberRuns(
        above, role == Role::Critical || role == Role::Warning ? FontRole::RowStrong12 : FontRole::RowMedium12,
        FontRole::MonoMedium12, quiet ? Role::Muted : role, quiet ? Role::Muted : role);
    if (below.isEmpty())
        return paintRuns(painter, cell, first, m_theme);
    paintRuns(painter, QRectF(cell.left(), cell.top() + m_theme.px(4), cell.width(), m_theme.px(18)), first, m_theme);
    paintRuns(painter, QRectF(cell.left(), cell.top() + m_theme.px(22), cell.width(), m_theme.px(16)),
              numberRuns(below, FontRole::Chip11, FontRole::Mono11, Role::Muted, Role::Muted), m_theme);
}

void RolloutRowPainter::paintFigure(QPainter &painter, const QRectF &cell, const VerdictCell &figure, bool old) const
{
    if (!figure.glyph)
        return paintRuns(painter, cell, {{figure.value, FontRole::Row12, Role::Muted}}, m_theme);
    const double size = m_theme.px(10);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGlyph(painter, QRectF(cell.left(), cell.top() + m_theme.px(8), size, size),
               old ? StateGlyph::Stale : *figure.glyph, m_theme.palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    const Role ink = old ? Role::StaleText : Role::Text;
    const QRectF text = cell.adjusted(m_theme.px(16), 0, 0, 0);
    paintRuns(painter, QRectF(text.left(), text.top() + m_theme.px(4), text.width(), m_theme.px(18)),
              numberRuns(figure.value, FontRole::RowMedium12, FontRole::MonoMedium12, ink, ink), m_theme);
    paintRuns(painter, QRectF(text.left(), text.top() + m_theme.px(22), text.width(), m_theme.px(16)),
              numberRuns(figure.below, FontRole::Chip11, FontRole::Mono11, Role::Muted, Role::Muted), m_theme);
}

} // namespace cockpit
