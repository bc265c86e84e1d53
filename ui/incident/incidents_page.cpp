// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/incident/incidents_page.h"

#include "models/incident_clock.h"
#include "models/items/fleet_model.h"
#include "models/items/incident_store.h"
#include "models/items/requests.h"
#include "models/items/time_model.h"
#include "models/plain_line.h"
#include "ui/incident/column_area.h"
#include "ui/incident/declare_strip.h"
#include "ui/incident/incident_bar.h"
#include "ui/incident/incident_header.h"
#include "ui/incident/incident_overview.h"
#include "ui/incident/paging_rows.h"
#include "ui/incident/postmortem_panel.h"
#include "ui/incident/postmortem_reader.h"
#include "ui/incident/response_clock_rows.h"
#include "ui/incident/role_rows.h"
#include "ui/incident/status_composer.h"
#include "ui/incident/task_rows.h"
#include "ui/incident/timeline_panel.h"
#include "ui/incident/timeline_view.h"
#include "ui/widgets/action_place.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTimer>

namespace cockpit {

namespace {

/// Changes that come in a storm are shown once in this time; a note still shows at once for the eye.
constexpr int incidentPauseMs = 10;
constexpr int incidentLeftWidth = 300;
constexpr int incidentRightWidth = 420;
constexpr int incidentStripWidth = 444; ///< what a strip and a scroll bar need

} // namespace

IncidentsPage::IncidentsPage(CockpitModels &models, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_theme(theme)
    , m_pages(new QStackedWidget)
    , m_archive(new Banner(theme))
    , m_problem(new Banner(theme))
    , m_overview(new IncidentOverview(models, theme))
    , m_header(new IncidentHeader(models, theme))
    , m_bar(new IncidentBar(models, theme))
    , m_clocks(new ResponseClockRows(theme))
    , m_roles(new RoleRows(models, theme))
    , m_tasks(new TaskRows(models, theme))
    , m_paging(new PagingRows(models, theme))
    , m_place(new ActionPlace(models, theme))
    , m_timeline(new TimelinePanel(models, theme))
    , m_composer(new StatusComposer(models, theme))
    , m_postmortem(new PostmortemPanel(models, theme))
    , m_reader(new PostmortemReader(models, theme))
    , m_pause(new QTimer(this))
{
    setAccessibleName(tr("Incident"));
    setFocusPolicy(Qt::ClickFocus);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *banners = new QVBoxLayout;
    banners->setContentsMargins(theme.px(16), 0, theme.px(16), 0);
    banners->addWidget(m_archive);
    banners->addWidget(m_problem);
    rows->addLayout(banners);
    m_archive->hide();
    m_problem->hide();
    m_pages->addWidget(m_overview);
    m_pages->addWidget(makeIncident());
    m_pages->addWidget(m_reader);
    rows->addWidget(m_pages, 1);
    m_pause->setSingleShot(true);
    m_pause->setInterval(incidentPauseMs);
    connectModels();
    connectParts();
    registerCommands();
    refresh();
}

QWidget *IncidentsPage::makeIncident()
{
    auto *page = new QWidget;
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_header);
    rows->addWidget(m_bar);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(makeLeft());
    columns->addWidget(makeMiddle(), 1);
    columns->addWidget(makeRight());
    rows->addLayout(columns, 1);
    return page;
}

QWidget *IncidentsPage::section(const QString &title, PlainLabel **label, QWidget *content)
{
    auto *widget = new QWidget;
    auto *rows = new QVBoxLayout(widget);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(10));
    auto *name = new PlainLabel(m_theme, title, FontRole::RowStrong12);
    if (label)
        *label = name;
    rows->addWidget(name);
    rows->addWidget(content);
    return widget;
}

QWidget *IncidentsPage::makeLeft()
{
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(m_theme.px(16), m_theme.px(10), m_theme.px(16), m_theme.px(10));
    rows->setSpacing(m_theme.px(14));
    rows->addWidget(section(tr("Response clock"), &m_clockTitle, m_clocks));
    rows->addWidget(section(tr("Roles"), nullptr, m_roles));
    rows->addWidget(section(tr("Escalation"), nullptr, m_paging));
    rows->addWidget(m_tasks);
    rows->addStretch(1);
    m_left = new ColumnArea(content);
    auto *panel = new Panel(m_theme, Role::Surface, Qt::RightEdge);
    auto *line = new QHBoxLayout(panel);
    line->setContentsMargins(0, 0, 1, 0);
    line->addWidget(m_left);
    panel->setFixedWidth(m_theme.px(incidentLeftWidth));
    return panel;
}

QWidget *IncidentsPage::makeMiddle()
{
    auto *middle = new QWidget;
    auto *rows = new QVBoxLayout(middle);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_place);
    rows->addWidget(m_timeline, 1);
    return middle;
}

QWidget *IncidentsPage::makeRight()
{
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_composer);
    auto *line = new Panel(m_theme, Role::Border);
    line->setFixedHeight(1);
    rows->addWidget(line);
    rows->addWidget(m_postmortem);
    rows->addStretch(1);
    m_right = new ColumnArea(content);
    auto *panel = new Panel(m_theme, Role::Raised, Qt::LeftEdge);
    auto *column = new QHBoxLayout(panel);
    column->setContentsMargins(1, 0, 0, 0);
    column->addWidget(m_right);
    panel->setFixedWidth(m_theme.px(incidentRightWidth));
    return panel;
}

IncidentPtr IncidentsPage::wanted() const
{
    if (m_all)
        return nullptr;
    if (const IncidentPtr chosen = m_models.incidents.incident(m_chosen))
        return chosen;
    const IncidentPtr current = m_models.incidents.current();
    return current && current->isOpen() ? current : nullptr;
}

void IncidentsPage::showIncident(const IncidentId &id)
{
    m_all = false;
    m_reading = false;
    m_chosen = id;
    refresh();
}

void IncidentsPage::showOverview()
{
    m_all = true;
    m_reading = false;
    refresh();
}

void IncidentsPage::openDeclare(const QList<AlertKey> &alerts)
{
    showOverview();
    m_overview->strip()->open(alerts);
}

void IncidentsPage::focusNote()
{
    if (m_incident) {
        m_reading = false;
        refresh();
        m_timeline->focusNote();
    }
}

void IncidentsPage::refresh()
{
    refreshArchive();
    const IncidentPtr incident = wanted();
    if (!incident || (m_incident && !(m_incident->head.id == incident->head.id))) {
        m_place->close();
        m_reading = m_reading && incident;
    }
    m_incident = incident;
    if (!incident) {
        m_overview->refresh();
        m_pages->setCurrentIndex(0);
        return;
    }
    if (m_reading) {
        m_reader->setIncident(incident);
        m_pages->setCurrentIndex(2);
        return;
    }
    refreshIncident();
    m_pages->setCurrentIndex(1);
}

void IncidentsPage::refreshIncident()
{
    const IncidentStore &store = m_models.incidents;
    m_header->setIncident(*m_incident);
    m_bar->setIncident(m_incident);
    m_clockTitle->setText(tr("Response clock, %1").arg(toWireName(m_incident->level)));
    m_clocks->setClocks(responseClocks(*m_incident, store.targets(), store.runbookGoal(), m_models.time.now()));
    m_roles->setIncident(m_incident);
    m_tasks->setIncident(m_incident);
    m_paging->setIncident(m_incident);
    m_timeline->setIncident(m_incident);
    m_composer->setIncident(m_incident);
    m_postmortem->setIncident(m_incident);
}

void IncidentsPage::layOut()
{
    // 1302 px is the page on a 1366 px screen: what is more goes to the timeline first, then to the right.
    const int more = std::max(0, width() - m_theme.px(1302));
    m_left->parentWidget()->setFixedWidth(m_theme.px(incidentLeftWidth) + more / 8);
    const int right = std::min(m_theme.px(incidentRightWidth) + more / 4, width() * 36 / 100);
    const int strip = m_composer->place()->isOpen() ? m_theme.px(incidentStripWidth) : 0;
    m_right->parentWidget()->setFixedWidth(std::max(right, strip));
}

void IncidentsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_active = true;
    layOut();
    refresh();
    if (!focusWidget() && m_incident)
        m_timeline->view()->setFocus();
}

void IncidentsPage::hideEvent(QHideEvent *event)
{
    m_active = false;
    QWidget::hideEvent(event);
}

void IncidentsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

} // namespace cockpit
