// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/service_rows.h"

#include "models/items/fleet_model.h"
#include "ui/charts/chart_scale.h"

#include <algorithm>
#include <utility>

namespace cockpit {

ServiceRows::ServiceRows(const CockpitModels &models, QObject *parent)
    : QAbstractTableModel(parent)
    , m_models(models)
{}

int ServiceRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_facts.size());
}

int ServiceRows::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : Count; }

QString ServiceRows::cellText(const ServiceFacts &facts, int column) const
{
    switch (column) {
    case Service:
        return facts.name;
    case Version:
        return facts.versions;
    case Requests:
        return facts.metrics[0].value.joined();
    case Errors:
        return facts.metrics[1].value.joined();
    case P99:
        return facts.metrics[2].value.joined();
    case Budget:
        return figureText(Figure::BudgetLeft, facts.budget).joined();
    case Ready:
        return facts.ready;
    case Alerts:
        return facts.firing > 0 ? QString::number(facts.firing) : tr("none");
    default:
        return {};
    }
}

QVariant ServiceRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ServiceFacts &row = facts(index.row());
    if (role == Qt::DisplayRole)
        return cellText(row, index.column());
    if (role == Qt::AccessibleTextRole)
        return index.column() == Service ? row.words() : cellText(row, index.column());
    if (role == Qt::ToolTipRole && index.column() == Service)
        return row.words();
    return {};
}

QVariant ServiceRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Service:
        return tr("Service");
    case Version:
        return tr("Version");
    case Requests:
        return tr("Requests");
    case Errors:
        return tr("Errors");
    case P99:
        return QStringLiteral("p99");
    case Budget:
        return tr("Budget");
    case Ready:
        return tr("Ready");
    case Alerts:
        return tr("Firing");
    default:
        return rangeWords(m_range);
    }
}

int ServiceRows::rowOf(const ServiceId &id) const
{
    const auto found =
        std::find_if(m_facts.begin(), m_facts.end(), [&](const ServiceFacts &row) { return row.id == id; });
    return found == m_facts.end() ? -1 : static_cast<int>(found - m_facts.begin());
}

bool ServiceRows::refresh(ServiceSort sort, Duration range)
{
    const Fleet &fleet = m_models.fleet.fleet();
    std::vector<ServiceFacts> next;
    next.reserve(fleet.services.size());
    m_hasBudget = false;
    const bool otherRange = std::exchange(m_range, range) != range;
    for (const size_t index : serviceOrder(fleet, sort)) {
        next.push_back(serviceFacts(m_models, fleet.services[index], range));
        m_hasBudget = m_hasBudget || next.back().budget.has_value();
    }
    if (next == m_facts && !otherRange)
        return false;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    std::vector<ServiceId> ids;
    for (const QModelIndex &index : old)
        ids.push_back(facts(index.row()).id);
    m_facts = std::move(next);
    QModelIndexList moved;
    for (qsizetype at = 0; at < old.size(); ++at) {
        const int row = rowOf(ids[static_cast<size_t>(at)]);
        moved.append(row < 0 ? QModelIndex() : index(row, old[at].column()));
    }
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged();
    return true;
}

} // namespace cockpit
