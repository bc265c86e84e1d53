// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rollouts/rollout_row.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <array>

class QPainter;

namespace cockpit {

/// Where the columns of the list are, in px of the design: service, strategy, version, step, next, error rate, p99 and
/// the buttons' rest. On a wide screen the steps take the room.
struct RolloutColumns {
    std::array<int, 8> left{};
    explicit RolloutColumns(int width, const Theme &theme);
    QRectF cell(size_t column, const QRectF &row, const Theme &theme) const;
};

/// The words over the columns.
QString rolloutColumnHead(size_t column);

/// Paints one row of 44 px, without its buttons.
class RolloutRowPainter {
public:
    explicit RolloutRowPainter(const Theme &theme)
        : m_theme(theme)
    {}
    void paint(QPainter &painter, const QRectF &rect, const RolloutRowView &row, bool selected, bool focused) const;

private:
    void paintName(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const;
    void paintVersion(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const;
    void paintSteps(QPainter &painter, const QRectF &cell, const RolloutRowView &row) const;
    void paintChips(QPainter &painter, const QRectF &cell, const QList<StepChip> &chips) const;
    void paintBoxes(QPainter &painter, const QRectF &cell, const QList<ColourBox> &boxes) const;
    void paintTwoLines(QPainter &painter, const QRectF &cell, const QString &above, Role role,
                       const QString &below) const;
    void paintFigure(QPainter &painter, const QRectF &cell, const VerdictCell &figure, bool old) const;

    const Theme &m_theme;
};

} // namespace cockpit
