// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/series.h"
#include "ui/charts/chart_view.h"
#include "ui/widgets/sparkline.h"

#include <QObject>
#include <QSet>

#include <functional>

namespace cockpit {

struct Fleet;
struct ServiceHealth;

/// Keeps a set of charts asked for while it is shown: what a page no longer needs is released.
class ChartSubscription : public QObject {
    Q_OBJECT
public:
    explicit ChartSubscription(CockpitModels &models, QObject *parent = nullptr);
    ~ChartSubscription() override;
    /// Asks for what is new, releases what is gone.
    void setKeys(const QSet<ChartKey> &keys, int widthPx);
    const QSet<ChartKey> &keys() const { return m_keys; }

private:
    CockpitModels &m_models;
    QSet<ChartKey> m_keys{};
    int m_widthPx = 0;
};

/// The fleet-wide charts behind sparklines of that range.
QSet<ChartKey> sparklineKeys(Duration range);
/// The sparkline of a figure; empty when the store has none yet.
SparklineView sparklineView(const CockpitModels &models, const ServiceHealth &service, Figure figure, Duration range);
/// What a large chart of one service is called, measured in and limited by.
ChartView serviceChart(const CockpitModels &models, const ServiceHealth &service, Figure figure, Duration range,
                       Instant now);
/// ErrorRatio → ErrorRatioByVersion where the service tells versions apart; otherwise the figure itself.
Figure byVersionWhereKnown(const ServiceHealth &service, Figure figure);

} // namespace cockpit
