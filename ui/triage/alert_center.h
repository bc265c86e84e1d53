// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace cockpit {

class ActionPanel;
class AlertCharts;
class AlertHead;
class FactsRow;

/// The alert now: head, the place of its actions, two charts, facts. While an action is open for an alert that is gone
/// from the list, its last known head stays.
class AlertCenter : public QWidget {
    Q_OBJECT
public:
    AlertCenter(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Shows that alert; null when nothing is selected.
    void setAlert(const Alert *alert);
    /// The keys A and S.
    void acknowledge(bool byKey);
    void silence(bool byKey);
    /// Why the key would do nothing; empty when it works.
    QString acknowledgeRefusal() const;
    QString silenceRefusal() const;
    void setWide(bool wide);
    void setActive(bool active);
    ActionPanel *panel() const { return m_panel; }

private:
    void showAlert(const Alert &alert);

    CockpitModels &m_models;
    AlertHead *m_head;
    ActionPanel *m_panel;
    AlertCharts *m_charts;
    FactsRow *m_facts;
    std::optional<Alert> m_alert{};
    bool m_active = false;
    bool m_armedSilence = false;
};

} // namespace cockpit
