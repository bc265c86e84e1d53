// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/flags/flag_words.h"
#include "app/flags/unleash_source.h"

namespace cockpit {

/// What stays from poll to poll. I/O thread.
struct UnleashSource::Memory {
    std::shared_ptr<SourceMemory> source = std::make_shared<SourceMemory>();
    bool oldList = false;   ///< has no search: before 5.6
    bool oldEvents = false; ///< has no search of events
    struct Strategies {
        std::optional<Instant> of{}; ///< the last event of the flag that they were read after
        QList<FlagState> states{};
    };
    QHash<FlagKey, Strategies> strategies{};
    QStringList ourNames{};
};

/// One flag on its way to a plan.
struct UnleashSource::Reading {
    FlagKey flag;
    FlagReading reading;
    Answer<FlagReading> done;
};

/// The path of one flag in the Admin API.
QString unleashPath(const FlagKey &flag);

} // namespace cockpit
