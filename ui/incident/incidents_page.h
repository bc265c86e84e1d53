// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QStackedWidget;
class QTimer;

namespace cockpit {

class ActionPlace;
class Banner;
class ColumnArea;
class IncidentBar;
class IncidentHeader;
class IncidentOverview;
class PagingRows;
class PlainLabel;
class PostmortemPanel;
class PostmortemReader;
class ResponseClockRows;
class RoleRows;
class StatusComposer;
class TaskRows;
class TimelinePanel;

/// The Incident page: phases, response clock, roles, tasks and escalation at the left, what happened in the middle, what
/// is told to others and the postmortem at the right. Without an open incident: all that were, and their figures.
class IncidentsPage : public QWidget {
    Q_OBJECT
public:
    IncidentsPage(CockpitModels &models, Theme &theme, QWidget *parent = nullptr);
    /// Shows that one; empty = the current one where one is open, else all.
    void showIncident(const IncidentId &id);
    void showOverview();
    /// Opens the strip that declares one from these alerts; none = from nothing.
    void openDeclare(const QList<AlertKey> &alerts);
    void focusNote();
    IncidentPtr shown() const { return m_incident; }
    TimelinePanel *timeline() const { return m_timeline; }
    IncidentBar *bar() const { return m_bar; }
    RoleRows *roles() const { return m_roles; }
    TaskRows *tasks() const { return m_tasks; }
    PagingRows *paging() const { return m_paging; }
    StatusComposer *composer() const { return m_composer; }
    PostmortemPanel *postmortem() const { return m_postmortem; }
    PostmortemReader *reader() const { return m_reader; }
    IncidentOverview *overview() const { return m_overview; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeIncident();
    QWidget *makeLeft();
    QWidget *makeMiddle();
    QWidget *makeRight();
    QWidget *section(const QString &title, PlainLabel **label, QWidget *content);
    void connectModels();
    void connectParts();
    void registerCommands();
    void refresh();
    void refreshArchive();
    void refreshIncident();
    void refused(const IncidentId &incident, const QString &words);
    IncidentPtr wanted() const;
    void layOut();

    CockpitModels &m_models;
    Theme &m_theme;
    QStackedWidget *m_pages;
    Banner *m_archive;
    Banner *m_problem;
    IncidentOverview *m_overview;
    IncidentHeader *m_header;
    IncidentBar *m_bar;
    PlainLabel *m_clockTitle = nullptr;
    ResponseClockRows *m_clocks;
    RoleRows *m_roles;
    TaskRows *m_tasks;
    PagingRows *m_paging;
    ActionPlace *m_place;
    TimelinePanel *m_timeline;
    StatusComposer *m_composer;
    PostmortemPanel *m_postmortem;
    PostmortemReader *m_reader;
    ColumnArea *m_left = nullptr;
    ColumnArea *m_right = nullptr;
    QTimer *m_pause;
    IncidentPtr m_incident{};
    IncidentId m_chosen{};
    IncidentId m_lastCurrent{};
    bool m_all = false; ///< a person asked for the list of all
    bool m_reading = false;
    bool m_active = false;
};

} // namespace cockpit
