// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/flagd_json.h"

#include "app/formats/json_node.h"

namespace cockpit {

namespace {

QString flagdText(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

FlagState flagdState(JsonNode definition, const FlagPlace &place)
{
    FlagState state;
    state.environment = place.here;
    if (definition["state"].text() == "DISABLED") {
        state.gradual = FormatWords::tr("disabled: each caller uses the value in its own code");
        return state;
    }
    const std::string_view variant = definition["defaultVariant"].text();
    const JsonNode value = definition["variants"][variant];
    const std::string written = value.minified();
    if (written == "true" || written == "false")
        state.enabled = written == "true";
    else if (value)
        state.gradual = FormatWords::tr("gives %1").arg(FormatWords::excerpt(written).left(60));
    if (definition["targeting"].isObject() && definition["targeting"].minified() != "{}")
        state.gradual = state.gradual.isEmpty()
                            ? FormatWords::tr("its targeting rules decide; %1 for all others").arg(flagdText(variant))
                            : state.gradual + FormatWords::tr("; its targeting rules may decide otherwise");
    return state;
}

} // namespace

Result<std::vector<FlagPtr>> parseFlagdFlags(const std::string &text, const FlagPlace &place)
{
    JsonBody body(text);
    std::vector<FlagPtr> flags;
    bool isDefinition = false;
    const auto read = readDocument(body, [&](JsonNode root) {
        flags.clear();
        isDefinition = root["flags"].isObject();
        root["flags"].fields([&](std::string_view name, JsonNode definition) {
            auto flag = std::make_shared<FeatureFlag>();
            flag->key = {place.source, place.project, flagdText(name)};
            flag->description = flagdText(definition["metadata"]["description"].text());
            flag->here = place.here;
            flag->service = place.services.value(flag->key.name);
            flag->states = {flagdState(definition, place)};
            flag->readOnlyReason =
                FormatWords::tr("flagd takes no commands: change the file that it reads, where that is kept");
            flags.push_back(std::move(flag));
        });
    });
    if (!read)
        return read.error();
    if (!isDefinition)
        return FormatWords::notTheProtocol(FormatWords::tr("there are no flags in it"));
    return flags;
}

} // namespace cockpit
