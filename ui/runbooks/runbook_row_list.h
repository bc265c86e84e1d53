// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_rows.h"
#include "ui/theme/theme.h"

#include <QAbstractListModel>
#include <QListView>

namespace cockpit {

/// Rows of a tree, an outline or a search. One writer.
class RunbookRowModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit RunbookRowModel(QObject *parent = nullptr);
    /// Does nothing when nothing changed.
    void setRows(const QList<RunbookRow> &rows);
    const QList<RunbookRow> &rows() const { return m_rows; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<RunbookRow> m_rows{};
};

/// A list of them, 24 px a row, a hit 60: a click or Enter chooses, Left and Right close and open folders.
class RunbookRowList : public QListView {
    Q_OBJECT
public:
    RunbookRowList(const Theme &theme, const QString &name, QWidget *parent = nullptr);
    void setRows(const QList<RunbookRow> &rows);
    const QList<RunbookRow> &rows() const { return m_model->rows(); }
    /// The row that is marked as the current one, without choosing it; -1 = none. Scrolled into sight.
    void mark(int row);

Q_SIGNALS:
    void chosen(const cockpit::RunbookRow &row);
    void folderToggled(const QString &folder, bool open);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void choose(const QModelIndex &index);

    RunbookRowModel *m_model;
};

} // namespace cockpit
