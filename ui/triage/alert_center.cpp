// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_center.h"

#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "ui/triage/action_panel.h"
#include "ui/triage/alert_charts.h"
#include "ui/triage/alert_head.h"
#include "ui/triage/facts_row.h"

#include <QVBoxLayout>

namespace cockpit {

AlertCenter::AlertCenter(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_head(new AlertHead(theme))
    , m_panel(new ActionPanel(models, theme))
    , m_charts(new AlertCharts(models, theme))
    , m_facts(new FactsRow(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_panel);
    layout->addWidget(m_charts, 1);
    layout->addWidget(m_facts);
    connect(m_head, &AlertHead::acknowledgeRequested, this, [this] { acknowledge(false); });
    connect(m_head, &AlertHead::silenceRequested, this, [this] { silence(false); });
    connect(m_panel, &ActionPanel::openChanged, this,
            [this] { m_head->setArmed(m_panel->isOpen() && !m_armedSilence, m_panel->isOpen() && m_armedSilence); });
}

void AlertCenter::setAlert(const Alert *alert)
{
    if (!alert) {
        if (!m_panel->isOpen())
            m_alert.reset();
        if (!m_alert)
            m_charts->release();
        else
            showAlert(*m_alert);
        return;
    }
    const bool other = m_alert && !(m_alert->key == alert->key);
    // What has been sent is tracked to its end; what was only being decided belongs to the alert that is left.
    if (other && m_panel->isOpen())
        m_panel->close();
    m_alert = *alert;
    showAlert(*m_alert);
}

void AlertCenter::showAlert(const Alert &alert)
{
    const Fleet &fleet = m_models.fleet.fleet();
    const Instant now = m_models.time.now();
    const AlertFreshness freshness = alertFreshness(fleet, alert.key.cluster, now);
    const bool ofAlertmanager = alert.state != AlertState::Pending && !alert.notInAlertmanager;
    m_head->setAlert(alert, ofAlertmanager ? freshness : AlertFreshness{}, now);
    if (freshness.stale && m_panel->isOpen())
        m_panel->dataBecameOld(freshness.ageText(now));
    if (m_active)
        m_charts->setAlert(alert, freshness.stale && ofAlertmanager ? freshness.asOf : now);
    m_facts->setAlert(m_models, alert);
}

void AlertCenter::acknowledge(bool byKey)
{
    if (!m_alert || !m_head->acknowledgeRefusal().isEmpty())
        return;
    m_armedSilence = false;
    if (m_alert->state == AlertState::Acknowledged || m_alert->state == AlertState::Silenced)
        m_panel->openExpire(*m_alert, byKey);
    else
        m_panel->openAcknowledge(*m_alert, byKey);
}

void AlertCenter::silence(bool byKey)
{
    if (!m_alert || !m_head->silenceRefusal().isEmpty())
        return;
    m_armedSilence = true;
    if (m_alert->state == AlertState::Silenced)
        m_panel->openExpire(*m_alert, byKey);
    else
        m_panel->openSilence(*m_alert);
}

QString AlertCenter::acknowledgeRefusal() const
{
    return m_alert ? m_head->acknowledgeRefusal() : tr("no alert is selected");
}

QString AlertCenter::silenceRefusal() const { return m_alert ? m_head->silenceRefusal() : tr("no alert is selected"); }

void AlertCenter::setWide(bool wide) { m_charts->setWide(wide); }

void AlertCenter::setActive(bool active)
{
    m_active = active;
    if (!active)
        m_charts->release();
    else if (m_alert)
        showAlert(*m_alert);
}

} // namespace cockpit
