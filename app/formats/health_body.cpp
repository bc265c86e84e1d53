// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/health_body.h"

#include "app/formats/json_node.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype mostComponents = 50;

QString healthText(std::string_view text) { return FormatWords::excerpt(text).left(120); }

/// UP, pass, ok, ready, healthy, alive … in any case.
std::optional<ProbeState> stateOfWord(const QString &word)
{
    const QString plain = word.toLower();
    static const QStringList well{QStringLiteral("up"),      QStringLiteral("pass"),  QStringLiteral("ok"),
                                  QStringLiteral("ready"),   QStringLiteral("alive"), QStringLiteral("healthy"),
                                  QStringLiteral("serving"), QStringLiteral("true")};
    static const QStringList ill{QStringLiteral("down"),      QStringLiteral("fail"),           QStringLiteral("error"),
                                 QStringLiteral("unhealthy"), QStringLiteral("out_of_service"), QStringLiteral("not_ready"),
                                 QStringLiteral("not ready"), QStringLiteral("unavailable"),    QStringLiteral("false")};
    static const QStringList between{QStringLiteral("warn"), QStringLiteral("unknown"), QStringLiteral("degraded"),
                                     QStringLiteral("draining")};
    if (well.contains(plain))
        return ProbeState::Ok;
    if (ill.contains(plain))
        return ProbeState::Fail;
    if (between.contains(plain) || plain.startsWith(u"circuit_"))
        return ProbeState::Warn;
    return std::nullopt;
}

QString wordOf(JsonNode node)
{
    if (!node.text().empty())
        return healthText(node.text());
    const std::string written = node.minified();
    return written == "true" || written == "false" ? QString::fromStdString(written) : QString();
}

/// One part: a word alone, or an object with "status" and what belongs to it.
ProbedComponent componentOf(std::string_view name, JsonNode part)
{
    ProbedComponent component{healthText(name), ProbeState::Ok, {}};
    const QString word = part.isObject() ? wordOf(part["status"]) : wordOf(part);
    component.state = stateOfWord(word).value_or(word.isEmpty() ? ProbeState::Ok : ProbeState::Warn);
    component.words = word;
    for (const JsonNode more : {part["output"], part["error"], part["message"], part["details"]["error"]}) {
        if (part.isObject() && !more.text().empty()) {
            component.words += QStringLiteral(": ") + healthText(more.text());
            break;
        }
    }
    if (const JsonNode value = part["observedValue"]; part.isObject() && value)
        component.words += FormatWords::tr(", %1 %2").arg(healthText(value.minified()), wordOf(part["observedUnit"]));
    return component;
}

void readParts(JsonNode parts, QList<ProbedComponent> &into)
{
    parts.fields([&](std::string_view name, JsonNode part) {
        if (into.size() >= mostComponents)
            return;
        bool isList = false;
        part.elements([&](JsonNode one) { // health+json: several measurements of one part
            isList = true;
            into.append(componentOf(name, one));
        });
        if (!isList)
            into.append(componentOf(name, part));
    });
}

bool readJsonHealth(const std::string &text, ProbeAnswer &answer, std::optional<ProbeState> &state)
{
    JsonBody body(text);
    const auto read = readDocument(body, [&](JsonNode root) {
        const QString word = wordOf(root["status"] ? root["status"] : root["state"]);
        state = stateOfWord(word);
        if (!word.isEmpty() && !state)
            state = ProbeState::Warn; // a status of their own making
        answer.words = word;
        for (const char *const key : {"components", "checks", "dependencies"})
            readParts(root[key], answer.components);
        if (const QString output = wordOf(root["output"]); !output.isEmpty())
            answer.words += QStringLiteral(": ") + output;
    });
    return read.has_value();
}

/// "[+]ping ok", "[-]etcd failed: reason withheld".
void readVerboseText(const QString &text, ProbeAnswer &answer)
{
    for (const QString &line : text.split(u'\n')) {
        const bool good = line.startsWith(u"[+]");
        if ((!good && !line.startsWith(u"[-]")) || answer.components.size() >= mostComponents)
            continue;
        const QString rest = line.mid(3).trimmed();
        answer.components.append({rest.section(u' ', 0, 0), good ? ProbeState::Ok : ProbeState::Fail,
                                  rest.section(u' ', 1).left(120)});
    }
}

ProbeState stateOfStatus(int status)
{
    if (status == 401 || status == 403)
        return ProbeState::Refused;
    if (status >= 300 && status < 400)
        return ProbeState::Warn;
    return status >= 200 && status < 300 ? ProbeState::Ok : ProbeState::Fail;
}

} // namespace

ProbeAnswer readHealthBody(ProbeQuestion question, int status, const std::string &body)
{
    ProbeAnswer answer{question, stateOfStatus(status), {}, {}, {}};
    if (answer.state == ProbeState::Refused) {
        answer.words = FormatWords::tr("%1: it asks who you are").arg(status);
        return answer;
    }
    std::optional<ProbeState> told;
    const size_t start = body.find_first_not_of(" \t\r\n");
    const bool isObject = start != std::string::npos && body[start] == '{';
    if (!isObject || !readJsonHealth(body, answer, told)) {
        const QString text = QString::fromUtf8(body.data(), static_cast<qsizetype>(std::min<size_t>(body.size(), 8192)));
        readVerboseText(text, answer);
        answer.words = healthText(text.section(u'\n', 0, 0).toStdString());
    }
    // The status is the word that load balancers act on: a body cannot make it better.
    if (told && *told > answer.state)
        answer.state = *told;
    const bool anyFails = std::any_of(answer.components.cbegin(), answer.components.cend(),
                                      [](const ProbedComponent &one) { return one.state == ProbeState::Fail; });
    if (answer.state == ProbeState::Ok && anyFails)
        answer.state = ProbeState::Warn;
    if (status >= 300)
        answer.words = answer.words.isEmpty() ? QString::number(status) : QStringLiteral("%1 %2").arg(status).arg(answer.words);
    if (answer.words.isEmpty())
        answer.words = FormatWords::tr("%1, with an empty answer").arg(status);
    return answer;
}

} // namespace cockpit
