// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/action.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/themed_widget.h"

#include <QList>
#include <QString>

#include <vector>

namespace cockpit {

class RunParagraph;

/// One line of a plan: what it says, with its state as a glyph.
struct PlanLine {
    StateGlyph glyph = StateGlyph::Info;
    QString text{};
    QString detail{}; ///< source and age, for the tool tip
    bool operator==(const PlanLine &) const = default;
};

/// The lines of a plan in the order of what a person has to know: what stands in the way, what is only told, what will
/// change, and last one line that names everything that was checked and is good.
QList<PlanLine> planLines(const ActionPlan &plan);

/// Lines that wrap, so that the fact at the end of one is never cut off.
class PlanLines : public QWidget {
    Q_OBJECT
public:
    PlanLines(const Theme &theme, const QString &name, QWidget *parent = nullptr);
    /// Does nothing when nothing changed.
    void setLines(const QList<PlanLine> &lines);
    const QList<PlanLine> &lines() const { return m_lines; }

private:
    class Line;
    const Theme &m_theme;
    QList<PlanLine> m_lines{};
    std::vector<Line *> m_widgets{};
};

} // namespace cockpit
