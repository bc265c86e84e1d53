// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// Version and commit of this build: "0.1.0+git412.1a2b3c4"; without a checkout the version alone.
QString programVersion();

} // namespace cockpit
