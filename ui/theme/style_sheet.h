// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

class Theme;

/// The one style sheet: shapes of Qt's own widgets (fields, scroll bars, tool tips, tables), with the theme's colours
/// put in. State colours never come from here.
QString shapeSheet(const Theme &theme);

} // namespace cockpit
