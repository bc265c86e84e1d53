// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "models/alert.h"
#include "models/incident.h"
#include "models/items/cockpit_models.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

namespace cockpit {

class ActionPanel;
class ActionBar;
class AlertCharts;
class AlertHead;
class Banner;
class ChangeList;
class DeclareStrip;
class FactsRow;

/// The alert now: head, what changed before it, what to do, the place of its actions, two charts, facts. While an action is open for an alert that is gone
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
    /// The key R: rolls back what rolls out for the alert's service.
    void rollBack(bool byKey);
    QString rollBackRefusal() const;
    /// Switches the suspected flag back.
    void switchFlag(bool byKey);
    QString flagRefusal() const;
    /// Forces the suspected breaker open.
    void openBreaker(bool byKey);
    QString breakerRefusal() const;
    /// The key I: opens the strip that declares an incident of this alert, or the incident that it belongs to.
    void declareIncident();
    DeclareStrip *declareStrip() const { return m_declare; }
    void setWide(bool wide);
    void setActive(bool active);
    ActionPanel *panel() const { return m_panel; }

private:
    /// What the open strip is for: its button is outlined.
    enum class Armed { Acknowledge, Silence, Rollback, Change, Flag, Breaker };
    void showAlert(const Alert &alert);
    void showRollout(const Alert &alert);
    /// The open incident that the alert is attached to; null = none.
    IncidentPtr incidentOf(const Alert &alert) const;
    /// Stable fails as well: said before anybody looks for the rollback.
    void showPlatform(const Alert &alert);
    void panelChanged();
    void undoChange(const ActionRequest &request);
    void remember(const ActionRecord &record);

    CockpitModels &m_models;
    AlertHead *m_head;
    DeclareStrip *m_declare;
    Banner *m_platform;
    ChangeList *m_changes;
    ActionBar *m_bar;
    ActionPanel *m_panel;
    AlertCharts *m_charts;
    FactsRow *m_facts;
    std::optional<Alert> m_alert{};
    bool m_active = false;
    Armed m_armed = Armed::Acknowledge;
    QHash<ServiceId, ActionId> m_running{}; ///< rollbacks that were sent and not yet read to their end
    bool m_switching = false;
};

} // namespace cockpit
