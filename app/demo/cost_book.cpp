// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/cost_book.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cockpit::demo {

namespace {

constexpr std::int64_t costDayMs = 86400000;
constexpr int historyDays = 90;

long long dayOf(Instant instant)
{
    const std::int64_t ms = toEpochMs(instant);
    return ms >= 0 ? ms / costDayMs : -((-ms + costDayMs - 1) / costDayMs);
}

} // namespace

double CostEntry::total() const { return std::accumulate(amounts.begin(), amounts.end(), 0.0); }

CostBook::CostBook(const World &world)
    : m_world(world), m_firstDay(dayOf(world.start()) - historyDays), m_startDay(dayOf(world.start()))
{}

Instant CostBook::begins() const { return fromEpochMs(m_firstDay * costDayMs); }

double CostBook::ofDay(const CostItem &item, CostKind kind, long long day) const
{
    const double base = item.workingDay[static_cast<std::size_t>(kind)];
    if (base == 0.0)
        return 0.0;
    const std::string key = item.nameSpace + '/' + item.controller + '/' + std::to_string(day) + '#' +
                            std::to_string(static_cast<int>(kind));
    double amount = base * costOfDay(item, kind, day, m_startDay) * (0.985 + 0.03 * unitOf(m_world.seed(), key));
    if (kind == CostKind::Network && item.controller == plan().egressItem && day >= m_startDay + plan().egressSinceDay)
        amount *= plan().egressFactor;
    return amount;
}

CostEntry CostBook::entry(const CostItem &item, Instant from, Instant to) const
{
    CostEntry entry;
    entry.item = &item;
    from = std::max(from, begins());
    if (to <= from)
        return entry;
    entry.hours = std::chrono::duration<double>(to - from).count() / 3600.0;
    for (long long day = dayOf(from); day <= dayOf(to); ++day) {
        const std::int64_t begin = std::max(toEpochMs(from), day * costDayMs);
        const std::int64_t end = std::min(toEpochMs(to), (day + 1) * costDayMs);
        const double share = static_cast<double>(std::max<std::int64_t>(0, end - begin)) / static_cast<double>(costDayMs);
        for (std::size_t i = 0; i < costKinds; ++i)
            entry.amounts[i] += share * ofDay(item, static_cast<CostKind>(i), day);
    }
    if (const ServiceFlows *service = item.perFailure > 0.0 ? m_world.service(item.controller) : nullptr)
        entry.amounts[static_cast<std::size_t>(CostKind::External)] +=
            item.perFailure *
            service->failures(m_world.toOffset(to), std::chrono::duration<double>(to - from).count());
    entry.cpuCoreHours = entry.of(CostKind::Cpu) / plan().cpuCoreHour;
    entry.ramGibHours = entry.of(CostKind::Ram) / plan().ramGibHour;
    entry.volumeGibHours = entry.of(CostKind::Volume) / plan().volumeGibHour;
    return entry;
}

std::vector<CostEntry> CostBook::entries(Instant from, Instant to) const
{
    std::vector<CostEntry> all;
    if (std::max(from, begins()) < to)
        for (const CostItem &item : plan().items)
            all.push_back(entry(item, from, to));
    return all;
}

CostEntry CostBook::idle(Instant from, Instant to) const
{
    const double perUsed = plan().idleShare / (1.0 - plan().idleShare);
    CostEntry idle;
    for (const CostEntry &used : entries(from, to)) {
        idle.hours = used.hours;
        for (const CostKind kind : {CostKind::Cpu, CostKind::Ram})
            idle.amounts[static_cast<std::size_t>(kind)] += perUsed * used.of(kind);
    }
    idle.cpuCoreHours = idle.of(CostKind::Cpu) / plan().cpuCoreHour;
    idle.ramGibHours = idle.of(CostKind::Ram) / plan().ramGibHour;
    return idle;
}

} // namespace cockpit::demo
