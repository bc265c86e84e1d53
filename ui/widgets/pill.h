// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// What a source pill shows.
struct PillView {
    QString name{};
    QString age{};     ///< "2 s"; empty when not known
    StateGlyph glyph = StateGlyph::Unknown;
    bool urgent = false; ///< soft critical fill with critical outline: the source is down
    QString details{}; ///< tool tip and accessible description, plain text
    bool operator==(const PillView &) const = default;
};

/// One source: h24, pad 8, name 12, age mono 11. A click asks for its details; checkable by its owner.
class Pill : public ThemedButton {
    Q_OBJECT
public:
    explicit Pill(const Theme &theme, QWidget *parent = nullptr);
    void setView(const PillView &view);
    const PillView &view() const { return m_view; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// Longer names are cut with an ellipsis.
    static constexpr qsizetype nameLimit = 24;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void themeChanged() override;
    QString shownName() const;
    void measure();

    PillView m_view{};
    int m_nameWidth = 0; ///< measured once for each text: the age changes every second
    int m_ageWidth = 0;
};

} // namespace cockpit
