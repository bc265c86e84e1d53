// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/breakers/breaker_grid.h"

#include "models/plain_line.h"
#include "ui/breakers/breaker_words.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

namespace {

bool needsMore(const BreakerPtr &a, const BreakerPtr &b) { return attentionRank(a->state) > attentionRank(b->state); }

QStringList sorted(const QSet<QString> &names)
{
    QStringList list(names.cbegin(), names.cend());
    list.sort();
    return list;
}

} // namespace

BreakerGrid::BreakerGrid(QObject *parent)
    : QAbstractTableModel(parent)
{}

void BreakerGrid::refresh(const BreakerStore &store, Instant now)
{
    QSet<QString> callers;
    QSet<QString> dependencies;
    QHash<std::pair<QString, QString>, Cell> cells;
    for (const BreakerPtr &one : store.breakers()) {
        const QString from = one->key.from.toString();
        callers.insert(from);
        dependencies.insert(one->to);
        Cell &cell = cells[{from, one->to}];
        if (cell.breaker)
            ++cell.others;
        if (!cell.breaker || needsMore(one, cell.breaker))
            cell.breaker = one;
    }
    for (Cell &cell : cells) {
        if (const Override *held = store.overrideOf(cell.breaker->key))
            cell.held = *held;
    }
    m_now = now;
    m_cells = std::move(cells);
    const QStringList rows = sorted(callers);
    const QStringList columns = sorted(dependencies);
    if (rows != m_callers || columns != m_dependencies) {
        beginResetModel();
        m_callers = rows;
        m_dependencies = columns;
        endResetModel();
    } else if (!rows.isEmpty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

int BreakerGrid::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_callers.size());
}

int BreakerGrid::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_dependencies.size());
}

QVariant BreakerGrid::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    const Cell *found = cell(index);
    if (!found)
        return role == Qt::AccessibleTextRole ? tr("no breaker") : QVariant();
    QString words = breakerSentence(*found->breaker);
    if (found->others > 0)
        words += tr(", and %1 more towards it").arg(found->others);
    return words;
}

QVariant BreakerGrid::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    const QStringList &names = orientation == Qt::Horizontal ? m_dependencies : m_callers;
    return plainLine(names.value(section), 60);
}

const BreakerGrid::Cell *BreakerGrid::cell(const QModelIndex &index) const
{
    const auto found = m_cells.constFind({m_callers.value(index.row()), m_dependencies.value(index.column())});
    return index.isValid() && found != m_cells.constEnd() ? &*found : nullptr;
}

QModelIndex BreakerGrid::indexOf(const BreakerKey &key) const
{
    for (auto it = m_cells.cbegin(); it != m_cells.cend(); ++it) {
        if (it->breaker->key == key)
            return index(static_cast<int>(m_callers.indexOf(it.key().first)),
                         static_cast<int>(m_dependencies.indexOf(it.key().second)));
    }
    return {};
}

bool BreakerGrid::isSelf(const QModelIndex &index) const
{
    return index.isValid() && m_callers.value(index.row()) == m_dependencies.value(index.column());
}

QModelIndex BreakerGrid::worst() const
{
    const auto found = std::max_element(m_cells.cbegin(), m_cells.cend(), [](const Cell &a, const Cell &b) {
        const int rankA = attentionRank(a.breaker->state);
        const int rankB = attentionRank(b.breaker->state);
        return rankA != rankB ? rankA < rankB : b.breaker->key < a.breaker->key;
    });
    return found == m_cells.cend() ? QModelIndex() : indexOf(found->breaker->key);
}

} // namespace cockpit
