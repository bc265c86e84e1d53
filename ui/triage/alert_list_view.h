// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/alert_list_model.h"
#include "ui/triage/alert_pulse.h"
#include "ui/triage/alert_row_painter.h"

#include <QAbstractItemView>

#include <vector>

namespace cockpit {

/// The Triage list. Rows have the heights of their kind; their tops are kept as prefix sums, and only what shows is
/// painted. J, K, arrows, Home, End and Page keys go from alert to alert past the headers; Enter or a click on a group
/// collapses it.
class AlertListView : public QAbstractItemView {
    Q_OBJECT
public:
    AlertListView(AlertListModel &model, const Theme &theme, QWidget *parent = nullptr);

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;

    /// Time and truth of the rows; repaints.
    void setTruth(Instant now, const QSet<QString> &staleClusters, bool manyClusters);
    /// Which services roll out, and since when: their alerts get a chip. Repaints when it differs.
    void setRollingOut(const QHash<ServiceId, Instant> &services);
    /// The alert of the selected row, or null.
    const Alert *selectedAlert() const;
    void selectAlert(const AlertKey &key);
    /// To the next (+1) or previous (-1) alert.
    void step(int direction);
    /// Selects the first alert when none is selected.
    void selectFirst();
    QStringList collapsed() const;

Q_SIGNALS:
    /// The selected alert is another one, or it changed.
    void alertSelected();
    void collapsedChanged();

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    /// Time passed: only the rows whose words changed are painted again.
    void repaintMovedTimes(Instant before);
    void measure();
    int rowAt(int y) const;
    int nextAlert(int from, int direction) const;
    void toggleGroup(int row);
    void paintPulse(QPainter &painter, const QRect &rect, const Alert &alert) const;

    AlertListModel &m_alerts;
    const Theme &m_theme;
    AlertRowPainter m_painter;
    AlertPulse m_pulse;
    std::vector<int> m_tops{0}; ///< top of each row, and the whole height last
};

} // namespace cockpit
