// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/rollouts/rollout_offers.h"
#include "ui/rollouts/rollout_row_painter.h"
#include "ui/rollouts/rollout_rows.h"
#include "ui/widgets/themed_widget.h"

#include <QListView>

#include <functional>
#include <vector>

namespace cockpit {

class Button;

/// All rollouts, one row of 44 px each. Only the rows in view are painted and have buttons; a button belongs to its
/// object, so that a list that moves never puts another one under the pointer's press.
class RolloutList : public QListView {
    Q_OBJECT
public:
    RolloutList(RolloutRows &rows, const Theme &theme, QWidget *parent = nullptr);
    /// Why no button of that rollout works now; asked for each row in view.
    /// Why that offer does not work now; empty when it does.
    using Refusal = std::function<QString(const Rollout &, const QString &offer)>;
    void setRefusal(Refusal refusal) { m_refusal = std::move(refusal); }
    /// Paints and places again after the rows changed.
    void refreshRows();
    /// Null when nothing is selected.
    const RolloutEntry *selected() const;
    bool select(const ObjectKey &key);
    void step(int direction);
    /// The rollout whose strip is open: its button is outlined. Nothing = none.
    void setArmed(const std::optional<ObjectKey> &key, const QString &offer);
    /// Height of `count` rows.
    int heightOfRows(int count) const;
    /// How many rows were painted since the list was made, for tests.
    int paintedRows() const { return m_painted; }

Q_SIGNALS:
    void selectionMoved();
    void offerClicked(const cockpit::ObjectKey &key, const QString &offer);
    /// Enter on a row.
    void opened();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct RowButtons {
        std::vector<Button *> buttons{};
        QStringList offers{};
    };
    void placeButtons();
    void fillButtons(const ObjectKey &key, RowButtons &row, const QList<RolloutOffer> &offers);
    void showButtons(int row, RowButtons &held);

    RolloutRows &m_rows;
    const Theme &m_theme;
    RolloutRowPainter m_painter;
    Refusal m_refusal{};
    QHash<ObjectKey, RowButtons> m_buttons{};
    std::optional<ObjectKey> m_armed{};
    QString m_armedOffer{};
    int m_painted = 0;
};

/// The words over the columns, 28 px.
class RolloutHead : public ThemedWidget {
    Q_OBJECT
public:
    explicit RolloutHead(const Theme &theme, QWidget *parent = nullptr);
    /// Width of the rows under it: less than its own where the list has a scroll bar.
    void setRowWidth(int px);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_rowWidth = 0;
};

} // namespace cockpit
