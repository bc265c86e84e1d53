// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/runbooks_world.h"
#include "ui/runbooks/alert_runbook.h"
#include "ui/runbooks/runbook_view.h"

#include <QApplication>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <vector>

// From an alert that is selected to its runbook painted at its section, warm, in a document of about 1500 lines, and
// the longest slot of finding and scrolling in one of 1 MiB. The floor is the same visible text laid out and painted
// once by QTextLayout. With `--gate` it fails above 12 times the floor.

namespace {

using namespace cockpit;

double milliseconds(std::chrono::steady_clock::time_point from)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

double quantile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<size_t>(double(values.size()) * part))];
}

/// The texts that the view shows now, laid out at its width and painted.
double floorOf(const RunbookView &view, const Theme &theme)
{
    QStringList texts;
    for (int unit = 0; unit < static_cast<int>(view.flow().units().size()); ++unit) {
        if (!view.flow().laidOut(unit))
            continue;
        for (const StyledText &text :
             textsOf(view.flow().units()[static_cast<size_t>(unit)], view.flow().look(), theme))
            texts.append(text.text);
    }
    QImage image(400, 600, QImage::Format_ARGB32_Premultiplied);
    const auto from = std::chrono::steady_clock::now();
    QPainter painter(&image);
    double y = 0;
    for (const QString &text : std::as_const(texts)) {
        QTextLayout layout(text, theme.font(FontRole::Base13));
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(360);
            line.setPosition({0, y});
            y += 20;
        }
        layout.endLayout();
        layout.draw(&painter, {0, 0});
    }
    return milliseconds(from);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    Theme::loadFonts();
    Theme theme;
    theme.apply(application);
    PagesWorld world;
    world.show(incidentFleet());
    fillRunbooks(world);
    AlertRunbook column(world.models, theme);
    column.resize(400, 700);
    column.show();
    const Alert first = alertNamed(world, QStringLiteral("GCHighErrorRate"));
    const Alert second = alertNamed(world, QStringLiteral("GCHighLatency"));
    std::vector<double> selections;
    std::vector<double> floors;
    for (int round = 0; round < 220; ++round) {
        const auto from = std::chrono::steady_clock::now();
        column.setAlert(round % 2 == 0 ? first : second);
        column.grab();
        if (round >= 20)
            selections.push_back(milliseconds(from));
        if (round >= 20 && round % 2 == 0)
            floors.push_back(floorOf(*column.view(), theme));
    }
    RunbookView view(theme, Role::Surface, 24);
    view.resize(600, 700);
    view.show();
    view.setRunbook(longRunbook(1400), {}, {});
    std::vector<double> jumps;
    for (int page = 0; page < 300; ++page) {
        const auto from = std::chrono::steady_clock::now();
        view.scrollToSlug(QStringLiteral("scenario-%1").arg(page * 37 % 1400));
        view.viewport()->grab();
        jumps.push_back(milliseconds(from));
    }
    const double floor = quantile(floors, 0.5);
    const double median = quantile(selections, 0.5);
    const double ratio = median / floor;
    std::printf(
        "bench_runbook: selection to painted p50 %.2f ms, p99 %.2f ms (aim 30); floor %.2f ms, %.1f times (limit 12)\n",
        median, quantile(selections, 0.99), floor, ratio);
    std::printf("bench_runbook: jump and paint in 1 MiB p50 %.2f ms, p99 %.2f ms (aim 16)\n", quantile(jumps, 0.5),
                quantile(jumps, 0.99));
    return argc == 2 && std::strcmp(argv[1], "--gate") == 0 && ratio > 12.0 ? 1 : 0;
}
