// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/matcher.h"

#include <string>
#include <vector>

namespace cockpit::demo {

/// Which receivers get an alert, and which alerts another one inhibits: by the demo's own alertmanager.yml.
class AlertRoutes {
public:
    AlertRoutes();

    const std::vector<std::string> &receivers() const { return m_receivers; }
    const std::string &receiverOf(const LabelSet &labels) const;
    const std::vector<std::string> &groupBy() const { return m_groupBy; }
    /// True when a firing alert `source` inhibits `target`.
    bool inhibits(const LabelSet &source, const LabelSet &target) const;
    bool canInhibit(const LabelSet &source) const;

private:
    struct Route {
        std::string receiver{};
        std::vector<Matcher> matchers{};
    };
    struct Inhibition {
        std::vector<Matcher> source{};
        std::vector<Matcher> target{};
        std::vector<std::string> equal{};
    };
    void load();

    std::string m_defaultReceiver{};
    std::vector<std::string> m_groupBy{};
    std::vector<Route> m_routes{};
    std::vector<Inhibition> m_inhibitions{};
    std::vector<std::string> m_receivers{};
};

} // namespace cockpit::demo
