// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runbooks/runbook_flow.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

/// Units that stay laid out around what shows.
constexpr int keptUnits = 150;

} // namespace

RunbookFlow::RunbookFlow(const Theme &theme)
    : m_theme(theme)
{}

void RunbookFlow::setBlocks(int first, int last)
{
    m_units = m_look.runbook ? unitsOf(*m_look.runbook, first, last) : std::vector<RunbookUnit>();
    invalidate();
}

void RunbookFlow::invalidate()
{
    m_layouts.clear();
    guess();
}

void RunbookFlow::guess()
{
    m_heights.clear();
    m_heights.reserve(m_units.size());
    for (const RunbookUnit &unit : m_units)
        m_heights.push_back(guessedHeight(unit, m_look, m_theme));
    m_tops.clear();
}

void RunbookFlow::invalidateBlock(int block)
{
    for (int unit = unitOf(block); unit >= 0 && unit < int(m_units.size()) && m_units[size_t(unit)].block == block;
         ++unit)
        m_layouts.erase(unit);
}

void RunbookFlow::invalidateStep(int step)
{
    if (!m_look.runbook || step < 0 || step >= m_look.runbook->steps.size())
        return;
    const int start = unitOf(m_look.runbook->steps.at(step).block);
    for (int unit = start; unit >= 0 && unit < int(m_units.size()); ++unit) {
        const RunbookBlock &block = m_look.runbook->blocks.at(m_units[size_t(unit)].block);
        if (block.step != step && block.ofStep != step)
            break;
        const bool known = m_layouts.erase(unit) > 0;
        const bool folded = isFolded(m_units[size_t(unit)], m_look);
        if (!known || folded)
            m_heights[size_t(unit)] = guessedHeight(m_units[size_t(unit)], m_look, m_theme);
    }
    m_tops.clear();
}

const RunbookUnitLayout &RunbookFlow::layout(int unit)
{
    const auto known = m_layouts.find(unit);
    if (known != m_layouts.end())
        return known->second;
    ++m_made;
    const auto made = m_layouts.emplace(unit, layOutUnit(m_units.at(size_t(unit)), m_look, m_theme)).first;
    if (std::abs(m_heights[size_t(unit)] - made->second.height) > 0.01) {
        m_heights[size_t(unit)] = made->second.height;
        m_tops.clear();
    }
    return made->second;
}

const RunbookUnitLayout *RunbookFlow::laidOut(int unit) const
{
    const auto known = m_layouts.find(unit);
    return known == m_layouts.end() ? nullptr : &known->second;
}

const std::vector<double> &RunbookFlow::tops() const
{
    if (m_tops.empty()) {
        m_tops.reserve(m_heights.size() + 1);
        double y = 0;
        m_tops.push_back(y);
        for (const double height : m_heights)
            m_tops.push_back(y += height);
    }
    return m_tops;
}

double RunbookFlow::top(int unit) const { return tops().at(size_t(unit)); }

double RunbookFlow::total() const { return tops().back(); }

int RunbookFlow::unitAt(double y) const
{
    if (m_units.empty())
        return -1;
    const auto after = std::upper_bound(tops().begin(), tops().end(), std::max(0.0, y));
    return std::clamp(int(after - tops().begin()) - 1, 0, int(m_units.size()) - 1);
}

int RunbookFlow::unitOf(int block) const
{
    const auto found = std::lower_bound(m_units.begin(), m_units.end(), block,
                                        [](const RunbookUnit &unit, int wanted) { return unit.block < wanted; });
    return found != m_units.end() && found->block == block ? int(found - m_units.begin()) : -1;
}

void RunbookFlow::forgetFarFrom(int unit)
{
    if (m_layouts.size() <= size_t(3 * keptUnits))
        return;
    std::erase_if(m_layouts, [unit](const auto &entry) { return std::abs(entry.first - unit) > keptUnits; });
}

} // namespace cockpit
