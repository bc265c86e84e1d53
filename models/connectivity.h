// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/source_status.h"

#include <QHash>
#include <QList>

#include <optional>

namespace cockpit {

/// Whether what is on the screen is of now: after sleep, a change of network or a loss of all sources it is of earlier
/// until the sources have answered again. A value; the functions below take it from one state into the next.
struct Connectivity {
    enum class State {
        Current,    ///< each source speaks for itself
        CatchingUp, ///< sources that were heard before the interruption have not been heard since
        Offline     ///< no source of the fleet answers; pages and chat do not count
    };
    enum class Cause { None, Sleep, ClockJump, NetworkChange, NetworkLoss };

    State state = State::Current;
    Cause cause = Cause::None;
    Instant since{};                      ///< when the interruption was noticed, world time
    std::optional<Duration> missed{};     ///< how long nothing was seen; negative: the clock was set back
    std::optional<Instant> dataFrom{};    ///< the oldest that is still on the screen; nothing when nothing was ever read
    int answered = 0;                     ///< of those awaited
    QHash<SourceId, Instant> awaited{};   ///< each with its last success before the interruption
    bool operator==(const Connectivity &) const = default;
};

/// Something after which old connections and old data cannot be trusted.
struct Interruption {
    Connectivity::Cause cause = Connectivity::Cause::Sleep;
    std::optional<Duration> missed{};
};

/// Every source that gave something before is awaited. A second interruption during the first one awaits all again and
/// keeps what was the age of the data.
Connectivity afterInterruption(const Connectivity &before, const Interruption &interruption,
                               const QList<SourceStatus> &sources, Instant now);

/// Who answered since: current when each awaited source has answered, or has failed while another answered (its own
/// pill says so); offline while every source of the fleet is down. A source that refuses the credentials has answered.
Connectivity afterSources(const Connectivity &before, const QList<SourceStatus> &sources, Instant now);

/// "current", "catching-up", "offline".
QString toWireName(Connectivity::State state);

/// What a person reads: a short title and a sentence; both empty when current.
struct ConnectivityWords {
    QString title{};
    QString text{};
};
ConnectivityWords connectivityWords(const Connectivity &connectivity, Instant now);

} // namespace cockpit
