// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/silence_json.h"

#include "app/formats/action_codec_intents.h"

#include <QCoreApplication>

namespace cockpit {

QByteArray silenceBody(const Silence &silence)
{
    nlohmann::json value = {{"matchers", jsonMatchers(silence.matchers)},
                            {"startsAt", jsonText(toRfc3339(silence.startsAt))},
                            {"endsAt", jsonText(toRfc3339(silence.endsAt))},
                            {"createdBy", jsonText(silence.createdBy)},
                            {"comment", jsonText(silence.comment)}};
    if (!silence.id.isEmpty())
        value["id"] = jsonText(silence.id);
    return QByteArray::fromStdString(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<QString> parseSilenceId(const std::string &body)
{
    const auto value = nlohmann::json::parse(body, nullptr, false);
    if (value.is_object() && value.contains("silenceID") && value["silenceID"].is_string()) {
        const QString id = textOf(value["silenceID"]);
        if (!id.isEmpty())
            return id;
    }
    return Error{Error::Kind::Parse,
                 QCoreApplication::translate("SilenceJson", "Alertmanager's answer holds no silence id."),
                 {},
                 {}};
}

} // namespace cockpit
