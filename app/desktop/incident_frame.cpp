// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/incident_frame.h"

#include "models/items/command_registry.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/incident_words.h"
#include "ui/incident/incidents_page.h"

#include <algorithm>

namespace cockpit {

namespace {

QString incidentPageId() { return QStringLiteral("incident"); }

} // namespace

IncidentChipView incidentChip(const QList<IncidentPtr> &incidents, const IncidentPtr &current, Instant now)
{
    const auto open = std::count_if(incidents.cbegin(), incidents.cend(), [](const IncidentPtr &one) { return one->isOpen(); });
    IncidentPtr shown = current && current->isOpen() ? current : nullptr;
    for (const IncidentPtr &one : incidents) {
        if (!shown && one->isOpen())
            shown = one;
    }
    if (!shown)
        return {};
    IncidentChipView view;
    view.glyph = levelGlyph(shown->level);
    view.level = toWireName(shown->level);
    view.name = shown->name();
    view.phase = phaseWord(shown->phase);
    view.clock = clockText(std::max(Duration(0), now - shown->openedAt));
    view.details = plainLine(shown->title, 300);
    view.more = static_cast<int>(open) - 1;
    return view;
}

BannerView reminderBanner(const QList<IncidentReminder> &reminders, const IncidentPtr &current)
{
    if (reminders.isEmpty())
        return {};
    BannerView view{.glyph = StateGlyph::Warning, .title = plainLine(reminders.first().text, 200)};
    if (current)
        view.title = plainLine(current->name(), 24) + QStringLiteral(": ") + view.title;
    if (reminders.size() > 1)
        view.title += IncidentFrame::tr("; and %1 more").arg(reminders.size() - 1);
    view.action = IncidentFrame::tr("Show it");
    return view;
}

IncidentFrame::IncidentFrame(CockpitModels &models, MainWindow &window, Theme &theme, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_window(window)
    , m_theme(theme)
{}

void IncidentFrame::addPage()
{
    m_window.addPage(incidentPageId(), Icon::Flag, tr("Incident"),
                     [this](QWidget *parent) { return new IncidentsPage(m_models, m_theme, parent); }, 6);
    addCommands();
    connectRequests();
    refresh();
}

IncidentsPage *IncidentFrame::openPage()
{
    m_window.openPage(incidentPageId());
    return qobject_cast<IncidentsPage *>(m_window.page(incidentPageId()));
}

void IncidentFrame::addCommands()
{
    const QString group = tr("Incident");
    CommandRegistry &commands = m_models.commands;
    commands.add({QStringLiteral("incident.note"), tr("Write a note on the timeline"), group,
                  {QStringLiteral("N"), QStringLiteral("/")}, {}},
                 [this]() -> QString {
                     const IncidentPtr current = m_models.incidents.current();
                     return current && current->isOpen() ? QString() : tr("no incident is open: declare one with I");
                 },
                 [this] {
                     if (IncidentsPage *page = openPage())
                         page->focusNote();
                 });
    commands.add({QStringLiteral("incident.declare"), tr("Declare an incident"), group, {QStringLiteral("I")}, {}}, {},
                 [this] {
                     if (IncidentsPage *page = openPage())
                         page->openDeclare({});
                 });
    commands.add({QStringLiteral("incident.all"), tr("Show all incidents"), group, {}, {}}, {}, [this] {
        if (IncidentsPage *page = openPage())
            page->showOverview();
    });
}

void IncidentFrame::connectRequests()
{
    const IncidentStore &store = m_models.incidents;
    connect(&store, &IncidentStore::incidentsChanged, this, &IncidentFrame::refresh);
    connect(&store, &IncidentStore::incidentChanged, this, &IncidentFrame::refresh);
    connect(&store, &IncidentStore::currentChanged, this, &IncidentFrame::refresh);
    connect(&store, &IncidentStore::remindersChanged, this, &IncidentFrame::refresh);
    connect(&m_models.time, &TimeModel::ticked, this, &IncidentFrame::refreshClock);
    connect(&m_models.requests, &Requests::incidentRequested, this, [this](const IncidentId &id) {
        if (IncidentsPage *page = openPage())
            page->showIncident(id);
    });
    connect(&m_models.requests, &Requests::incidentDeclareRequested, this, [this] { openPage(); });
    connect(&m_window, &MainWindow::incidentClicked, this, [this] {
        if (IncidentsPage *page = openPage())
            page->showIncident({});
    });
    connect(&m_window, &MainWindow::reminderBannerActionRequested, this, [this] {
        if (IncidentsPage *page = openPage())
            page->showIncident({});
    });
}

void IncidentFrame::refreshClock()
{
    const IncidentStore &store = m_models.incidents;
    m_window.setIncident(incidentChip(store.incidents(), store.current(), m_models.time.now()));
}

void IncidentFrame::refresh()
{
    const IncidentStore &store = m_models.incidents;
    int open = 0;
    bool grave = false;
    for (const IncidentPtr &one : store.incidents()) {
        open += one->isOpen() ? 1 : 0;
        grave = grave || (one->isOpen() && one->level == Priority::P1);
    }
    m_window.setBadge(incidentPageId(), open, grave ? StateGlyph::Critical : StateGlyph::Warning);
    m_window.setReminderBanner(reminderBanner(store.reminders(), store.current()));
    refreshClock();
}

} // namespace cockpit
