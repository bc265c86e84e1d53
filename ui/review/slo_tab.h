// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class BudgetChart;
class ElidedLabel;
class RunTable;
class SectionHeader;
class SloTable;

/// The SLO tab of the Review page: objectives with their error budgets, the burn-down of the chosen one, its burn rates
/// and what the budget policy makes of it.
class SloTab : public QWidget {
    Q_OBJECT
public:
    SloTab(CockpitModels &models, const Theme &theme, QWidget *parent = nullptr);
    SloTable *objectives() const { return m_table; }
    ElidedLabel *notice() const { return m_notice; }

private:
    QWidget *makeLower();
    void refresh();
    void refreshNotice();
    void showChosen();

    CockpitModels &m_models;
    const Theme &m_theme;
    ElidedLabel *m_notice;
    SloTable *m_table;
    SectionHeader *m_chartHead;
    BudgetChart *m_chart;
    RunTable *m_burns;
    RunTable *m_policy;
    ElidedLabel *m_basis;
    QWidget *m_lower;
};

} // namespace cockpit
