// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_codec_bodies.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/incident_codec_names.h"
#include "models/incident_words.h"

namespace cockpit {

namespace {

using BodyJson = nlohmann::ordered_json;

/// Text as it is kept: what is too long is cut, and says so.
BodyJson bodyText(const QString &text) { return jsonText(keptNote(text)); }

struct IncidentBodyWriter {
    BodyJson operator()(const IncidentOpened &one) const
    {
        return {{"title", bodyText(one.title)},
                {"level", jsonText(toWireName(one.level))},
                {"service", jsonText(one.service.toString())},
                {"because", bodyText(one.because)},
                {"impactStarted", jsonTime(one.impactStarted)}};
    }
    BodyJson operator()(const IncidentAlert &one) const
    {
        return {{"cluster", jsonText(one.key.cluster)}, {"fingerprint", jsonText(one.key.fingerprint)},
                {"name", bodyText(one.name)},           {"service", jsonText(one.service.toString())},
                {"severity", jsonText(one.severity)},   {"fired", one.fired},
                {"startsAt", jsonTime(one.startsAt)},   {"summary", bodyText(one.summary)}};
    }
    BodyJson operator()(const IncidentAction &one) const
    {
        return {{"action", jsonText(one.action.toString())},
                {"actionName", jsonText(one.actionName)},
                {"target", bodyText(one.target)},
                {"service", jsonText(one.service.toString())},
                {"state", jsonText(toWireName(one.state))},
                {"text", bodyText(one.text)},
                {"reason", bodyText(one.reason)}};
    }
    BodyJson operator()(const IncidentChange &one) const
    {
        return {{"kind", kChangeKinds.at(static_cast<size_t>(one.kind))},
                {"service", jsonText(one.service.toString())},
                {"text", bodyText(one.text)},
                {"who", bodyText(one.who)},
                {"bad", one.bad}};
    }
    BodyJson operator()(const IncidentTick &one) const
    {
        return {{"runbook", bodyText(one.runbook)}, {"text", bodyText(one.text)}};
    }
    BodyJson operator()(const IncidentNote &one) const { return {{"text", bodyText(one.text)}}; }
    BodyJson operator()(const IncidentMessage &one) const
    {
        return {{"channel", bodyText(one.channel)},
                {"text", bodyText(one.text)},
                {"update", one.update},
                {"action", jsonText(one.action.toString())},
                {"reference", bodyText(one.reference)}};
    }
    BodyJson operator()(const IncidentPhaseSet &one) const
    {
        return {{"phase", jsonText(toWireName(one.phase))}, {"reason", bodyText(one.reason)}};
    }
    BodyJson operator()(const IncidentLevelSet &one) const
    {
        return {{"level", jsonText(toWireName(one.level))}, {"reason", bodyText(one.reason)}, {"byRule", one.byRule}};
    }
    BodyJson operator()(const IncidentRoleSet &one) const
    {
        return {{"role", jsonText(toWireName(one.role))},
                {"person", bodyText(one.person)},
                {"handOver", bodyText(one.handOver)}};
    }
    BodyJson operator()(const IncidentFieldSet &one) const
    {
        return {{"field", jsonText(toWireName(one.field))},
                {"value", bodyText(one.value)},
                {"previous", bodyText(one.previous)}};
    }
    BodyJson operator()(const IncidentTask &one) const
    {
        return {{"task", bodyText(one.task)},
                {"text", bodyText(one.text)},
                {"owner", bodyText(one.owner)},
                {"dueAt", jsonTime(one.dueAt)},
                {"state", kTaskStates.at(static_cast<size_t>(one.state))},
                {"outcome", bodyText(one.outcome)}};
    }
    BodyJson operator()(const IncidentCan &one) const
    {
        return {
            {"condition", bodyText(one.condition)}, {"actions", bodyText(one.actions)}, {"needs", bodyText(one.needs)}};
    }
    BodyJson operator()(const IncidentFollowUp &one) const
    {
        return {{"item", bodyText(one.item)},
                {"text", bodyText(one.text)},
                {"owner", bodyText(one.owner)},
                {"dueAt", jsonTime(one.dueAt)},
                {"done", one.done}};
    }
    BodyJson operator()(const IncidentPage &one) const
    {
        return {{"state", kPageStates.at(static_cast<size_t>(one.state))},
                {"service", bodyText(one.service)},
                {"page", bodyText(one.page)},
                {"person", bodyText(one.person)},
                {"text", bodyText(one.text)},
                {"url", bodyText(one.url)}};
    }
    BodyJson operator()(const IncidentAttachment &one) const
    {
        return {{"name", bodyText(one.name)},
                {"mediaType", bodyText(one.mediaType)},
                {"bytes", one.bytes.toBase64().toStdString()}};
    }
    BodyJson operator()(const IncidentCorrection &one) const
    {
        return {
            {"corrects", jsonText(one.corrects.toString())}, {"text", bodyText(one.text)}, {"at", jsonTime(one.at)}};
    }
    BodyJson operator()(const IncidentMerge &one) const
    {
        return {{"into", jsonText(one.into.toString())},
                {"from", jsonText(one.from.toString())},
                {"name", bodyText(one.name)}};
    }
};

} // namespace

BodyJson incidentBodyJson(const IncidentBody &body) { return std::visit(IncidentBodyWriter{}, body); }

} // namespace cockpit
