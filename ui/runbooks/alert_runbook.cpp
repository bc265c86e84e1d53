// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/alert_runbook.h"

#include "models/items/command_registry.h"
#include "models/items/requests.h"
#include "models/items/runbook_store.h"
#include "models/items/time_model.h"
#include "ui/runbooks/escalation_panel.h"
#include "ui/runbooks/link_strip.h"
#include "ui/runbooks/runbook_binding.h"
#include "ui/runbooks/runbook_head.h"
#include "ui/runbooks/runbook_notice.h"
#include "ui/runbooks/runbook_view.h"

#include <QUrl>
#include <QVBoxLayout>

namespace cockpit {

AlertRunbook::AlertRunbook(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_head(new RunbookHead(theme))
    , m_notice(new RunbookNotice(theme))
    , m_view(new RunbookView(theme, Role::Raised, 16))
    , m_strip(new LinkStrip(theme))
    , m_escalation(new EscalationPanel(theme))
    , m_binding(new RunbookBinding(models, theme, *m_view, *m_strip))
{
    m_view->setGuides(true);
    m_view->setAccessibleName(tr("Runbook of the alert"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_head);
    rows->addWidget(m_notice);
    rows->addWidget(m_view, 1);
    rows->addWidget(m_strip);
    rows->addWidget(m_escalation);
    m_head->hide();
    m_view->hide();
    connect(m_head, &RunbookHead::detailsRequested, this, &AlertRunbook::detailsRequested);
    connect(m_head, &RunbookHead::openRequested, this, [this] {
        if (const RunbookPtr runbook = m_view->runbook())
            Q_EMIT m_models.requests.runbookRequested(runbook->key, m_link ? m_link->anchor : QString());
    });
    connect(m_binding, &RunbookBinding::progressChanged, this, &AlertRunbook::refreshHead);
    connect(m_binding, &RunbookBinding::sectionAsked, this,
            [this](const QString &slug) { Q_EMIT m_models.requests.runbookRequested(m_view->runbook()->key, slug); });
    connect(m_notice, &RunbookNotice::chosen, this, [this](const RunbookKey &runbook) {
        m_chosen.insert(m_alert.key, runbook);
        m_link.reset();
        refresh();
    });
    connect(m_notice, &RunbookNotice::skeletonAsked, &models.requests, &Requests::skeletonRequested);
    connect(m_notice, &RunbookNotice::linkAsked, this,
            [this](const QString &url) { m_strip->ask(QUrl(url).host(), url); });
    connect(&models.requests, &Requests::runbookNoticed, this, [this](const QString &words) {
        if (isVisible() && !hasRunbook())
            m_strip->say(words);
    });
    connect(&models.runbooks, &RunbookStore::linksChanged, this, &AlertRunbook::refresh);
    connect(&models.runbooks, &RunbookStore::libraryChanged, this, [this] {
        m_link.reset();
        refresh();
    });
    connect(&models.time, &TimeModel::ticked, this, [this] {
        if (!isVisible())
            return;
        refreshEscalation();
        refreshHead();
    });
    registerCommands();
    m_notice->setView(runbookNotice({}, models.runbooks.library(), models.runbooks.isKnown(), {}));
}

void AlertRunbook::registerCommands()
{
    const QString group = tr("Runbook");
    const auto here = [this] { return isVisible() && hasRunbook(); };
    CommandRegistry &commands = m_models.commands;
    commands.add(
        {QStringLiteral("runbook.tick"), tr("Tick the step to do next"), group, {QStringLiteral("Space")}, {}},
        [this, here] { return here() ? m_view->tickRefusal() : tr("no runbook is shown here"); },
        [this] { m_view->tickCurrent(); });
    commands.add(
        {QStringLiteral("runbook.copy"), tr("Copy the command of the step"), group, {QStringLiteral("C")}, {}},
        [this, here] { return here() ? m_view->copyRefusal() : tr("no runbook is shown here"); },
        [this] { m_view->copyCurrent(); });
    commands.add(
        {QStringLiteral("runbook.open"), tr("Open the runbook of the alert"), group, {}, {}},
        [here] { return here() ? QString() : tr("no runbook is shown here"); },
        [this] { Q_EMIT m_head->openRequested(); });
}

bool AlertRunbook::hasRunbook() const { return m_view->runbook() != nullptr; }

void AlertRunbook::setAlert(const Alert &alert)
{
    const bool same = alert.key == m_alert.key && alert.startsAt == m_alert.startsAt && alert.labels == m_alert.labels;
    const bool sameState = same && alert.state == m_alert.state && alert.priority == m_alert.priority;
    m_alert = alert;
    if (!same)
        m_link.reset();
    if (!same || !m_link)
        refresh();
    if (!sameState)
        refreshEscalation();
}

void AlertRunbook::refresh()
{
    if (m_alert.name.isEmpty())
        return;
    const bool known = m_models.runbooks.isKnown();
    std::optional<RunbookLink> link = m_models.runbooks.linkOf(m_alert.key);
    if (link && m_chosen.contains(m_alert.key) && !link->candidates.isEmpty()) {
        link->found = true;
        link->runbook = m_chosen.value(m_alert.key);
        link->candidates.clear();
    }
    if (link && m_link && known == m_known && *link == *m_link)
        return;
    m_known = known;
    m_link = link;
    const bool before = hasRunbook();
    if (link && link->found && m_models.runbooks.library().find(link->runbook))
        showLink(*link);
    else
        m_binding->clear();
    m_notice->setView(runbookNotice(link, m_models.runbooks.library(), known, m_alert.name));
    m_notice->setVisible(!hasRunbook());
    m_head->setVisible(hasRunbook());
    m_view->setVisible(hasRunbook());
    refreshHead();
    refreshEscalation();
    if (before != hasRunbook())
        Q_EMIT hasRunbookChanged();
}

void AlertRunbook::showLink(const RunbookLink &link)
{
    const RunbookPtr runbook = m_models.runbooks.library().find(link.runbook);
    if (!m_binding->show(runbook, link.anchorFound ? link.anchor : QString(), occasionOf(m_alert),
                         fillingOf(m_alert, m_models)))
        return;
    // A section is read from its top; a whole file from what is to be done.
    if (link.anchor.isEmpty() || !link.anchorFound)
        m_view->scrollToCurrentStep();
}

void AlertRunbook::refreshHead()
{
    const RunbookPtr runbook = m_view->runbook();
    if (!runbook || !m_link)
        return;
    m_head->setRunbook(*runbook, m_models.runbooks.library(), m_models.time.now(), m_link->problem);
    m_head->setProgress(*runbook, m_view->progress(), m_link->anchorFound ? m_link->anchor : QString());
}

void AlertRunbook::refreshEscalation()
{
    const bool runs = m_alert.state == AlertState::Firing || m_alert.state == AlertState::Acknowledged;
    m_escalation->setVisible(runs && !m_alert.name.isEmpty());
    if (runs)
        m_escalation->setAlert(m_alert, m_view->runbook().get(), m_models.time.now());
}

} // namespace cockpit
