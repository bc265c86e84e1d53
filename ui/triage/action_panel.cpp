// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/action_panel.h"

#include "models/items/action_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/triage/silence_form.h"
#include "ui/triage/strip_words.h"
#include "ui/widgets/action_strip.h"

#include <QVBoxLayout>

#include <algorithm>

namespace cockpit {

ActionPanel::ActionPanel(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_form(new SilenceForm(theme))
    , m_strip(new ActionStrip(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_form);
    layout->addWidget(m_strip);
    m_form->hide();
    m_strip->hide();
    hide();
    connect(m_form, &SilenceForm::previewRequested, this, [this] { planSilence(false); });
    connect(m_form, &SilenceForm::reviewRequested, this, [this] { planSilence(true); });
    connect(m_form, &SilenceForm::closed, this, &ActionPanel::close);
    connect(m_strip, &ActionStrip::runRequested, this, &ActionPanel::confirm);
    connect(m_strip, &ActionStrip::cancelRequested, this, &ActionPanel::close);
    connect(m_strip, &ActionStrip::closeRequested, this, &ActionPanel::close);
    connect(&models.requests, &Requests::planStarted, this, &ActionPanel::started);
    connect(&models.actions, &ActionStore::changed, this, &ActionPanel::recordChanged);
    connect(&models.time, &TimeModel::ticked, m_form, [this] { m_form->setNow(m_models.time.now()); });
}

bool ActionPanel::isBusy() const
{
    const ActionRecord *record = m_id.isEmpty() ? nullptr : m_models.actions.find(m_id);
    return record && !isFinal(record->state) && record->state != ActionState::Requested &&
           record->state != ActionState::Planned;
}

void ActionPanel::open(const Alert &alert, bool form)
{
    cancelPlan();
    m_alert = alert.key;
    m_service = alert.service;
    m_target = alert.service.isEmpty()
                   ? plainLine(alert.name, 120)
                   : tr("%1 of %2").arg(plainLine(alert.name, 120), plainLine(alert.service.toString(), 80));
    m_stripWanted = !form;
    m_form->setVisible(form);
    m_strip->hide();
    show();
    Q_EMIT openChanged();
}

void ActionPanel::openSilence(const Alert &alert)
{
    m_byKey = true; // after a form only a deliberate second press runs it
    open(alert, true);
    m_form->start(alert, m_models.time.now());
}

void ActionPanel::openAcknowledge(const Alert &alert, bool byKey)
{
    m_byKey = byKey;
    open(alert, false);
    ActionRequest request;
    AcknowledgeAlert intent;
    intent.alert = alert.key;
    intent.labels = alert.labels;
    request.intent = intent;
    plan(request);
}

void ActionPanel::openExpire(const Alert &alert, bool byKey)
{
    const QList<Silence> &silences = m_models.fleet.fleet().silences;
    const bool wantAck = alert.state == AlertState::Acknowledged;
    QString id = alert.silenceIds.value(0);
    for (const Silence &silence : silences) {
        if (alert.silenceIds.contains(silence.id) && silence.isAcknowledgement() == wantAck)
            id = silence.id;
    }
    if (id.isEmpty())
        return;
    m_byKey = byKey;
    open(alert, false);
    ActionRequest request;
    request.intent = ExpireSilence{alert.key.cluster, id};
    plan(request);
}

void ActionPanel::planSilence(bool showStrip)
{
    const std::optional<SilenceAlerts> silence = m_form->silence();
    if (!silence)
        return;
    cancelPlan();
    m_stripWanted = showStrip;
    if (!showStrip)
        m_strip->hide(); // it showed what the form no longer says
    ActionRequest request;
    request.intent = *silence;
    request.reason = m_form->reason();
    plan(request);
}

void ActionPanel::plan(ActionRequest request)
{
    request.environment = m_models.fleet.fleet().environment;
    request.target = m_target;
    request.service = m_service;
    request.requestedAt = m_models.time.now();
    m_waiting = request;
    if (m_stripWanted) {
        m_strip->setView(planningView(m_target));
        m_strip->show();
    }
    Q_EMIT m_models.requests.planRequested(request);
}

void ActionPanel::started(const ActionRequest &request)
{
    if (!m_waiting || !(m_waiting->intent == request.intent) || m_waiting->requestedAt != request.requestedAt)
        return;
    m_waiting.reset();
    m_id = request.id;
    recordChanged(m_id);
}

void ActionPanel::recordChanged(const ActionId &id)
{
    const ActionRecord *record = id == m_id && !m_id.isEmpty() ? m_models.actions.find(id) : nullptr;
    if (!record)
        return;
    m_form->setPreview(record->plan.checks);
    if (record->state == ActionState::Refused)
        m_stripWanted = m_stripWanted || m_form->isHidden();
    if (!m_stripWanted)
        return;
    // The form stays while it can still be changed; once confirmed only the strip tells.
    if (record->state != ActionState::Requested && record->state != ActionState::Planned)
        m_form->hide();
    m_strip->show();
    m_strip->setView(stripView(*record, m_byKey));
}

void ActionPanel::confirm()
{
    const ActionRecord *record = m_id.isEmpty() ? nullptr : m_models.actions.find(m_id);
    if (!record || record->state != ActionState::Planned)
        return;
    QStringList accepted;
    for (const Evidence &check : record->plan.seriousChecks())
        accepted.append(check.id);
    Q_EMIT m_models.requests.confirmRequested(m_id, accepted);
}

void ActionPanel::cancelPlan()
{
    m_waiting.reset();
    const ActionId id = std::exchange(m_id, ActionId());
    const ActionRecord *record = id.isEmpty() ? nullptr : m_models.actions.find(id);
    if (record && (record->state == ActionState::Requested || record->state == ActionState::Planned))
        Q_EMIT m_models.requests.cancelRequested(id);
}

void ActionPanel::close()
{
    cancelPlan();
    m_alert.reset();
    m_form->hide();
    m_strip->hide();
    hide();
    Q_EMIT openChanged();
}

void ActionPanel::dataBecameOld(const QString &why) { m_strip->stopBar(why); }

} // namespace cockpit
