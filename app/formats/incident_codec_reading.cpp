// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/incident_codec_bodies.h"

#include "app/formats/incident_codec_names.h"
#include "models/incident_words.h"
#include "models/plain_line.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cockpit {

namespace {

/// Reads the fields of one body. What a newer version added is passed over; what it renamed is a wrong shape.
class BodyFields {
public:
    explicit BodyFields(const nlohmann::ordered_json &value)
        : m_value(value)
    {}
    QString text(const char *name) const
    {
        return keptNote(QString::fromStdString(m_value.at(name).get<std::string>()));
    }
    bool truth(const char *name) const { return m_value.at(name).get<bool>(); }
    int number(const char *name) const { return m_value.at(name).get<int>(); }
    std::optional<Instant> time(const char *name) const
    {
        if (m_value.at(name).is_null())
            return std::nullopt;
        return known(parseRfc3339(m_value.at(name).get_ref<const std::string &>()));
    }
    Priority level() const
    {
        const QString name = text("level");
        for (const Priority one : {Priority::P1, Priority::P2, Priority::P3, Priority::P4}) {
            if (toWireName(one) == name)
                return one;
        }
        throw unknownWord();
    }
    ActionState actionState() const
    {
        const QString name = text("state");
        const auto found = std::find_if(kBodyActionStates.begin(), kBodyActionStates.end(),
                                        [&](ActionState one) { return toWireName(one) == name; });
        if (found == kBodyActionStates.end())
            throw unknownWord();
        return *found;
    }
    template <typename Value, size_t Count>
    Value oneOf(const char *name, const std::array<const char *, Count> &words) const
    {
        const QString word = text(name);
        for (size_t i = 0; i < Count; ++i) {
            if (word == QLatin1String(words[i]))
                return static_cast<Value>(i);
        }
        throw unknownWord();
    }
    QByteArray bytes(const char *name) const
    {
        const auto &text = m_value.at(name).get_ref<const std::string &>();
        return QByteArray::fromBase64(QByteArray::fromStdString(text));
    }
    template <typename Value> static Value known(const std::optional<Value> &value)
    {
        if (!value)
            throw unknownWord();
        return *value;
    }

private:
    static nlohmann::ordered_json::other_error unknownWord()
    {
        return nlohmann::ordered_json::other_error::create(522, "a word that this version does not know", nullptr);
    }
    const nlohmann::ordered_json &m_value;
};

IncidentBody openedOf(const BodyFields &of)
{
    return IncidentOpened{of.text("title"), of.level(), ServiceId(of.text("service")), of.text("because"),
                          of.time("impactStarted")};
}
IncidentBody alertBodyOf(const BodyFields &of)
{
    return IncidentAlert{AlertKey{of.text("cluster"), of.text("fingerprint")},
                         of.text("name"),
                         ServiceId(of.text("service")),
                         of.text("severity"),
                         of.truth("fired"),
                         BodyFields::known(of.time("startsAt")),
                         of.text("summary")};
}
IncidentBody actionBodyOf(const BodyFields &of)
{
    return IncidentAction{ActionId(of.text("action")),
                          of.text("actionName"),
                          of.text("target"),
                          ServiceId(of.text("service")),
                          of.actionState(),
                          of.text("text"),
                          of.text("reason")};
}
IncidentBody changeBodyOf(const BodyFields &of)
{
    return IncidentChange{of.oneOf<IncidentChange::Kind>("kind", kChangeKinds), ServiceId(of.text("service")),
                          of.text("text"), of.text("who"), of.truth("bad")};
}
IncidentBody tickBodyOf(const BodyFields &of) { return IncidentTick{of.text("runbook"), of.text("text")}; }
IncidentBody noteBodyOf(const BodyFields &of) { return IncidentNote{of.text("text")}; }
IncidentBody messageBodyOf(const BodyFields &of)
{
    return IncidentMessage{of.text("channel"), of.text("text"), of.number("update"), ActionId(of.text("action")),
                           of.text("reference")};
}
IncidentBody phaseBodyOf(const BodyFields &of)
{
    return IncidentPhaseSet{BodyFields::known(incidentPhaseOf(of.text("phase"))), of.text("reason")};
}
IncidentBody levelBodyOf(const BodyFields &of)
{
    return IncidentLevelSet{of.level(), of.text("reason"), of.truth("byRule")};
}
IncidentBody roleBodyOf(const BodyFields &of)
{
    return IncidentRoleSet{BodyFields::known(incidentRoleOf(of.text("role"))), of.text("person"), of.text("handOver")};
}
IncidentBody fieldBodyOf(const BodyFields &of)
{
    return IncidentFieldSet{BodyFields::known(incidentFieldOf(of.text("field"))), of.text("value"),
                            of.text("previous")};
}
IncidentBody taskBodyOf(const BodyFields &of)
{
    return IncidentTask{of.text("task"),
                        of.text("text"),
                        of.text("owner"),
                        BodyFields::known(of.time("dueAt")),
                        of.oneOf<IncidentTask::State>("state", kTaskStates),
                        of.text("outcome")};
}
IncidentBody canBodyOf(const BodyFields &of)
{
    return IncidentCan{of.text("condition"), of.text("actions"), of.text("needs")};
}
IncidentBody followUpBodyOf(const BodyFields &of)
{
    return IncidentFollowUp{of.text("item"), of.text("text"), of.text("owner"), of.time("dueAt"), of.truth("done")};
}
IncidentBody pageBodyOf(const BodyFields &of)
{
    return IncidentPage{of.oneOf<IncidentPage::State>("state", kPageStates),
                        of.text("service"),
                        of.text("page"),
                        of.text("person"),
                        of.text("text"),
                        of.text("url")};
}
IncidentBody correctionBodyOf(const BodyFields &of)
{
    return IncidentCorrection{EntryId(of.text("corrects")), of.text("text"), of.time("at")};
}
IncidentBody mergeBodyOf(const BodyFields &of)
{
    return IncidentMerge{IncidentId(of.text("into")), IncidentId(of.text("from")), of.text("name")};
}
IncidentBody attachmentBodyOf(const BodyFields &of)
{
    return IncidentAttachment{of.text("name"), of.text("mediaType"), of.bytes("bytes")};
}

struct BodyReader {
    const char *name;
    IncidentBody (*read)(const BodyFields &);
};

constexpr BodyReader kBodyReaders[] = {{IncidentOpened::wireName, openedOf},
                                       {IncidentAlert::wireName, alertBodyOf},
                                       {IncidentAction::wireName, actionBodyOf},
                                       {IncidentChange::wireName, changeBodyOf},
                                       {IncidentTick::wireName, tickBodyOf},
                                       {IncidentNote::wireName, noteBodyOf},
                                       {IncidentMessage::wireName, messageBodyOf},
                                       {IncidentPhaseSet::wireName, phaseBodyOf},
                                       {IncidentLevelSet::wireName, levelBodyOf},
                                       {IncidentRoleSet::wireName, roleBodyOf},
                                       {IncidentFieldSet::wireName, fieldBodyOf},
                                       {IncidentTask::wireName, taskBodyOf},
                                       {IncidentCan::wireName, canBodyOf},
                                       {IncidentFollowUp::wireName, followUpBodyOf},
                                       {IncidentPage::wireName, pageBodyOf},
                                       {IncidentAttachment::wireName, attachmentBodyOf},
                                       {IncidentCorrection::wireName, correctionBodyOf},
                                       {IncidentMerge::wireName, mergeBodyOf}};
static_assert(std::size(kBodyReaders) == std::variant_size_v<IncidentBody>, "a kind of entry has no reader");

/// What this version cannot read stays on the timeline, quoted.
IncidentBody opaqueNote(const QString &kind, const nlohmann::ordered_json &value)
{
    const std::string text = value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return IncidentNote{keptNote(QCoreApplication::translate("IncidentCodec",
                                                             "An entry of the kind “%1” that this version cannot read. "
                                                             "A newer version of the cockpit shows it. It says: %2")
                                     .arg(plainLine(kind, 60), QString::fromStdString(text)))};
}

} // namespace

IncidentBody incidentBodyOf(const QString &kind, const nlohmann::ordered_json &value)
{
    for (const BodyReader &reader : kBodyReaders) {
        if (kind != QLatin1String(reader.name))
            continue;
        try { // nlohmann reports a wrong shape by exceptions: it is a newer one's
            return reader.read(BodyFields(value));
        } catch (const nlohmann::ordered_json::exception &) {
            break;
        }
    }
    return opaqueNote(kind, value);
}

} // namespace cockpit
