// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"
#include "models/fleet.h"
#include "models/items/alert_list_model.h"
#include "tests/bench/alert_body.h"

#include <QCoreApplication>

#include <cstdio>
#include <functional>

using namespace cockpit;

// What a poll costs after its parse: fold, rows and list model with 10 000 alerts, 1 % of which changed, a keystroke in
// the filter, and the fold of 1000 services with 12 figures. Times are CPU time; the floor of the first is the bare
// parse of the same alerts. With `--gate` it fails above its limits.

namespace {

constexpr int alertCount = 10000;
constexpr int serviceCount = 1000;
const Instant start = fromEpochMs(1795403560000);

struct Gate {
    bool failed = false;
    void tell(const char *what, double value, double limit, const char *unit)
    {
        const bool over = value < 0.0 || value > limit;
        failed |= over;
        std::printf("bench_fleet: %s %.2f %s (limit %.1f)%s\n", what, value, unit, limit, over ? " OVER" : "");
    }
};

AlertsUpdate received(const std::vector<ReceivedAlert> &alerts, const char *member, Instant at)
{
    return {.source = SourceId(QString::fromLatin1(member)),
            .cluster = QStringLiteral("eu"),
            .at = at,
            .alerts = std::make_shared<const std::vector<ReceivedAlert>>(alerts),
            .silences = std::make_shared<const std::vector<Silence>>(),
            .uptime = std::chrono::hours(5)};
}

FleetInputs inputsOf(const std::vector<ReceivedAlert> &alerts, Instant at)
{
    FleetInputs inputs;
    inputs.apply(received(alerts, "alertmanager/eu/a", at));
    inputs.apply(received(alerts, "alertmanager/eu/b", at));
    return inputs;
}

/// The same alerts with 1 % of them told anew.
std::vector<ReceivedAlert> onePercentChanged(std::vector<ReceivedAlert> alerts)
{
    for (size_t i = 0; i < alerts.size(); i += 100)
        alerts[i].startsAt += std::chrono::minutes(1);
    return alerts;
}

void benchAlerts(Gate &gate)
{
    const std::string body = bench::alertBody(alertCount);
    const double bare = bench::leastCpuMs([&] { return bench::bareParse(body) == alertCount; });
    const auto alerts = parseAlerts(body);
    if (!alerts)
        return gate.tell("parse", -1.0, 0.0, "");
    const FleetRules rules;
    const auto before = fold(inputsOf(*alerts, start), rules, nullptr, start);
    const FleetInputs changed = inputsOf(onePercentChanged(*alerts), start + std::chrono::seconds(15));
    const Instant now = start + std::chrono::seconds(15);
    const auto rowsBefore = buildAlertRows(before, {});
    AlertListModel model;
    const double diffAndModel = bench::leastCpuMs([&] {
        model.setRows(rowsBefore);
        model.setRows(buildAlertRows(fold(changed, rules, before.get(), now), {}));
        return model.rowCount() >= alertCount;
    });
    gate.tell("fold, rows and model of 10 000 alerts, to a bare parse", diffAndModel / bare, 2.0, "x");
    const auto rowsAfter = buildAlertRows(fold(changed, rules, before.get(), now), {});
    const double slot = bench::leastCpuMs([&] {
        model.setRows(rowsBefore);
        const double begin = bench::cpuMs();
        model.setRows(rowsAfter);
        gate.failed |= bench::cpuMs() - begin > 8.0;
        return true;
    });
    gate.tell("two swaps in the GUI thread", slot, 16.0, "ms");
    for (const char *text : {"10.0.0.77 slow", "job=~\"service-1.*\",severity=\"page\""}) {
        const auto filter = parseAlertFilter(QString::fromLatin1(text));
        const double keystroke = bench::leastCpuMs([&] {
            const auto rows = filter ? buildAlertRows(before, {.filter = *filter}) : nullptr;
            return rows && rows->problem.isEmpty() && rows->matching > 0 && rows->matching < alertCount;
        });
        gate.tell(text, keystroke, 50.0, "ms for a keystroke in the filter");
    }
}

FigureUpdate figure(Figure which)
{
    auto values = std::make_shared<std::vector<FigureUpdate::Value>>();
    for (int i = 0; i < serviceCount; ++i) {
        const QString name = QStringLiteral("service-%1").arg(i);
        values->push_back({.labels = Labels({{QStringLiteral("service"), name}, {QStringLiteral("region"), QStringLiteral("eu")}}),
                           .value = double(i % 17) / 1000.0,
                           .at = start});
    }
    return {.source = SourceId(QStringLiteral("prometheus/eu")), .figure = which, .at = start, .values = std::move(values)};
}

void benchServices(Gate &gate)
{
    FleetInputs inputs;
    for (int i = 0; i < 12; ++i)
        inputs.apply(figure(static_cast<Figure>(i)));
    QList<ServiceDefinition> definitions;
    for (int i = 0; i < serviceCount; ++i) {
        const QString name = QStringLiteral("service-%1").arg(i);
        definitions.append({.id = ServiceId(name), .match = Labels({{QStringLiteral("service"), name}})});
    }
    FleetRules rules;
    rules.services = ServiceMap(definitions);
    const auto before = fold(inputs, rules, nullptr, start);
    const double refresh = bench::leastCpuMs([&] {
        return fold(inputs, rules, before.get(), start + std::chrono::seconds(15))->services.size() == serviceCount;
    });
    gate.tell("a fold of 1000 services with 12 figures", refresh, 150.0, "ms");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Gate gate;
    benchAlerts(gate);
    benchServices(gate);
    return argc == 2 && std::string(argv[1]) == "--gate" && gate.failed ? 1 : 0;
}
