// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/fault_connection.h"
#include "app/demo/opencost_query.h"
#include "app/demo/prometheus_face.h"

#include <string>

namespace cockpit::demo {

/// What OpenCost does on purpose.
struct CostSwitches {
    bool slowWindows = false; ///< an answer of more than one day takes a second and a half for each of them
    bool oldPath = false;     ///< /allocation/compute is not there: 404
};
/// Switches on what --fault cost=WORD means: slow-windows, old-path. False for any other word.
bool applyCostFault(CostSwitches &switches, const std::string &word);

/// OpenCost's API: /allocation/compute, /allocation, /assets and /healthz, over the costs of the world. A bad window is
/// answered as OpenCost does: 400 with words, and JSON behind them. `filter` is not read.
class OpenCostFace {
public:
    OpenCostFace(const WorldView &view, CostSwitches switches);
    ~OpenCostFace();
    HttpFace &http() { return m_http; }
    /// Ends what still waits, and answers no more.
    void stop();

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    void allocation(const Request &request, Response &response) const;
    void assets(const Request &request, Response &response) const;
    /// The window that is asked for, cut at now; nothing when it was refused.
    std::optional<CostWindow> windowOf(const Request &request, Response &response) const;
    /// Takes the time that such a window takes.
    void work(const CostWindow &window) const;
    const std::string &cluster() const;

    WorldView m_view;
    CostSwitches m_switches;
    FaultStop m_ending{};
    HttpFace m_http;
};

} // namespace cockpit::demo
