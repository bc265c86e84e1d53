// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_action_box.h"

#include "models/items/breaker_store.h"
#include "models/items/rollout_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "models/runbook_request.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QCoreApplication>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cockpit {

namespace {

class ActionBoxWords {
    Q_DECLARE_TR_FUNCTIONS(cockpit::RunbookActionBox)
};

/// What the button says: the action as the runbook names it.
QString actionWords(const RunbookActionReference &action)
{
    using Verb = RunbookActionReference::Verb;
    const QString object = plainLine(action.object.section(u'/', -1), 40);
    switch (action.verb) {
    case Verb::Rollback:
        return ActionBoxWords::tr("Roll back %1").arg(object);
    case Verb::Promote:
        return ActionBoxWords::tr("Go on with %1").arg(object);
    case Verb::Pause:
        return ActionBoxWords::tr("Pause %1").arg(object);
    case Verb::Resume:
        return ActionBoxWords::tr("Resume %1").arg(object);
    case Verb::Retry:
        return ActionBoxWords::tr("Retry %1").arg(object);
    case Verb::Restart:
        return ActionBoxWords::tr("Restart %1").arg(object);
    case Verb::Scale:
        return ActionBoxWords::tr("Scale %1").arg(object);
    case Verb::Breaker:
        return ActionBoxWords::tr("Breaker %1: %2").arg(plainLine(action.to, 40), plainLine(action.set, 12));
    case Verb::Flag:
        return ActionBoxWords::tr("Flag %1: %2").arg(object, plainLine(action.set, 12));
    }
    return {};
}

} // namespace

RunbookActionBox::RunbookActionBox(CockpitModels &models, const Theme &theme, const RunbookActionReference &action,
                                   const QString &context, const QString &nameSpace, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_action(action)
    , m_context(context)
    , m_nameSpace(nameSpace)
    , m_button(new Button(theme, action.problem.isEmpty() ? actionWords(action) : tr("Action"), Button::Kind::Big))
    , m_reason(new ElidedLabel(theme, FontRole::Chip11, Role::StaleText, nullptr, 2))
    , m_place(new ActionPlace(models, theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(theme.px(4));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(8));
    line->addWidget(m_button);
    line->addWidget(m_reason, 1);
    rows->addLayout(line);
    rows->addWidget(m_place);
    rows->addStretch(1);
    connect(m_button, &Button::clicked, this, &RunbookActionBox::ask);
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        refresh();
        updateGeometry();
    });
    connect(&models.rollouts, &RolloutStore::changed, this, &RunbookActionBox::refresh);
    connect(&models.breakers, &BreakerStore::breakersChanged, this, &RunbookActionBox::refresh);
    connect(&models.breakers, &BreakerStore::flagsChanged, this, &RunbookActionBox::refresh);
    refresh();
}

QSize RunbookActionBox::sizeHint() const
{
    const int strip = m_place->isVisibleTo(this) ? m_place->sizeHint().height() + m_theme.px(4) : 0;
    return {m_theme.px(200), m_theme.px(36) + strip};
}

Result<ActionRequest> RunbookActionBox::request() const
{
    RunbookActionScene scene{.rollouts = m_models.rollouts};
    scene.breakers = &m_models.breakers;
    scene.context = m_context;
    scene.nameSpace = m_nameSpace;
    scene.now = m_models.time.now();
    return requestOf(m_action, scene);
}

void RunbookActionBox::refresh()
{
    QString refusal = plainLine(m_action.problem, 200);
    if (refusal.isEmpty()) {
        if (const auto asked = request(); !asked)
            refusal = plainLine(asked.error().text(), 200);
    }
    if (m_place->isBusy())
        refusal = tr("it runs already");
    m_button->setKind(m_place->isOpen() ? Button::Kind::Armed : Button::Kind::Big);
    m_button->setDisabledReason(refusal);
    m_reason->setText(refusal);
}

void RunbookActionBox::ask()
{
    if (const auto asked = request(); asked && !m_place->isBusy())
        m_place->ask(*asked, false);
}

} // namespace cockpit
