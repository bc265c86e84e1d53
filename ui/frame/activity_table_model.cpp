// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/activity_table_model.h"

#include "models/instant.h"
#include "models/items/activity_roles.h"
#include "models/plain_line.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype cellLimit = 300;

} // namespace

ActivityTableModel::ActivityTableModel(const QAbstractItemModel &source, QObject *parent)
    : QAbstractTableModel(parent), m_source(source)
{
    connect(&source, &QAbstractItemModel::modelReset, this, &ActivityTableModel::rebuild);
    connect(&source, &QAbstractItemModel::layoutChanged, this, &ActivityTableModel::rebuild);
    connect(&source, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { takeIn(first, last); });
    connect(&source, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { dropRows(first, last); });
    connect(&source, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { closeGap(first, last); });
    connect(&source, &QAbstractItemModel::dataChanged, this, [this] {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
    rebuild();
}

void ActivityTableModel::setFilter(const QString &words)
{
    m_words = words.simplified().split(u' ', Qt::SkipEmptyParts);
    rebuild();
}

bool ActivityTableModel::accepts(int sourceRow) const
{
    if (m_words.isEmpty())
        return true;
    const QModelIndex source = m_source.index(sourceRow, 0);
    QString all = source.data(ActivityRoles::TextRole).toString();
    for (int column = TimeColumn; column < ColumnCount; ++column)
        all += u' ' + cell(source, column);
    return std::all_of(m_words.cbegin(), m_words.cend(),
                       [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

void ActivityTableModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (int row = 0; row < m_source.rowCount(); ++row) {
        if (accepts(row))
            m_rows.append(row);
    }
    endResetModel();
    Q_EMIT filtered();
}

void ActivityTableModel::takeIn(int first, int last)
{
    const int count = last - first + 1;
    for (int &row : m_rows)
        row += row >= first ? count : 0;
    QList<int> added;
    for (int row = first; row <= last; ++row) {
        if (accepts(row))
            added.append(row);
    }
    if (!added.isEmpty()) {
        const auto at = static_cast<int>(std::lower_bound(m_rows.cbegin(), m_rows.cend(), first) - m_rows.cbegin());
        beginInsertRows({}, at, at + static_cast<int>(added.size()) - 1);
        for (int offset = 0; offset < added.size(); ++offset)
            m_rows.insert(at + offset, added.at(offset));
        endInsertRows();
    }
    Q_EMIT filtered();
}

void ActivityTableModel::dropRows(int first, int last)
{
    const auto from = std::lower_bound(m_rows.cbegin(), m_rows.cend(), first) - m_rows.cbegin();
    const auto to = std::upper_bound(m_rows.cbegin(), m_rows.cend(), last) - m_rows.cbegin();
    if (to == from)
        return;
    beginRemoveRows({}, static_cast<int>(from), static_cast<int>(to) - 1);
    m_rows.remove(from, to - from);
    endRemoveRows();
}

void ActivityTableModel::closeGap(int first, int last)
{
    for (int &row : m_rows)
        row -= row > last ? last - first + 1 : 0;
    Q_EMIT filtered();
}

int ActivityTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ActivityTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ActivityTableModel::cell(const QModelIndex &source, int column) const
{
    const auto text = [&source](int role) { return plainLine(source.data(role).toString(), cellLimit); };
    switch (column) {
    case TimeColumn: return utcTimeText(fromEpochMs(source.data(ActivityRoles::AtRole).toLongLong()));
    case WhoColumn: return text(ActivityRoles::ActorRole);
    case ActionColumn: {
        const QString action = text(ActivityRoles::ActionRole);
        return action.isEmpty() ? text(ActivityRoles::TextRole) : action;
    }
    case ObjectColumn: return text(ActivityRoles::ObjectRole);
    case OutcomeColumn: return text(ActivityRoles::OutcomeRole);
    case ReasonColumn: return text(ActivityRoles::ReasonRole);
    default: return {};
    }
}

StateGlyph ActivityTableModel::glyph(int row) const
{
    const int value = m_source.index(m_rows.at(row), 0).data(ActivityRoles::GlyphRole).toInt();
    return static_cast<StateGlyph>(std::clamp(value, 0, 5));
}

QVariant ActivityTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QModelIndex source = m_source.index(m_rows.at(index.row()), 0);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return cell(source, index.column());
    if (role == Qt::ToolTipRole) {
        const QString at = utcDateTimeText(fromEpochMs(source.data(ActivityRoles::AtRole).toLongLong()));
        return QString(at + u'\n' + plainLine(source.data(ActivityRoles::TextRole).toString(), cellLimit) + u'\n'
                       + tr("Request %1").arg(plainLine(source.data(ActivityRoles::IdRole).toString(), 80)));
    }
    return {};
}

QVariant ActivityTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time (UTC)");
    case WhoColumn: return tr("Who");
    case ActionColumn: return tr("Action");
    case ObjectColumn: return tr("Object");
    case OutcomeColumn: return tr("Outcome");
    case ReasonColumn: return tr("Reason");
    default: return {};
    }
}

} // namespace cockpit
