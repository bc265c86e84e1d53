// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/action_strip.h"
#include "ui/widgets/button.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/run_table.h"

namespace cockpit {

/// The stages of an action in equal columns, the last one open until it is proven.
class StageRow : public ThemedWidget {
    Q_OBJECT
public:
    explicit StageRow(const Theme &theme, QWidget *parent = nullptr);
    void setStages(const QList<StripStage> &stages);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<StripStage> m_stages{};
};

/// The part of a strip that follows the effect until it is proven, and says how it ended and what to do next.
class StripTracker : public QWidget {
    Q_OBJECT
public:
    StripTracker(const Theme &theme, QWidget *parent);
    void setView(const ActionStripView &view);
    Button *closeButton() const { return m_close; }
    Button *reverseButton() const { return m_reverse; }

private:
    GlyphLabel *m_title;
    StageRow *m_stages;
    RunTable *m_proof;
    ElidedLabel *m_outcome;
    ElidedLabel *m_next;
    Button *m_reverse;
    Button *m_close;
};

} // namespace cockpit
