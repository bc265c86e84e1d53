// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <optional>

namespace cockpit {

/// A thin horizontal bar filled to a fraction: budgets, clocks, the bar of a strip.
class LevelBar : public ThemedWidget {
    Q_OBJECT
public:
    /// `name` is its accessible name; `height` in px of the design.
    LevelBar(const Theme &theme, const QString &name, int height, QWidget *parent = nullptr);
    /// 0..1, clamped; nothing draws the empty track only.
    void setLevel(std::optional<double> fraction, Role color);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    int m_height;
    std::optional<double> m_fraction{};
    Role m_color = Role::Accent;
};

} // namespace cockpit
