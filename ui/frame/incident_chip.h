// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/state_glyph.h"
#include "ui/widgets/text_runs.h"

namespace cockpit {

/// The open incident as the frame shows it; an empty name = none is open.
struct IncidentChipView {
    StateGlyph glyph = StateGlyph::Info; ///< Critical and Warning colour the chip
    QString level{};                     ///< "P1"
    QString name{};                      ///< "INC-42"
    QString phase{};
    QString clock{};   ///< "00:10:09"
    QString details{}; ///< tool tip and accessible description, plain text
    int more = 0;      ///< other open ones
    bool operator==(const IncidentChipView &) const = default;
};

/// The open incident in the top bar, h28: level, name, phase, running clock. A click opens it.
class IncidentChip : public ThemedButton {
    Q_OBJECT
public:
    explicit IncidentChip(const Theme &theme, QWidget *parent = nullptr);
    void setView(const IncidentChipView &view);
    const IncidentChipView &view() const { return m_view; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<TextRun> runs() const;

    IncidentChipView m_view{};
};

} // namespace cockpit
