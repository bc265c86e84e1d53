// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence.h"
#include "models/fleet.h"
#include "models/service.h"
#include "models/state_glyph.h"
#include "ui/theme/theme.h"

#include <QString>

#include <optional>

namespace cockpit {

/// A figure as text: number and unit apart, because only the number is mono.
struct FigureText {
    QString number{}; ///< "1.7"; a dash when not known (never 0)
    QString unit{};   ///< "%"
    bool operator==(const FigureText &) const = default;
    QString joined() const { return unit.isEmpty() ? number : number + u' ' + unit; }
};

/// "848 /s", "1.7 %", "327 ms", "41 %", "17 ×"; a dash where there is no value.
FigureText figureText(Figure figure, std::optional<double> value);
FigureText figureText(const ServiceHealth &service, Figure figure);

/// What a service's level looks like and how it is called.
StateGlyph levelGlyph(ServiceHealth::Level level);
QString levelWord(ServiceHealth::Level level);
StateGlyph verdictGlyph(Evidence::Verdict verdict);

/// Its samples are older than twice the poll interval of the metrics source (1 min when there is none), or missing.
bool isOld(const ServiceHealth &service, const Fleet &fleet, Instant now);
/// "data 47 s old"; "no data" without a sample; empty when fresh.
QString oldDataText(const ServiceHealth &service, const Fleet &fleet, Instant now);
/// The versions on one line: "1.42.3, canary 1.43.0".
QString versionsText(const ServiceHealth &service);
/// Critical over its limit, Warning from 88 % of it on (what rounds to nine tenths), else Muted.
Role limitRole(std::optional<double> value, std::optional<double> limit);

} // namespace cockpit
