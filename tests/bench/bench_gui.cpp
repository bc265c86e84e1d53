// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages_world.h"
#include "ui/services/services_page.h"
#include "ui/theme/theme.h"
#include "ui/triage/triage_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QTableView>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace cockpit;

// What the GUI thread does at a refresh, with real pages shown offscreen: the longest slot when 1 % of 10 000 alerts
// changed, a key in the filter to its painted rows, and the pages of 1000 services. Times are CPU time of that thread.
// The floor is a bare QTableView over the same number of rows that is told of the same change and painted.
// With `--gate` it fails above its limits.

namespace {

double threadCpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Measures each event that the loop delivers.
class MeasuredApplication : public QApplication {
public:
    using QApplication::QApplication;
    double longest = 0.0;

    bool notify(QObject *receiver, QEvent *event) override
    {
        const bool outer = m_depth++ == 0;
        const double begin = outer ? threadCpuMs() : 0.0;
        const bool handled = QApplication::notify(receiver, event);
        --m_depth;
        if (outer)
            longest = std::max(longest, threadCpuMs() - begin);
        return handled;
    }

private:
    int m_depth = 0;
};

/// The longest slot while `work` runs as one event and what it causes is painted; the least of several rounds, because
/// other programs share the caches.
template<typename Work> double longestSlotMs(MeasuredApplication &app, Work work)
{
    double least = 1e9;
    for (int round = 0; round < 7; ++round) {
        app.longest = 0.0;
        QMetaObject::invokeMethod(&app, [&] { work(round); }, Qt::QueuedConnection);
        for (int turn = 0; turn < 4; ++turn)
            QCoreApplication::processEvents();
        least = std::min(least, app.longest);
    }
    return least;
}

struct Gate {
    bool failed = false;
    void tell(const char *what, double value, double limit, double floor)
    {
        failed |= value > limit;
        std::printf("bench_gui: %s %.2f ms (limit %.0f), ratio to a bare table %.1f%s\n", what, value, limit, value / floor,
                    value > limit ? " OVER" : "");
    }
};

Fleet stormFleet(bool changed)
{
    Fleet fleet = largeFleet(10000);
    for (size_t i = 0; changed && i < fleet.alerts.size(); i += 100) {
        fleet.alerts[i].startsAt += std::chrono::minutes(1);
        fleet.alerts[i].value = QStringLiteral("2");
    }
    fleet.at += std::chrono::seconds(changed ? 15 : 0);
    return fleet;
}

Fleet manyServices(double factor)
{
    Fleet fleet = calmFleet();
    const ServiceHealth pattern = fleet.services.front();
    fleet.services.clear();
    for (int i = 0; i < 1000; ++i) {
        ServiceHealth service = pattern;
        service.id = ServiceId(QStringLiteral("service-%1").arg(i));
        for (auto &figure : service.figures) {
            if (figure)
                figure->value *= factor;
        }
        fleet.services.push_back(service);
    }
    return fleet;
}

class BareModel : public QAbstractTableModel {
public:
    int rowCount(const QModelIndex & = {}) const override { return 10000; }
    int columnCount(const QModelIndex & = {}) const override { return 4; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(index.row() + m_step) : QVariant();
    }
    void step()
    {
        ++m_step;
        Q_EMIT dataChanged(index(0, 0), index(9999, 3));
    }

private:
    int m_step = 0;
};

double bareTableMs(MeasuredApplication &app)
{
    BareModel model;
    QTableView table;
    table.setModel(&model);
    table.resize(1302, 696);
    table.show();
    return longestSlotMs(app, [&](int) { model.step(); });
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuredApplication app(argc, argv);
    Theme::loadFonts();
    Theme theme;
    theme.apply(app);
    Gate gate;
    const double floor = bareTableMs(app);
    PagesWorld world;
    QWidget window;
    auto *layout = new QHBoxLayout(&window);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *triage = new TriagePage(world.models, theme);
    auto *services = new ServicesPage(world.models, theme);
    layout->addWidget(triage);
    layout->addWidget(services);
    services->hide();
    window.resize(1302, 696);
    window.show();

    const std::array<std::shared_ptr<const Fleet>, 2> fleets{std::make_shared<const Fleet>(stormFleet(false)),
                                                             std::make_shared<const Fleet>(stormFleet(true))};
    const std::array rows{buildAlertRows(fleets[0], {}), buildAlertRows(fleets[1], {})};
    gate.tell("longest slot when 1 % of 10 000 alerts changed", longestSlotMs(app, [&](int round) {
                  world.alerts.setRows(rows[size_t(round % 2)]);
                  world.fleet.setFleet(fleets[size_t(round % 2)]);
              }), 8.0, floor);
    const std::array<QString, 2> words{QStringLiteral("Alert77 service-1"), QStringLiteral("severity=~\"warn.*\"")};
    gate.tell("a key in the filter over 10 000 alerts, to its painted rows", longestSlotMs(app, [&](int round) {
                  Q_EMIT world.requests.filterRequested(words[size_t(round % 2)], AlertScope::Firing, {});
              }), 50.0, floor);

    triage->hide();
    services->show();
    const std::array many{std::make_shared<const Fleet>(manyServices(1.0)), std::make_shared<const Fleet>(manyServices(1.1))};
    gate.tell("longest slot when all of 1000 services changed",
              longestSlotMs(app, [&](int round) { world.fleet.setFleet(many[size_t(round % 2)]); }), 50.0, floor);
    return argc == 2 && std::string(argv[1]) == "--gate" && gate.failed ? 1 : 0;
}
