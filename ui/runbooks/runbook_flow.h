// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runbooks/runbook_layout.h"

#include <map>

namespace cockpit {

/// A document as one tall column of units, of which only those that show are ever laid out; the others have a guessed
/// height. What was laid out far away is forgotten again.
class RunbookFlow {
public:
    explicit RunbookFlow(const Theme &theme);

    /// Shows the blocks [first, last) of `look().runbook`.
    void setBlocks(int first, int last);
    RunbookLook &look() { return m_look; }
    const RunbookLook &look() const { return m_look; }
    const std::vector<RunbookUnit> &units() const { return m_units; }
    bool isEmpty() const { return m_units.empty(); }

    /// Everything looks different: another width, theme, filling.
    void invalidate();
    /// One block, or all blocks of one step, look different.
    void invalidateBlock(int block);
    void invalidateStep(int step);

    /// Laid out now if it was not. REQUIRES: 0 <= unit < units().size().
    const RunbookUnitLayout &layout(int unit);
    const RunbookUnitLayout *laidOut(int unit) const;
    double height(int unit) const { return m_heights.at(size_t(unit)); }
    double top(int unit) const;
    double total() const;
    /// The unit at that distance from the top, clamped; -1 when there is none.
    int unitAt(double y) const;
    /// The first unit of that block; -1 when it is not shown.
    int unitOf(int block) const;
    /// Forgets what lies more than a few screens from that unit.
    void forgetFarFrom(int unit);

    /// How often a unit was laid out since this was made, for tests.
    int layoutsMade() const { return m_made; }
    int layoutsKept() const { return int(m_layouts.size()); }

private:
    void guess();
    const std::vector<double> &tops() const;

    const Theme &m_theme;
    RunbookLook m_look{};
    std::vector<RunbookUnit> m_units{};
    std::vector<double> m_heights{};
    mutable std::vector<double> m_tops{}; ///< empty when a height changed since
    std::map<int, RunbookUnitLayout> m_layouts{};
    int m_made = 0;
};

} // namespace cockpit
