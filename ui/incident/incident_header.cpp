// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incident_header.h"

#include "models/incident_clock.h"
#include "models/items/incident_store.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_words.h"
#include "ui/incident/phase_stepper.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/text_runs.h"

#include <QHBoxLayout>
#include <QPainter>

namespace cockpit {

LevelPill::LevelPill(const Theme &theme, QWidget *parent)
    : ThemedButton(theme, parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LevelPill::setLevel(Priority level, const QString &reason)
{
    m_level = level;
    setText(toWireName(level));
    setAccessibleName(tr("Level %1: change it").arg(text()));
    setAccessibleDescription(plainLine(reason, 300));
    setToolTip(wrappedToolTip(reason.isEmpty() ? tr("Change the level") : reason));
    update();
}

QSize LevelPill::sizeHint() const { return {theme().px(29), theme().px(20)}; }

void LevelPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Role role = levelRole(m_level);
    const Role fill = role == Role::Critical ? Role::CriticalSoft
                      : role == Role::Warning ? Role::WarningSoft
                      : underMouse()          ? Role::Raised2
                                              : Role::Raised;
    paintBox(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().px(6), theme().color(fill),
             theme().color(role == Role::Muted ? Role::Border : role));
    paintRuns(painter, QRectF(rect()), {{text(), FontRole::MonoStrong11, role == Role::Muted ? Role::Text : role}},
              theme(), Qt::AlignHCenter);
    paintFocus(painter, rect(), theme().px(6));
}

IncidentHeader::IncidentHeader(CockpitModels &models, const Theme &theme, QWidget *parent)
    : Panel(theme, Role::Surface, Qt::BottomEdge, parent)
    , m_models(models)
    , m_name(new RunLabel(theme))
    , m_level(new LevelPill(theme))
    , m_clock(new RunLabel(theme))
    , m_title(new ElidedLabel(theme, FontRole::Row12, Role::Muted))
    , m_stepper(new PhaseStepper(theme))
    , m_next(new Button(theme, QString()))
    , m_more(new Button(theme, tr("More"), Button::Kind::Row))
    , m_why(new ElidedLabel(theme, FontRole::Chip11, Role::Muted))
{
    setFixedHeight(theme.px(64));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    line->setSpacing(theme.px(12));
    auto *left = new QWidget;
    left->setFixedWidth(theme.px(268));
    auto *words = new QVBoxLayout(left);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(0);
    auto *first = new QHBoxLayout;
    first->setSpacing(theme.px(8));
    m_name->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    first->addWidget(m_name);
    first->addWidget(m_level);
    first->addWidget(m_clock, 1);
    first->addWidget(m_more);
    words->addLayout(first);
    m_more->setAccessibleName(tr("More of this incident"));
    words->addWidget(m_title);
    line->addWidget(left);
    line->addWidget(m_stepper, 1);
    auto *right = new QWidget;
    right->setFixedWidth(theme.px(132));
    auto *last = new QVBoxLayout(right);
    last->setContentsMargins(0, 0, 0, 0);
    last->setSpacing(theme.px(2));
    last->addWidget(m_next, 0, Qt::AlignRight);
    m_why->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    last->addWidget(m_why);
    line->addWidget(right);
    connect(m_level, &LevelPill::clicked, this, &IncidentHeader::levelClicked);
    connect(m_next, &Button::clicked, this, &IncidentHeader::nextClicked);
    connect(m_more, &Button::clicked, this, &IncidentHeader::moreClicked);
}

void IncidentHeader::setIncident(const Incident &incident)
{
    const IncidentStore &store = m_models.incidents;
    const Instant now = m_models.time.now();
    m_name->setRuns({{plainLine(incident.name(), 24), FontRole::Title15, Role::Text}});
    m_name->setFixedWidth(m_name->sizeHint().width());
    m_level->setLevel(incident.level, incident.levelReason);
    if (incident.isOpen()) {
        m_clock->setRuns({{tr("open for "), FontRole::Row12, Role::Muted},
                          {clockText(std::max(Duration(0), now - incident.openedAt)), FontRole::MonoStrong12, Role::Text}});
    } else {
        const Instant end = incident.resolvedAt.value_or(incident.closedAt.value_or(now));
        m_clock->setRuns(
            {{incident.phase == IncidentPhase::Merged ? tr("merged after ") : tr("lasted "), FontRole::Row12, Role::Muted},
             {clockText(std::max(Duration(0), end - incident.openedAt)), FontRole::Mono12, Role::Muted}});
    }
    m_title->setText(plainLine(incident.title, 300));
    m_stepper->setIncident(incident, now);
    const std::optional<IncidentPhase> next = nextPhase(incident.phase);
    const bool over = incident.phase == IncidentPhase::Closed;
    m_concern = next ? moveConcern(incident, *next, store.provenSince(), store.targets(), now) : QString();
    m_next->setVisible(next || over);
    m_next->setText(next ? moveLabel(*next) : tr("Reopen"));
    m_next->updateGeometry();
    m_why->setText(m_concern);
    m_next->setToolTip(wrappedToolTip(m_concern));
    m_next->setAccessibleDescription(m_concern);
}

} // namespace cockpit
