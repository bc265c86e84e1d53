// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QString>

namespace cockpit {

/// What a package installs for the command line, made of the same table as the help. `kind` is bash, zsh, fish (a
/// completion script of that shell) or man (a manual page, man(7) macros). Anything else is Invalid.
Result<QString> completionText(const QString &kind);

} // namespace cockpit
