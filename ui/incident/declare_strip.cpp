// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/declare_strip.h"

#include "models/incident_clock.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace cockpit {

namespace {

Priority levelNamed(const QString &id)
{
    for (const Priority level : {Priority::P1, Priority::P2, Priority::P3}) {
        if (id == toWireName(level))
            return level;
    }
    return Priority::P4;
}

} // namespace

DeclareStrip::DeclareStrip(CockpitModels &models, const Theme &theme, QWidget *parent)
    : Card(theme, parent)
    , m_models(models)
    , m_title(new QLineEdit)
    , m_level(new SegmentedControl(theme, tr("Level"),
                                   {{toWireName(Priority::P1), toWireName(Priority::P1)},
                                    {toWireName(Priority::P2), toWireName(Priority::P2)},
                                    {toWireName(Priority::P3), toWireName(Priority::P3)},
                                    {toWireName(Priority::P4), toWireName(Priority::P4)}}))
    , m_start(new QLineEdit)
    , m_reason(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_facts(new PlainLabel(theme, FontRole::Row12, Role::Muted))
    , m_join(new GlyphLabel(theme))
    , m_problem(new PlainLabel(theme, FontRole::Row12, Role::Critical))
    , m_declare(new Button(theme, tr("Declare the incident"), Button::Kind::Armed))
    , m_joinButton(new Button(theme, QString(), Button::Kind::Armed))
{
    setOutline(Role::Accent);
    makeFields();
    connect(&models.incidents, &IncidentStore::proposalChanged, this, &DeclareStrip::showProposal);
    connect(m_level, &SegmentedControl::selected, this, &DeclareStrip::showLevel);
    connect(m_declare, &Button::clicked, this, [this] { declare(false); });
    connect(m_joinButton, &Button::clicked, this, [this] { declare(true); });
    for (QLineEdit *line : {m_title, m_start})
        connect(line, &QLineEdit::returnPressed, this, [this] { declare(!m_proposal.join.isEmpty()); });
    hide();
}

void DeclareStrip::makeFields()
{
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(theme().px(12), theme().px(10), theme().px(12), theme().px(10));
    rows->setSpacing(theme().px(6));
    body()->addLayout(rows);
    rows->addWidget(new PlainLabel(theme(), tr("Declare an incident"), FontRole::RowStrong12));
    rows->addWidget(m_join);
    m_title->setAccessibleName(tr("Title of the incident"));
    m_title->setMaxLength(300);
    m_title->setFont(theme().font(FontRole::Base13));
    m_title->setFixedHeight(theme().px(32));
    rows->addWidget(m_title);
    auto *line = new QHBoxLayout;
    line->setSpacing(theme().px(8));
    line->addWidget(m_level);
    line->addWidget(new PlainLabel(theme(), tr("impact since"), FontRole::Row12, Role::Muted));
    m_start->setAccessibleName(tr("Impact started, in UTC"));
    m_start->setPlaceholderText(tr("not known"));
    m_start->setFont(theme().font(FontRole::Mono12));
    m_start->setFixedHeight(theme().px(28));
    m_start->setFixedWidth(theme().px(172));
    line->addWidget(m_start);
    line->addStretch(1);
    rows->addLayout(line);
    for (PlainLabel *label : {m_reason, m_facts, m_problem}) {
        label->setWordWrap(true);
        rows->addWidget(label);
    }
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme().px(8));
    auto *cancel = new Button(theme(), tr("Cancel"));
    for (Button *button : {m_joinButton, m_declare})
        button->setCompact(true);
    m_declare->setKeyHint(QStringLiteral("Enter"));
    buttons->addWidget(m_joinButton);
    buttons->addWidget(m_declare);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    rows->addLayout(buttons);
    connect(cancel, &Button::clicked, this, &DeclareStrip::close);
}

void DeclareStrip::open(const QList<AlertKey> &alerts)
{
    m_open = true;
    m_known = false;
    m_proposal = {};
    m_proposal.alerts = alerts;
    m_problem->hide();
    m_join->hide();
    m_joinButton->hide();
    m_title->clear();
    m_title->setPlaceholderText(tr("is being filled in"));
    m_start->clear();
    m_reason->clear();
    m_facts->clear();
    m_declare->setDisabledReason(tr("the proposal is being made"));
    show();
    Q_EMIT openChanged();
    m_title->setFocus(Qt::OtherFocusReason);
    Q_EMIT m_models.requests.incidentProposalRequested(alerts);
}

void DeclareStrip::showProposal()
{
    const std::optional<IncidentProposal> &proposal = m_models.incidents.proposal();
    if (!m_open || m_known || !proposal)
        return;
    m_known = true;
    m_proposal = *proposal;
    m_title->setPlaceholderText(tr("What do people notice?"));
    if (!m_title->isModified() || m_title->text().isEmpty())
        m_title->setText(plainLine(m_proposal.title, 300));
    m_level->setCurrent(toWireName(m_proposal.level));
    m_start->setText(m_proposal.impactStarted ? typedText(*m_proposal.impactStarted) : QString());
    QStringList facts;
    if (!m_proposal.impact.isEmpty())
        facts.append(plainLine(m_proposal.impact, 300));
    if (m_proposal.alerts.size() > 0)
        facts.append(m_proposal.alerts.size() == 1 ? tr("1 alert is attached; others that match join by themselves.")
                                                   : tr("%1 alerts are attached; others that match join by themselves.")
                                                         .arg(m_proposal.alerts.size()));
    m_facts->setText(facts.join(u'\n'));
    const bool join = !m_proposal.join.isEmpty();
    const QString name = plainLine(m_proposal.joinName, 40);
    m_join->setState(StateGlyph::Info, tr("%1 is open on the same service: join it rather than open a second one.").arg(name));
    m_join->setVisible(join);
    m_joinButton->setText(tr("Join %1").arg(name));
    m_joinButton->setVisible(join);
    m_joinButton->setKeyHint(QStringLiteral("Enter"));
    m_joinButton->updateGeometry();
    m_declare->setText(join ? tr("Declare a second one") : tr("Declare the incident"));
    m_declare->setKind(join ? Button::Kind::Normal : Button::Kind::Armed);
    m_declare->setKeyHint(join ? QString() : QStringLiteral("Enter"));
    m_declare->setDisabledReason({});
    m_declare->updateGeometry();
    showLevel();
}

void DeclareStrip::showLevel()
{
    const Priority level = levelNamed(m_level->current());
    const QString why = level == m_proposal.level ? plainLine(m_proposal.levelReason, 300)
                                                  : tr("Proposed was %1: %2").arg(toWireName(m_proposal.level), plainLine(m_proposal.levelReason, 250));
    m_reason->setText(tr("%1. It pages %2.").arg(why.endsWith(u'.') ? why.chopped(1) : why, whoIsPaged(level)));
}

void DeclareStrip::declare(bool join)
{
    if (!m_open || !m_known)
        return;
    IncidentProposal proposal = m_proposal;
    proposal.title = m_title->text().trimmed();
    const Priority level = levelNamed(m_level->current());
    if (level != proposal.level)
        proposal.levelReason = tr("chosen by hand; proposed was %1").arg(toWireName(proposal.level));
    proposal.level = level;
    const QString start = m_start->text().trimmed();
    proposal.impactStarted = start.isEmpty() ? std::nullopt : typedInstant(start, m_models.time.now());
    QString problem;
    if (!start.isEmpty() && !proposal.impactStarted)
        problem = tr("This is not a time: write 03:02 or 2026-11-23 03:02:10, in UTC, or nothing.");
    else if (proposal.impactStarted && *proposal.impactStarted > m_models.time.now())
        problem = tr("The impact cannot start later than now.");
    else if (proposal.title.isEmpty())
        problem = tr("Give it a title: what do people notice?");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        return;
    if (!join) {
        proposal.join = {};
        proposal.joinName.clear();
    }
    close();
    Q_EMIT m_models.requests.incidentDeclareRequested(proposal);
}

void DeclareStrip::close()
{
    if (!m_open)
        return;
    m_open = false;
    hide();
    Q_EMIT openChanged();
}

void DeclareStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && !event->isAutoRepeat())
        declare(!m_proposal.join.isEmpty());
    else
        Card::keyPressEvent(event);
}

} // namespace cockpit
