// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/action_panel.h"

#include "models/items/fleet_model.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/triage/silence_form.h"
#include "ui/widgets/action_place.h"

#include <QVBoxLayout>

namespace cockpit {

ActionPanel::ActionPanel(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_form(new SilenceForm(theme))
    , m_place(new ActionPlace(models, theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_form);
    layout->addWidget(m_place);
    m_form->hide();
    hide();
    connect(m_form, &SilenceForm::previewRequested, this, [this] { planSilence(false); });
    connect(m_form, &SilenceForm::reviewRequested, this, [this] { planSilence(true); });
    connect(m_form, &SilenceForm::closed, this, &ActionPanel::close);
    connect(m_place, &ActionPlace::recordChanged, this, &ActionPanel::recordChanged);
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        if (m_alert && !m_place->isOpen())
            close();
    });
    connect(&models.time, &TimeModel::ticked, m_form, [this] { m_form->setNow(m_models.time.now()); });
}

bool ActionPanel::isBusy() const { return m_place->isBusy(); }

void ActionPanel::open(const Alert &alert, bool form)
{
    m_alert.reset(); // so that closing the place does not close this
    m_place->close();
    m_alert = alert.key;
    m_service = alert.service;
    m_target = alert.service.isEmpty()
                   ? plainLine(alert.name, 120)
                   : tr("%1 of %2").arg(plainLine(alert.name, 120), plainLine(alert.service.toString(), 80));
    m_form->setVisible(form);
    show();
    Q_EMIT openChanged();
}

void ActionPanel::openSilence(const Alert &alert)
{
    open(alert, true);
    m_form->start(alert, m_models.time.now());
}

void ActionPanel::openAcknowledge(const Alert &alert, bool byKey)
{
    open(alert, false);
    ActionRequest request;
    AcknowledgeAlert intent;
    intent.alert = alert.key;
    intent.labels = alert.labels;
    request.intent = intent;
    plan(request, byKey, true);
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
    open(alert, false);
    ActionRequest request;
    request.intent = ExpireSilence{alert.key.cluster, id};
    plan(request, byKey, true);
}

void ActionPanel::openAction(const Alert &alert, const ActionRequest &request, bool byKey)
{
    open(alert, false);
    m_place->ask(request, byKey);
}

void ActionPanel::follow(const Alert &alert, const ActionId &id)
{
    open(alert, false);
    m_place->follow(id);
}

void ActionPanel::planSilence(bool showStrip)
{
    const std::optional<SilenceAlerts> silence = m_form->silence();
    if (!silence)
        return;
    ActionRequest request;
    request.intent = *silence;
    request.reason = m_form->reason();
    // After a form only a deliberate second press runs it. A preview hides what the form no longer says.
    plan(request, true, showStrip);
}

void ActionPanel::plan(ActionRequest request, bool byKey, bool showStrip)
{
    request.target = m_target;
    request.service = m_service;
    m_place->ask(std::move(request), byKey, showStrip);
}

void ActionPanel::recordChanged(const ActionRecord &record)
{
    m_form->setPreview(record.plan.checks);
    // The form stays while it can still be changed; once confirmed only the strip tells.
    if (record.state != ActionState::Requested && record.state != ActionState::Planned &&
        record.state != ActionState::Refused && record.state != ActionState::Cancelled)
        m_form->hide();
}

void ActionPanel::close()
{
    m_alert.reset();
    m_place->close();
    m_form->hide();
    hide();
    Q_EMIT openChanged();
}

void ActionPanel::dataBecameOld(const QString &why) { m_place->dataBecameOld(why); }

} // namespace cockpit
