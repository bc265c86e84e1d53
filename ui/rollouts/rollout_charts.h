// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/items/rollout_store.h"
#include "ui/charts/chart_view.h"
#include "ui/services/service_charts.h"

#include <QWidget>

#include <array>

namespace cockpit {

class Button;
class ElidedLabel;
class ExportBar;
class RunLabel;
class SegmentedControl;
class TimeChart;

/// Canary against stable of one service: thresholds from the policy, steps as markers and as a band, the firing
/// interval, honest gaps. `figure` is the plain one; by version where the data has it.
ChartView canaryChart(const CockpitModels &models, const RolloutEntry &entry, Figure figure, Duration range);
/// What canaryChart() reads: by version while it rolls out or where the data tells versions apart, and the plain figure
/// where the server has no lines by version.
Figure trackFigure(const CockpitModels &models, const RolloutEntry &entry, Figure figure, Duration range);

/// The charts of the selected rollout: error rate, and one that a person chooses. Both show the same stretch of time.
class RolloutCharts : public QWidget {
    Q_OBJECT
public:
    RolloutCharts(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    void setEntry(const RolloutEntry &entry);
    /// Nothing is selected, or the page is hidden: asks for no data any more.
    void release();

private:
    void refresh();
    void refreshFacts();
    void wireCharts();

    CockpitModels &m_models;
    RunLabel *m_title;
    SegmentedControl *m_choice;
    Button *m_export;
    std::array<TimeChart *, 2> m_charts{};
    RunLabel *m_facts;
    ExportBar *m_bar;
    ChartSubscription *m_subscription;
    std::optional<RolloutEntry> m_entry{};
    Figure m_second = Figure::P99Seconds;
    Duration m_range{std::chrono::minutes(35)};
};

} // namespace cockpit
