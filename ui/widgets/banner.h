// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/text_runs.h"

class QHBoxLayout;

namespace cockpit {

/// What a banner says: what happened, what it means, the next step.
struct BannerView {
    StateGlyph glyph = StateGlyph::Critical;
    QString title{};
    QString body{};      ///< wrapped, at most 4 lines
    QString action{};    ///< the button's text; empty: no button
    QString trailing{};  ///< beside the button: "Next try in 8 s"
    bool operator==(const BannerView &) const = default;
};

/// An in-page banner: soft fill and outline of its state, pad 8/10.
class Banner : public ThemedWidget {
    Q_OBJECT
public:
    explicit Banner(const Theme &theme, QWidget *parent = nullptr);
    void setView(const BannerView &view);

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BannerView m_view{};
    GlyphLabel *m_title;
    ElidedLabel *m_body;
    Button *m_action;
    RunLabel *m_trailing;
    QWidget *m_footer;
    QHBoxLayout *m_head = nullptr;
    QHBoxLayout *m_foot = nullptr;
};

} // namespace cockpit
