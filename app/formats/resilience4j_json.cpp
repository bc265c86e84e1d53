// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/resilience4j_json.h"

#include "app/formats/json_node.h"
#include "app/formats/wire_number.h"

#include <array>
#include <utility>

namespace cockpit {

namespace {

QString actuatorText(const JsonNode &node)
{
    const std::string_view text = node.text();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "50.0%" or 50.0, as a part of 1; nothing for -1 %, which stands for too few calls.
std::optional<double> percentOf(const JsonNode &node)
{
    std::optional<double> percent = node.real();
    std::string_view text = node.text();
    if (!percent && !text.empty()) {
        if (text.back() == '%')
            text.remove_suffix(1);
        percent = parseWireNumber(text);
    }
    return percent && *percent >= 0 ? std::optional(*percent / 100) : std::nullopt;
}

BreakerReading actuatorBreaker(std::string_view name, const JsonNode &node)
{
    BreakerReading reading;
    reading.name = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    reading.figures.state = resilience4jState(node["state"].text());
    reading.figures.failureRatio = percentOf(node["failureRate"]);
    reading.figures.slowRatio = percentOf(node["slowCallRate"]);
    reading.figures.bufferedCalls = node["bufferedCalls"].number();
    if (const auto rejected = node["notPermittedCalls"].number())
        reading.figures.rejectedTotal = static_cast<double>(*rejected);
    reading.opensAtFailureRatio = percentOf(node["failureRateThreshold"]);
    reading.opensAtSlowRatio = percentOf(node["slowCallRateThreshold"]);
    return reading;
}

/// Health indicators nest to a bounded depth: what lies deeper is none of ours.
constexpr int deepestHealth = 8;

void healthStates(std::string_view name, const JsonNode &node, BreakerReadings &into, int depth)
{
    if (!node.isObject() || depth > deepestHealth)
        return;
    const JsonNode details = node["details"];
    const JsonNode holder = details["state"] ? details : node;
    if (resilience4jState(holder["state"].text()) != BreakerState::Unknown) {
        BreakerReading found = actuatorBreaker(name, holder);
        if (found.name.endsWith(QLatin1String("CircuitBreaker")) && found.name.size() > 14) {
            const QString bare = found.name.chopped(14); // Spring Boot 2.0 names the indicator, not the breaker
            for (const BreakerReading &one : into)
                found.name = one.name == bare ? bare : found.name;
        }
        for (BreakerReading &one : into) {
            if (one.name == found.name)
                one = found;
        }
        return;
    }
    node.fields([&](std::string_view key, const JsonNode &child) { healthStates(key, child, into, depth + 1); });
}

/// "2026-11-23T03:12:40.123+00:00[UTC]": Java's zone name stands behind the offset.
std::optional<Instant> actuatorTime(std::string_view text) { return parseRfc3339(text.substr(0, text.find('['))); }

} // namespace

BreakerState resilience4jState(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, BreakerState>, 6> names{
        {{"CLOSED", BreakerState::Closed},
         {"OPEN", BreakerState::Open},
         {"HALF_OPEN", BreakerState::HalfOpen},
         {"FORCED_OPEN", BreakerState::ForcedOpen},
         {"DISABLED", BreakerState::Disabled},
         {"METRICS_ONLY", BreakerState::MetricsOnly}}};
    for (const auto &[word, state] : names) {
        if (word == name)
            return state;
    }
    return BreakerState::Unknown;
}

Result<Resilience4jList> parseResilience4jList(const std::string &text)
{
    Resilience4jList list;
    bool isList = false;
    JsonBody body(text);
    auto read = readDocument(body, [&](const JsonNode &root) {
        list = {};
        const JsonNode breakers = root["circuitBreakers"];
        isList = static_cast<bool>(breakers);
        breakers.fields(
            [&](std::string_view name, const JsonNode &one) { list.breakers.push_back(actuatorBreaker(name, one)); });
        breakers.elements([&](const JsonNode &one) {
            // Names alone, or objects that name themselves.
            const JsonNode name = one.isObject() ? one["name"] : one;
            list.namesOnly = list.namesOnly || !one["state"];
            list.breakers.push_back(actuatorBreaker(name.text(), one));
        });
    });
    if (!read)
        return read.error();
    if (!isList) {
        return Error{Error::Kind::Parse,
                     FormatWords::tr("The answer is no list of resilience4j's circuit breakers."),
                     {},
                     FormatWords::tr("Check the path of the actuator and that it exposes `circuitbreakers`.")};
    }
    return list;
}

Result<Done> readResilience4jHealth(const std::string &text, BreakerReadings &into)
{
    JsonBody body(text);
    return readDocument(body, [&into](const JsonNode &root) { healthStates({}, root, into, 0); });
}

Result<std::vector<BreakerEvent>> parseResilience4jEvents(const std::string &text)
{
    std::vector<BreakerEvent> events;
    JsonBody body(text);
    auto read = readDocument(body, [&](const JsonNode &root) {
        events.clear();
        root["circuitBreakerEvents"].elements([&events](const JsonNode &one) {
            const std::string_view change = one["stateTransition"].text();
            const size_t middle = change.find("_TO_");
            const auto at = actuatorTime(one["creationTime"].text());
            if (middle == std::string_view::npos || !at)
                return;
            events.push_back(
                {actuatorText(one["circuitBreakerName"]),
                 {*at, resilience4jState(change.substr(0, middle)), resilience4jState(change.substr(middle + 4)), {}}});
        });
    });
    if (!read)
        return read.error();
    std::stable_sort(events.begin(), events.end(),
                     [](const BreakerEvent &a, const BreakerEvent &b) { return a.transition.at > b.transition.at; });
    return events;
}

QByteArray resilience4jSetBody(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::ForceOpen:
        return QByteArrayLiteral("{\"updateState\":\"FORCE_OPEN\"}");
    case BreakerMode::ForceClosed:
    case BreakerMode::Disable:
        return QByteArrayLiteral("{\"updateState\":\"DISABLE\"}");
    case BreakerMode::Reset:
        break;
    }
    return QByteArrayLiteral("{\"updateState\":\"CLOSE\"}");
}

Result<BreakerState> parseResilience4jSet(const std::string &text)
{
    BreakerState state = BreakerState::Unknown;
    JsonBody body(text);
    auto read =
        readDocument(body, [&state](const JsonNode &root) { state = resilience4jState(root["currentState"].text()); });
    if (!read)
        return read.error();
    return state;
}

} // namespace cockpit
