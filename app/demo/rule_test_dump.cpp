// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/rule_test_dump.h"

#include "app/demo/alert_rules.h"
#include "app/demo/simulation.h"
#include "app/demo/wire_time.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace cockpit::demo {

namespace {

using Json = nlohmann::json;

/// What is dumped: from 70 minutes before the start to 10 minutes after it, one sample per evaluation.
constexpr Offset dumpFrom = -4240.0;
constexpr int dumpSamples = 321;

std::string seriesName(const LabelSet &labels)
{
    std::string text = labels.at("__name__");
    char separator = '{';
    for (const auto &[name, value] : labels) {
        if (name == "__name__")
            continue;
        text += separator + name + '=' + Json(value).dump();
        separator = ',';
    }
    return separator == ',' ? text + '}' : text;
}

Json inputSeries(const RecordedSeriesSet &series)
{
    Json input = Json::array();
    for (const RecordedSeries &entry : series.all()) {
        std::string values;
        for (int i = 0; i < dumpSamples; ++i) {
            const std::optional<double> value = entry.value(dumpFrom + i * AlertRules::interval);
            values += (i == 0 ? "" : " ") + (value ? wireNumber(*value) : std::string("_"));
        }
        input.push_back({{"series", seriesName(entry.labels)}, {"values", std::move(values)}});
    }
    return input;
}

/// Alerts whose condition began before the dump have a different age in it; those are left out, rule by rule.
bool beginsWithin(const std::vector<ActiveAlert> &alerts)
{
    for (const ActiveAlert &alert : alerts)
        if (alert.activeAt <= dumpFrom)
            return false;
    return true;
}

Json alertTests(const AlertRules &rules)
{
    Json tests = Json::array();
    for (int i = 20; i < dumpSamples; i += 2) {
        const Offset time = dumpFrom + i * AlertRules::interval;
        for (const RuleAlerts &rule : rules.at(time)) {
            if (!beginsWithin(rule.alerts))
                continue;
            Json expected = Json::array();
            for (const ActiveAlert &alert : rule.alerts) {
                if (!alert.firing)
                    continue;
                LabelSet labels = alert.labels;
                labels.erase("alertname");
                expected.push_back({{"exp_labels", labels}, {"exp_annotations", alert.annotations}});
            }
            tests.push_back({{"eval_time", std::to_string(i * static_cast<int>(AlertRules::interval)) + 's'},
                             {"alertname", rule.rule->name},
                             {"exp_alerts", std::move(expected)}});
        }
    }
    return tests;
}

} // namespace

Result<std::string> ruleTestOf(const SimOptions &options)
{
    std::optional<Scenario> scenario = scenarioByName(options.scenario);
    if (!scenario)
        return Error{.kind = Error::Kind::Invalid, .what = QStringLiteral("There is no such scenario.")};
    const Result<Instant> start = simulationStart(options, *scenario);
    if (!start)
        return start.error();
    const World world(std::move(*scenario), options.seed, *start);
    const RecordedSeriesSet series(world);
    const AlertRules rules(world, series);
    const Json test{{"rule_files", {"alerts.yml"}},
                    {"evaluation_interval", "15s"},
                    {"tests", {{{"interval", "15s"},
                                {"input_series", inputSeries(series)},
                                {"alert_rule_test", alertTests(rules)}}}}};
    return test.dump(1);
}

} // namespace cockpit::demo
