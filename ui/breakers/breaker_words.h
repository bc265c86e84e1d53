// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/feature_flag.h"
#include "models/override.h"
#include "models/state_glyph.h"
#include "ui/theme/palette.h"

#include <QString>

#include <optional>

namespace cockpit {

/// How a breaker's state looks: closed is well, half-open and what a person forced need a look, open needs a hand.
StateGlyph breakerGlyph(BreakerState state);
/// "closed", "half-open", "forced open": the word beside the glyph.
QString breakerWord(BreakerState state);
/// The colour of its stretch in the band under a chart.
Role breakerRole(BreakerState state);
/// "force open", "force closed", "disable", "reset".
QString modeWord(BreakerMode mode);
/// A ratio in percent with one place: "20.0"; a dash when it is not known.
QString percentNumber(std::optional<double> ratio);
/// Calls per second: "171", "0.4"; a dash when it is not known.
QString rateNumber(std::optional<double> perSecond);
/// "gc-service → redis".
QString breakerHeading(const Breaker &breaker);
/// One line for people who do not see the matrix.
QString breakerSentence(const Breaker &breaker);
/// What the trial calls gave: "1 of 5 trial calls made, it failed"; empty when it is not half-open.
QString trialWords(const Breaker &breaker);
/// "on", "off", "not here".
QString flagWord(const std::optional<bool> &enabled);
/// "14:32", "23:59:58"; "00:00" once it is over.
QString countdownText(const Override &one, Instant now);

} // namespace cockpit
