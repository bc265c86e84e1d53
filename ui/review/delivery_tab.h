// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class DeliveryChart;
class ElidedLabel;
class RunTable;
class SectionHeader;
class SegmentedControl;

/// The Delivery tab: five figures over 7, 30 or 90 days with the window before them, deployments per day, what counted
/// and why, and what oncall had to carry.
class DeliveryTab : public QWidget {
    Q_OBJECT
public:
    DeliveryTab(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    RunTable *figures() const { return m_figures; }
    RunTable *deployments() const { return m_deployments; }
    ElidedLabel *notice() const { return m_notice; }
    SegmentedControl *window() const { return m_window; }

private:
    QWidget *makeBody();
    void refresh();
    void refreshNotice();
    int days() const;

    CockpitModels &m_models;
    const Theme &m_theme;
    SegmentedControl *m_window;
    ElidedLabel *m_notice;
    RunTable *m_figures;
    DeliveryChart *m_chart;
    SectionHeader *m_deploymentsHead;
    RunTable *m_deployments;
    RunTable *m_alerts;
    RunTable *m_shifts;
    ElidedLabel *m_basis;
    QWidget *m_body;
};

} // namespace cockpit
