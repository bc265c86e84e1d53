// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_json.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cockpit {

using nlohmann::ordered_json;

namespace {

ordered_json runbookWords(const QString &text)
{
    return text.isEmpty() ? ordered_json() : ordered_json(jsonText(text));
}

ordered_json runbookTime(const std::optional<Instant> &at)
{
    return at ? ordered_json(jsonText(toRfc3339(*at))) : ordered_json();
}

const char *sourceKind(RunbookSourceState::Kind kind)
{
    switch (kind) {
    case RunbookSourceState::Kind::Git:
        return "git";
    case RunbookSourceState::Kind::Web:
        return "web";
    case RunbookSourceState::Kind::Folder:
        break;
    }
    return "folder";
}

const char *coverageState(RunbookCoverage::State state)
{
    switch (state) {
    case RunbookCoverage::State::Complete:
        return "complete";
    case RunbookCoverage::State::NeedsWork:
        return "needs-work";
    case RunbookCoverage::State::Missing:
        break;
    }
    return "missing";
}

ordered_json runbookSourceJson(const RunbookSourceState &source)
{
    return {{"name", jsonText(source.name)},
            {"kind", sourceKind(source.kind)},
            {"root", jsonText(source.root)},
            {"revision", runbookWords(source.revision)},
            {"changedAt", runbookTime(source.changedAt)},
            {"readAt", runbookTime(source.readAt)},
            {"offline", source.offline},
            {"problem", runbookWords(source.problem)}};
}

ordered_json runbookHeadJson(const Runbook &runbook)
{
    ordered_json alerts = ordered_json::array();
    for (const QString &alert : runbook.alerts)
        alerts.push_back(jsonText(alert));
    ordered_json problems = ordered_json::array();
    for (const QString &problem : runbook.problems)
        problems.push_back(jsonText(problem));
    return {{"source", jsonText(runbook.key.source)},
            {"path", jsonText(runbook.key.path)},
            {"title", jsonText(runbook.title)},
            {"service", runbookWords(runbook.service)},
            {"owner", runbookWords(runbook.owner)},
            {"severity", runbookWords(runbook.severity)},
            {"alerts", alerts},
            {"steps", runbook.steps.size()},
            {"reviewedAt", runbookTime(runbook.reviewedAt)},
            {"problems", problems}};
}

ordered_json coverageJson(const RunbookCoverage &row)
{
    return {{"alert", jsonText(row.alert)},
            {"state", coverageState(row.state)},
            {"source", row.link.found ? runbookWords(row.link.runbook.source) : ordered_json()},
            {"path", row.link.found ? runbookWords(row.link.runbook.path) : ordered_json()},
            {"anchor", runbookWords(row.link.anchor)},
            {"sections", row.sections},
            {"sectionsAsked", row.sectionsAsked},
            {"reviewedAt", runbookTime(row.reviewedAt)},
            {"deadLinks", row.deadLinks},
            {"unresolvedAnchors", row.unresolvedAnchors},
            {"problem", runbookWords(row.link.problem)}};
}

ordered_json runbookStepJson(const RunbookStep &step, const QList<RunbookTick> &ticks)
{
    const auto tick =
        std::find_if(ticks.begin(), ticks.end(), [&step](const RunbookTick &one) { return one.step == step.id; });
    const bool isTicked = tick != ticks.end();
    const char *state = "open";
    if (isTicked)
        state = tick->state == RunbookTick::State::Skipped ? "skipped" : "done";
    return {{"number", step.number},
            {"id", jsonText(step.id)},
            {"text", jsonText(step.text)},
            {"state", state},
            {"by", isTicked ? runbookWords(tick->actor) : ordered_json()},
            {"at", isTicked ? runbookTime(tick->at) : ordered_json()},
            {"reason", isTicked ? runbookWords(tick->reason) : ordered_json()}};
}

QByteArray runbookBytes(const ordered_json &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace

QByteArray runbooksJson(const RunbookLibrary &library, const std::optional<QList<RunbookCoverage>> &coverage)
{
    ordered_json sources = ordered_json::array();
    for (const RunbookSourceState &source : library.sources)
        sources.push_back(runbookSourceJson(source));
    ordered_json runbooks = ordered_json::array();
    for (const RunbookPtr &runbook : library.runbooks)
        runbooks.push_back(runbookHeadJson(*runbook));
    ordered_json rows;
    if (coverage) {
        rows = ordered_json::array();
        for (const RunbookCoverage &row : *coverage)
            rows.push_back(coverageJson(row));
    }
    return runbookBytes({{"schema", 1}, {"sources", sources}, {"runbooks", runbooks}, {"coverage", rows}});
}

QByteArray runbookJson(const ShownRunbook &shown)
{
    ordered_json steps = ordered_json::array();
    for (const RunbookStep &step : shown.steps)
        steps.push_back(runbookStepJson(step, shown.ticks));
    return runbookBytes({{"alert", runbookWords(shown.alert)},
                         {"runbook", runbookHeadJson(*shown.runbook)},
                         {"source", runbookSourceJson(shown.source)},
                         {"anchor", runbookWords(shown.link.anchor)},
                         {"anchorFound", shown.link.anchorFound},
                         {"problem", runbookWords(shown.link.problem)},
                         {"text", jsonText(shown.text)},
                         {"steps", steps}});
}

QByteArray runbookHitsJson(const QList<RunbookHit> &hits)
{
    ordered_json list = ordered_json::array();
    for (const RunbookHit &hit : hits)
        list.push_back({{"source", jsonText(hit.runbook.source)},
                        {"path", jsonText(hit.runbook.path)},
                        {"title", jsonText(hit.title)},
                        {"heading", runbookWords(hit.heading)},
                        {"anchor", runbookWords(hit.slug)},
                        {"excerpt", jsonText(hit.excerpt)}});
    return runbookBytes(list);
}

} // namespace cockpit
