// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"
#include "app/formats/prometheus_json.h"
#include "models/fleet.h"
#include "models/items/alert_list_model.h"
#include "models/items/service_table_model.h"
#include "tests/bench/alert_body.h"

#include <QCoreApplication>

#include <cstdio>
#include <functional>

using namespace cockpit;

// What a poll costs after its parse: fold, rows and list model with 10 000 alerts, 1 % of which changed, a keystroke in
// the filter, and a refresh of 1000 services with 12 figures from the bodies on. Times are CPU time; the floor of the
// first is the bare parse of the same alerts. With `--gate` it fails above its limits.

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

/// What Prometheus answers to one question for the whole fleet; padded for simdjson.
std::string vectorBody()
{
    std::string body = R"({"status":"success","data":{"resultType":"vector","result":[)";
    for (int i = 0; i < serviceCount; ++i) {
        body += i ? "," : "";
        body += R"({"metric":{"region":"eu","service":"service-)" + std::to_string(i) + R"("},"value":[1795403560,"0.0)"
                + std::to_string(i % 17) + R"("]})";
    }
    body += "]}}";
    body.reserve(body.size() + 64);
    return body;
}

/// One refresh up to the inputs of a fold: twelve answers read.
bool readFigures(FleetInputs &inputs, const std::string &body, Instant at)
{
    for (int i = 0; i < 12; ++i) {
        auto answer = parseInstantQuery(body);
        if (!answer || answer->values.size() != serviceCount)
            return false;
        auto values = std::make_shared<const std::vector<FigureUpdate::Value>>(std::move(answer->values));
        inputs.apply(FigureUpdate{.source = SourceId(QStringLiteral("prometheus/eu")),
                                  .figure = static_cast<Figure>(i),
                                  .at = at,
                                  .values = std::move(values)});
    }
    return true;
}

void benchServices(Gate &gate)
{
    QList<ServiceDefinition> definitions;
    for (int i = 0; i < serviceCount; ++i) {
        const QString name = QStringLiteral("service-%1").arg(i);
        definitions.append({.id = ServiceId(name), .match = Labels({{QStringLiteral("service"), name}})});
    }
    FleetRules rules;
    rules.services = ServiceMap(definitions);
    const std::string body = vectorBody();
    FleetInputs first;
    if (!readFigures(first, body, start))
        return gate.tell("a read of 1000 services", -1.0, 0.0, "");
    const auto before = fold(first, rules, nullptr, start);
    ServiceTableModel table;
    const double refresh = bench::leastCpuMs([&] {
        FleetInputs inputs;
        const Instant now = start + std::chrono::seconds(15);
        const bool read = readFigures(inputs, body, now);
        table.setFleet(before);
        table.setFleet(fold(inputs, rules, before.get(), now));
        return read && table.rowCount() == serviceCount;
    });
    gate.tell("a refresh of 1000 services with 12 figures: read, folded, in the table", refresh, 150.0, "ms");
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
