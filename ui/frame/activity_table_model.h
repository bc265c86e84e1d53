// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"

#include <QAbstractTableModel>
#include <QList>
#include <QPersistentModelIndex>

namespace cockpit {

/// The rows of the activity log that a filter lets through, as a table. Selection survives new events.
class ActivityTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TimeColumn, WhoColumn, ActionColumn, ObjectColumn, OutcomeColumn, ReasonColumn, ColumnCount };

    explicit ActivityTableModel(const QAbstractItemModel &source, QObject *parent = nullptr);
    /// Plain words; every word must stand somewhere in the row. Case does not matter.
    void setFilter(const QString &words);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    StateGlyph glyph(int row) const;

Q_SIGNALS:
    void filtered();

private:
    bool accepts(int sourceRow) const;
    void rebuild();
    void takeIn(int first, int last);
    /// While the source still has them, so that the other rows read right meanwhile.
    void dropRows(int first, int last);
    void closeGap(int first, int last);
    QString cell(const QModelIndex &source, int column) const;

    const QAbstractItemModel &m_source;
    QStringList m_words{};
    QList<int> m_rows{};
};

} // namespace cockpit
