// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/kubernetes/workload_controller.h"

namespace cockpit::demo {

/// A StatefulSet or a DaemonSet: revisions are ControllerRevisions, and pods are replaced one after another.
class SetController final : public WorkloadController {
public:
    using WorkloadController::WorkloadController;
    void seed() override;
    Offset reconcile(Offset now) override;

private:
    bool isStateful() const { return m_plan.kind == "StatefulSet"; }
    /// Makes the ControllerRevision of a template, or gives the one that there is the next number.
    void revise(const nlohmann::ordered_json &owner, const nlohmann::ordered_json &podTemplate, Offset now);
    void replaceOne(Offset now);
    void writeStatus(nlohmann::ordered_json &set);

    int m_newest = 0;
    std::string m_hash{};   ///< of the newest template
    std::string m_before{}; ///< of the template that all pods had before
};

} // namespace cockpit::demo
