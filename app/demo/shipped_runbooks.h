// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace cockpit::demo {

/// The folder beside a configuration file that holds the demo's runbooks: "demo.runbooks" of "/tmp/demo.yaml".
std::string runbookFolderName(const std::string &configFile);

/// Writes the runbooks that ship with the demo into that folder. False when the disk refuses.
bool writeShippedRunbooks(const std::string &configFile);

} // namespace cockpit::demo
