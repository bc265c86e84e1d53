// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cost.h"
#include "models/delivery.h"
#include "models/slo.h"

#include <QMap>
#include <QObject>

namespace cockpit {

/// How far a long reading is.
struct ReviewProgress {
    bool running = false;
    int done = 0;
    int of = 0;      ///< 0 = not known
    QString words{}; ///< "OpenCost: day 12 of 30"; the error in words when it ended badly
    bool failed = false;
    bool operator==(const ReviewProgress &) const = default;
};

/// What the Review page shows: figures from the cache first, fresh ones behind. Writers: SloService, DeliveryService
/// and CostService (app/), one each.
class ReviewStore : public QObject {
    Q_OBJECT
public:
    explicit ReviewStore(QObject *parent = nullptr)
        : QObject(parent)
    {}

    const SloBoardPtr &slos() const { return m_slos; }                            ///< null = never measured
    DeliveryReportPtr delivery(int days) const { return m_delivery.value(days); } ///< null = not made yet
    const CostReportPtr &cost() const { return m_cost; }                          ///< null = never read
    bool hasSlos() const { return m_hasSlos; } ///< any objective is configured or discovered
    bool hasCost() const { return m_hasCost; } ///< a source of cost is configured
    const ReviewProgress &sloProgress() const { return m_sloProgress; }
    const ReviewProgress &costProgress() const { return m_costProgress; }
    const ReviewProgress &deliveryProgress() const { return m_deliveryProgress; }

    // The writers'.
    void setConfigured(bool slos, bool cost);
    void setSlos(SloBoardPtr board);
    void setDelivery(DeliveryReportPtr report);
    void setCost(CostReportPtr report);
    void setSloProgress(const ReviewProgress &progress);
    void setCostProgress(const ReviewProgress &progress);
    void setDeliveryProgress(const ReviewProgress &progress);

Q_SIGNALS:
    void slosChanged();
    void deliveryChanged(int days);
    void costChanged();
    void progressChanged();

private:
    SloBoardPtr m_slos{};
    QMap<int, DeliveryReportPtr> m_delivery{};
    CostReportPtr m_cost{};
    bool m_hasSlos = false;
    bool m_hasCost = false;
    ReviewProgress m_sloProgress{};
    ReviewProgress m_costProgress{};
    ReviewProgress m_deliveryProgress{};
};

} // namespace cockpit
