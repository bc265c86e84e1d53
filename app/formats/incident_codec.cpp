// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_codec.h"

#include "app/formats/action_codec_intents.h"
#include "app/formats/incident_codec_bodies.h"
#include "models/plain_line.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

using IncidentJson = nlohmann::ordered_json;

constexpr int kIncidentFormat = 1;

Error unreadableIncident(const QString &why)
{
    return Error{Error::Kind::Parse,
                 QCoreApplication::translate("IncidentCodec", "An entry of an incident cannot be read: %1.").arg(why),
                 QCoreApplication::translate("IncidentCodec", "It is kept where it is, and not shown."),
                 QCoreApplication::translate("IncidentCodec", "Look at it with the version that wrote it.")};
}

QString jsonString(const IncidentJson &value) { return QString::fromStdString(value.get<std::string>()); }

Instant timeIn(const IncidentJson &value)
{
    const std::optional<Instant> at = parseRfc3339(value.get_ref<const std::string &>());
    if (!at)
        throw IncidentJson::other_error::create(520, "a time is not RFC 3339", nullptr);
    return *at;
}

QByteArray incidentLine(const IncidentJson &value)
{
    return QByteArray::fromStdString(value.dump(-1, ' ', false, IncidentJson::error_handler_t::replace));
}

/// The entry with a note in the place of an attachment that is too large to be kept.
IncidentEntry withoutBytes(IncidentEntry entry, const IncidentAttachment &attachment)
{
    const QString words =
        QCoreApplication::translate("IncidentCodec", "“%1” was left out: it has %2 KiB, and %3 KiB are kept at most.")
            .arg(plainLine(attachment.name, 200), QString::number(attachment.bytes.size() / 1024),
                 QString::number(IncidentAttachment::kLargest / 1024));
    entry.body = IncidentNote{words};
    return entry;
}

template <typename Value> Result<Value> incidentRead(const QByteArray &bytes, Value (*read)(const IncidentJson &))
{
    try { // nlohmann reports a wrong shape by exceptions: they end here
        return read(IncidentJson::parse(bytes.begin(), bytes.end()));
    } catch (const IncidentJson::exception &problem) {
        return unreadableIncident(QString::fromUtf8(problem.what()));
    }
}

} // namespace

IncidentJson jsonTime(const std::optional<Instant> &at)
{
    return at ? IncidentJson(jsonText(toRfc3339(*at))) : IncidentJson(nullptr);
}

IncidentJson incidentEntryJson(const IncidentEntry &given)
{
    const auto *attachment = std::get_if<IncidentAttachment>(&given.body);
    const bool isTooLarge = attachment && attachment->bytes.size() > IncidentAttachment::kLargest;
    const IncidentEntry entry = isTooLarge ? withoutBytes(given, *attachment) : given;
    return {{"v", kIncidentFormat},
            {"id", jsonText(entry.id.toString())},
            {"incident", jsonText(entry.incident.toString())},
            {"at", jsonTime(entry.at)},
            {"recordedAt", jsonTime(entry.recordedAt)},
            {"actor", jsonText(entry.actor)},
            {"origin", jsonText(entry.origin)},
            {"kind", jsonText(wireName(entry.body))},
            {"body", incidentBodyJson(entry.body)}};
}

IncidentEntry incidentEntryOf(const IncidentJson &value)
{
    IncidentEntry entry;
    entry.id = EntryId(jsonString(value.at("id")));
    entry.incident = IncidentId(jsonString(value.at("incident")));
    entry.at = timeIn(value.at("at"));
    entry.recordedAt = timeIn(value.at("recordedAt"));
    entry.actor = jsonString(value.at("actor"));
    entry.origin = jsonString(value.at("origin"));
    entry.body = incidentBodyOf(jsonString(value.at("kind")), value.at("body"));
    if (entry.id.isEmpty() || entry.incident.isEmpty())
        throw IncidentJson::other_error::create(521, "an entry has no id", nullptr);
    return entry;
}

IncidentJson incidentHeadJson(const IncidentHead &head)
{
    return {{"v", kIncidentFormat},
            {"id", jsonText(head.id.toString())},
            {"environment", jsonText(head.environment)},
            {"number", head.number ? IncidentJson(*head.number) : IncidentJson(nullptr)},
            {"localNumber", head.localNumber},
            {"openedAt", jsonTime(head.openedAt)}};
}

IncidentHead incidentHeadOf(const IncidentJson &value)
{
    IncidentHead head;
    head.id = IncidentId(jsonString(value.at("id")));
    head.environment = jsonString(value.at("environment"));
    if (!value.at("number").is_null())
        head.number = value.at("number").get<qint64>();
    head.localNumber = value.at("localNumber").get<qint64>();
    head.openedAt = timeIn(value.at("openedAt"));
    if (head.id.isEmpty())
        throw IncidentJson::other_error::create(521, "an incident has no id", nullptr);
    return head;
}

QByteArray encodeIncidentEntry(const IncidentEntry &entry) { return incidentLine(incidentEntryJson(entry)); }
Result<IncidentEntry> decodeIncidentEntry(const QByteArray &bytes) { return incidentRead(bytes, incidentEntryOf); }
QByteArray encodeIncidentHead(const IncidentHead &head) { return incidentLine(incidentHeadJson(head)); }
Result<IncidentHead> decodeIncidentHead(const QByteArray &bytes) { return incidentRead(bytes, incidentHeadOf); }

} // namespace cockpit
