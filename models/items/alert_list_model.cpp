// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/alert_list_model.h"

#include <utility>

namespace cockpit {

namespace {

bool isHeaderRow(const AlertRow &row) { return row.alert < 0; }

/// What a row shows is the same; times that only move with each poll do not count.
bool looksSame(const Alert &a, const Alert &b)
{
    return a.state == b.state && a.startsAt == b.startsAt && a.priority == b.priority && a.severity == b.severity
        && a.service == b.service && a.name == b.name && a.acknowledgedBy == b.acknowledgedBy
        && a.suppressedBy == b.suppressedBy && a.suppressedUntil == b.suppressedUntil && a.firesAt == b.firesAt
        && a.resolvedAt == b.resolvedAt && a.value == b.value && a.notInAlertmanager == b.notInAlertmanager
        && a.missedSince == b.missedSince && a.repaired == b.repaired && a.annotations == b.annotations;
}

QVariant optionalMs(const std::optional<Instant> &at) { return at ? QVariant(toEpochMs(*at)) : QVariant(); }

} // namespace

AlertListModel::AlertListModel(QObject *parent) : QAbstractListModel(parent), m_rows(buildAlertRows(nullptr, {})) {}

int AlertListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows->rows.size());
}

const Alert *AlertListModel::alertAt(int row) const
{
    if (row < 0 || row >= rowCount() || isHeaderRow(this->row(row)))
        return nullptr;
    return &m_rows->fleet->alerts[size_t(this->row(row).alert)];
}

int AlertListModel::rowOf(const AlertKey &key) const { return m_rows->rowOfAlert.value(key, -1); }

Qt::ItemFlags AlertListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    return isHeaderRow(row(index.row())) ? base : base | Qt::ItemIsSelectable;
}

QVariant AlertListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AlertRow &shown = row(index.row());
    if (role == KindRole)
        return static_cast<int>(shown.kind);
    if (const Alert *alert = alertAt(index.row()))
        return alertData(*alert, role);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case NameRole: return shown.title;
    case CountRole: return shown.count;
    case StateRole: return static_cast<int>(shown.section);
    default: return {};
    }
}

QVariant AlertListModel::alertData(const Alert &alert, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return alert.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, %4").arg(alert.name, alert.service.toString(), alert.severity, toWireName(alert.state));
    case SummaryRole: return alert.summaryLine();
    case StartsAtRole: return toEpochMs(alert.startsAt);
    case StateRole: return static_cast<int>(alert.state);
    case PriorityRole: return alert.priority ? QVariant(static_cast<int>(*alert.priority)) : QVariant();
    case SeverityRole: return alert.severity;
    case ServiceRole: return alert.service.toString();
    case WhoRole: return alert.state == AlertState::Acknowledged ? alert.acknowledgedBy : alert.suppressedBy;
    case UntilRole:
        if (alert.state == AlertState::Pending)
            return optionalMs(alert.firesAt);
        return optionalMs(alert.state == AlertState::Resolved ? alert.resolvedAt : alert.suppressedUntil);
    case KeyRole: return QVariant::fromValue(alert.key);
    default: return {};
    }
}

void AlertListModel::setRows(std::shared_ptr<const AlertRows> rows)
{
    if (!rows || rows == m_rows)
        return;
    if (sameRows(*m_rows, *rows))
        updateInPlace(std::move(rows));
    else
        swapRows(std::move(rows));
}

bool AlertListModel::sameRows(const AlertRows &a, const AlertRows &b)
{
    if (a.rows.size() != b.rows.size())
        return false;
    for (size_t i = 0; i < a.rows.size(); ++i) {
        const AlertRow &one = a.rows[i];
        const AlertRow &other = b.rows[i];
        if (one.kind != other.kind || isHeaderRow(one) != isHeaderRow(other))
            return false;
        if (isHeaderRow(one) ? one.title != other.title
                             : !(a.fleet->alerts[size_t(one.alert)].key == b.fleet->alerts[size_t(other.alert)].key))
            return false;
    }
    return true;
}

void AlertListModel::updateInPlace(std::shared_ptr<const AlertRows> rows)
{
    const std::shared_ptr<const AlertRows> before = std::exchange(m_rows, std::move(rows));
    const auto differs = [&](size_t i) {
        const AlertRow &one = before->rows[i];
        const AlertRow &other = m_rows->rows[i];
        if (isHeaderRow(one))
            return one.count != other.count;
        return !looksSame(before->fleet->alerts[size_t(one.alert)], m_rows->fleet->alerts[size_t(other.alert)]);
    };
    // One signal from the first to the last that differs: each one makes the page look again.
    size_t first = 0;
    size_t end = m_rows->rows.size();
    while (first < end && !differs(first))
        ++first;
    while (end > first && !differs(end - 1))
        --end;
    if (first < end)
        Q_EMIT dataChanged(index(int(first)), index(int(end) - 1));
}

void AlertListModel::swapRows(std::shared_ptr<const AlertRows> rows)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    const std::shared_ptr<const AlertRows> before = std::exchange(m_rows, std::move(rows));
    for (const QModelIndex &old : from) {
        const AlertRow &shown = before->rows[size_t(old.row())];
        const int now = isHeaderRow(shown)
            ? m_rows->rowOfTitle.value(shown.titleKey(), -1)
            : m_rows->rowOfAlert.value(before->fleet->alerts[size_t(shown.alert)].key, -1);
        to.append(now < 0 ? QModelIndex() : index(now));
    }
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged();
}

} // namespace cockpit
