// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/capacity_advice.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct CapacityWords {
    Q_DECLARE_TR_FUNCTIONS(CapacityAdvice)
};

/// How full it is: of the service, else the metric of its autoscaler that is nearest to its target.
std::optional<double> fullness(const Capacity &capacity)
{
    if (capacity.saturation)
        return capacity.saturation;
    std::optional<double> worst;
    for (const ScalingMetric &metric : capacity.metrics) {
        if (metric.ratio && (!worst || *metric.ratio > *worst))
            worst = metric.ratio;
    }
    return worst;
}

QString perCent(double ratio) { return CapacityWords::tr("%1 %").arg(qRound(ratio * 100.0)); }

QString sinceWords(const std::optional<Instant> &since, Instant now)
{
    return since ? CapacityWords::tr(" for %1").arg(roughDurationText(std::max(Duration::zero(), now - *since))) : QString();
}

Evidence told(const Capacity &capacity, Evidence::Verdict verdict, const QString &text, Instant now)
{
    Evidence evidence;
    evidence.verdict = verdict;
    evidence.id = QStringLiteral("capacity");
    evidence.text = text;
    evidence.source = CapacityWords::tr("Kubernetes %1").arg(capacity.workload.context);
    evidence.cluster = capacity.workload.context;
    evidence.sampledAt = now;
    return evidence;
}

} // namespace

Evidence capacityAdvice(const Capacity &capacity, Instant now)
{
    const std::optional<double> full = fullness(capacity);
    if (capacity.atMaximum) {
        const QString ceiling = CapacityWords::tr("at the maximum of %1%2")
                                    .arg(capacity.maximum.value_or(capacity.current))
                                    .arg(sinceWords(capacity.atMaximumSince, now));
        if (full && *full < scaleAtSaturation)
            return told(capacity, Evidence::Verdict::Good, CapacityWords::tr("%1, but only %2 used").arg(ceiling, perCent(*full)),
                        now);
        return told(capacity, Evidence::Verdict::Bad,
                    full ? CapacityWords::tr("scale now: %1 used, %2").arg(perCent(*full), ceiling)
                         : CapacityWords::tr("raise the maximum: its autoscaler wants more, %1").arg(ceiling),
                    now);
    }
    if (!full)
        return told(capacity, Evidence::Verdict::Unknown, CapacityWords::tr("how full it is cannot be told"), now);
    if (*full < scaleAtSaturation)
        return told(capacity, Evidence::Verdict::Good, CapacityWords::tr("nothing to do: %1 used").arg(perCent(*full)), now);
    if (!capacity.maximum)
        return told(capacity, Evidence::Verdict::Bad,
                    CapacityWords::tr("scale now: %1 used, and no autoscaler does it").arg(perCent(*full)), now);
    const int room = *capacity.maximum - capacity.current;
    return room > 0 ? told(capacity, Evidence::Verdict::Good,
                           CapacityWords::tr("%1 used; its autoscaler may add %2").arg(perCent(*full)).arg(room), now)
                    : told(capacity, Evidence::Verdict::Bad,
                           CapacityWords::tr("scale now: %1 used, at the maximum of %2")
                               .arg(perCent(*full))
                               .arg(*capacity.maximum),
                           now);
}

std::optional<double> hourlyCost(int pods, const std::optional<double> &podHour)
{
    return podHour ? std::optional(*podHour * pods) : std::nullopt;
}

} // namespace cockpit
