// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/breaker_store.h"

#include <QAbstractTableModel>
#include <QHash>

namespace cockpit {

/// Breakers as a matrix: a row per caller, a column per dependency; where a caller has several towards one dependency
/// the one that needs a hand most. One writer (the page), GUI thread.
class BreakerGrid : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit BreakerGrid(QObject *parent = nullptr);
    /// Shows what the store holds. Cells that stay keep their place in a selection.
    void refresh(const BreakerStore &store, Instant now);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// The sentence of the cell, for people who do not see it.
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    struct Cell {
        BreakerPtr breaker{};
        int others = 0; ///< more breakers towards the same dependency
        std::optional<Override> held{};
    };
    /// Null when there is none.
    const Cell *cell(const QModelIndex &index) const;
    QModelIndex indexOf(const BreakerKey &key) const;
    /// Row and column are the same service.
    bool isSelf(const QModelIndex &index) const;
    /// The cell that needs a hand most; invalid when there is none.
    QModelIndex worst() const;
    Instant now() const { return m_now; }

private:
    QStringList m_callers{};
    QStringList m_dependencies{};
    QHash<std::pair<QString, QString>, Cell> m_cells{};
    Instant m_now{};
};

} // namespace cockpit
