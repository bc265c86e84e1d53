// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace cockpit {

/// What the model of the sources answers, one row per configured source.
struct SourceRoles {
    enum Role : int {
        NameRole = Qt::UserRole + 1, ///< QString: the word on the pill
        StateRole,                   ///< int: a State
        AgeMsRole,                   ///< qint64: age of its newest data in milliseconds, -1 when not known
        MessageRole,                 ///< QString: why it is not well, in words; empty when it is
        NextTryMsRole,               ///< qint64: milliseconds until the next try, -1 when none is planned
        LastSuccessRole              ///< qint64: milliseconds since the epoch, -1 when it never answered
    };
    enum State : int { Ok = 0, Partial = 1, Stale = 2, Down = 3, Unauthorized = 4, Connecting = 5 };
};

} // namespace cockpit
