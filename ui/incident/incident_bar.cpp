// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incident_bar.h"

#include "models/alert.h"
#include "models/incident_clock.h"
#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/entry_form.h"
#include "ui/incident/incident_words.h"
#include "ui/incident/postmortem_panel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>

#include <algorithm>

namespace cockpit {

namespace {

/// Regions of the attached alerts, as their labels tell.
QStringList regionsOf(const Fleet &fleet, const Incident &incident)
{
    QStringList regions;
    for (const Alert &alert : fleet.alerts) {
        const auto attached = std::any_of(incident.alerts.cbegin(), incident.alerts.cend(),
                                          [&alert](const AttachedAlert &one) { return one.key == alert.key; });
        const QString region = attached ? alert.labels.value(QStringLiteral("region")) : QString();
        if (!region.isEmpty() && !regions.contains(region))
            regions.append(region);
    }
    return regions;
}

} // namespace

IncidentBar::IncidentBar(CockpitModels &models, const Theme &theme, QWidget *parent)
    : Panel(theme, Role::Raised, Qt::BottomEdge, parent)
    , m_models(models)
    , m_others(new QWidget)
    , m_otherButtons(new QHBoxLayout(m_others))
    , m_upgrade(new Button(theme, QString()))
    , m_more(new QWidget)
    , m_merge(new Button(theme, tr("Merge into another")))
    , m_reopen(new Button(theme, tr("Reopen")))
    , m_form(new EntryForm(theme))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    rows->setSpacing(theme.px(8));
    m_otherButtons->setContentsMargins(0, 0, 0, 0);
    m_otherButtons->setSpacing(theme.px(8));
    rows->addWidget(m_others);
    m_upgradeLine = makeLine(&m_upgradeWords, {m_upgrade});
    rows->addWidget(m_upgradeLine);
    PlainLabel *question = nullptr;
    auto *yes = new Button(theme, tr("Yes, all"));
    yes->setKeyHint(QStringLiteral("Y"));
    auto *partly = new Button(theme, tr("Partly"));
    auto *no = new Button(theme, tr("No"));
    m_actionable = makeLine(&question, {yes, partly, no});
    question->setText(tr("Was there something to do at each page? It counts for the load on people."));
    rows->addWidget(m_actionable);
    connect(yes, &Button::clicked, this, [this] { answerActionable(QStringLiteral("yes")); });
    connect(partly, &Button::clicked, this, [this] { answerActionable(QStringLiteral("partly")); });
    connect(no, &Button::clicked, this, [this] { answerActionable(QStringLiteral("no")); });
    makeMore();
    rows->addWidget(m_more);
    m_form->setMaximumWidth(theme.px(720));
    rows->addWidget(m_form);
    connect(m_form, &EntryForm::closed, this, &IncidentBar::layOut);
    hide();
}

QWidget *IncidentBar::makeLine(PlainLabel **label, const QList<Button *> &buttons)
{
    auto *widget = new QWidget;
    auto *line = new QHBoxLayout(widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme().px(8));
    *label = new PlainLabel(theme(), FontRole::Row12);
    line->addWidget(*label);
    for (Button *button : buttons)
        line->addWidget(button);
    line->addStretch(1);
    widget->hide();
    return widget;
}

void IncidentBar::makeMore()
{
    auto *line = new QHBoxLayout(m_more);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(theme().px(8));
    const auto add = [&](Button *button, auto run) {
        line->addWidget(button);
        connect(button, &Button::clicked, this, run);
    };
    add(new Button(theme(), tr("Change the title")), [this] { openField(IncidentField::Title); });
    add(new Button(theme(), tr("Impact started")), [this] { openField(IncidentField::ImpactStarted); });
    add(new Button(theme(), tr("Breach suspected")), [this] { openField(IncidentField::BreachSuspected); });
    add(m_merge, [this] { openMerge(); });
    add(m_reopen, [this] {
        moveTo(IncidentPhase::Mitigation, tr("Reopen"), tr("It goes back to Mitigation; the clocks go on from where they began."));
    });
    add(new Button(theme(), tr("All incidents")), [this] { Q_EMIT overviewRequested(); });
    line->addStretch(1);
    m_more->hide();
    connect(m_upgrade, &Button::clicked, this, &IncidentBar::openLevel);
}

void IncidentBar::setIncident(const IncidentPtr &incident)
{
    if (m_incident && (!incident || !(m_incident->head.id == incident->head.id))) {
        m_form->close();
        m_more->hide();
    }
    m_incident = incident;
    if (!incident)
        return hide();
    refreshOthers();
    refreshUpgrade();
    m_actionable->setVisible(asksActionable());
    m_merge->setVisible(incident->isOpen());
    m_reopen->setVisible(incident->phase >= IncidentPhase::Resolution && incident->phase != IncidentPhase::Merged);
    layOut();
}

void IncidentBar::layOut()
{
    setVisible(!m_others->isHidden() || !m_upgradeLine->isHidden() || !m_actionable->isHidden() || !m_more->isHidden() ||
               m_form->isOpen());
}

void IncidentBar::refreshOthers()
{
    QList<IncidentId> ids;
    for (const IncidentPtr &one : m_models.incidents.incidents()) {
        if (one->isOpen() && !(one->head.id == m_incident->head.id) && ids.size() < 5)
            ids.append(one->head.id);
    }
    m_others->setVisible(!ids.isEmpty());
    if (ids == m_otherIds)
        return;
    m_otherIds = ids;
    while (QLayoutItem *item = m_otherButtons->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_otherButtons->addWidget(new PlainLabel(theme(), tr("Open too:"), FontRole::Row12, Role::Muted));
    for (const IncidentId &id : ids) {
        const IncidentPtr one = m_models.incidents.incident(id);
        auto *button = new Button(theme(), toWireName(one->level) + u' ' + plainLine(one->name(), 20) + u' ' + plainLine(one->title, 40));
        m_otherButtons->addWidget(button);
        connect(button, &Button::clicked, this, [this, id] { Q_EMIT m_models.requests.incidentRequested(id); });
    }
    m_otherButtons->addStretch(1);
}

void IncidentBar::refreshUpgrade()
{
    const std::optional<LevelUpgrade> upgrade =
        upgradeOf(*m_incident, regionsOf(m_models.fleet.fleet(), *m_incident), m_models.incidents.targets(), m_models.time.now());
    m_upgradeLine->setVisible(upgrade && m_incident->isOpen());
    if (!upgrade)
        return;
    m_upgradeWords->setText(upgrade->securityLeads ? tr("The rules ask for %1: %2. Call the security leads.").arg(toWireName(upgrade->level), plainLine(upgrade->reason, 200))
                                                   : tr("The rules ask for %1: %2.").arg(toWireName(upgrade->level), plainLine(upgrade->reason, 200)));
    m_upgrade->setText(tr("Make it %1").arg(toWireName(upgrade->level)));
    m_upgrade->updateGeometry();
}

void IncidentBar::moveOn(const QString &concern)
{
    if (!m_incident)
        return;
    const std::optional<IncidentPhase> next = nextPhase(m_incident->phase);
    if (!next) {
        if (m_incident->phase == IncidentPhase::Closed)
            moveTo(IncidentPhase::Mitigation, tr("Reopen"), tr("It goes back to Mitigation."));
        return;
    }
    if (concern.isEmpty()) {
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, IncidentPhaseSet{*next, {}});
        return;
    }
    moveTo(*next, moveLabel(*next), tr("%1. You may move on all the same: say why.").arg(concern.endsWith(u'.') ? concern.chopped(1) : concern));
}

void IncidentBar::moveTo(IncidentPhase phase, const QString &title, const QString &words)
{
    FormView view;
    view.title = title;
    view.words = words.isEmpty() ? words : words.at(0).toUpper() + words.mid(1);
    view.fields = {{QStringLiteral("reason"), tr("Reason"), {}, tr("Why? Others read this"), false, {}, 500}};
    view.save = title;
    m_form->open(view, [this, phase](const EntryForm::Values &values) {
        const QString reason = values.value(QStringLiteral("reason"));
        if (reason.isEmpty())
            return tr("Say why, so that others know.");
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, IncidentPhaseSet{phase, reason});
        return QString();
    });
    layOut();
}

void IncidentBar::openLevel()
{
    if (!m_incident)
        return;
    const std::optional<LevelUpgrade> upgrade =
        upgradeOf(*m_incident, regionsOf(m_models.fleet.fleet(), *m_incident), m_models.incidents.targets(), m_models.time.now());
    FormField level{QStringLiteral("level"), tr("Level"), toWireName(upgrade ? upgrade->level : m_incident->level)};
    for (const Priority one : {Priority::P1, Priority::P2, Priority::P3, Priority::P4})
        level.choices.append({toWireName(one), toWireName(one)});
    FormView view;
    view.title = tr("Change the level");
    view.words = m_incident->levelReason.isEmpty() ? QString() : tr("It is %1: %2").arg(toWireName(m_incident->level), plainLine(m_incident->levelReason, 300));
    view.fields = {level, {QStringLiteral("reason"), tr("Reason"), upgrade ? upgrade->reason : QString(), tr("Why? Others read this"), false, {}, 500}};
    view.save = tr("Change the level");
    m_form->open(view, [this](const EntryForm::Values &values) {
        IncidentLevelSet set;
        for (const Priority one : {Priority::P1, Priority::P2, Priority::P3, Priority::P4}) {
            if (values.value(QStringLiteral("level")) == toWireName(one))
                set.level = one;
        }
        set.reason = values.value(QStringLiteral("reason"));
        if (set.level == m_incident->level)
            return tr("It has this level already.");
        if (set.reason.isEmpty())
            return tr("Say why, so that others know.");
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id, set);
        return QString();
    });
    layOut();
}

void IncidentBar::openField(IncidentField field)
{
    QString known = m_incident->fields.value(field);
    if (field == IncidentField::Title)
        known = m_incident->title;
    else if (field == IncidentField::ImpactStarted)
        known = m_incident->impactStarted ? typedText(*m_incident->impactStarted) : QString();
    openFieldForm(*m_form, m_models, *m_incident, field, known);
    layOut();
}

void IncidentBar::openMerge()
{
    FormField into{QStringLiteral("into"), tr("Into"), {}};
    for (const IncidentPtr &one : m_models.incidents.incidents()) {
        if (one->isOpen() && !(one->head.id == m_incident->head.id) && into.choices.size() < 6)
            into.choices.append({one->head.id.toString(), plainLine(one->name(), 20)});
    }
    FormView view;
    view.title = tr("Merge %1 into another incident").arg(plainLine(m_incident->name(), 20));
    view.words = into.choices.isEmpty() ? tr("No other incident is open.")
                                        : tr("It ends here and goes on there; what stands in its timeline stays.");
    if (!into.choices.isEmpty()) {
        into.text = into.choices.first().first;
        view.fields = {into};
    }
    view.save = tr("Merge");
    m_form->open(view, [this](const EntryForm::Values &values) {
        const QString chosen = values.value(QStringLiteral("into"));
        if (chosen.isEmpty())
            return tr("No other incident is open: there is nothing to merge it into.");
        Q_EMIT m_models.requests.incidentMergeRequested(m_incident->head.id, IncidentId(chosen));
        return QString();
    });
    layOut();
}

void IncidentBar::toggleMore()
{
    m_more->setVisible(m_more->isHidden());
    layOut();
}

bool IncidentBar::asksActionable() const
{
    return m_incident && m_incident->phase >= IncidentPhase::Resolution && m_incident->phase != IncidentPhase::Merged &&
           !m_incident->alerts.empty() && m_incident->fields.value(IncidentField::PagesActionable).isEmpty();
}

void IncidentBar::answerActionable(const QString &answer)
{
    if (asksActionable())
        Q_EMIT m_models.requests.incidentEntryRequested(m_incident->head.id,
                                                        IncidentFieldSet{IncidentField::PagesActionable, answer, {}});
}

} // namespace cockpit
