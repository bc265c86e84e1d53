// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/themed_widget.h"

class QPainter;

namespace cockpit {

/// The colour of a state: Ok, Warning, Critical, Muted (unknown), Stale, Info.
Role glyphRole(StateGlyph glyph);
/// The word of a state, for accessible names: "ok", "warning", "critical", "not known", "old data", "event".
QString glyphWord(StateGlyph glyph);
/// Paints the glyph centred in `rect`, designed on 10×10 (● r4, ▲, ◆, ○ r3.5, ◌ dashed, ■ 8×8), scaled with `rect`.
void paintGlyph(QPainter &painter, const QRectF &rect, StateGlyph glyph, const Palette &palette);
void paintGlyph(QPainter &painter, const QRectF &rect, StateGlyph glyph, const QColor &color);

/// Glyph and word on one line: a state is never colour alone.
class GlyphLabel : public ThemedWidget {
    Q_OBJECT
public:
    GlyphLabel(const Theme &theme, FontRole font = FontRole::Row12, QWidget *parent = nullptr);
    void setState(StateGlyph glyph, const QString &text, Role textColor = Role::Text);
    StateGlyph glyph() const { return m_glyph; }
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FontRole m_font;
    StateGlyph m_glyph = StateGlyph::Unknown;
    QString m_text{};
    Role m_textColor = Role::Text;
};

} // namespace cockpit
