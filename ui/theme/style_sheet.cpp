// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include "ui/theme/theme.h"

namespace cockpit {

namespace {

// No `color` for fields: a sheet that sets it halves the opacity of their placeholder, below what can be read.
constexpr auto shapeTemplate = R"(
QToolTip { background: @raised2; color: @text; border: 1px solid @border; padding: 4px 6px; }
QLineEdit, QPlainTextEdit { background: @surface; border: 1px solid @border; border-radius: 6px;
    padding: 0 8px; selection-background-color: @accentSoft; selection-color: @text; }
QPlainTextEdit { padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled { border: 1px dashed @border; }
QScrollArea, QTableView, QListView, QTreeView { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QTableView { gridline-color: transparent; selection-background-color: @raised2; selection-color: @text; }
QTableView::item { border: none; border-bottom: 1px solid @border; padding: 0 8px; }
QTableView::item:selected { background: @raised2; color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @border;
    padding: 0 8px; font: 500 @small "Inter"; }
QHeaderView::section:horizontal:first { padding-left: 16px; }
QTableCornerButton::section { background: @surface; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @stale; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

} // namespace

QString shapeSheet(const Theme &theme)
{
    QString sheet = QString::fromLatin1(shapeTemplate);
    // Longer names first: @accentSoft before @accent.
    const std::pair<const char *, Role> names[] = {
        {"@accentSoft", Role::AccentSoft}, {"@accent", Role::Accent}, {"@stale", Role::Stale},
        {"@raised2", Role::Raised2}, {"@surface", Role::Surface},
        {"@border", Role::Border},         {"@muted", Role::Muted},     {"@text", Role::Text},
    };
    for (const auto &[name, role] : names)
        sheet.replace(QLatin1String(name), theme.color(role).name());
    sheet.replace(QStringLiteral("@small"), QStringLiteral("%1px").arg(theme.px(11)));
    return sheet;
}

} // namespace cockpit
