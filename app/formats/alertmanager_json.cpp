// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/alertmanager_json.h"

#include "app/formats/json_body.h"
#include "app/formats/label_reader.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

/// Reads the objects of Alertmanager, sharing equal texts of one body.
class AlertmanagerReader {
public:
    explicit AlertmanagerReader(LabelPool *pool) : m_texts(pool) {}

    JsonCode readAlert(JsonValue from, ReceivedAlert &alert)
    {
        bool hasStart = false;
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "labels")
                return m_texts.read(field, alert.labels);
            if (key == "annotations")
                return m_texts.read(field, alert.annotations);
            if (key == "startsAt") {
                hasStart = true;
                return readTime(field, alert.startsAt);
            }
            if (key == "updatedAt")
                return readTime(field, alert.updatedAt);
            if (key == "endsAt")
                return readTime(field, alert.endsAt);
            if (key == "fingerprint")
                return readUnique(field, alert.fingerprint);
            if (key == "generatorURL")
                return m_texts.readShared(field, alert.generatorUrl);
            if (key == "status")
                return readAlertStatus(field, alert);
            if (key == "receivers")
                return readReceivers(field, alert.receivers);
            return simdjson::SUCCESS;
        });
        if (!error && (alert.fingerprint.isEmpty() || !hasStart))
            return simdjson::NO_SUCH_FIELD;
        return error;
    }

    JsonCode readSilence(JsonValue from, Silence &silence)
    {
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "id")
                return readUnique(field, silence.id);
            if (key == "matchers")
                return readMatchers(field, silence.matchers);
            if (key == "startsAt")
                return readTime(field, silence.startsAt);
            if (key == "endsAt")
                return readTime(field, silence.endsAt);
            if (key == "updatedAt")
                return readTime(field, silence.updatedAt);
            if (key == "createdBy")
                return m_texts.readShared(field, silence.createdBy);
            if (key == "comment")
                return m_texts.readShared(field, silence.comment);
            if (key == "status")
                return readSilenceStatus(field, silence.state);
            return simdjson::SUCCESS;
        });
        if (!error && (silence.id.isEmpty() || silence.matchers.isEmpty()))
            return simdjson::NO_SUCH_FIELD;
        return error;
    }

private:
    static JsonCode readUnique(JsonValue from, QString &into)
    {
        std::string_view text;
        const JsonCode error = readText(from, text);
        into = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return error;
    }

    static JsonCode readTime(JsonValue from, Instant &into)
    {
        std::string_view text;
        if (const JsonCode error = readText(from, text))
            return error;
        const std::optional<Instant> time = parseRfc3339(text);
        if (!time)
            return simdjson::NUMBER_ERROR;
        into = *time;
        return simdjson::SUCCESS;
    }

    JsonCode readList(JsonValue from, QStringList &into)
    {
        return readArray(from, [&](JsonValue item) {
            QString text;
            const JsonCode error = m_texts.readShared(item, text);
            into.append(std::move(text));
            return error;
        });
    }

    JsonCode readReceivers(JsonValue from, QStringList &into)
    {
        return readArray(from, [&](JsonValue item) {
            return readObject(item, [&](std::string_view key, JsonValue field) {
                if (key != "name")
                    return simdjson::SUCCESS;
                into.emplaceBack();
                return m_texts.readShared(field, into.last());
            });
        });
    }

    JsonCode readAlertStatus(JsonValue from, ReceivedAlert &alert)
    {
        return readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "silencedBy")
                return readList(field, alert.silencedBy);
            if (key == "inhibitedBy")
                return readList(field, alert.inhibitedBy);
            if (key == "mutedBy")
                return readList(field, alert.mutedBy);
            std::string_view state;
            if (key != "state")
                return simdjson::SUCCESS;
            const JsonCode error = readText(field, state);
            alert.suppressed = state == "suppressed";
            return error;
        });
    }

    static JsonCode readSilenceStatus(JsonValue from, Silence::State &into)
    {
        return readObject(from, [&](std::string_view key, JsonValue field) {
            std::string_view state;
            if (key != "state")
                return simdjson::SUCCESS;
            if (const JsonCode error = readText(field, state))
                return error;
            into = state == "expired"   ? Silence::State::Expired
                   : state == "pending" ? Silence::State::Pending
                                        : Silence::State::Active;
            return simdjson::SUCCESS;
        });
    }

    JsonCode readMatchers(JsonValue from, QList<Matcher> &into)
    {
        return readArray(from, [&](JsonValue item) {
            Matcher matcher;
            const JsonCode error = readObject(item, [&](std::string_view key, JsonValue field) {
                if (key == "name")
                    return m_texts.readShared(field, matcher.name);
                if (key == "value")
                    return m_texts.readShared(field, matcher.value);
                if (key == "isRegex")
                    return field.get_bool().get(matcher.isRegex);
                if (key == "isEqual")
                    return field.get_bool().get(matcher.isEqual);
                return simdjson::SUCCESS;
            });
            into.append(matcher);
            return error;
        });
    }

    LabelReader m_texts;
};

/// A JSON value of a small body; discarded when it is not JSON. Broken text is mended.
nlohmann::json parseSmallBody(const std::string &body)
{
    nlohmann::json parsed = nlohmann::json::parse(body, nullptr, false);
    if (!parsed.is_discarded())
        return parsed;
    JsonBody mended(body);
    return mended.mend() ? nlohmann::json::parse(std::string_view(mended.text()), nullptr, false) : parsed;
}

QString textAt(const nlohmann::json &object, const char *outer, const char *inner)
{
    const auto found = object.find(outer);
    if (found == object.end() || !found->is_object())
        return {};
    const auto text = found->find(inner);
    return text != found->end() && text->is_string() ? QString::fromStdString(text->get_ref<const std::string &>())
                                                     : QString();
}

} // namespace

Result<std::vector<ReceivedAlert>> parseAlerts(const std::string &body, LabelPool *pool)
{
    JsonBody text(body);
    std::vector<ReceivedAlert> alerts;
    const Result<Done> read = readJson(text, [&](simdjson::ondemand::document &document) {
        AlertmanagerReader reader(pool);
        alerts.clear();
        simdjson::ondemand::array list;
        if (const JsonCode error = document.get_array().get(list))
            return error;
        for (auto item : list) {
            JsonValue element;
            const char *start = nullptr;
            if (const JsonCode error = item.get(element))
                return error;
            if (text.isMended() && document.current_location().get(start))
                start = nullptr;
            alerts.emplace_back();
            if (const JsonCode error = reader.readAlert(element, alerts.back()))
                return error;
            const char *end = nullptr;
            if (start && !document.current_location().get(end))
                alerts.back().repaired = text.isMendedBetween(start, end);
        }
        return simdjson::SUCCESS;
    });
    if (pool)
        pool->sweep();
    if (!read)
        return read.error();
    return alerts;
}

Result<std::vector<Silence>> parseSilences(const std::string &body)
{
    JsonBody text(body);
    std::vector<Silence> silences;
    const Result<Done> read = readJson(text, [&](simdjson::ondemand::document &document) {
        AlertmanagerReader reader(nullptr);
        silences.clear();
        simdjson::ondemand::array list;
        if (const JsonCode error = document.get_array().get(list))
            return error;
        for (auto item : list) {
            JsonValue element;
            if (const JsonCode error = item.get(element))
                return error;
            silences.emplace_back();
            if (const JsonCode error = reader.readSilence(element, silences.back()))
                return error;
        }
        return simdjson::SUCCESS;
    });
    if (!read)
        return read.error();
    return silences;
}

Result<AlertmanagerStatus> parseAlertmanagerStatus(const std::string &body)
{
    if (const auto reason = notJson(body))
        return *reason;
    const nlohmann::json parsed = parseSmallBody(body);
    if (parsed.is_discarded())
        return FormatWords::notTheProtocol(FormatWords::tr("it is not JSON"));
    if (!parsed.is_object() || !parsed.contains("versionInfo") || !parsed.contains("cluster"))
        return FormatWords::notTheProtocol(FormatWords::tr("a field that must be there is missing"));
    AlertmanagerStatus status;
    status.clusterStatus = textAt(parsed, "cluster", "status");
    status.version = textAt(parsed, "versionInfo", "version");
    status.configYaml = textAt(parsed, "config", "original");
    const nlohmann::json &cluster = parsed["cluster"];
    if (cluster.is_object() && cluster.contains("peers") && cluster["peers"].is_array())
        status.peers = static_cast<int>(cluster["peers"].size());
    if (parsed.contains("uptime") && parsed["uptime"].is_string())
        status.startedAt = parseRfc3339(parsed["uptime"].get_ref<const std::string &>());
    return status;
}

QString alertmanagerErrorText(const std::string &body)
{
    const size_t start = body.find_first_not_of(" \t\r\n");
    if (start == std::string::npos || body[start] == '<')
        return {};
    const nlohmann::json parsed = parseSmallBody(body);
    if (parsed.is_string())
        return FormatWords::excerpt(parsed.get_ref<const std::string &>());
    if (parsed.is_object()) {
        for (const char *key : {"message", "error"}) {
            const auto text = parsed.find(key);
            if (text != parsed.end() && text->is_string())
                return FormatWords::excerpt(text->get_ref<const std::string &>());
        }
    }
    return FormatWords::excerpt(body);
}

} // namespace cockpit
