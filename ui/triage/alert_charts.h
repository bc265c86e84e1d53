// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/services/service_charts.h"

#include <QWidget>

#include <array>

class QBoxLayout;

namespace cockpit {

class TimeChart;
struct Alert;

/// Error rate and p99 of the alert's service; while a rollout of it is on its way canary against stable, with the rules
/// of the policy and the steps. Switches of its feature flags are lines. The firing interval is shaded, gaps are gaps. 35 min on a laptop, 1 h where there is room.
class AlertCharts : public QWidget {
    Q_OBJECT
public:
    AlertCharts(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// `knownUntil`: the shade of the firing interval ends where the knowledge ends.
    void setAlert(const Alert &alert, Instant knownUntil);
    /// Releases its charts: nothing is selected, or the page is hidden.
    void release();
    void setWide(bool wide);
    /// Side by side, smaller, without the band: a strip is open above.
    void setCompact(bool compact);

private:
    CockpitModels &m_models;
    std::array<TimeChart *, 2> m_charts{};
    ChartSubscription *m_subscription;
    QBoxLayout *m_layout;
    bool m_compact = false;
    Duration m_range{std::chrono::minutes(35)};
};

} // namespace cockpit
