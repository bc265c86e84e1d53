// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace cockpit {

/// How something stands, as the shape that people see. State is never colour alone. The numbers are what
/// ActivityRoles::GlyphRole carries.
enum class StateGlyph : int {
    Ok = 0,       ///< ● all is well
    Warning = 1,  ///< ▲ look at it soon
    Critical = 2, ///< ◆ act now
    Unknown = 3,  ///< ○ not known: never green
    Stale = 4,    ///< ◌ known once, too old to trust
    Info = 5      ///< ■ an event without judgement
};

} // namespace cockpit
