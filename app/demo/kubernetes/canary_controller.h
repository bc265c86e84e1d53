// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/rollout_controller.h"

namespace cockpit::demo {

/// A Rollout with canary steps, weights by traffic routing, and a stable version that shrinks as the canary grows.
class CanaryController final : public RolloutController {
public:
    using RolloutController::RolloutController;
    void seed() override;

private:
    /// The canary's share of the traffic, in per cent, between two moments.
    struct Ramp {
        double from = 0;
        double to = 0;
        Offset start = 0;
        Offset end = 0;
        double at(Offset time) const;
    };
    Offset follow(Work &work) override;
    void begin(Work &work, const std::string &hash) override;

    void seedHistory(Work &work);
    void abort(Work &work);
    void complete(Work &work);
    /// Moves the canary's share; the rest goes to stable.
    void setWeight(Work &work, double percent, Offset seconds);
    /// One step further, if the current one is done. False when nothing moved.
    bool advanceStep(Work &work);
    bool advancePause(Work &work, const Json &pause);
    void completeStep(Work &work);
    /// Seconds of a pause step; forever when it waits for a person.
    static double pauseLength(const Json &pause);
    /// The policy's own controller looks at the end of a step, and pauses the Rollout when the canary fails.
    bool passesPolicy(Work &work);
    void pauseByPolicy(Work &work);
    void scaleBoth(Work &work);
    void writeWeights(Work &work);
    Offset nextDue(Work &work) const;
    int stepCount(Work &work) const;
    int index(Work &work) const;

    static constexpr Offset stepSeconds = 5.0; ///< in which a step moves the traffic

    Ramp m_ramp{};
    std::string m_canary{}; ///< the template that gets the ramp's share
    int m_index = 0;
    bool m_wasAborted = false;
};

} // namespace cockpit::demo
