// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/ofrep_json.h"

#include "app/formats/json_node.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

QString ofrepText(JsonNode node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

FlagState ofrepState(JsonNode evaluated, const FlagPlace &place)
{
    FlagState state;
    state.environment = place.here;
    const QString reason = ofrepText(evaluated["reason"]);
    const std::string value = evaluated["value"].minified();
    if (evaluated["errorCode"])
        state.gradual = FormatWords::tr("not evaluated: %1").arg(ofrepText(evaluated["errorCode"]));
    else if (value.empty() || reason == u"DISABLED")
        state.gradual = FormatWords::tr("disabled: each caller uses the value in its own code");
    else if (value == "true" || value == "false")
        state.enabled = value == "true";
    else
        state.gradual = FormatWords::tr("gives %1").arg(FormatWords::excerpt(value).left(60));
    if (state.enabled && (reason == u"SPLIT" || reason == u"TARGETING_MATCH"))
        state.gradual = FormatWords::tr("as evaluated for dt-cockpit; others may get another value");
    return state;
}

} // namespace

Result<std::vector<FlagPtr>> parseOfrepFlags(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    std::vector<FlagPtr> flags;
    bool isAnswer = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        flags.clear();
        isAnswer = bool(root["flags"]);
        root["flags"].elements([&](JsonNode evaluated) {
            auto flag = std::make_shared<FeatureFlag>();
            flag->key = {place.source, place.project, ofrepText(evaluated["key"])};
            if (flag->key.name.isEmpty())
                return;
            flag->here = place.here;
            flag->service = place.services.value(flag->key.name);
            flag->states = {ofrepState(evaluated, place)};
            flag->readOnlyReason = FormatWords::tr("OFREP only evaluates: switch it where the flag is kept");
            flags.push_back(std::move(flag));
        });
    });
    if (!read)
        return read.error();
    if (!isAnswer)
        return FormatWords::notTheProtocol(FormatWords::tr("there are no flags in it"));
    return flags;
}

QByteArray ofrepQuestion(const QString &targetingKey)
{
    const nlohmann::json question{{"context", {{"targetingKey", targetingKey.toStdString()}}}};
    return QByteArray::fromStdString(question.dump());
}

} // namespace cockpit
