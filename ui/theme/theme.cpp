// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

struct FontRow {
    FontRole role;
    int pixels;
    QFont::Weight weight;
    bool mono;
};

constexpr std::array fontTable{
    FontRow{FontRole::Chip11, 11, QFont::Normal, false},       FontRow{FontRole::ChipMedium11, 11, QFont::Medium, false},
    FontRow{FontRole::Row12, 12, QFont::Normal, false},        FontRow{FontRole::RowMedium12, 12, QFont::Medium, false},
    FontRow{FontRole::RowStrong12, 12, QFont::DemiBold, false}, FontRow{FontRole::Tag12, 12, QFont::Bold, false},
    FontRow{FontRole::Base13, 13, QFont::Normal, false},       FontRow{FontRole::Medium13, 13, QFont::Medium, false},
    FontRow{FontRole::Strong13, 13, QFont::DemiBold, false},   FontRow{FontRole::Text15, 15, QFont::Normal, false},
    FontRow{FontRole::Title15, 15, QFont::DemiBold, false},    FontRow{FontRole::Heading18, 18, QFont::DemiBold, false},
    FontRow{FontRole::Mono11, 11, QFont::Normal, true},        FontRow{FontRole::MonoMedium11, 11, QFont::Medium, true},
    FontRow{FontRole::MonoStrong11, 11, QFont::DemiBold, true}, FontRow{FontRole::Mono12, 12, QFont::Normal, true},
    FontRow{FontRole::MonoMedium12, 12, QFont::Medium, true},  FontRow{FontRole::MonoStrong12, 12, QFont::DemiBold, true},
    FontRow{FontRole::Mono13, 13, QFont::Normal, true},        FontRow{FontRole::MonoStrong13, 13, QFont::DemiBold, true},
    FontRow{FontRole::MonoStrong15, 15, QFont::DemiBold, true}, FontRow{FontRole::MonoHeading18, 18, QFont::DemiBold, true},
};

constexpr bool inOrder()
{
    for (std::size_t index = 0; index < fontTable.size(); ++index) {
        if (static_cast<std::size_t>(fontTable[index].role) != index)
            return false;
    }
    return true;
}
static_assert(inOrder(), "a role is the index of its row");

const FontRow &fontRow(FontRole role) { return fontTable[static_cast<std::size_t>(role)]; }

QPalette applicationPalette(const Palette &roles)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) { palette.setColor(role, color); };
    set(QPalette::Window, roles.color(Role::Surface));
    set(QPalette::WindowText, roles.color(Role::Text));
    set(QPalette::Base, roles.color(Role::Surface));
    set(QPalette::AlternateBase, roles.color(Role::Raised));
    set(QPalette::Text, roles.color(Role::Text));
    set(QPalette::PlaceholderText, roles.color(Role::Muted));
    set(QPalette::Button, roles.color(Role::Raised));
    set(QPalette::ButtonText, roles.color(Role::Text));
    set(QPalette::BrightText, roles.color(Role::Critical));
    set(QPalette::Highlight, roles.color(Role::AccentSoft));
    set(QPalette::HighlightedText, roles.color(Role::Text));
    set(QPalette::Link, roles.color(Role::Accent));
    set(QPalette::LinkVisited, roles.color(Role::Accent));
    set(QPalette::ToolTipBase, roles.color(Role::Raised2));
    set(QPalette::ToolTipText, roles.color(Role::Text));
    set(QPalette::Light, roles.color(Role::Raised2));
    set(QPalette::Midlight, roles.color(Role::Raised2));
    set(QPalette::Mid, roles.color(Role::Border));
    set(QPalette::Dark, roles.color(Role::Border));
    set(QPalette::Shadow, roles.color(Role::Surface));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, roles.color(Role::StaleText));
    return palette;
}

} // namespace

Theme::Theme(ThemeVariant variant, QObject *parent) : QObject(parent), m_variant(variant), m_palette(variant) {}

void Theme::setVariant(ThemeVariant variant)
{
    if (variant == m_variant)
        return;
    m_variant = variant;
    m_palette = Palette(variant);
    Q_EMIT changed();
}

void Theme::setVariantName(const QString &name)
{
    setVariant(name == u"day" ? ThemeVariant::Day : name == u"contrast" ? ThemeVariant::HighContrast : ThemeVariant::Night);
}

QString Theme::variantName() const
{
    switch (m_variant) {
    case ThemeVariant::Day: return QStringLiteral("day");
    case ThemeVariant::HighContrast: return QStringLiteral("contrast");
    case ThemeVariant::Night: break;
    }
    return QStringLiteral("night");
}

QFont Theme::font(FontRole role) const
{
    const FontRow &row = fontRow(role);
    QFont font(row.mono ? QStringLiteral("JetBrains Mono") : QStringLiteral("Inter"));
    font.setPixelSize(std::max(1, px(row.pixels)));
    font.setWeight(row.weight);
    if (row.mono) {
        // Qt 6.4 has no font features: without shaping no ligature turns != into another sign.
        font.setStyleStrategy(QFont::PreferNoShaping);
        font.setFixedPitch(true);
        font.setWordSpacing(-0.25 * font.pixelSize());
    }
    // Capitals alone need air.
    if (role == FontRole::Tag12)
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.033 * font.pixelSize());
    return font;
}

int Theme::lineHeight(FontRole role) const
{
    const int pixels = fontRow(role).pixels;
    return px(pixels <= 12 ? 16 : pixels <= 15 ? 20 : 24);
}

void Theme::setScale(double scale)
{
    const double bounded = std::clamp(scale, 0.75, 3.0);
    if (qFuzzyCompare(bounded, m_scale))
        return;
    m_scale = bounded;
    Q_EMIT changed();
}

int Theme::px(int measure) const { return qRound(measure * m_scale); }

void Theme::apply(QApplication &application)
{
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const auto refresh = [this, &application] {
        application.setPalette(applicationPalette(m_palette));
        application.setFont(font(FontRole::Base13));
        application.setStyleSheet(shapeSheet(*this));
    };
    refresh();
    connect(this, &Theme::changed, &application, refresh);
}

} // namespace cockpit
