// SPDX-License-Identifier: GPL-3.0-or-later
// An incident of 20 000 entries: opened on the page within 200 ms, a frame of scrolling within 16 ms (--gate: twice that,
// for machines that are busy). Printed beside the same page with 20 entries.
#include "tests/ui/incident_world.h"
#include "ui/incident/incidents_page.h"
#include "ui/incident/timeline_panel.h"
#include "ui/incident/timeline_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace cockpit;

namespace {

constexpr int entryCount = 20000;
constexpr double openLimitMs = 200;
constexpr double frameLimitMs = 16;

double msOf(const QElapsedTimer &timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

/// The page shown and painted whole.
double openMs(IncidentsPage &page, PagesWorld &world, const IncidentPtr &incident)
{
    QElapsedTimer timer;
    timer.start();
    world.incidents.setIncidents({incident});
    page.showIncident({});
    page.grab();
    return msOf(timer);
}

/// The slowest of 200 steps of three rows each, painted.
std::pair<double, double> scrollMs(TimelineView &view)
{
    std::vector<double> frames;
    for (int step = 0; step < 200; ++step) {
        QElapsedTimer timer;
        timer.start();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 200 * step);
        view.viewport()->grab();
        frames.push_back(msOf(timer));
    }
    std::sort(frames.begin(), frames.end());
    return {frames[frames.size() / 2], frames[frames.size() * 99 / 100]};
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const bool gate = argc > 1 && std::strcmp(argv[1], "--gate") == 0;
    Theme::loadFonts();
    Theme theme;
    theme.apply(application);
    PagesWorld world;
    world.show(incidentFleet());
    const IncidentPtr small = worldIncident();
    const IncidentPtr large = longIncident(entryCount);
    fillIncident(world, small);
    IncidentsPage page(world.models, theme);
    page.resize(1302, 696);
    page.show();
    const double smallMs = openMs(page, world, small);
    const double largeMs = openMs(page, world, large);
    const auto [median, worst] = scrollMs(*page.timeline()->view());
    std::printf("20 entries %.1f ms, %d entries %.1f ms (at most %.0f), %.1f times as long\n", smallMs, entryCount, largeMs,
                openLimitMs, largeMs / std::max(smallMs, 0.001));
    std::printf("scrolling: median %.2f ms, 99 %% %.2f ms a frame (at most %.0f)\n", median, worst, frameLimitMs);
    const double slack = gate ? 2 : 1000;
    return largeMs <= openLimitMs * slack && worst <= frameLimitMs * slack ? 0 : 1;
}
