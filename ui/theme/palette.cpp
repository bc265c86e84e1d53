// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

struct RoleColors {
    Role role;
    QRgb night;
    QRgb day;
    QRgb highContrast;
};

// High contrast: every text at 7:1 or more on every ground that it stands on, including the soft fills.
constexpr RoleColors roleTable[] = {
    {Role::Surface, 0xff0f1419, 0xffeef2f6, 0xff000000},
    {Role::Raised, 0xff171e26, 0xffffffff, 0xff0a0a0a},
    {Role::Raised2, 0xff1f2832, 0xffe3e9f0, 0xff1c1c1c},
    {Role::Border, 0xff2a3542, 0xffc6d0db, 0xff9aa5b1},
    {Role::Grid, 0xff222b36, 0xffdce3ea, 0xff3a3a3a},
    {Role::Text, 0xffe6edf3, 0xff16202b, 0xffffffff},
    {Role::Muted, 0xff93a1b0, 0xff51606f, 0xffd5dbe1},
    {Role::Accent, 0xff4cc2ff, 0xff0a66c2, 0xff7fd6ff},
    {Role::OnAccent, 0xff0b1016, 0xffffffff, 0xff000000},
    {Role::Ok, 0xff3fb68b, 0xff17724f, 0xff5fe3b0},
    {Role::Warning, 0xffe5b045, 0xff8a5a00, 0xffffd166},
    {Role::Critical, 0xffff6b6b, 0xffc0262d, 0xffff9d9d},
    {Role::Threshold, 0xffff6b6b, 0xffc0262d, 0xffff9d9d},
    {Role::Info, 0xff7aa8ff, 0xff3559c7, 0xffa9c8ff},
    {Role::Canary, 0xffffb454, 0xff9e4f00, 0xffffc27a},
    {Role::Stable, 0xff58c4dd, 0xff0b6e86, 0xff7fe3f8},
    {Role::Stale, 0xff6b7785, 0xff6a7683, 0xffb4bdc7},
    {Role::StaleText, 0xff8694a3, 0xff5c6875, 0xffc3ccd5},
    {Role::CriticalSoft, 0xff372930, 0xfff9e9ea, 0xff3a0d10},
    {Role::WarningSoft, 0xff34322a, 0xfff3eee6, 0xff332600},
    {Role::OkSoft, 0xff1d3334, 0xffe8f1ed, 0xff00301f},
    {Role::AccentSoft, 0xff1e3544, 0xffe6f0f9, 0xff002a3f},
    {Role::Series1, 0xff58c4dd, 0xff0b6e86, 0xff7fe3f8},
    {Role::Series2, 0xff3c8fb3, 0xff2f7f9f, 0xff5fb4dc},
    {Role::Series3, 0xff6f86c9, 0xff5468ab, 0xffa3b6f5},
    {Role::Series4, 0xff465e86, 0xff3f557b, 0xff8aa4d6},
    {Role::Series5, 0xff5b6673, 0xff77828e, 0xffb4bdc7},
    {Role::EnvironmentBackground, 0xff93a1b0, 0xff2b3947, 0xffffffff},
    {Role::EnvironmentText, 0xff0f1419, 0xffffffff, 0xff000000},
};
static_assert(std::size(roleTable) == static_cast<std::size_t>(Role::Count));

double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linearChannel(color.redF()) + 0.7152 * linearChannel(color.greenF())
           + 0.0722 * linearChannel(color.blueF());
}

} // namespace

Palette::Palette(ThemeVariant variant)
{
    for (const RoleColors &row : roleTable) {
        const QRgb rgb = variant == ThemeVariant::Night ? row.night
                         : variant == ThemeVariant::Day ? row.day
                                                        : row.highContrast;
        m_colors[static_cast<std::size_t>(row.role)] = QColor(rgb);
    }
}

QColor Palette::faint(Role role, int percent) const
{
    QColor color = this->color(role);
    color.setAlphaF(static_cast<float>(std::clamp(percent, 0, 100)) / 100.0F);
    return color;
}

double contrastRatio(const QColor &first, const QColor &second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace cockpit
