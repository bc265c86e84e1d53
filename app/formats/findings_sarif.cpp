// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/findings_sarif.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

#include <QUrl>

namespace cockpit {

namespace {

const char *sarifLevel(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Blocker:
    case Finding::Level::High:
        return "error";
    case Finding::Level::Medium:
        return "warning";
    case Finding::Level::Low:
        break;
    }
    return "note";
}

QString wholeMessage(const Finding &finding)
{
    QString words = finding.object.isEmpty() ? QString() : finding.object + QStringLiteral(": ");
    words += finding.message;
    for (const QString &more : {finding.risk, finding.fix}) {
        if (!more.isEmpty())
            words += u' ' + more;
    }
    return words;
}

nlohmann::ordered_json sarifResult(const Finding &finding, int ruleIndex)
{
    using nlohmann::ordered_json;
    ordered_json result{{"ruleId", jsonText(finding.rule)},
                        {"ruleIndex", ruleIndex},
                        {"level", sarifLevel(finding.level)},
                        {"message", {{"text", jsonText(wholeMessage(finding))}}}};
    if (!finding.file.isEmpty()) {
        const QByteArray uri = QUrl::toPercentEncoding(finding.file, "/");
        ordered_json place{{"artifactLocation", {{"uri", uri.toStdString()}}}};
        if (finding.line > 0) {
            place["region"] = {{"startLine", finding.line}};
            if (finding.column > 0)
                place["region"]["startColumn"] = finding.column;
        }
        result["locations"] = ordered_json::array({ordered_json{{"physicalLocation", place}}});
    }
    return result;
}

} // namespace

QByteArray findingsSarif(const QList<Finding> &findings, const QStringList &notChecked)
{
    using nlohmann::ordered_json;
    QStringList ids;
    ordered_json rules = ordered_json::array();
    ordered_json results = ordered_json::array();
    for (const Finding &finding : findings) {
        if (!ids.contains(finding.rule)) {
            ids.append(finding.rule);
            rules.push_back(ordered_json{{"id", jsonText(finding.rule)}});
        }
        results.push_back(sarifResult(finding, static_cast<int>(ids.indexOf(finding.rule))));
    }
    ordered_json notes = ordered_json::array();
    for (const QString &words : notChecked)
        notes.push_back(ordered_json{{"level", "note"}, {"message", {{"text", jsonText(words)}}}});
    const ordered_json run{
        {"tool", {{"driver", {{"name", "dt-cockpit"}, {"version", COCKPIT_VERSION}, {"rules", rules}}}}},
        {"invocations",
         ordered_json::array({ordered_json{{"executionSuccessful", true}, {"toolExecutionNotifications", notes}}})},
        {"results", results}};
    const ordered_json whole{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                             {"version", "2.1.0"},
                             {"runs", ordered_json::array({run})}};
    return QByteArray::fromStdString(whole.dump(2, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace cockpit
