// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook.h"

#include <optional>

namespace cockpit {

/// How far a person is with the steps of a runbook, or of one section of it, on one occasion.
class RunbookProgress {
public:
    struct Step {
        int index = 0;  ///< into Runbook::steps
        int number = 0; ///< from 1, among the steps that are shown
        std::optional<RunbookTick> tick{};
        bool written = false; ///< the file itself has it ticked
        bool isOpen() const { return !tick && !written; }
        bool isSkipped() const { return tick && tick->state == RunbookTick::State::Skipped; }
    };

    /// The steps that start in the blocks [firstBlock, lastBlock). Forgets ticks and choice.
    void setSteps(const Runbook &runbook, int firstBlock, int lastBlock);
    /// Ticks of other runbooks do not count; of a step that was ticked twice the last does.
    void setTicks(const Runbook &runbook, const QList<RunbookTick> &ticks);
    /// Makes it the current one until it is ticked, and again the first open one then.
    void choose(int index);
    const QList<Step> &steps() const { return m_steps; }
    /// Null when the step is not among those that are shown.
    const Step *step(int index) const;
    /// Index of the step to do next; -1 when none is open.
    int current() const;
    int doneCount() const;

private:
    QList<Step> m_steps{};
    int m_first = 0; ///< index of the first of them
    std::optional<int> m_chosen{};
};

} // namespace cockpit
