// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/service_table_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cockpit {

ServiceTableModel::ServiceTableModel(QObject *parent)
    : QAbstractTableModel(parent), m_fleet(std::make_shared<const Fleet>())
{
}

int ServiceTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int ServiceTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

QVariant ServiceTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ServiceHealth &shown = service(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(shown, index.column());
    case Qt::TextAlignmentRole:
        return index.column() <= VersionColumn ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                               : int(Qt::AlignRight | Qt::AlignVCenter);
    case SortValueRole: return sortValue(shown, index.column());
    case ServiceIdRole: return shown.id.toString();
    case LevelRole: return static_cast<int>(shown.level);
    case SampledAtRole: return shown.sampledAt ? QVariant(toEpochMs(*shown.sampledAt)) : QVariant();
    default: return {};
    }
}

QVariant ServiceTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ServiceColumn: return tr("Service");
    case VersionColumn: return tr("Version");
    case RequestsColumn: return tr("Requests");
    case ErrorsColumn: return tr("Errors");
    case P99Column: return tr("p99");
    case BudgetColumn: return tr("Budget");
    case ReadyColumn: return tr("Ready");
    case AlertsColumn: return tr("Alerts");
    default: return {};
    }
}

QVariant ServiceTableModel::sortValue(const ServiceHealth &service, int column) const
{
    const auto number = [&](Figure figure) {
        const std::optional<Sample> &sample = service.figure(figure);
        return sample ? QVariant(sample->value) : QVariant();
    };
    switch (column) {
    case ServiceColumn: return service.id.toString();
    case VersionColumn: return service.versions.join(u' ');
    case RequestsColumn: return number(Figure::RequestsPerSecond);
    case ErrorsColumn: return number(Figure::ErrorRatio);
    case P99Column: return number(Figure::P99Seconds);
    case BudgetColumn: return number(Figure::BudgetLeft);
    case ReadyColumn: return number(Figure::ReplicasReady);
    case AlertsColumn: return service.firing;
    default: return {};
    }
}

QString ServiceTableModel::text(const ServiceHealth &service, int column) const
{
    const QString notKnown(QChar(0x2013));
    if (column == VersionColumn && service.versions.isEmpty())
        return notKnown;
    const QVariant value = sortValue(service, column);
    if (!value.isValid())
        return notKnown;
    switch (column) {
    case RequestsColumn: return tr("%1 /s").arg(value.toDouble(), 0, 'f', value.toDouble() < 10 ? 1 : 0);
    case ErrorsColumn: return tr("%1 %").arg(value.toDouble() * 100, 0, 'f', 2);
    case P99Column: return tr("%1 ms").arg(value.toDouble() * 1000, 0, 'f', 0);
    case BudgetColumn: return tr("%1 %").arg(value.toDouble() * 100, 0, 'f', 0);
    case ReadyColumn: {
        const std::optional<Sample> &desired = service.figure(Figure::ReplicasDesired);
        const QString ready = QString::number(value.toDouble(), 'f', 0);
        return desired ? tr("%1 of %2").arg(ready, QString::number(desired->value, 'f', 0)) : ready;
    }
    default: return value.toString();
    }
}

std::vector<size_t> ServiceTableModel::orderedRows(const Fleet &fleet) const
{
    std::vector<size_t> rows(fleet.services.size());
    std::iota(rows.begin(), rows.end(), size_t(0));
    const auto &services = fleet.services; // by pain already
    const auto byName = [&](size_t a, size_t b) { return services[a].id < services[b].id; };
    const auto requests = [&](size_t row) {
        const std::optional<Sample> &sample = services[row].figure(Figure::RequestsPerSecond);
        return sample ? sample->value : -1.0;
    };
    if (m_order == Order::Name)
        std::stable_sort(rows.begin(), rows.end(), byName);
    else if (m_order == Order::Requests)
        std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) { return requests(a) > requests(b); });
    return rows;
}

void ServiceTableModel::setFleet(std::shared_ptr<const Fleet> fleet)
{
    if (!fleet || fleet == m_fleet)
        return;
    std::vector<size_t> rows = orderedRows(*fleet);
    const bool sameOrder = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [&](size_t a, size_t b) {
        return fleet->services[a].id == m_fleet->services[b].id;
    });
    if (!sameOrder) {
        swapTo(std::move(fleet));
        return;
    }
    const std::shared_ptr<const Fleet> before = std::exchange(m_fleet, std::move(fleet));
    const std::vector<size_t> rowsBefore = std::exchange(m_rows, std::move(rows));
    for (int row = 0; row < rowCount(); ++row) {
        if (!(before->services[rowsBefore[size_t(row)]] == service(row)))
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void ServiceTableModel::setOrder(Order order)
{
    if (order == m_order)
        return;
    m_order = order;
    swapTo(m_fleet);
}

void ServiceTableModel::swapTo(std::shared_ptr<const Fleet> fleet)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList from = persistentIndexList();
    QList<ServiceId> ids;
    for (const QModelIndex &old : from)
        ids.append(service(old.row()).id);
    m_fleet = std::move(fleet);
    m_rows = orderedRows(*m_fleet);
    QModelIndexList to;
    for (qsizetype i = 0; i < from.size(); ++i) {
        const int row = rowOf(ids.at(i));
        to.append(row < 0 ? QModelIndex() : index(row, from.at(i).column()));
    }
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged();
}

int ServiceTableModel::rowOf(const ServiceId &id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (service(row).id == id)
            return row;
    }
    return -1;
}

} // namespace cockpit
