// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_charts.h"

#include <QWidget>

#include <array>

namespace cockpit {

class TimeChart;
struct Alert;

/// Error rate and p99 of the alert's service, by version where the data tells them apart, with limits, the firing
/// interval and honest gaps. 35 min on a laptop, 1 h where there is room.
class AlertCharts : public QWidget {
    Q_OBJECT
public:
    AlertCharts(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// `knownUntil`: the shade of the firing interval ends where the knowledge ends.
    void setAlert(const Alert &alert, Instant knownUntil);
    /// Releases its charts: nothing is selected, or the page is hidden.
    void release();
    void setWide(bool wide);

private:
    CockpitModels &m_models;
    std::array<TimeChart *, 2> m_charts{};
    ChartSubscription *m_subscription;
    Duration m_range{std::chrono::minutes(35)};
};

} // namespace cockpit
