// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cost_savings.h"

#include "models/cost_scaling.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

constexpr int savingsWindowDays = 7;
constexpr double kept = 1.3;          ///< of what is used: the rest can go
constexpr double worthChanging = 1.5; ///< requested over kept
constexpr double fullEnough = 0.7;    ///< saturation at which a replica is well used
constexpr int leastReplicas = 2;
constexpr double gibibyte = 1073741824.0;

QString savingWords(const char *text) { return QCoreApplication::translate("Cost", text); }

/// Sums over the window, per service.
struct UsageSum {
    CostUsage total{};
    int days = 0;
};

QMap<QString, UsageSum> usageSums(const SavingsBasis &basis)
{
    QMap<QString, UsageSum> sums;
    const Instant from = basis.knownTo - savingsWindowDays * costDayLength;
    for (auto day = basis.days.lowerBound(from); day != basis.days.end() && day.key() < basis.knownTo; ++day) {
        QMap<QString, bool> seen;
        for (const CostUsage &usage : day->usage) {
            UsageSum &sum = sums[usage.service];
            sum.total.cpuRequested += usage.cpuRequested;
            sum.total.cpuUsed += usage.cpuUsed;
            sum.total.cpuCost += usage.cpuCost;
            sum.total.memoryRequested += usage.memoryRequested;
            sum.total.memoryUsed += usage.memoryUsed;
            sum.total.memoryCost += usage.memoryCost;
            seen.insert(usage.service, true);
        }
        for (auto service = seen.begin(); service != seen.end(); ++service)
            ++sums[service.key()].days;
    }
    return sums;
}

/// One resource of one service over the window.
struct Requested {
    QString service{};
    QString resource{}; ///< "CPU"
    QString unit{};     ///< "cores"
    double requested = 0;
    double used = 0;
    double costOfDay = 0;
};

void addRequest(QList<CostSaving> &savings, const Requested &one, const UsageSum &sum, const SavingsBasis &basis)
{
    if (!(one.used > 0.0) || !(one.requested > worthChanging * kept * one.used))
        return;
    savings.append(
        {.title = savingWords("%1 asks for %2 × the %3 that it uses")
                      .arg(one.service, QString::number(one.requested / one.used, 'f', 1), one.resource),
         .evidence = savingWords("%1 %4 requested, %2 used, means of %3 days; 30 % above what is used is kept (%5)")
                         .arg(QString::number(one.requested, 'f', 2), QString::number(one.used, 'f', 2),
                              QString::number(sum.days), one.unit, basis.source),
         .perMonth = one.costOfDay * (1.0 - kept * one.used / one.requested) * basis.daysInMonth});
}

void addRequests(QList<CostSaving> &savings, const SavingsBasis &basis)
{
    const QMap<QString, UsageSum> sums = usageSums(basis);
    for (auto sum = sums.begin(); sum != sums.end(); ++sum) {
        if (sum.key().isEmpty() || sum->days == 0)
            continue;
        const CostUsage &total = sum->total;
        addRequest(savings,
                   {sum.key(), savingWords("CPU"), savingWords("cores"), total.cpuRequested / sum->days,
                    total.cpuUsed / sum->days, total.cpuCost / sum->days},
                   *sum, basis);
        addRequest(savings,
                   {sum.key(), savingWords("memory"), savingWords("GiB"), total.memoryRequested / gibibyte / sum->days,
                    total.memoryUsed / gibibyte / sum->days, total.memoryCost / sum->days},
                   *sum, basis);
    }
}

void addIdleVolumes(QList<CostSaving> &savings, const SavingsBasis &basis)
{
    double cost = 0;
    int days = 0;
    const Instant from = basis.knownTo - savingsWindowDays * costDayLength;
    for (auto day = basis.days.lowerBound(from); day != basis.days.end() && day.key() < basis.knownTo; ++day) {
        if (day->unmounted) {
            cost += *day->unmounted;
            ++days;
        }
    }
    if (days > 0)
        savings.append({.title = savingWords("volumes that nothing mounts"),
                        .evidence = savingWords("%1 a day on %2 of the last 7 days (%3, __unmounted__)")
                                        .arg(moneyText(cost / days, basis.currency), QString::number(days), basis.source),
                        .perMonth = cost / days * basis.daysInMonth});
}

void addReplicas(QList<CostSaving> &savings, const SavingsBasis &basis)
{
    const QMap<QString, UsageSum> sums = usageSums(basis);
    for (auto sum = sums.begin(); sum != sums.end(); ++sum) {
        const CostLoad load = basis.loads.value(sum.key());
        if (!load.replicas || !load.peakSaturation || sum->days == 0 || !(*load.replicas > leastReplicas))
            continue;
        const double running = std::round(*load.replicas);
        const double needed = std::max<double>(leastReplicas, std::ceil(running * *load.peakSaturation / fullEnough));
        const std::optional<double> each = marginalReplicaCost((sum->total.cpuCost + sum->total.memoryCost) / sum->days,
                                                               running, basis.daysInMonth);
        if (needed >= running || !each)
            continue;
        savings.append(
            {.title = savingWords("%1 with %2 instead of %3 replicas")
                          .arg(sum.key(), QString::number(needed), QString::number(running)),
             .evidence = savingWords("its peak of 7 days was %1 % of saturation, 70 % is kept (Prometheus); counts the "
                                     "same pods as smaller requests would, so not both add up")
                             .arg(QString::number(*load.peakSaturation * 100.0, 'f', 0)),
             .perMonth = *each * (running - needed)});
    }
}

} // namespace

QList<CostSaving> findSavings(const SavingsBasis &basis)
{
    QList<CostSaving> savings;
    addRequests(savings, basis);
    addIdleVolumes(savings, basis);
    addReplicas(savings, basis);
    savings.removeIf([](const CostSaving &one) { return !(one.perMonth >= 1.0); });
    std::stable_sort(savings.begin(), savings.end(),
                     [](const CostSaving &a, const CostSaving &b) { return a.perMonth > b.perMonth; });
    return savings;
}

} // namespace cockpit
