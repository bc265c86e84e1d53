// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/incident/timeline_rows.h"
#include "ui/theme/theme.h"

#include <QListView>

namespace cockpit {

/// The timeline as rows of 32 px: time, what it is, words, who. Only rows in view are painted; what comes in above does
/// not move what is being read.
class TimelineView : public QListView {
    Q_OBJECT
public:
    TimelineView(TimelineRows &rows, const Theme &theme, QWidget *parent = nullptr);
    /// Who this cockpit is, for "you".
    void setPerson(const QString &person) { m_person = person; }
    const QString &person() const { return m_person; }
    /// Null when nothing is selected.
    const IncidentEntry *selected() const;
    bool select(const EntryId &id);
    /// How many rows were painted since it was made, for tests.
    int paintedRows() const { return m_painted; }
    void countPaintedRow() { ++m_painted; }

Q_SIGNALS:
    void selectionMoved();
    /// Enter on a row, or a click.
    void opened();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void keepPlace(int first, int last);

    TimelineRows &m_rows;
    const Theme &m_theme;
    QString m_person{};
    int m_painted = 0;
};

} // namespace cockpit
