// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/metrics_face.h"

#include "app/demo/exposition.h"

namespace cockpit::demo {

MetricsFace::MetricsFace(const WorldView &view, Names names) : m_view(view)
{
    m_http.server().Get("/metrics", [this, names](const httplib::Request &request, httplib::Response &response) {
        const std::string service = parameterOf(request, "service");
        const std::shared_ptr<const Epoch> epoch = m_view.live.epoch();
        std::string text = names == Names::Demo ? expositionOf(epoch->world, service, m_view.now())
                                                : darkTowerExpositionOf(epoch->world, service, m_view.now());
        if (text.empty()) {
            response.status = 404;
            text = "no metrics of such a service: use /metrics?service=NAME\n";
        }
        answerText(response, std::move(text), "text/plain; version=0.0.4; charset=utf-8");
    });
}

} // namespace cockpit::demo
