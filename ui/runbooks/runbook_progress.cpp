// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_progress.h"

#include <QHash>

#include <algorithm>

namespace cockpit {

void RunbookProgress::setSteps(const Runbook &runbook, int firstBlock, int lastBlock)
{
    m_steps.clear();
    m_chosen.reset();
    for (qsizetype index = 0; index < runbook.steps.size(); ++index) {
        const RunbookStep &step = runbook.steps.at(index);
        if (step.block < firstBlock || step.block >= lastBlock)
            continue;
        m_steps.append({int(index), int(m_steps.size()) + 1, {}, step.done});
    }
    m_first = m_steps.isEmpty() ? 0 : m_steps.first().index;
}

void RunbookProgress::setTicks(const Runbook &runbook, const QList<RunbookTick> &ticks)
{
    QHash<QString, const RunbookTick *> byStep;
    for (const RunbookTick &tick : ticks) {
        if (tick.runbook == runbook.key)
            byStep.insert(tick.step, &tick);
    }
    for (Step &step : m_steps) {
        const RunbookTick *tick = byStep.value(runbook.steps.at(step.index).id);
        step.tick = tick ? std::optional(*tick) : std::nullopt;
        if (m_chosen == step.index && !step.isOpen())
            m_chosen.reset();
    }
}

void RunbookProgress::choose(int index)
{
    const Step *wanted = step(index);
    if (wanted && wanted->isOpen())
        m_chosen = index;
}

const RunbookProgress::Step *RunbookProgress::step(int index) const
{
    // They are consecutive: a section is one stretch of the document.
    const int at = index - m_first;
    return index >= 0 && at >= 0 && at < m_steps.size() ? &m_steps.at(at) : nullptr;
}

int RunbookProgress::current() const
{
    if (m_chosen)
        return *m_chosen;
    const auto open = std::find_if(m_steps.cbegin(), m_steps.cend(), [](const Step &step) { return step.isOpen(); });
    return open == m_steps.cend() ? -1 : open->index;
}

int RunbookProgress::doneCount() const
{
    return int(std::count_if(m_steps.cbegin(), m_steps.cend(), [](const Step &step) { return !step.isOpen(); }));
}

} // namespace cockpit
