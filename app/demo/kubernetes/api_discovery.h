// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace cockpit::demo {

/// What an API server says it has: /version, /api, /apis, /api/v1, /apis/GROUP[/VERSION]. Null for any other path.
nlohmann::ordered_json discoveryOf(const std::string &path, int port);

} // namespace cockpit::demo
