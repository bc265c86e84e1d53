// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/prometheus_face.h"

namespace cockpit::demo {

/// Raw metrics to scrape: /metrics?service=NAME, one target per service.
class MetricsFace {
public:
    enum class Names { Demo, DarkTower };
    MetricsFace(const WorldView &view, Names names);
    HttpFace &http() { return m_http; }

private:
    WorldView m_view;
    HttpFace m_http;
};

} // namespace cockpit::demo
