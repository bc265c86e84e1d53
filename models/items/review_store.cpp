// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/review_store.h"

#include <utility>

namespace cockpit {

void ReviewStore::setConfigured(bool slos, bool cost)
{
    m_hasSlos = slos;
    m_hasCost = cost;
    Q_EMIT slosChanged();
    Q_EMIT costChanged();
}

void ReviewStore::setSlos(SloBoardPtr board)
{
    m_slos = std::move(board);
    Q_EMIT slosChanged();
}

void ReviewStore::setDelivery(DeliveryReportPtr report)
{
    if (!report)
        return;
    const int days = report->days;
    m_delivery.insert(days, std::move(report));
    Q_EMIT deliveryChanged(days);
}

void ReviewStore::setCost(CostReportPtr report)
{
    m_cost = std::move(report);
    Q_EMIT costChanged();
}

void ReviewStore::setSloProgress(const ReviewProgress &progress)
{
    if (std::exchange(m_sloProgress, progress) != progress)
        Q_EMIT progressChanged();
}

void ReviewStore::setCostProgress(const ReviewProgress &progress)
{
    if (std::exchange(m_costProgress, progress) != progress)
        Q_EMIT progressChanged();
}

void ReviewStore::setDeliveryProgress(const ReviewProgress &progress)
{
    if (std::exchange(m_deliveryProgress, progress) != progress)
        Q_EMIT progressChanged();
}

} // namespace cockpit
