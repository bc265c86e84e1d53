// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/rollout_store.h"
#include "models/state_glyph.h"
#include "ui/theme/palette.h"

#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

/// One step of the bar.
struct StepChip {
    enum class State { Done, Current, Failing, Future };
    QString text{}; ///< per cent
    State state = State::Future;
};

/// One colour of a blue-green rollout.
struct ColourBox {
    bool active = false;
    QString version{};
    QString share{}; ///< "100 %", or ready pods "6/6"
};

/// A figure with its limit in words.
struct VerdictCell {
    std::optional<StateGlyph> glyph{}; ///< nothing: there is no such criterion
    QString value{};                   ///< "6.8 %"
    QString below{};                   ///< "over 1 % by 5.8"
};

/// Everything that a row of the list shows.
struct RolloutRowView {
    StateGlyph glyph = StateGlyph::Unknown;
    QString name{};
    QString where{}; ///< context and namespace, under the name where there are several
    QString strategy{};
    QString fromVersion{}; ///< empty while nothing rolls out
    QString toVersion{};
    QList<StepChip> chips{};
    QList<ColourBox> boxes{};
    QString stepText{}; ///< where there are neither chips nor boxes
    QString next{};     ///< "paused", "in 2 m 13 s", "done"
    Role nextRole = Role::Text;
    QString nextBelow{};
    VerdictCell errors{};
    VerdictCell latency{};
    bool old = false;
    /// All of it on one line, for people who do not see it.
    QString words() const;
};

RolloutRowView rolloutRow(const RolloutEntry &entry, Instant now, bool manyContexts);

/// It cannot go on by itself and something is wrong: counts as "needs a hand".
bool needsHand(const RolloutEntry &entry);
/// It stands until a person decides.
bool waitsForPerson(const RolloutEntry &entry);
/// It moves, stands half way, needs somebody, or did so in the last two days.
bool isActive(const RolloutEntry &entry, Instant now);
/// When its newest revision came, as far as the cluster says so.
std::optional<Instant> lastChangeOf(const Rollout &rollout);

} // namespace cockpit
