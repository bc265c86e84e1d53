// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/palette.h"

#include <QFont>
#include <QObject>

class QApplication;

namespace cockpit {

/// Every size and weight that text may have (name: size in px). Mono is for numbers that change, times, versions, ids
/// and commands; words beside them stay Inter.
enum class FontRole {
    Chip11,         ///< 11/400: chips, axis labels, hints
    ChipMedium11,   ///< 11/500: table heads, rail labels
    Row12,          ///< 12/400: rows
    RowMedium12,    ///< 12/500: buttons
    RowStrong12,    ///< 12/600: names in rows
    Tag12,          ///< 12/700: environment tag
    Base13,         ///< 13/400
    Medium13,       ///< 13/500: big buttons
    Strong13,       ///< 13/600: names
    Text15,         ///< 15/400
    Title15,        ///< 15/600: page titles
    Heading18,      ///< 18/600: alert name
    Mono11,         ///< 11/400
    MonoMedium11,   ///< 11/500
    MonoStrong11,   ///< 11/600: badges
    Mono12,         ///< 12/400
    MonoMedium12,   ///< 12/500
    MonoStrong12,   ///< 12/600
    Mono13,         ///< 13/400
    MonoStrong13,   ///< 13/600: clocks
    MonoStrong15,   ///< 15/600: tile values
    MonoHeading18   ///< 18/600: counters
};

/// Colours, type and the scale of everything, passed by reference to whatever draws. GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(ThemeVariant variant = ThemeVariant::Night, QObject *parent = nullptr);

    ThemeVariant variant() const { return m_variant; }
    /// Switches at once; whoever draws follows changed().
    void setVariant(ThemeVariant variant);
    /// "night", "day", "contrast": what settings and requests store; anything else is night.
    void setVariantName(const QString &name);
    QString variantName() const;

    const Palette &palette() const { return m_palette; }
    QColor color(Role role) const { return m_palette.color(role); }

    /// Pixel sizes follow scale().
    QFont font(FontRole role) const;
    /// Line height in px of a text of that role: 16, 16, 20, 20, 24 for 11, 12, 13, 15, 18 px.
    int lineHeight(FontRole role) const;

    /// Presenter scale, 1 by default, 0.75..3.
    double scale() const { return m_scale; }
    void setScale(double scale);
    /// A measure of the design in logical px at the present scale.
    int px(int measure) const;

    /// Whether the desktop asked for less motion: then nothing pulses and bars step instead of gliding.
    bool reducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }

    /// Fusion, QPalette and the sheet of shapes for this application, now and after every change.
    void apply(QApplication &application);
    /// Registers Inter and JetBrains Mono from the resources; before any text is measured or drawn. False when one is
    /// missing from the build.
    static bool loadFonts();

Q_SIGNALS:
    void changed();

private:
    ThemeVariant m_variant;
    Palette m_palette;
    double m_scale = 1.0;
    bool m_reducedMotion = false;
};

} // namespace cockpit
