// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/world.h"

namespace cockpit::demo {

/// What one workload cost, and how much it had for that, between two moments.
struct CostEntry {
    const CostItem *item = nullptr;
    CostAmounts amounts{}; ///< dollars, by CostKind
    double hours = 0;
    double cpuCoreHours = 0;
    double ramGibHours = 0;
    double volumeGibHours = 0;

    double total() const;
    double of(CostKind kind) const { return amounts[static_cast<std::size_t>(kind)]; }
};

/// The costs of a world: exact for any window of the 90 days before its start and of the time since, whatever its
/// length. A day costs what it costs at an even pace; what requests that fail cost in logs follows the world itself.
class CostBook {
public:
    /// The world must outlive this.
    explicit CostBook(const World &world);

    const CostPlan &plan() const { return m_world.scenario().costs; }
    /// The first midnight of which costs are known.
    Instant begins() const;
    /// Of one workload. REQUIRES: from <= to. What lies before begins() costs nothing.
    CostEntry entry(const CostItem &item, Instant from, Instant to) const;
    /// Of all of them, in the order of the plan; empty where nothing is known.
    std::vector<CostEntry> entries(Instant from, Instant to) const;
    /// What nobody used of the processors and memory that were paid for, beside the workloads.
    CostEntry idle(Instant from, Instant to) const;

private:
    double ofDay(const CostItem &item, CostKind kind, long long day) const;

    const World &m_world;
    long long m_firstDay = 0;
    long long m_startDay = 0;
};

} // namespace cockpit::demo
