// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_action_box.h"

#include "models/plain_line.h"
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
                                   QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_action(action)
    , m_button(new Button(theme, action.problem.isEmpty() ? actionWords(action) : tr("Action"), Button::Kind::Big))
    , m_reason(new PlainLabel(theme, FontRole::Chip11, Role::StaleText))
    , m_place(new ActionPlace(models, theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(theme.px(4));
    auto *line = new QHBoxLayout;
    line->setSpacing(theme.px(8));
    line->addWidget(m_button);
    m_reason->setWordWrap(true);
    line->addWidget(m_reason, 1);
    rows->addLayout(line);
    rows->addWidget(m_place);
    rows->addStretch(1);
    connect(m_button, &Button::clicked, this, &RunbookActionBox::ask);
    connect(m_place, &ActionPlace::openChanged, this, [this] {
        m_button->setKind(m_place->isOpen() ? Button::Kind::Armed : Button::Kind::Big);
        updateGeometry();
    });
    refresh();
}

void RunbookActionBox::refresh()
{
    const QString refusal =
        m_action.problem.isEmpty() ? tr("actions of runbooks are not known here") : plainLine(m_action.problem, 200);
    m_button->setDisabledReason(refusal);
    m_reason->setText(refusal);
}

void RunbookActionBox::ask() {}

} // namespace cockpit
