// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/alert_body.h"

#include <simdjson.h>

#include <ctime>
#include <utility>
#include <vector>

namespace cockpit::bench {

namespace {

struct BareAlert {
    std::string fingerprint, startsAt, updatedAt, endsAt, generatorUrl, state;
    std::vector<std::pair<std::string, std::string>> labels, annotations;
    std::vector<std::string> receivers, silencedBy, inhibitedBy;
};

void bareMap(simdjson::ondemand::object object, std::vector<std::pair<std::string, std::string>> &into)
{
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        into.emplace_back(key, std::string_view(field.value()));
    }
}

void bareList(simdjson::ondemand::array array, std::vector<std::string> &into)
{
    for (auto item : array)
        into.emplace_back(std::string_view(item));
}

} // namespace

std::string alertBody(int alerts)
{
    const std::string filler(420, 'd');
    std::string body = "[";
    for (int i = 0; i < alerts; ++i) {
        const std::string n = std::to_string(i), few = std::to_string(i % 40);
        body += (i ? "," : "");
        body += R"({"annotations":{"description":"Instance )" + n + " " + filler + R"(","runbook_url":"https://runbooks.example/)"
                + few + R"(","summary":"Service )" + few + R"( is slow"},"endsAt":"2026-11-23T03:20:00.000Z","fingerprint":")"
                + std::string(16 - n.size(), '0') + n
                + R"(","receivers":[{"name":"pager"}],"startsAt":"2026-11-23T03:02:00.000Z","status":{"inhibitedBy":[],"mutedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-23T03:12:40.000Z","generatorURL":"http://prometheus.example/graph?g0.expr=)"
                + few + R"(","labels":{"alertname":"High)" + few + R"(","cluster":"eu","instance":"10.0.0.)" + n
                + R"(:9090","job":"service-)" + few + R"(","namespace":"dark-tower","pod":"service-)" + n
                + R"(","region":"eu-west-1","severity":"page","team":"team-)" + few + R"("}})";
    }
    body += "]";
    body.reserve(body.size() + 64);
    return body;
}

size_t bareParse(const std::string &body)
{
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document =
        parser.iterate(simdjson::padded_string_view(body.data(), body.size(), body.capacity()));
    std::vector<BareAlert> alerts;
    for (simdjson::ondemand::object object : document.get_array()) {
        BareAlert &alert = alerts.emplace_back();
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            if (key == "labels" || key == "annotations")
                bareMap(field.value(), key == "labels" ? alert.labels : alert.annotations);
            else if (key == "receivers")
                for (simdjson::ondemand::object receiver : field.value().get_array())
                    alert.receivers.emplace_back(std::string_view(receiver["name"]));
            else if (key == "status") {
                simdjson::ondemand::object status = field.value();
                bareList(status["inhibitedBy"], alert.inhibitedBy);
                bareList(status["silencedBy"], alert.silencedBy);
                alert.state = std::string_view(status["state"]);
            } else {
                std::string &text = key == "fingerprint" ? alert.fingerprint
                                    : key == "startsAt"  ? alert.startsAt
                                    : key == "endsAt"    ? alert.endsAt
                                    : key == "updatedAt" ? alert.updatedAt
                                                         : alert.generatorUrl;
                text = std::string_view(field.value());
            }
        }
    }
    return alerts.size();
}

double cpuMs()
{
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace cockpit::bench
