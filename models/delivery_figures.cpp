// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <tuple>
#include <vector>

namespace cockpit {

namespace {

using DeliveryWhat = DeliveryFigure::What;

struct DeliveryText {
    Q_DECLARE_TR_FUNCTIONS(Delivery)
};

/// Of one window: the value, how many it stands on, and why there is none.
struct DeliverySample {
    std::optional<double> value{};
    int samples = 0;
    QString missing{};
};

struct DeliverySpan {
    Instant from{};
    Instant to{};
    bool holds(Instant at) const { return at >= from && at < to; }
};

DeliverySpan deliverySpan(Instant to, int days) { return {.from = to - std::chrono::days(days), .to = to}; }

QList<DeploymentRecord> countedIn(const QList<DeploymentRecord> &records, const DeliverySpan &span)
{
    QList<DeploymentRecord> found;
    std::copy_if(records.begin(), records.end(), std::back_inserter(found),
                 [&span](const DeploymentRecord &record) { return isCounted(record) && span.holds(record.at); });
    return found;
}

QString deliveryDefinition(DeliveryWhat what)
{
    switch (what) {
    case DeliveryWhat::Frequency:
        return DeliveryText::tr("new versions brought out, per day; going back to an earlier one is none");
    case DeliveryWhat::SuccessRate:
        return DeliveryText::tr("share of the finished deployments that were not rolled back");
    case DeliveryWhat::ChangeFailureRate:
        return DeliveryText::tr("share of the finished deployments that were rolled back or caused an incident");
    case DeliveryWhat::TimeToRestore:
        return DeliveryText::tr("median from the start of the trouble that a deployment made to its end");
    case DeliveryWhat::LeadTime:
        return DeliveryText::tr("median from the commit to its deployment, where the commit is known");
    }
    return {};
}

std::optional<double> medianSeconds(std::vector<Duration> lengths)
{
    if (lengths.empty())
        return std::nullopt;
    std::sort(lengths.begin(), lengths.end());
    const size_t middle = lengths.size() / 2;
    const double upper = static_cast<double>(lengths[middle].count());
    const double lower = lengths.size() % 2 == 0 ? static_cast<double>(lengths[middle - 1].count()) : upper;
    return (lower + upper) / 2000.0;
}

DeliverySample frequencyOf(const QList<DeploymentRecord> &counted, const DeliverySpan &span,
                           std::optional<Instant> seenSince)
{
    const Instant from = seenSince ? std::max(span.from, *seenSince) : span.from;
    const double days = std::chrono::duration<double, std::ratio<86400>>(span.to - from).count();
    const int samples = static_cast<int>(counted.size());
    if (samples == 0 || days <= 0)
        return {.missing = DeliveryText::tr("no deployment was seen")};
    return {.value = samples / std::max(days, 1.0), .samples = samples};
}

DeliverySample shareOf(const QList<DeploymentRecord> &counted, bool (*isHit)(const DeploymentRecord &))
{
    int settled = 0;
    int hits = 0;
    for (const DeploymentRecord &record : counted) {
        settled += isSettled(record) ? 1 : 0;
        hits += isSettled(record) && isHit(record) ? 1 : 0;
    }
    if (settled == 0)
        return {.missing = DeliveryText::tr("no deployment was finished")};
    return {.value = static_cast<double>(hits) / settled, .samples = settled};
}

/// Median of what `length` gives; negative lengths are clocks that disagree and count as nothing.
DeliverySample medianOf(const QList<DeploymentRecord> &counted,
                        std::optional<Duration> (*length)(const DeploymentRecord &), const QString &missing)
{
    std::vector<Duration> lengths;
    for (const DeploymentRecord &record : counted) {
        if (const std::optional<Duration> found = length(record); found && *found >= Duration::zero())
            lengths.push_back(*found);
    }
    const int samples = static_cast<int>(lengths.size());
    return {
        .value = medianSeconds(std::move(lengths)), .samples = samples, .missing = samples == 0 ? missing : QString()};
}

std::optional<Duration> restoreTimeOf(const DeploymentRecord &record)
{
    if (!isFailure(record) || !record.failedAt || !record.restoredAt)
        return std::nullopt;
    return *record.restoredAt - *record.failedAt;
}

std::optional<Duration> leadTimeOf(const DeploymentRecord &record)
{
    return record.committed ? std::optional(record.at - *record.committed) : std::nullopt;
}

bool isKept(const DeploymentRecord &record) { return record.outcome != DeploymentRecord::Outcome::RolledBack; }

DeliverySample deliverySample(DeliveryWhat what, const QList<DeploymentRecord> &records, const DeliverySpan &span,
                              std::optional<Instant> seenSince)
{
    const QList<DeploymentRecord> counted = countedIn(records, span);
    switch (what) {
    case DeliveryWhat::Frequency:
        return frequencyOf(counted, span, seenSince);
    case DeliveryWhat::SuccessRate:
        return shareOf(counted, isKept);
    case DeliveryWhat::ChangeFailureRate:
        return shareOf(counted, isFailure);
    case DeliveryWhat::TimeToRestore:
        return medianOf(counted, restoreTimeOf, DeliveryText::tr("no failure with a known end"));
    case DeliveryWhat::LeadTime:
        return medianOf(counted, leadTimeOf, DeliveryText::tr("no deployment says when its commit was made"));
    }
    return {};
}

} // namespace

bool isCounted(const DeploymentRecord &record) { return !record.excluded; }

bool isFailure(const DeploymentRecord &record)
{
    return record.outcome == DeploymentRecord::Outcome::RolledBack ||
           record.outcome == DeploymentRecord::Outcome::CausedIncident;
}

bool isSettled(const DeploymentRecord &record)
{
    return isFailure(record) || record.outcome == DeploymentRecord::Outcome::Succeeded;
}

QList<DeliveryFigure> deliveryFigures(const QList<DeploymentRecord> &records, Instant to, int days,
                                      std::optional<Instant> seenSince)
{
    const DeliverySpan span = deliverySpan(to, days);
    const DeliverySpan earlier = deliverySpan(span.from, days);
    const bool canCompare = !seenSince || *seenSince <= earlier.from;
    QList<DeliveryFigure> figures;
    for (const DeliveryWhat what : {DeliveryWhat::Frequency, DeliveryWhat::SuccessRate, DeliveryWhat::ChangeFailureRate,
                                    DeliveryWhat::TimeToRestore, DeliveryWhat::LeadTime}) {
        const DeliverySample now = deliverySample(what, records, span, seenSince);
        DeliveryFigure figure{.what = what,
                              .value = now.value,
                              .samples = now.samples,
                              .definition = deliveryDefinition(what),
                              .missing = now.missing};
        if (canCompare)
            figure.before = deliverySample(what, records, earlier, seenSince).value;
        figures.append(figure);
    }
    return figures;
}

QList<DeliveryDay> deliveryDays(const QList<DeploymentRecord> &records, Instant to, int days)
{
    const DeliverySpan span = deliverySpan(to, days);
    QList<DeliveryDay> found;
    for (auto day = std::chrono::floor<std::chrono::days>(span.from); day < to; day += std::chrono::days(1))
        found.append({.day = day});
    for (const DeploymentRecord &record : countedIn(records, span)) {
        const auto index =
            (std::chrono::floor<std::chrono::days>(record.at) - std::chrono::floor<std::chrono::days>(span.from))
                .count();
        DeliveryDay &day = found[index];
        ++day.deployments;
        day.failures += isFailure(record) ? 1 : 0;
    }
    return found;
}

QList<Duration> restoreTimes(const QList<DeploymentRecord> &records, Instant to, int days)
{
    QList<Duration> lengths;
    for (const DeploymentRecord &record : countedIn(records, deliverySpan(to, days))) {
        if (const auto length = restoreTimeOf(record); length && *length >= Duration::zero())
            lengths.append(*length);
    }
    std::sort(lengths.begin(), lengths.end());
    return lengths;
}

DeliveryReport deliveryReport(const QList<DeploymentRecord> &records, Instant to, int days,
                              std::optional<Instant> seenSince)
{
    const DeliverySpan span = deliverySpan(to, days);
    DeliveryReport report{.days = days,
                          .from = span.from,
                          .to = to,
                          .figures = deliveryFigures(records, to, days, seenSince),
                          .perDay = deliveryDays(records, to, days),
                          .restoreTimes = restoreTimes(records, to, days)};
    std::copy_if(records.begin(), records.end(), std::back_inserter(report.deployments),
                 [&span](const DeploymentRecord &record) { return span.holds(record.at); });
    std::sort(report.deployments.begin(), report.deployments.end(),
              [](const DeploymentRecord &a, const DeploymentRecord &b) {
                  return std::tie(b.at, a.id) < std::tie(a.at, b.id);
              });
    return report;
}

} // namespace cockpit
