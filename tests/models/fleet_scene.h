// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QString>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace cockpit::test {

using namespace std::chrono_literals;

inline QString text(const char *utf8) { return QString::fromUtf8(utf8); }

inline Labels labels(std::initializer_list<std::pair<const char *, const char *>> pairs)
{
    std::vector<Labels::Pair> made;
    for (const auto &[name, value] : pairs)
        made.emplace_back(text(name), text(value));
    return Labels(std::move(made));
}

/// Inputs of a small fleet, built step by step: cluster "eu" with the members a and b, and one Prometheus "p".
class FleetScene {
public:
    FleetInputs inputs{};
    FleetRules rules{};
    Instant now = fromEpochMs(1'795'403'560'000); // 2026-11-23T03:12:40Z
    std::shared_ptr<const Fleet> last{};

    static ReceivedAlert alert(const char *fingerprint, const char *name, const char *severity,
                               const char *service = "gc-service")
    {
        ReceivedAlert made;
        made.fingerprint = text(fingerprint);
        made.labels = labels({{"alertname", name}, {"severity", severity}, {"service", service}});
        return made;
    }

    SourceStatus status(const char *name, SourceStatus::Kind kind, SourceStatus::State state) const
    {
        SourceStatus made;
        made.id = SourceId(text(name));
        made.name = text(name);
        made.kind = kind;
        made.cluster = text("eu");
        made.state = state;
        if (state == SourceStatus::State::Ok)
            made.lastSuccess = now;
        return made;
    }

    void setMember(const char *name, SourceStatus::State state)
    {
        inputs.apply(StatusUpdate{status(name, SourceStatus::Kind::Alertmanager, state)});
    }

    void setPrometheus(SourceStatus::State state)
    {
        inputs.apply(StatusUpdate{status("p", SourceStatus::Kind::Prometheus, state)});
    }

    /// A successful answer of a member, now.
    AlertsUpdate answer(const char *member, std::vector<ReceivedAlert> alerts, std::vector<Silence> silences = {})
    {
        setMember(member, SourceStatus::State::Ok);
        for (ReceivedAlert &one : alerts) {
            if (one.startsAt == Instant{})
                one.startsAt = now - 10min;
            if (one.updatedAt == Instant{})
                one.updatedAt = now;
        }
        AlertsUpdate update;
        update.source = SourceId(text(member));
        update.cluster = text("eu");
        update.at = now;
        update.alerts = std::make_shared<const std::vector<ReceivedAlert>>(std::move(alerts));
        update.silences = std::make_shared<const std::vector<Silence>>(std::move(silences));
        update.uptime = 24h;
        return update;
    }

    void tell(const char *member, std::vector<ReceivedAlert> alerts, std::vector<Silence> silences = {})
    {
        inputs.apply(answer(member, std::move(alerts), std::move(silences)));
    }

    AlertRule rule(const char *name, const char *severity, std::vector<AlertRule::Instance> instances = {}) const
    {
        AlertRule made;
        made.group = text("group");
        made.name = text(name);
        made.labels = labels({{"severity", severity}});
        made.health = AlertRule::Health::Ok;
        made.interval = 15s;
        made.holdFor = 5min;
        made.lastEvaluation = now;
        made.instances = std::move(instances);
        return made;
    }

    static AlertRule::Instance instance(const Labels &labels, bool firing, Instant activeAt)
    {
        AlertRule::Instance made;
        made.labels = labels;
        made.firing = firing;
        made.activeAt = activeAt;
        made.value = text("1e+00");
        return made;
    }

    void tellRules(std::vector<AlertRule> alertRules)
    {
        setPrometheus(SourceStatus::State::Ok);
        RulesUpdate update;
        update.source = SourceId(text("p"));
        update.cluster = text("eu");
        update.at = now;
        update.rules = std::make_shared<const std::vector<AlertRule>>(std::move(alertRules));
        inputs.apply(update);
    }

    void tellFigure(Figure figure, std::vector<std::pair<Labels, std::optional<double>>> values)
    {
        setPrometheus(SourceStatus::State::Ok);
        auto told = std::make_shared<std::vector<FigureUpdate::Value>>();
        for (auto &[of, value] : values)
            told->push_back({of, value, now});
        FigureUpdate update;
        update.source = SourceId(text("p"));
        update.figure = figure;
        update.at = now;
        update.values = std::move(told);
        inputs.apply(update);
    }

    /// One figure of gc-service.
    void tellFigure(Figure figure, double value) { tellFigure(figure, {{labels({{"service", "gc-service"}}), value}}); }

    const Fleet &fold()
    {
        last = cockpit::fold(inputs, rules, last.get(), now);
        return *last;
    }

    const Alert *find(const char *name) const
    {
        const auto found = std::find_if(last->alerts.begin(), last->alerts.end(),
                                        [&](const Alert &one) { return one.name == text(name); });
        return found == last->alerts.end() ? nullptr : &*found;
    }

    const ServiceHealth *service(const char *name) const
    {
        const auto found = std::find_if(last->services.begin(), last->services.end(),
                                        [&](const ServiceHealth &one) { return one.id.toString() == text(name); });
        return found == last->services.end() ? nullptr : &*found;
    }

    Evidence check(const char *id) const
    {
        for (const Evidence &one : last->calmChecks) {
            if (one.id == text(id))
                return one;
        }
        return {};
    }
};

} // namespace cockpit::test
