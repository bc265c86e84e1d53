// SPDX-License-Identifier: GPL-3.0-or-later
// What the Incident page listens to, what stands above it, its commands and its keys.
#include "models/items/command_registry.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_bar.h"
#include "ui/incident/incident_header.h"
#include "ui/incident/incident_overview.h"
#include "ui/incident/incidents_page.h"
#include "ui/incident/paging_rows.h"
#include "ui/incident/postmortem_panel.h"
#include "ui/incident/postmortem_reader.h"
#include "ui/incident/status_composer.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/banner.h"

#include <QKeyEvent>
#include <QTimer>

namespace cockpit {

void IncidentsPage::connectModels()
{
    const auto soon = [this] {
        if (m_active && !m_pause->isActive())
            m_pause->start();
    };
    connect(m_pause, &QTimer::timeout, this, &IncidentsPage::refresh);
    IncidentStore &store = m_models.incidents;
    connect(&store, &IncidentStore::incidentsChanged, this, soon);
    connect(&store, &IncidentStore::incidentChanged, this, soon);
    connect(&store, &IncidentStore::archiveChanged, this, soon);
    connect(&store, &IncidentStore::pagingChanged, this, soon);
    connect(&store, &IncidentStore::outgoingChanged, this, soon);
    connect(&store, &IncidentStore::postmortemChanged, this, soon);
    connect(&store, &IncidentStore::statusDraftChanged, this, soon);
    connect(&store, &IncidentStore::sceneChanged, this, soon);
    connect(&m_models.time, &TimeModel::ticked, this, soon);
    connect(&store, &IncidentStore::currentChanged, this, [this, soon] {
        // Another one became the current one (declared, joined, chosen elsewhere): that is the one to look at.
        const IncidentPtr current = m_models.incidents.current();
        const IncidentId id = current ? current->head.id : IncidentId();
        if (!(id == m_lastCurrent)) {
            m_lastCurrent = id;
            m_chosen = {};
            m_all = false;
        }
        soon();
    });
    if (const IncidentPtr current = store.current())
        m_lastCurrent = current->head.id;
    connect(&m_models.requests, &Requests::incidentRequested, this, &IncidentsPage::showIncident);
    connect(&m_models.requests, &Requests::incidentRefused, this, &IncidentsPage::refused);
}

void IncidentsPage::connectParts()
{
    connect(m_problem, &Banner::actionRequested, m_problem, &QWidget::hide);
    connect(m_overview, &IncidentOverview::chosen, this,
            [this](const IncidentId &id) { Q_EMIT m_models.requests.incidentRequested(id); });
    connect(m_header, &IncidentHeader::levelClicked, m_bar, &IncidentBar::openLevel);
    connect(m_header, &IncidentHeader::moreClicked, m_bar, &IncidentBar::toggleMore);
    connect(m_header, &IncidentHeader::nextClicked, this, [this] { m_bar->moveOn(m_header->concern()); });
    connect(m_bar, &IncidentBar::overviewRequested, this, &IncidentsPage::showOverview);
    connect(m_paging, &PagingRows::asked, this,
            [this](const ActionRequest &request, bool byKey) { m_place->ask(request, byKey); });
    connect(m_composer->place(), &ActionPlace::openChanged, this, &IncidentsPage::layOut);
    connect(m_postmortem, &PostmortemPanel::openRequested, this, [this] {
        m_reading = true;
        refresh();
    });
    connect(m_reader, &PostmortemReader::backRequested, this, [this] {
        m_reading = false;
        refresh();
    });
}

void IncidentsPage::refreshArchive()
{
    const ArchiveCondition &archive = m_models.incidents.archive();
    using State = ArchiveCondition::State;
    BannerView view;
    view.body = plainLine(archive.words, 600);
    switch (archive.state) {
    case State::Offline:
        view.glyph = StateGlyph::Warning;
        view.title = archive.waiting == 1 ? tr("%1 cannot be reached; 1 entry waits on this laptop").arg(plainLine(archive.place, 80))
                                          : tr("%1 cannot be reached; %2 entries wait on this laptop").arg(plainLine(archive.place, 80)).arg(archive.waiting);
        break;
    case State::ReadOnly:
        view.glyph = StateGlyph::Warning;
        view.title = tr("Incidents can only be read");
        break;
    case State::Failed:
        view.glyph = StateGlyph::Critical;
        view.title = tr("Incidents cannot be read or written");
        break;
    case State::Opening:
    case State::Live: break;
    }
    m_archive->setVisible(!view.title.isEmpty());
    if (!view.title.isEmpty())
        m_archive->setView(view);
}

void IncidentsPage::refused(const IncidentId &incident, const QString &words)
{
    const IncidentPtr one = m_models.incidents.incident(incident);
    BannerView view;
    view.glyph = StateGlyph::Critical;
    view.title = one ? tr("It was not written to %1").arg(plainLine(one->name(), 24)) : tr("It was not written");
    view.body = plainLine(words, 600);
    view.action = tr("Dismiss");
    m_problem->setView(view);
    m_problem->show();
}

void IncidentsPage::registerCommands()
{
    const QString group = tr("Incident");
    const auto here = [this]() -> QString {
        if (!isVisible())
            return tr("open Incident first");
        return m_incident ? QString() : tr("no incident is shown");
    };
    CommandRegistry &commands = m_models.commands;
    commands.add({QStringLiteral("incident.escalate"), tr("Escalate the incident"), group, {QStringLiteral("E")}, {}},
                 [this, here] { return here().isEmpty() ? m_paging->escalateRefusal() : here(); },
                 [this] { m_paging->escalate(true); });
    commands.add({QStringLiteral("incident.acknowledge"), tr("Acknowledge the page of the incident"), group,
                  {QStringLiteral("A")}, {}},
                 [this, here] { return here().isEmpty() ? m_paging->acknowledgeRefusal() : here(); },
                 [this] { m_paging->acknowledge(true); });
    commands.add({QStringLiteral("incident.next-phase"), tr("Move the incident to its next phase"), group, {}, {}}, here,
                 [this] { m_bar->moveOn(m_header->concern()); });
    commands.add({QStringLiteral("incident.level"), tr("Change the level of the incident"), group, {}, {}}, here,
                 [this] { m_bar->openLevel(); });
    commands.add({QStringLiteral("incident.actionable"), tr("Say that the pages were actionable"), group,
                  {QStringLiteral("Y")}, {}},
                 [this, here] {
                     if (!here().isEmpty())
                         return here();
                     return m_bar->asksActionable() ? QString() : tr("this is asked at the end of an incident, once");
                 },
                 [this] { m_bar->answerActionable(QStringLiteral("yes")); });
}

void IncidentsPage::keyPressEvent(QKeyEvent *event)
{
    // The window's shortcuts come first where there are any; these are the same commands for a page on its own.
    const bool plain = event->modifiers() == Qt::NoModifier && !event->isAutoRepeat();
    const QString id = event->key() == Qt::Key_E   ? QStringLiteral("incident.escalate")
                       : event->key() == Qt::Key_A ? QStringLiteral("incident.acknowledge")
                       : event->key() == Qt::Key_Y ? QStringLiteral("incident.actionable")
                                                   : QString();
    if (plain && !id.isEmpty())
        m_models.commands.run(id);
    else if (plain && (event->key() == Qt::Key_N || event->key() == Qt::Key_Slash))
        focusNote();
    else if (plain && event->key() == Qt::Key_I)
        openDeclare({});
    else if (plain && event->key() == Qt::Key_Escape && m_all && m_models.incidents.current())
        showIncident({});
    else
        QWidget::keyPressEvent(event);
}

} // namespace cockpit
