// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/action_place.h"

#include "models/items/action_store.h"
#include "models/items/fleet_model.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "ui/widgets/action_strip.h"
#include "ui/widgets/strip_words.h"

#include <QVBoxLayout>

#include <utility>

namespace cockpit {

ActionPlace::ActionPlace(CockpitModels &models, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_strip(new ActionStrip(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_strip);
    m_strip->hide();
    hide();
    connect(m_strip, &ActionStrip::runRequested, this, &ActionPlace::confirm);
    connect(m_strip, &ActionStrip::cancelRequested, this, &ActionPlace::close);
    connect(m_strip, &ActionStrip::closeRequested, this, &ActionPlace::close);
    connect(m_strip, &ActionStrip::reverseRequested, this, &ActionPlace::reverse);
    connect(&models.requests, &Requests::planStarted, this, &ActionPlace::started);
    connect(&models.actions, &ActionStore::changed, this, &ActionPlace::changed);
}

const ActionRecord *ActionPlace::record() const { return m_id.isEmpty() ? nullptr : m_models.actions.find(m_id); }

bool ActionPlace::isBusy() const
{
    const ActionRecord *known = record();
    return known && !isFinal(known->state) && known->state != ActionState::Requested &&
           known->state != ActionState::Planned;
}

void ActionPlace::ask(ActionRequest request, bool byKey, bool showStrip)
{
    cancelPlan();
    m_byKey = byKey;
    m_open = true;
    request.environment = m_models.fleet.fleet().environment;
    request.requestedAt = m_models.time.now();
    m_waiting = request;
    if (showStrip)
        m_strip->setView(planningView(request.target));
    setStripShown(showStrip);
    show();
    Q_EMIT openChanged();
    Q_EMIT m_models.requests.planRequested(request);
}

void ActionPlace::follow(const ActionId &id)
{
    if (id == m_id || !m_models.actions.find(id))
        return;
    cancelPlan();
    m_id = id;
    m_byKey = true;
    m_open = true;
    m_stripShown = true;
    show();
    changed(id);
    Q_EMIT openChanged();
}

void ActionPlace::setStripShown(bool shown)
{
    m_stripShown = shown;
    m_strip->setVisible(shown);
    if (shown && record())
        changed(m_id);
}

void ActionPlace::started(const ActionRequest &request)
{
    if (!m_waiting || !(m_waiting->intent == request.intent) || m_waiting->requestedAt != request.requestedAt)
        return;
    m_waiting.reset();
    m_id = request.id;
    changed(m_id);
}

void ActionPlace::changed(const ActionId &id)
{
    const ActionRecord *known = id == m_id ? record() : nullptr;
    if (!known)
        return;
    const ActionRecord copy = *known; // whoever listens may close this place
    Q_EMIT recordChanged(copy);
    if (!m_stripShown || m_id != id)
        return;
    m_strip->show();
    m_strip->setView(stripView(copy, m_byKey));
}

void ActionPlace::confirm()
{
    const ActionRecord *known = record();
    if (!known || known->state != ActionState::Planned)
        return;
    QStringList accepted;
    for (const Evidence &check : known->plan.seriousChecks())
        accepted.append(check.id);
    Q_EMIT m_models.requests.confirmRequested(m_id, accepted);
}

void ActionPlace::reverse()
{
    const ActionRecord *known = record();
    const std::optional<ActionIntent> intent = known ? reverseOf(*known) : std::nullopt;
    if (!intent)
        return;
    ActionRequest request;
    request.target = known->request.target;
    request.service = known->request.service;
    request.intent = *intent;
    ask(request, false);
}

void ActionPlace::cancelPlan()
{
    m_waiting.reset();
    const ActionId id = std::exchange(m_id, ActionId());
    const ActionRecord *known = id.isEmpty() ? nullptr : m_models.actions.find(id);
    if (known && (known->state == ActionState::Requested || known->state == ActionState::Planned))
        Q_EMIT m_models.requests.cancelRequested(id);
}

void ActionPlace::close()
{
    cancelPlan();
    m_open = false;
    m_stripShown = false;
    m_strip->hide();
    hide();
    Q_EMIT openChanged();
}

void ActionPlace::dataBecameOld(const QString &why) { m_strip->stopBar(why); }

} // namespace cockpit
