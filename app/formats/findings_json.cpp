// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/findings_json.h"

#include "app/formats/action_codec_intents.h"

#include <nlohmann/json.hpp>

namespace cockpit {

QByteArray findingsJson(const QList<Finding> &findings, const QStringList &notChecked)
{
    using nlohmann::ordered_json;
    const auto textOrNull = [](const QString &text) { return text.isEmpty() ? ordered_json() : ordered_json(jsonText(text)); };
    const auto placeOrNull = [](int number) { return number > 0 ? ordered_json(number) : ordered_json(); };
    ordered_json list = ordered_json::array();
    for (const Finding &finding : findings) {
        list.push_back(ordered_json{{"rule", jsonText(finding.rule)},
                                    {"level", jsonText(toWireName(finding.level))},
                                    {"file", textOrNull(finding.file)},
                                    {"line", placeOrNull(finding.line)},
                                    {"column", placeOrNull(finding.column)},
                                    {"object", textOrNull(finding.object)},
                                    {"message", jsonText(finding.message)},
                                    {"risk", textOrNull(finding.risk)},
                                    {"fix", textOrNull(finding.fix)}});
    }
    const ordered_json whole{{"findings", list}, {"notChecked", ordered_json(jsonTexts(notChecked))}};
    return QByteArray::fromStdString(whole.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

} // namespace cockpit
