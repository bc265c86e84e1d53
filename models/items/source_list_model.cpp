// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/source_list_model.h"

#include <algorithm>
#include <utility>

namespace cockpit {

SourceListModel::SourceListModel(QObject *parent) : QAbstractListModel(parent) {}

int SourceListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_sources.size()); }

int SourceListModel::stateAt(const SourceStatus &status, Instant now) const
{
    return static_cast<int>(stateNow(status, now));
}

QVariant SourceListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SourceStatus &status = m_sources.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case SourceRoles::NameRole: return displayName(status);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(displayName(status), toWireName(stateNow(status, m_now)));
    case SourceRoles::StateRole: return stateAt(status, m_now);
    case SourceRoles::AgeMsRole: {
        // The age of what it told, not of the fetch: an answer with old samples is old.
        const std::optional<Instant> newest = status.newestSample ? status.newestSample : status.lastSuccess;
        return newest ? std::max<qint64>(0, (m_now - *newest).count()) : qint64(-1);
    }
    case SourceRoles::MessageRole: return status.message;
    case SourceRoles::NextTryMsRole:
        return status.nextTry ? std::max<qint64>(0, (*status.nextTry - m_now).count()) : qint64(-1);
    case SourceRoles::LastSuccessRole: return status.lastSuccess ? toEpochMs(*status.lastSuccess) : qint64(-1);
    default: return {};
    }
}

bool SourceListModel::hasSameSources(const QList<SourceStatus> &sources) const
{
    return std::equal(sources.cbegin(), sources.cend(), m_sources.cbegin(), m_sources.cend(),
                      [](const SourceStatus &a, const SourceStatus &b) { return a.id == b.id; });
}

void SourceListModel::setSources(QList<SourceStatus> sources, Instant now)
{
    if (!hasSameSources(sources)) {
        beginResetModel();
        m_sources = std::move(sources);
        m_now = now;
        endResetModel();
        return;
    }
    const QList<SourceStatus> before = std::exchange(m_sources, std::move(sources));
    for (int row = 0; row < int(m_sources.size()); ++row) {
        if (before.at(row) != m_sources.at(row))
            Q_EMIT dataChanged(index(row), index(row));
    }
    tick(now);
}

void SourceListModel::tick(Instant now)
{
    const Instant before = std::exchange(m_now, now);
    if (m_sources.isEmpty() || before == now)
        return;
    Q_EMIT dataChanged(index(0), index(int(m_sources.size()) - 1),
                       {SourceRoles::AgeMsRole, SourceRoles::NextTryMsRole});
    for (int row = 0; row < int(m_sources.size()); ++row) {
        if (stateAt(m_sources.at(row), before) != stateAt(m_sources.at(row), now))
            Q_EMIT dataChanged(index(row), index(row), {SourceRoles::StateRole, Qt::AccessibleTextRole});
    }
}

} // namespace cockpit
