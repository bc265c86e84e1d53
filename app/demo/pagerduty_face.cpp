// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/pagerduty_face.h"

#include "app/demo/wire_time.h"

#include <algorithm>

namespace cockpit::demo {

namespace {

using DutyFaceJson = nlohmann::ordered_json;

void refuseDuty(httplib::Response &response, int status, int code, const std::string &message, const std::string &detail = {})
{
    DutyFaceJson error{{"message", message}, {"code", code}};
    if (!detail.empty())
        error["errors"] = {detail};
    answerJson(response, {{"error", error}}, status);
}

void refuseEvent(httplib::Response &response, const std::string &why)
{
    answerJson(response, {{"status", "invalid event"}, {"message", "Event object is invalid"}, {"errors", {why}}}, 400);
}

DutyFaceJson reference(const char *type, const std::string &id, const std::string &summary)
{
    return {{"id", id}, {"type", type}, {"summary", summary}};
}

DutyFaceJson personJson(const DeskPerson &person) { return reference("user_reference", person.id, person.name); }

const char *statusOf(const DeskPage &page)
{
    return page.endedAt ? "resolved" : page.ackedAt ? "acknowledged" : "triggered";
}

std::string textIn(const DutyFaceJson &object, const char *key)
{
    return object.is_object() && object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

} // namespace

PagerDutyFace::PagerDutyFace(const WorldView &view, PagingDesk &desk)
    : m_view(view)
    , m_desk(desk)
    , m_http(16)
{
    addRoutes();
}

void PagerDutyFace::addRoutes()
{
    httplib::Server &server = m_http.server();
    const auto guarded = [this](bool writes, auto answer) {
        return [this, writes, answer](const Request &request, Response &response) {
            if (admits(request, response, writes))
                answer(request, response);
        };
    };
    server.Get("/incidents", guarded(false, [this](const Request &request, Response &response) { list(request, response); }));
    server.Get("/incidents/([A-Z0-9]+)", guarded(false, [this](const Request &request, Response &response) {
                   const auto page = m_desk.page(request.matches[1].str());
                   page ? answerJson(response, {{"incident", pageJson(*page)}})
                        : refuseDuty(response, 404, 2100, "Not Found");
               }));
    server.Put("/incidents/([A-Z0-9]+)",
               guarded(true, [this](const Request &request, Response &response) { change(request, response); }));
    server.Post("/incidents/([A-Z0-9]+)/responder_requests",
                guarded(true, [this](const Request &request, Response &response) { respond(request, response); }));
    server.Get("/oncalls", guarded(false, [this](const Request &request, Response &response) { onCalls(request, response); }));
    server.Get("/users", guarded(false, [](const Request &request, Response &response) {
                   const std::string query = parameterOf(request, "query");
                   Json users = Json::array();
                   for (const DeskPerson &one : PagingDesk::people())
                       if (query.empty() || one.email.find(query) != std::string::npos || one.name.find(query) != std::string::npos)
                           users.push_back({{"id", one.id}, {"type", "user"}, {"name", one.name}, {"summary", one.name}, {"email", one.email}});
                   answerJson(response, {{"users", users}, {"limit", 100}, {"offset", 0}, {"more", false}, {"total", nullptr}});
               }));
    server.Post("/v2/enqueue", [this](const Request &request, Response &response) { enqueue(request, response); });
}

bool PagerDutyFace::admits(const Request &request, Response &response, bool writes) const
{
    if (request.get_header_value("Authorization") != std::string("Token token=") + pagerDutyToken) {
        refuseDuty(response, 401, 2006, "Unauthorized");
        return false;
    }
    if (writes && PagingDesk::person(request.get_header_value("From")) == nullptr) {
        refuseDuty(response, 400, 2001, "Invalid Input Provided", "Requester User Not Found");
        return false;
    }
    return true;
}

PagerDutyFace::Json PagerDutyFace::pageJson(const DeskPage &page) const
{
    const auto at = [this](Offset offset) { return wireTime(m_view.world.toInstant(offset)); };
    Json assignments = Json::array();
    for (const DeskPerson &one : PagingDesk::people())
        if (one.level == page.level && !page.endedAt)
            assignments.push_back({{"at", at(page.assignedAt.value_or(page.at))}, {"assignee", personJson(one)}});
    Json acknowledgements = Json::array();
    if (page.ackedAt && !page.endedAt) {
        const DeskPerson *by = PagingDesk::person(page.ackedBy);
        acknowledgements.push_back({{"at", at(*page.ackedAt)},
                                    {"acknowledger", by ? personJson(*by) : reference("service_reference", "PSERVICE", "an integration")}});
    }
    Json pending = Json::array();
    if (page.escalatesAt)
        pending.push_back({{"type", "escalate"}, {"at", at(*page.escalatesAt)}});
    Json responders = Json::array();
    for (const std::string &id : page.responders)
        if (const DeskPerson *one = PagingDesk::person(id))
            responders.push_back({{"state", "pending"}, {"user", personJson(*one)}, {"requested_at", at(page.at)}});
    return {{"id", page.id},
            {"type", "incident"},
            {"summary", "[#" + std::to_string(page.number) + "] " + page.title},
            {"incident_number", page.number},
            {"title", page.title},
            {"created_at", at(page.at)},
            {"updated_at", at(page.endedAt.value_or(page.ackedAt.value_or(page.at)))},
            {"last_status_change_at", at(page.endedAt.value_or(page.ackedAt.value_or(page.at)))},
            {"resolved_at", page.endedAt ? Json(at(*page.endedAt)) : Json()},
            {"status", statusOf(page)},
            {"incident_key", page.key},
            {"service", reference("service_reference", "PSERVICE", page.service.empty() ? "fleet" : page.service)},
            {"assignments", assignments},
            {"acknowledgements", acknowledgements},
            {"pending_actions", pending},
            {"incidents_responders", responders},
            {"escalation_policy", reference("escalation_policy_reference", PagingDesk::policyId, "Fleet on call")},
            {"urgency", page.high ? "high" : "low"},
            {"priority", nullptr},
            {"html_url", m_http.url() + "/incidents/" + page.id}};
}

void PagerDutyFace::list(const Request &request, Response &response) const
{
    const std::vector<std::string> statuses = parametersOf(request, "statuses[]");
    const std::string key = parameterOf(request, "incident_key");
    const std::string since = parameterOf(request, "since");
    const auto from = since.empty() ? std::nullopt : wireInstant(since);
    std::vector<Json> found;
    for (const DeskPage &page : m_desk.pages()) {
        const bool isStatus = statuses.empty() || std::find(statuses.begin(), statuses.end(), statusOf(page)) != statuses.end();
        const bool isSince = !from || m_view.world.toInstant(page.at) >= *from;
        if (isStatus && isSince && (key.empty() || key == page.key))
            found.push_back(pageJson(page));
    }
    const int asked = std::atoi(parameterOf(request, "limit").c_str());
    const auto limit = static_cast<std::size_t>(asked > 0 ? std::min(asked, 100) : 25);
    const auto offset = static_cast<std::size_t>(std::max(0, std::atoi(parameterOf(request, "offset").c_str())));
    Json incidents = Json::array();
    for (std::size_t i = offset; i < found.size() && incidents.size() < limit; ++i)
        incidents.push_back(std::move(found[i]));
    answerJson(response, {{"incidents", incidents},
                          {"limit", limit},
                          {"offset", offset},
                          {"total", nullptr},
                          {"more", offset + incidents.size() < found.size()}});
}

void PagerDutyFace::onCalls(const Request &, Response &response) const
{
    Json list = Json::array();
    for (const DeskPerson &one : PagingDesk::people()) {
        if (one.level == 0)
            continue;
        const std::string schedule = one.level == 1 ? "Primary" : "Secondary";
        list.push_back({{"user", personJson(one)},
                        {"schedule", reference("schedule_reference", "PSCHED" + std::to_string(one.level), schedule)},
                        {"escalation_policy", reference("escalation_policy_reference", PagingDesk::policyId, "Fleet on call")},
                        {"escalation_level", one.level},
                        {"start", wireTime(m_view.world.toInstant(-86400.0))},
                        {"end", wireTime(m_view.world.toInstant(4 * 86400.0))}});
    }
    answerJson(response, {{"oncalls", list}, {"limit", 100}, {"offset", 0}, {"more", false}, {"total", nullptr}});
}

void PagerDutyFace::change(const Request &request, Response &response)
{
    const std::string id = request.matches[1].str();
    const Json body = Json::parse(request.body, nullptr, false);
    const auto page = m_desk.page(id);
    if (!page)
        return refuseDuty(response, 404, 2100, "Not Found");
    if (body.is_discarded() || !body.contains("incident") || textIn(body["incident"], "type") != "incident_reference")
        return refuseDuty(response, 400, 2001, "Invalid Input Provided", "Incident type is required");
    if (page->endedAt)
        return refuseDuty(response, 400, 2001, "Invalid Input Provided", "Incident Already Resolved");
    const Json &wish = body["incident"];
    const std::string status = textIn(wish, "status");
    if (status == "acknowledged")
        m_desk.acknowledge(id, PagingDesk::person(request.get_header_value("From"))->id);
    else if (status == "resolved")
        m_desk.resolve(id);
    else if (wish.contains("escalation_level") && wish["escalation_level"].is_number_integer())
        m_desk.escalate(id, wish["escalation_level"].get<int>());
    else
        return refuseDuty(response, 400, 2001, "Invalid Input Provided", "Nothing to change");
    answerJson(response, {{"incident", pageJson(*m_desk.page(id))}});
}

void PagerDutyFace::respond(const Request &request, Response &response)
{
    const std::string id = request.matches[1].str();
    const Json body = Json::parse(request.body, nullptr, false);
    if (!m_desk.page(id))
        return refuseDuty(response, 404, 2100, "Not Found");
    if (body.is_discarded() || PagingDesk::person(textIn(body, "requester_id")) == nullptr ||
        !body.contains("responder_request_targets"))
        return refuseDuty(response, 400, 2001, "Invalid Input Provided", "Requester is invalid");
    std::vector<std::string> who;
    for (const Json &target : body["responder_request_targets"])
        if (target.is_object() && target.contains("responder_request_target"))
            who.push_back(textIn(target["responder_request_target"], "id"));
    m_desk.addResponders(id, who);
    answerJson(response, {{"responder_request", {{"message", textIn(body, "message")}, {"incident", reference("incident_reference", id, id)}}}});
}

void PagerDutyFace::enqueue(const Request &request, Response &response)
{
    const Json body = Json::parse(request.body, nullptr, false);
    if (body.is_discarded() || textIn(body, "routing_key") != pagerDutyRoutingKey)
        return refuseEvent(response, "'routing_key' is invalid");
    const std::string action = textIn(body, "event_action");
    const std::string key = textIn(body, "dedup_key");
    if (key.empty() || key.size() > 255)
        return refuseEvent(response, "'dedup_key' is missing or too long");
    if (action == "trigger") {
        const Json payload = body.value("payload", Json::object());
        if (textIn(payload, "summary").empty() || textIn(payload, "severity").empty() || textIn(payload, "source").empty())
            return refuseEvent(response, "'payload.summary' is missing or blank");
        m_desk.trigger(key, textIn(payload, "summary"), textIn(payload, "component"), textIn(payload, "severity") != "info");
    } else if (action == "acknowledge" || action == "resolve") {
        m_desk.event(key, action == "resolve");
    } else {
        return refuseEvent(response, "'event_action' is invalid");
    }
    answerJson(response, {{"status", "success"}, {"message", "Event processed"}, {"dedup_key", key}}, 202);
}

} // namespace cockpit::demo
