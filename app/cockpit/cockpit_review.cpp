// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"

namespace cockpit {

void Cockpit::startReview()
{
    m_slos =
        std::make_unique<SloService>(SloService::Parts{.store = m_review,
                                                       .post = m_queue.poster(),
                                                       .prometheus = [this] { return m_sources.everyPrometheus(); },
                                                       .incidents = [this] { return m_incidents.incidents(); }});
}

} // namespace cockpit
