// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/breakers/breaker_grid.h"
#include "ui/theme/theme.h"

#include <QTableView>

namespace cockpit {

/// Rows call columns: state, age of the last change, failed %, slow %, rejected per second. Cells 119 × 60, head 44,
/// names of callers 108. Arrow keys move, Enter opens what is below. Only cells in view are painted.
class BreakerMatrix : public QTableView {
    Q_OBJECT
public:
    BreakerMatrix(BreakerGrid &grid, const Theme &theme, QWidget *parent = nullptr);
    /// Null when none is selected.
    BreakerPtr selected() const;
    bool select(const BreakerKey &key);
    /// Height of the head and all rows.
    int wholeHeight() const;

Q_SIGNALS:
    void selectionMoved();
    void opened();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void adoptTheme();

    BreakerGrid &m_grid;
    const Theme &m_theme;
};

} // namespace cockpit
