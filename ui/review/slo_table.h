// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/slo.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// The table of objectives: head 28 px, rows 32 px, one of them chosen. Arrow keys, Home and End and a click choose.
class SloTable : public ThemedWidget {
    Q_OBJECT
public:
    explicit SloTable(const Theme &theme, QWidget *parent = nullptr);
    /// Keeps the choice by the objective's id.
    void setBoard(const SloBoardPtr &board);
    int chosen() const { return m_chosen; }
    void choose(int row);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosenChanged(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Columns;
    Columns columns() const;
    QRectF rowRect(int row) const;
    void paintHead(QPainter &painter, const Columns &columns) const;
    void paintRow(QPainter &painter, int row, const Columns &columns) const;
    void refreshName();

    SloBoardPtr m_board{};
    int m_chosen = 0;
};

} // namespace cockpit
