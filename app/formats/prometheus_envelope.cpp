// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/prometheus_envelope.h"

#include "app/formats/prometheus_json.h"

namespace cockpit {

namespace {

QString shortText(std::string_view text) { return FormatWords::excerpt(text); }

/// What an envelope holds beside its data.
struct Envelope {
    std::string_view status{};
    std::string_view errorType{};
    std::string_view error{};
    QStringList warnings{};
    bool hasData = false;
};

JsonCode readField(std::string_view key, JsonValue field, Envelope &envelope,
                     const std::function<JsonCode(JsonValue)> &readData)
{
    if (key == "status")
        return readText(field, envelope.status);
    if (key == "errorType")
        return readText(field, envelope.errorType);
    if (key == "error")
        return readText(field, envelope.error);
    if (key == "warnings") {
        return readArray(field, [&](JsonValue item) {
            std::string_view text;
            const JsonCode wrong = readText(item, text);
            envelope.warnings.append(shortText(text));
            return wrong;
        });
    }
    // An error may carry data too: that is then only looked at to get past it.
    if (key != "data" || envelope.status == "error")
        return simdjson::SUCCESS;
    envelope.hasData = true;
    return readData(field);
}

} // namespace

Result<Done> readEnvelope(JsonBody &body, QStringList &warnings, const std::function<JsonCode(JsonValue)> &readData)
{
    Envelope envelope;
    std::optional<Error> failure;
    const Result<Done> read = readJson(body, [&](simdjson::ondemand::document &document) -> JsonCode {
        envelope = {};
        failure.reset();
        simdjson::ondemand::object root;
        if (const JsonCode error = document.get_object().get(root))
            return error;
        const JsonCode error = readFields(
            root, [&](std::string_view key, JsonValue field) { return readField(key, field, envelope, readData); });
        if (error)
            return error;
        if (envelope.status == "error")
            failure = prometheusFailureError(shortText(envelope.errorType), shortText(envelope.error));
        else if (envelope.status != "success" || !envelope.hasData)
            return simdjson::NO_SUCH_FIELD;
        return simdjson::SUCCESS;
    });
    if (!read)
        return read.error();
    if (failure)
        return *failure;
    warnings = envelope.warnings;
    return Done{};
}

Error prometheusFailureError(const QString &errorType, const QString &error)
{
    Error::Kind kind = Error::Kind::Rejected;
    if (errorType == QLatin1String("timeout"))
        kind = Error::Kind::Timeout;
    else if (errorType == QLatin1String("internal") || errorType == QLatin1String("unavailable"))
        kind = Error::Kind::Server;
    else if (errorType == QLatin1String("too_many_requests") || errorType == QLatin1String("429"))
        kind = Error::Kind::RateLimited;
    else if (errorType == QLatin1String("not_found"))
        kind = Error::Kind::NotFound;
    const QString reason = error.isEmpty() ? errorType : error;
    return {kind, FormatWords::tr("The server refused the query: %1").arg(reason), {}, {}};
}

} // namespace cockpit
