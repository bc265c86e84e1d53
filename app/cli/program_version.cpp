// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/program_version.h"

namespace cockpit {

QString programVersion()
{
    return QStringLiteral(COCKPIT_VERSION_TEXT);
}

} // namespace cockpit
