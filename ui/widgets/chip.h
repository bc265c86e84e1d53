// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// What a chip shows: h18, pad 6, 11 px.
struct ChipView {
    QString text{};
    std::optional<Icon> icon{};
    Role iconColor = Role::Muted;
    Role textColor = Role::Muted;
    Role outline = Role::Border;
    bool operator==(const ChipView &) const = default;
};

/// Width of the chip in px, text cut to 40 characters.
double chipWidth(const ChipView &view, const Theme &theme);
/// Paints the chip (for delegates too) with its top left there; returns its width.
double paintChip(QPainter &painter, const QPointF &topLeft, const ChipView &view, const Theme &theme);

/// A chip as a widget.
class Chip : public ThemedWidget {
    Q_OBJECT
public:
    explicit Chip(const Theme &theme, QWidget *parent = nullptr);
    void setView(const ChipView &view);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChipView m_view{};
};

} // namespace cockpit
