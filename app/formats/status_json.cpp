// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/status_json.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/breakers_json.h"
#include "app/formats/flags_json.h"
#include "models/verdict_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

using nlohmann::ordered_json;

namespace {

ordered_json statusText(const QString &text) { return text.isEmpty() ? ordered_json() : ordered_json(jsonText(text)); }

ordered_json statusTime(const std::optional<Instant> &instant)
{
    return instant ? ordered_json(jsonText(toRfc3339(*instant))) : ordered_json();
}

ordered_json statusSeconds(Duration length) { return static_cast<double>(length.count()) / 1000.0; }

ordered_json statusEvidence(const Evidence &evidence)
{
    return {{"result", jsonText(toWireName(evidence.verdict))},
            {"text", jsonText(evidence.text)},
            {"source", statusText(evidence.source)},
            {"sampledAt", statusTime(evidence.sampledAt)},
            {"window", evidence.window ? statusSeconds(*evidence.window) : ordered_json()},
            {"count", evidence.count ? ordered_json(*evidence.count) : ordered_json()}};
}

ordered_json statusLabels(const Labels &labels)
{
    ordered_json object = ordered_json::object();
    for (const auto &[name, text] : labels)
        object[jsonText(name)] = jsonText(text);
    return object;
}

/// Whether there is one for an alert, and where; all null while runbooks are not read.
ordered_json statusRunbook(const Alert &alert, const std::function<RunbookLink(const Alert &)> &runbook)
{
    if (!runbook)
        return {{"found", nullptr}, {"path", nullptr}, {"anchor", nullptr}, {"problem", nullptr}};
    const RunbookLink link = runbook(alert);
    return {{"found", link.found},
            {"path", link.found ? statusText(link.runbook.path) : ordered_json()},
            {"anchor", statusText(link.anchor)},
            {"problem", statusText(link.problem)}};
}

ordered_json statusAlert(const Alert &alert, const std::function<RunbookLink(const Alert &)> &runbook)
{
    const bool acknowledged = alert.state == AlertState::Acknowledged;
    return {{"cluster", jsonText(alert.key.cluster)},
            {"fingerprint", jsonText(alert.key.fingerprint)},
            {"name", jsonText(alert.name)},
            {"service", statusText(alert.service.toString())},
            {"severity", statusText(alert.severity)},
            {"priority", alert.priority ? statusText(toWireName(*alert.priority)) : ordered_json()},
            {"state", jsonText(toWireName(alert.state))},
            {"startsAt", statusTime(alert.startsAt)},
            {"acknowledgedBy", acknowledged ? statusText(alert.acknowledgedBy) : ordered_json()},
            {"acknowledgedUntil", acknowledged ? statusTime(alert.suppressedUntil) : ordered_json()},
            {"labels", statusLabels(alert.labels)},
            {"annotations", statusLabels(alert.annotations)},
            {"runbook", statusRunbook(alert, runbook)}};
}

ordered_json statusAlerts(const std::vector<Alert> &alerts, const std::function<RunbookLink(const Alert &)> &runbook = {})
{
    ordered_json list = ordered_json::array();
    for (const Alert &alert : alerts) {
        if (alert.state != AlertState::Resolved) // the contract tells what is, not what was
            list.push_back(statusAlert(alert, runbook));
    }
    return list;
}

ordered_json statusFigure(const ServiceHealth &service, Figure figure)
{
    const std::optional<Sample> &sample = service.figure(figure);
    return sample ? ordered_json(sample->value) : ordered_json();
}

ordered_json statusService(const ServiceHealth &service)
{
    ordered_json versions = ordered_json::array();
    for (const QString &version : service.versions)
        versions.push_back(jsonText(version));
    return {{"name", jsonText(service.id.toString())},
            {"live", statusEvidence(service.live)},
            {"ready", statusEvidence(service.ready)},
            {"healthy", statusEvidence(service.healthy)},
            {"errorRatio", statusFigure(service, Figure::ErrorRatio)},
            {"p99Seconds", statusFigure(service, Figure::P99Seconds)},
            {"requestsPerSecond", statusFigure(service, Figure::RequestsPerSecond)},
            {"versions", versions}};
}

ordered_json statusSource(const SourceStatus &source, Instant now)
{
    return {{"name", jsonText(source.name)},
            {"kind", jsonText(toWireName(source.kind))},
            {"cluster", statusText(source.cluster)},
            {"state", jsonText(toWireName(source.state))},
            {"lastSuccess", statusTime(source.lastSuccess)},
            {"sampleAge", source.newestSample ? statusSeconds(now - *source.newestSample) : ordered_json()},
            {"message", statusText(source.message)}};
}

ordered_json criterionJson(const CriterionVerdict &criterion, const TrackMeasures &measures)
{
    using Result = CriterionVerdict::Result;
    Evidence evidence;
    evidence.verdict = criterion.result == Result::Pass   ? Evidence::Verdict::Good
                       : criterion.result == Result::Fail ? Evidence::Verdict::Bad
                                                          : Evidence::Verdict::Unknown;
    evidence.text = criterion.words.isEmpty() ? criterion.rule : criterion.rule + QStringLiteral(": ") + criterion.words;
    evidence.source = measures.source;
    evidence.sampledAt = criterion.sampledAt;
    evidence.window = measures.window;
    evidence.count = criterion.count;
    return statusEvidence(evidence);
}

ordered_json verdictJson(const CanaryVerdict &verdict)
{
    ordered_json criteria = ordered_json::array();
    for (const CriterionVerdict &criterion : verdict.criteria)
        criteria.push_back(criterionJson(criterion, verdict.measures));
    return {{"result", jsonText(toWireName(verdict.result))}, {"criteria", criteria}};
}

ordered_json optionalNumber(const std::optional<int> &number) { return number ? ordered_json(*number) : ordered_json(); }

ordered_json versionJson(const RolloutRevision *revision)
{
    return revision ? statusText(revision->version.isEmpty() ? revision->hash : revision->version) : ordered_json();
}

/// True, false or null: whether the cluster itself enforces the policy.
ordered_json enforcedJson(const RolloutEntry &entry)
{
    if (!entry.verdict || entry.verdict->enforced.verdict == Evidence::Verdict::Unknown)
        return {};
    return entry.verdict->enforced.verdict == Evidence::Verdict::Good;
}

ordered_json rolloutJson(const RolloutEntry &entry)
{
    const Rollout &rollout = *entry.rollout;
    return {{"context", jsonText(rollout.key.context)},
            {"namespace", jsonText(rollout.key.nameSpace)},
            {"kind", jsonText(toWireName(rollout.kind))},
            {"name", jsonText(rollout.key.name)},
            {"strategy", jsonText(toWireName(rollout.strategy))},
            {"phase", jsonText(toWireName(rollout.phase))},
            {"step", optionalNumber(rollout.stepIndex)},
            {"steps", rollout.steps.isEmpty() ? ordered_json() : ordered_json(rollout.steps.size())},
            {"weight", optionalNumber(rollout.desiredWeight)},
            {"measuredWeight", optionalNumber(rollout.measuredWeight)},
            {"from", versionJson(rollout.stable())},
            {"to", versionJson(rollout.current())},
            {"verdict", entry.verdict ? verdictJson(*entry.verdict) : ordered_json()},
            {"enforced", enforcedJson(entry)}};
}

ordered_json rolloutList(const std::vector<RolloutEntry> &rollouts)
{
    ordered_json list = ordered_json::array();
    for (const RolloutEntry &entry : rollouts)
        list.push_back(rolloutJson(entry));
    return list;
}

ordered_json openIncidentsJson(const QList<IncidentPtr> &incidents)
{
    ordered_json list = ordered_json::array();
    for (const IncidentPtr &one : incidents) {
        if (one->isOpen())
            list.push_back({{"id", jsonText(one->head.name())},
                            {"title", jsonText(one->title)},
                            {"level", jsonText(toWireName(one->level))},
                            {"state", jsonText(toWireName(one->phase))},
                            {"openedAt", statusTime(one->openedAt)}});
    }
    return list;
}

QByteArray statusBytes(const ordered_json &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace

QByteArray statusJson(const Fleet &fleet, const StatusLists &lists)
{
    const QList<Override> held = lists.overrides ? *lists.overrides : QList<Override>();
    ordered_json sources = ordered_json::array();
    for (const SourceStatus &source : fleet.sources)
        sources.push_back(statusSource(source, fleet.at));
    ordered_json services;
    if (fleet.servicesKnown) {
        services = ordered_json::array();
        for (const ServiceHealth &service : fleet.services)
            services.push_back(statusService(service));
    }
    return statusBytes({{"schema", 1},
                        {"environment",
                         {{"name", jsonText(fleet.environment)}, {"kind", jsonText(fleet.environmentKind)}}},
                        {"at", statusTime(fleet.at)},
                        {"calm", statusEvidence(fleet.calm)},
                        {"sources", sources},
                        // What Prometheus says fires is shown also while no Alertmanager answers.
                        {"alerts", fleet.alertsKnown || !fleet.alerts.empty() ? statusAlerts(fleet.alerts, lists.runbook) : ordered_json()},
                        {"services", services},
                        {"rollouts", lists.rollouts ? rolloutList(*lists.rollouts) : ordered_json()},
                        {"breakers", lists.breakers ? breakersListJson(*lists.breakers, held) : ordered_json()},
                        {"flags", lists.flags ? ordered_json::parse(flagsJson(*lists.flags).toStdString()) : ordered_json()},
                        {"overrides", lists.overrides ? overridesListJson(*lists.overrides, fleet.at) : ordered_json()},
                        {"incidents", lists.incidents ? openIncidentsJson(*lists.incidents) : ordered_json()}});
}

int statusExitCode(const Fleet &fleet)
{
    const auto urgent = [](const Alert &alert) { return alert.isUrgent(); };
    const auto fires = [](const Alert &alert) {
        return alert.state == AlertState::Firing || alert.state == AlertState::Acknowledged;
    };
    const auto notOk = [](const SourceStatus &source) { return source.state != SourceStatus::State::Ok; };
    if (std::any_of(fleet.alerts.begin(), fleet.alerts.end(), urgent))
        return 2;
    if (std::any_of(fleet.sources.begin(), fleet.sources.end(), notOk))
        return 3;
    return std::any_of(fleet.alerts.begin(), fleet.alerts.end(), fires) ? 1 : 0;
}

QByteArray rolloutsJson(const std::vector<RolloutEntry> &rollouts) { return statusBytes(rolloutList(rollouts)); }

QByteArray alertsJson(const std::vector<Alert> &alerts) { return statusBytes(statusAlerts(alerts)); }

} // namespace cockpit
