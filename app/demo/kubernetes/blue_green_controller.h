// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/rollout_controller.h"

namespace cockpit::demo {

/// A Rollout that brings the new version up as a preview, waits for a person, switches at once, and keeps the old
/// colour for an hour.
class BlueGreenController final : public RolloutController {
public:
    using RolloutController::RolloutController;
    void seed() override;

private:
    Offset follow(Work &work) override;
    void begin(Work &work, const std::string &hash) override;
    void switchTo(Work &work);

    bool m_wasAborted = false;
    bool m_fastTrack = false; ///< back to a colour that is still up: nobody is asked again
};

} // namespace cockpit::demo
