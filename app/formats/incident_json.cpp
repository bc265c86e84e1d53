// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_json.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/incident_codec_bodies.h"
#include "app/formats/incidents_import.h"
#include "models/incident_figures.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using PrintedJson = nlohmann::ordered_json;

constexpr int kExportVersion = 1;
constexpr const char *kExportFormat = "dt-cockpit-incidents";

QByteArray printedBytes(const PrintedJson &value, int indent = -1)
{
    return QByteArray::fromStdString(value.dump(indent, ' ', false, PrintedJson::error_handler_t::replace));
}

PrintedJson printedIncident(const Incident &incident)
{
    return {{"id", jsonText(incident.name())},
            {"title", jsonText(incident.title)},
            {"level", jsonText(toWireName(incident.level))},
            {"state", jsonText(toWireName(incident.phase))},
            {"openedAt", jsonTime(incident.openedAt)},
            {"uid", jsonText(incident.head.id.toString())},
            {"service", jsonText(incident.service.toString())},
            {"impactStarted", jsonTime(incident.impactStarted)},
            {"acknowledgedAt", jsonTime(incident.acknowledgedAt)},
            {"mitigatedAt", jsonTime(incident.mitigatedAt)},
            {"resolvedAt", jsonTime(incident.resolvedAt)},
            {"entries", incident.timeline.size()}};
}

PrintedJson printedSeconds(const std::optional<Duration> &length)
{
    return length ? PrintedJson(static_cast<double>(length->count()) / 1000.0) : PrintedJson(nullptr);
}

PrintedJson printedFigures(const Incident &incident, Instant now, const ResponseTargets &targets)
{
    static const char *const names[] = {"detect", "acknowledge", "mitigate", "resolve"};
    PrintedJson list = PrintedJson::array();
    for (const IncidentFigure &one : figuresOf(incident, now, targets)) {
        list.push_back({{"name", names[static_cast<size_t>(one.what)]},
                        {"seconds", printedSeconds(one.value)},
                        {"running", one.running},
                        {"goalSeconds", printedSeconds(one.goal)},
                        {"definition", jsonText(one.definition)},
                        {"missing", jsonText(one.missing)}});
    }
    return list;
}

PrintedJson printedTimeline(const Incident &incident)
{
    PrintedJson list = PrintedJson::array();
    for (const IncidentEntry &one : incident.timeline) {
        const bool isCorrected = incident.correctedBy.contains(one.id);
        list.push_back({{"id", jsonText(one.id.toString())},
                        {"at", jsonTime(happenedAt(incident, one))},
                        {"recordedAt", jsonTime(one.recordedAt)},
                        {"actor", jsonText(one.actor)},
                        {"origin", jsonText(one.origin)},
                        {"kind", jsonText(wireName(one.body))},
                        {"text", jsonText(isCorrected ? entryDetail(incident, one) : entryText(one))}});
    }
    return list;
}

Error unreadableExport(const QString &why)
{
    return Error{
        Error::Kind::Parse,
        QCoreApplication::translate("IncidentsImport", "The file cannot be read as exported incidents: %1.").arg(why),
        QCoreApplication::translate("IncidentsImport", "Nothing was imported."),
        QCoreApplication::translate("IncidentsImport", "Use a file that `incidents export --format json` wrote.")};
}

} // namespace

QByteArray incidentsJson(const QList<IncidentPtr> &incidents)
{
    PrintedJson list = PrintedJson::array();
    for (const IncidentPtr &one : incidents)
        list.push_back(printedIncident(*one));
    return printedBytes(list);
}

QByteArray incidentJson(const Incident &incident, Instant now, const ResponseTargets &targets)
{
    PrintedJson value = printedIncident(incident);
    value["levelReason"] = jsonText(incident.levelReason);
    value["roles"] = PrintedJson::object();
    for (auto role = incident.roles.cbegin(); role != incident.roles.cend(); ++role)
        value["roles"][jsonText(toWireName(role.key()))] = jsonText(role.value().person);
    value["figures"] = printedFigures(incident, now, targets);
    value["tasks"] = PrintedJson::array();
    for (const IncidentTask &one : incident.tasks)
        value["tasks"].push_back(incidentBodyJson(one));
    value["followUps"] = PrintedJson::array();
    for (const IncidentFollowUp &one : incident.followUps)
        value["followUps"].push_back(incidentBodyJson(one));
    value["timeline"] = printedTimeline(incident);
    return printedBytes(value);
}

QByteArray incidentsExport(const QList<IncidentPtr> &incidents)
{
    QList<IncidentPtr> sorted = incidents;
    std::sort(sorted.begin(), sorted.end(), [](const IncidentPtr &a, const IncidentPtr &b) {
        return std::pair(a->head.openedAt, a->head.id) < std::pair(b->head.openedAt, b->head.id);
    });
    PrintedJson list = PrintedJson::array();
    for (const IncidentPtr &one : sorted) {
        PrintedJson entries = PrintedJson::array();
        for (const IncidentEntry &entry : one->timeline)
            entries.push_back(incidentEntryJson(entry));
        list.push_back({{"head", incidentHeadJson(one->head)}, {"entries", std::move(entries)}});
    }
    return printedBytes({{"format", kExportFormat}, {"version", kExportVersion}, {"incidents", std::move(list)}}, 1) +
           '\n';
}

Result<std::vector<ImportedIncident>> importIncidentsJson(const QByteArray &bytes)
{
    try { // nlohmann reports a wrong shape by exceptions: they end here
        const PrintedJson value = PrintedJson::parse(bytes.begin(), bytes.end());
        if (value.at("format") != kExportFormat || value.at("version").get<int>() > kExportVersion)
            return unreadableExport(
                QCoreApplication::translate("IncidentsImport", "its format is not known to this version"));
        std::vector<ImportedIncident> imported;
        for (const PrintedJson &one : value.at("incidents")) {
            ImportedIncident incident{.head = incidentHeadOf(one.at("head"))};
            for (const PrintedJson &entry : one.at("entries"))
                incident.entries.push_back(incidentEntryOf(entry));
            imported.push_back(std::move(incident));
        }
        return imported;
    } catch (const PrintedJson::exception &problem) {
        return unreadableExport(QString::fromUtf8(problem.what()));
    }
}

} // namespace cockpit
