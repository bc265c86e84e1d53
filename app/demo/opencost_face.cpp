// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/opencost_face.h"

#include "app/demo/wire_time.h"

#include <algorithm>
#include <sstream>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;

constexpr double dayOfSeconds = 86400.0;
constexpr std::chrono::milliseconds perDay{1500};
constexpr std::size_t mostSets = 1000;

void answerData(httplib::Response &response, Json data)
{
    answerJson(response, {{"code", 200}, {"status", "success"}, {"data", std::move(data)}});
}

/// OpenCost writes the words and goes on to write its answer.
void refuseParameter(httplib::Response &response, const char *name, const std::string &value)
{
    const std::string words = std::string("Invalid '") + name + "' parameter: " + value;
    const Json json{{"code", 400}, {"status", ""}, {"data", nullptr}, {"message", "Error: " + words}};
    response.status = 400;
    answerText(response, words + '\n' + json.dump(), "text/plain; charset=utf-8");
}

bool isTrue(const httplib::Request &request, const char *name)
{
    const std::string text = parameterOf(request, name);
    return text == "true" || text == "1";
}

std::vector<std::string> listOf(const std::string &text)
{
    std::vector<std::string> list;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');)
        if (!part.empty())
            list.push_back(std::move(part));
    return list;
}

} // namespace

bool applyCostFault(CostSwitches &switches, const std::string &word)
{
    if (word == "slow-windows")
        switches.slowWindows = true;
    else if (word == "old-path")
        switches.oldPath = true;
    else
        return false;
    return true;
}

OpenCostFace::OpenCostFace(const WorldView &view, CostSwitches switches) : m_view(view), m_switches(switches)
{
    httplib::Server &server = m_http.server();
    const auto answer = [this](const Request &request, Response &response) { allocation(request, response); };
    if (!m_switches.oldPath)
        server.Get("/allocation/compute", answer);
    server.Get("/allocation", answer);
    server.Get("/assets", [this](const Request &request, Response &response) { assets(request, response); });
    server.Get("/healthz", [](const Request &, Response &response) { response.set_content("", "text/plain"); });
}

OpenCostFace::~OpenCostFace() { stop(); }

void OpenCostFace::stop()
{
    m_ending.set();
    m_http.stop();
}

const std::string &OpenCostFace::cluster() const { return m_view.world.scenario().cluster.contexts.front(); }

std::optional<CostWindow> OpenCostFace::windowOf(const Request &request, Response &response) const
{
    const std::string text = parameterOf(request, "window");
    const Instant now = m_view.clock.now();
    std::optional<CostWindow> window = costWindow(text, now);
    if (!window)
        refuseParameter(response, "window", text);
    return window;
}

void OpenCostFace::work(const CostWindow &window) const
{
    const double days = std::chrono::duration<double>(window.to - window.from).count() / dayOfSeconds;
    if (m_switches.slowWindows && days > 1.01)
        m_ending.wait(std::chrono::duration_cast<std::chrono::milliseconds>(perDay * days));
}

void OpenCostFace::allocation(const Request &request, Response &response) const
{
    const std::optional<CostWindow> window = windowOf(request, response);
    if (!window)
        return;
    AllocationQuery query;
    query.aggregate = listOf(parameterOf(request, "aggregate"));
    for (const std::string &property : query.aggregate)
        if (!isCostProperty(property))
            return refuseParameter(response, "aggregate", property);
    query.includeIdle = isTrue(request, "includeIdle");
    query.shareIdle = isTrue(request, "shareIdle");
    query.withMetadata = isTrue(request, "includeAggregatedMetadata");
    const std::string stepText = parameterOf(request, "step");
    const double length = std::chrono::duration<double>(window->to - window->from).count();
    const double step = stepText.empty() || isTrue(request, "accumulate") ? length : wireSeconds(stepText);
    if (!(step > 0.0) || length / step > static_cast<double>(mostSets))
        return refuseParameter(response, "step", stepText);
    work(*window);
    const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
    const CostBook book(epoch->world);
    const Instant now = m_view.clock.now();
    const Duration stride(static_cast<qint64>(step * 1000.0));
    Json sets = Json::array();
    // Nothing was spent yet in the world's future: those sets are empty, and the set of today is shorter.
    for (Instant from = window->from; from < window->to; from += stride) {
        const CostWindow part{from, std::min({from + stride, window->to, std::max(now, from)})};
        sets.push_back(allocationSet(book, part, query, cluster()));
    }
    answerData(response, std::move(sets));
}

void OpenCostFace::assets(const Request &request, Response &response) const
{
    const std::optional<CostWindow> window = windowOf(request, response);
    if (!window)
        return;
    work(*window);
    const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
    const Instant to = std::max(window->from, std::min(window->to, m_view.clock.now()));
    answerData(response, assetSet(CostBook(epoch->world), {window->from, to}, cluster()));
}

} // namespace cockpit::demo
