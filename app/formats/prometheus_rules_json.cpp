// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/label_reader.h"
#include "app/formats/prometheus_envelope.h"
#include "app/formats/prometheus_json.h"
#include "app/formats/wire_number.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

JsonCode readSeconds(JsonValue from, Duration &into)
{
    double seconds = 0.0;
    if (const JsonCode error = from.get_double().get(seconds))
        return error;
    constexpr double mostSeconds = 1e9;
    if (!(seconds >= 0.0 && seconds <= mostSeconds))
        return simdjson::NUMBER_OUT_OF_RANGE;
    into = Duration(static_cast<qint64>(seconds * 1000.0));
    return simdjson::SUCCESS;
}

/// Reads groups, rules and their alerts, sharing equal texts of one body.
class RulesReader {
public:
    RulesReader(RulesAnswer &answer, LabelPool *pool) : m_answer(answer), m_texts(pool) {}

    JsonCode readData(JsonValue data)
    {
        return readObject(data, [&](std::string_view key, JsonValue field) {
            if (key == "groupNextToken")
                return m_texts.readShared(field, m_answer.nextToken);
            if (key != "groups")
                return simdjson::SUCCESS;
            return readArray(field, [&](JsonValue group) { return readGroup(group); });
        });
    }

private:
    /// One rule as it stands on the wire, alerting or recording.
    struct WireRule {
        AlertRule rule{};
        bool alerting = false;
    };

    JsonCode readGroup(JsonValue from)
    {
        QString name;
        Duration interval{};
        const size_t first = m_answer.rules.size();
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) {
            if (key == "name")
                return m_texts.readShared(field, name);
            if (key == "interval")
                return readSeconds(field, interval);
            if (key != "rules")
                return simdjson::SUCCESS;
            return readArray(field, [&](JsonValue rule) { return readRule(rule); });
        });
        for (size_t i = first; i < m_answer.rules.size(); ++i) {
            m_answer.rules[i].group = name;
            m_answer.rules[i].interval = interval;
        }
        return error;
    }

    JsonCode readRule(JsonValue from)
    {
        WireRule wire;
        const JsonCode error = readObject(
            from, [&](std::string_view key, JsonValue field) { return readRuleField(key, field, wire); });
        if (error)
            return error;
        if (wire.rule.name.isEmpty())
            return simdjson::NO_SUCH_FIELD;
        if (wire.alerting)
            m_answer.rules.push_back(std::move(wire.rule));
        else if (wire.rule.health == AlertRule::Health::Error)
            countBrokenRecordingRule(wire.rule);
        return simdjson::SUCCESS;
    }

    void countBrokenRecordingRule(const AlertRule &rule)
    {
        if (m_answer.brokenRecordingRules++ == 0)
            m_answer.brokenRecordingRule =
                rule.lastError.isEmpty() ? rule.name : rule.name + QStringLiteral(": ") + rule.lastError;
    }

    JsonCode readRuleField(std::string_view key, JsonValue field, WireRule &wire)
    {
        AlertRule &rule = wire.rule;
        if (key == "name")
            return m_texts.readShared(field, rule.name);
        if (key == "query")
            return m_texts.readShared(field, rule.query);
        if (key == "lastError")
            return m_texts.readShared(field, rule.lastError);
        if (key == "duration")
            return readSeconds(field, rule.holdFor);
        if (key == "labels")
            return m_texts.read(field, rule.labels);
        if (key == "annotations")
            return m_texts.read(field, rule.annotations);
        if (key == "alerts")
            return readArray(field, [&](JsonValue alert) { return readInstance(alert, rule); });
        std::string_view text;
        if (key != "type" && key != "health" && key != "lastEvaluation")
            return simdjson::SUCCESS;
        if (const JsonCode error = readText(field, text))
            return error;
        if (key == "type")
            wire.alerting = text == "alerting";
        else if (key == "health")
            rule.health = text == "ok"    ? AlertRule::Health::Ok
                          : text == "err" ? AlertRule::Health::Error
                                          : AlertRule::Health::Unknown;
        else
            rule.lastEvaluation = parseRfc3339(text); // Go's zero time: it was never evaluated
        return simdjson::SUCCESS;
    }

    JsonCode readInstance(JsonValue from, AlertRule &rule)
    {
        AlertRule::Instance instance;
        const JsonCode error = readObject(from, [&](std::string_view key, JsonValue field) -> JsonCode {
            if (key == "labels")
                return m_texts.read(field, instance.labels);
            if (key == "annotations")
                return m_texts.read(field, instance.annotations);
            if (key == "value")
                return m_texts.readShared(field, instance.value);
            std::string_view text;
            if (key != "state" && key != "activeAt")
                return simdjson::SUCCESS;
            if (const JsonCode wrong = readText(field, text))
                return wrong;
            if (key == "state") {
                instance.firing = text == "firing";
                return simdjson::SUCCESS;
            }
            const std::optional<Instant> at = parseRfc3339(text);
            instance.activeAt = at.value_or(Instant());
            return at ? simdjson::SUCCESS : simdjson::NUMBER_ERROR;
        });
        rule.instances.push_back(std::move(instance));
        return error;
    }

    RulesAnswer &m_answer;
    LabelReader m_texts;
};

/// `data.<key>` of a small success envelope.
Result<QString> readDataText(const std::string &body, const char *wanted)
{
    JsonBody text(body);
    QStringList warnings;
    QString found;
    const Result<Done> read = readEnvelope(text, warnings, [&](JsonValue data) {
        return readObject(data, [&](std::string_view key, JsonValue field) {
            std::string_view words;
            if (key != wanted)
                return simdjson::SUCCESS;
            const JsonCode error = readText(field, words);
            found = FormatWords::excerpt(words);
            return error;
        });
    });
    if (!read)
        return read.error();
    return found;
}

} // namespace

Result<RulesAnswer> parseRules(const std::string &body, LabelPool *pool)
{
    JsonBody text(body);
    RulesAnswer answer;
    const Result<Done> read = readEnvelope(text, answer.warnings, [&](JsonValue data) {
        answer = {};
        RulesReader reader(answer, pool);
        return reader.readData(data);
    });
    if (pool)
        pool->sweep();
    if (!read)
        return read.error();
    if (text.isMended())
        answer.warnings.append(FormatWords::tr("Broken text in the answer was mended."));
    return answer;
}

std::optional<PrometheusFailure> parsePrometheusFailure(const std::string &body)
{
    nlohmann::json parsed = nlohmann::json::parse(body, nullptr, false);
    if (parsed.is_discarded()) {
        JsonBody mended(body);
        if (mended.mend())
            parsed = nlohmann::json::parse(std::string_view(mended.text()), nullptr, false);
    }
    if (!parsed.is_object())
        return std::nullopt;
    const auto textOf = [&parsed](const char *key) {
        const auto found = parsed.find(key);
        return found != parsed.end() && found->is_string()
                   ? FormatWords::excerpt(found->get_ref<const std::string &>())
                   : QString();
    };
    if (textOf("status") != QLatin1String("error"))
        return std::nullopt;
    return PrometheusFailure{textOf("errorType"), textOf("error")};
}

Result<QString> parseBuildVersion(const std::string &body) { return readDataText(body, "version"); }

Result<std::optional<Instant>> parseServerTime(const std::string &body)
{
    const Result<QString> text = readDataText(body, "serverTime");
    if (!text)
        return text.error();
    return parseRfc3339(text->toStdString());
}

} // namespace cockpit
