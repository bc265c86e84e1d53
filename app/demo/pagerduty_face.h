// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/http_face.h"
#include "app/demo/paging_desk.h"

namespace cockpit::demo {

/// What the demo's PagerDuty takes.
constexpr const char *pagerDutyToken = "demo-rest-token";
constexpr const char *pagerDutyRoutingKey = "demo0000routing0000key0000000001";
constexpr const char *pagerDutyFrom = "primary@demo.example";

/// PagerDuty's Events API v2 and the part of REST API v2 that shows and changes pages, over one desk.
class PagerDutyFace {
public:
    PagerDutyFace(const WorldView &view, PagingDesk &desk);
    HttpFace &http() { return m_http; }

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Json = nlohmann::ordered_json;

    void addRoutes();
    bool admits(const Request &request, Response &response, bool writes) const;
    Json pageJson(const DeskPage &page) const;
    void list(const Request &request, Response &response) const;
    void onCalls(const Request &request, Response &response) const;
    void change(const Request &request, Response &response);
    void respond(const Request &request, Response &response);
    void enqueue(const Request &request, Response &response);

    WorldView m_view;
    PagingDesk &m_desk;
    HttpFace m_http;
};

} // namespace cockpit::demo
