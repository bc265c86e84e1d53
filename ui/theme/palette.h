// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

namespace cockpit {

/// What a colour means. Nothing in ui/ names a colour in any other way.
enum class Role : int {
    Surface,     ///< the window
    Raised,      ///< bars, cards, strips
    Raised2,     ///< selection, popup
    Border,
    Grid,        ///< lines inside a chart
    Text,
    Muted,
    Accent,
    OnAccent,    ///< text on Accent, Critical, Warning, Ok fills
    Ok,
    Warning,
    Critical,
    Threshold,
    Info,
    Canary,
    Stable,
    Stale,       ///< glyphs and lines only: too faint for text
    StaleText,
    CriticalSoft,
    WarningSoft,
    OkSoft,
    AccentSoft,
    Series1,     ///< categories (cost), no status colours
    Series2,
    Series3,
    Series4,
    Series5,
    EnvironmentBackground, ///< tag of a production environment
    EnvironmentText,
    Count
};

enum class ThemeVariant { Night, Day, HighContrast };

/// The colours of one variant. palette.cpp is the only place with colour literals.
class Palette {
public:
    explicit Palette(ThemeVariant variant);
    QColor color(Role role) const { return m_colors[static_cast<std::size_t>(role)]; }
    /// `percent` (0..100) of opacity, for shades over a chart.
    QColor faint(Role role, int percent) const;

private:
    std::array<QColor, static_cast<std::size_t>(Role::Count)> m_colors;
};

/// WCAG 2.1 relative luminance ratio of two opaque colours, 1..21.
double contrastRatio(const QColor &first, const QColor &second);

} // namespace cockpit
