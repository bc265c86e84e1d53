// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/cockpit_models.h"
#include "models/incident_clock.h"
#include "ui/frame/main_window.h"
#include "ui/theme/theme.h"

#include <QObject>

#include <functional>

namespace cockpit {

class IncidentsPage;

/// What the chip of the top bar says of the gravest open incident; an empty name when none is open. Pure.
IncidentChipView incidentChip(const QList<IncidentPtr> &incidents, const IncidentPtr &current, Instant now);
/// What stands on every page while the open incident asks for something; an empty title when it does not. Pure.
BannerView reminderBanner(const QList<IncidentReminder> &reminders, const IncidentPtr &current);

/// Incidents in the frame: the page, its badge, the chip of the top bar, reminders, and the keys that work on every page.
class IncidentFrame : public QObject {
    Q_OBJECT
public:
    IncidentFrame(CockpitModels &models, MainWindow &window, Theme &theme, QObject *parent = nullptr);
    /// Adds the page to the rail as Ctrl+6.
    void addPage();

private:
    void addCommands();
    void connectRequests();
    void refresh();
    void refreshClock();
    IncidentsPage *openPage();

    CockpitModels &m_models;
    MainWindow &m_window;
    Theme &m_theme;
};

} // namespace cockpit
