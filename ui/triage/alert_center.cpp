// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alert_center.h"

#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/items/rollout_store.h"
#include "models/plain_line.h"
#include "ui/incident/declare_strip.h"
#include "ui/rollouts/rollout_offers.h"
#include "ui/triage/action_bar.h"
#include "ui/triage/action_panel.h"
#include "ui/triage/alert_charts.h"
#include "ui/triage/alert_head.h"
#include "ui/triage/change_list.h"
#include "ui/triage/facts_row.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/banner.h"

#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

AlertCenter::AlertCenter(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_head(new AlertHead(theme))
    , m_declare(new DeclareStrip(models, theme))
    , m_platform(new Banner(theme))
    , m_changes(new ChangeList(models, theme))
    , m_bar(new ActionBar(models, theme))
    , m_panel(new ActionPanel(models, theme))
    , m_charts(new AlertCharts(models, theme))
    , m_facts(new FactsRow(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    auto *banner = new QHBoxLayout; // as far in as the head; nothing high while it is hidden
    banner->setContentsMargins(theme.px(16), 0, theme.px(16), 0);
    banner->addWidget(m_platform);
    auto *declare = new QHBoxLayout;
    declare->setContentsMargins(theme.px(16), 0, theme.px(16), 0);
    declare->addWidget(m_declare);
    layout->addLayout(declare);
    layout->addLayout(banner);
    layout->addWidget(m_changes);
    layout->addWidget(m_bar);
    layout->addWidget(m_panel);
    layout->addWidget(m_charts, 1);
    layout->addWidget(m_facts);
    m_platform->hide();
    connect(m_head, &AlertHead::acknowledgeRequested, this, [this] { acknowledge(false); });
    connect(m_head, &AlertHead::silenceRequested, this, [this] { silence(false); });
    connect(m_head, &AlertHead::incidentRequested, this, &AlertCenter::declareIncident);
    connect(m_declare, &DeclareStrip::openChanged, this, &AlertCenter::panelChanged);
    connect(m_panel, &ActionPanel::openChanged, this, &AlertCenter::panelChanged);
    connect(m_panel->place(), &ActionPlace::recordChanged, this, &AlertCenter::remember);
    connect(m_changes, &ChangeList::undoRequested, this, &AlertCenter::undoChange);
    connect(m_bar, &ActionBar::rollBackRequested, this, [this] { rollBack(false); });
    connect(m_bar, &ActionBar::flagRequested, this, [this] { switchFlag(false); });
    connect(m_bar, &ActionBar::breakerRequested, this, [this] { openBreaker(false); });
    m_head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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
    m_switching = true;
    if (other && m_panel->isOpen())
        m_panel->close();
    if (other)
        m_declare->close();
    m_switching = false;
    m_alert = *alert;
    if (other && m_running.contains(alert->service)) {
        m_armed = Armed::Rollback;
        m_panel->follow(*alert, m_running.value(alert->service));
    }
    showAlert(*m_alert);
}

void AlertCenter::showAlert(const Alert &alert)
{
    const Fleet &fleet = m_models.fleet.fleet();
    const Instant now = m_models.time.now();
    const AlertFreshness freshness = alertFreshness(fleet, alert.key.cluster, now);
    const bool ofAlertmanager = alert.state != AlertState::Pending && !alert.notInAlertmanager;
    m_head->setAlert(alert, ofAlertmanager ? freshness : AlertFreshness{}, now);
    const IncidentPtr incident = incidentOf(alert);
    m_head->setIncident(incident ? incident->name() : QString());
    if (freshness.stale && m_panel->isOpen())
        m_panel->dataBecameOld(freshness.ageText(now));
    if (m_active)
        m_charts->setAlert(alert, freshness.stale && ofAlertmanager ? freshness.asOf : now);
    m_facts->setAlert(m_models, alert);
    if (m_panel->isOpen() || m_declare->isOpen())
        m_facts->hide();
    showRollout(alert);
}

void AlertCenter::showRollout(const Alert &alert)
{
    showPlatform(alert);
    const ActionRecord *record = m_panel->place()->record();
    const bool tracking =
        m_panel->isOpen() && record && record->state != ActionState::Requested && record->state != ActionState::Planned;
    m_changes->setAlert(alert, tracking ? 2 : 5, m_panel->isBusy() ? tr("an action runs") : QString());
    m_bar->setAlert(alert, m_panel->isBusy() ? tr("an action runs") : QString(),
                    m_panel->isOpen() && m_armed == Armed::Rollback, m_panel->isOpen() && m_armed == Armed::Flag,
                    m_panel->isOpen() && m_armed == Armed::Breaker);
}

void AlertCenter::showPlatform(const Alert &alert)
{
    const RolloutEntry *entry = m_models.rollouts.ofService(alert.service);
    const bool platform = entry && entry->rollout->isUpdating() && entry->verdict && entry->verdict->notTheCanary;
    m_platform->setVisible(platform);
    if (!platform)
        return;
    const RolloutRevision *stable = entry->rollout->stable();
    const QString back = stable ? versionText(*stable) : tr("the stable version");
    BannerView view;
    view.glyph = StateGlyph::Warning;
    view.title = tr("This is not the canary: stable fails too.");
    view.body = tr("No rollback is offered: %1 serves the other users and fails as well, so going back to it helps "
                   "nobody. Look at what both of them use. In Rollouts it can still be forced.")
                    .arg(plainLine(back, 60));
    m_platform->setView(view);
}

void AlertCenter::panelChanged()
{
    const bool isOpen = m_panel->isOpen();
    m_head->setArmed(isOpen && m_armed == Armed::Acknowledge, isOpen && m_armed == Armed::Silence);
    m_charts->setCompact(isOpen || m_declare->isOpen());
    if (!isOpen && m_alert && !m_switching)
        m_running.remove(m_alert->service);
    if (m_alert)
        showAlert(*m_alert);
}

void AlertCenter::remember(const ActionRecord &record)
{
    if (!objectOf(record.request.intent))
        return;
    if (record.state != ActionState::Requested && record.state != ActionState::Planned)
        m_running.insert(record.request.service, record.request.id);
    if (m_alert)
        showRollout(*m_alert);
}

void AlertCenter::undoChange(const ActionRequest &request)
{
    if (!m_alert || m_panel->isBusy())
        return;
    m_armed = Armed::Change;
    m_panel->openAction(*m_alert, request, false);
}

void AlertCenter::rollBack(bool byKey)
{
    const RolloutEntry *entry = m_alert ? m_models.rollouts.ofService(m_alert->service) : nullptr;
    if (!entry || !rollBackRefusal().isEmpty())
        return;
    m_armed = Armed::Rollback;
    m_panel->openAction(*m_alert, requestFor(*entry->rollout, rollbackOffer(*entry)), byKey);
}

void AlertCenter::switchFlag(bool byKey)
{
    if (!m_alert || !flagRefusal().isEmpty() || !m_bar->flagRequest())
        return;
    m_armed = Armed::Flag;
    m_panel->openAction(*m_alert, *m_bar->flagRequest(), byKey);
}

QString AlertCenter::flagRefusal() const
{
    if (!m_alert)
        return tr("no alert is selected");
    return m_panel->isBusy() ? tr("an action runs") : m_bar->flagRefusal();
}

void AlertCenter::openBreaker(bool byKey)
{
    if (!m_alert || !breakerRefusal().isEmpty() || !m_bar->breakerRequest())
        return;
    m_armed = Armed::Breaker;
    m_panel->openAction(*m_alert, *m_bar->breakerRequest(), byKey);
}

QString AlertCenter::breakerRefusal() const
{
    if (!m_alert)
        return tr("no alert is selected");
    return m_panel->isBusy() ? tr("an action runs") : m_bar->breakerRefusal();
}

QString AlertCenter::rollBackRefusal() const
{
    if (!m_alert)
        return tr("no alert is selected");
    return m_panel->isBusy() ? tr("an action runs") : m_bar->refusal();
}

void AlertCenter::acknowledge(bool byKey)
{
    if (!m_alert || !m_head->acknowledgeRefusal().isEmpty())
        return;
    m_armed = Armed::Acknowledge;
    if (m_alert->state == AlertState::Acknowledged || m_alert->state == AlertState::Silenced)
        m_panel->openExpire(*m_alert, byKey);
    else
        m_panel->openAcknowledge(*m_alert, byKey);
}

void AlertCenter::silence(bool byKey)
{
    if (!m_alert || !m_head->silenceRefusal().isEmpty())
        return;
    m_armed = Armed::Silence;
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

IncidentPtr AlertCenter::incidentOf(const Alert &alert) const
{
    for (const IncidentPtr &one : m_models.incidents.incidents()) {
        const auto its = [&alert](const AttachedAlert &attached) { return attached.key == alert.key; };
        if (one->isOpen() && std::any_of(one->alerts.cbegin(), one->alerts.cend(), its))
            return one;
    }
    return nullptr;
}

void AlertCenter::declareIncident()
{
    if (!m_alert)
        return;
    if (const IncidentPtr incident = incidentOf(*m_alert))
        Q_EMIT m_models.requests.incidentRequested(incident->head.id);
    else if (!m_declare->isOpen())
        m_declare->open({m_alert->key});
}

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
