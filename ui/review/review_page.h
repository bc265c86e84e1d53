// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/review/slo_tab.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QStackedWidget;

namespace cockpit {

class DeliveryTab;
class SegmentedControl;

/// The Review page: a tab for objectives with their error budgets, one for delivery and what oncall had to carry.
class ReviewPage : public QWidget {
    Q_OBJECT
public:
    ReviewPage(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    /// "slos" or "delivery"; another name changes nothing.
    void openTab(const QString &id);
    QString currentTab() const;
    SloTable *objectives() const { return m_slos->objectives(); }
    ElidedLabel *notice() const { return m_slos->notice(); }
    DeliveryTab *delivery() const { return m_delivery; }

private:
    SegmentedControl *m_tabs;
    QStackedWidget *m_stack;
    SloTab *m_slos;
    DeliveryTab *m_delivery;
};

} // namespace cockpit
