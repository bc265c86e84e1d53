// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/cost_configuration.h"

#include <yaml-cpp/yaml.h>

namespace cockpit::demo {

std::string costConfiguration(const BackendUrls &urls)
{
    if (urls.openCost.empty())
        return {};
    YAML::Node cost;
    cost.SetStyle(YAML::EmitterStyle::Flow);
    cost["kind"] = "opencost";
    cost["url"] = urls.openCost;
    cost["currency"] = "USD";
    YAML::Node root;
    root["cost"] = cost;
    YAML::Emitter out;
    out << root;
    return std::string(out.c_str()) + '\n';
}

} // namespace cockpit::demo
