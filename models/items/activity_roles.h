// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace cockpit {

/// What the model of the activity log answers, one row per event, newest first.
struct ActivityRoles {
    enum Role : int {
        AtRole = Qt::UserRole + 1, ///< qint64: milliseconds since the epoch
        GlyphRole,                 ///< int: a StateGlyph
        TextRole,                  ///< QString: the event in one sentence
        ActorRole,                 ///< QString: who
        ActionRole,                ///< QString: what was done
        ObjectRole,                ///< QString: to what
        OutcomeRole,               ///< QString: how it ended
        ReasonRole,                ///< QString: why
        IdRole                     ///< QString: the request id
    };
};

} // namespace cockpit
