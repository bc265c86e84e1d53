// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/service_fold.h"

#include "models/fold/service_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

/// Above this share of its capacity a service is degraded; load shedding begins there (operations.md §4).
constexpr double saturationLimit = 0.85;

QString serviceWords(const char *text) { return QCoreApplication::translate("ServiceHealth", text); }

QString percentText(double ratio) { return QString::number(ratio * 100.0, 'g', 3) + QStringLiteral(" %"); }

QString millisecondText(double seconds) { return QString::number(seconds * 1000.0, 'g', 4) + QStringLiteral(" ms"); }

std::optional<double> limitOf(const QHash<QString, double> &limits, const ServiceId &id)
{
    for (const QString &name : {id.toString(), QStringLiteral("*")}) {
        const auto found = limits.constFind(name);
        if (found != limits.constEnd())
            return *found;
    }
    return std::nullopt;
}

/// Judges one service: evidence, level and pain.
class ServiceJudge {
public:
    ServiceJudge(ServiceFigures::Entry &entry, const ServiceFigures &all, const ServiceAlertCounts &counts,
                 bool alertsProven, Instant now)
        : m_entry(entry), m_health(entry.health), m_all(all), m_counts(counts), m_alertsProven(alertsProven), m_now(now)
    {
    }

    void judge()
    {
        m_health.firing = m_counts.firing;
        m_health.silenced = m_counts.silenced;
        m_health.live = judgeLive();
        m_health.ready = judgeReady();
        m_health.healthy = judgeHealthy();
        m_health.level = level();
        m_health.pain = pain();
    }

private:
    using Verdict = Evidence::Verdict;

    /// The value of a figure whose sample is young enough to prove something.
    std::optional<double> fresh(Figure figure) const
    {
        const std::optional<Sample> &sample = m_health.figure(figure);
        if (!sample || m_now - sample->sampledAt > m_entry.trusted)
            return std::nullopt;
        return sample->value;
    }

    bool vanished(Figure figure) const
    {
        return !m_health.figure(figure) && (m_health.knownOnce >> static_cast<unsigned>(figure) & 1U) != 0;
    }

    Evidence evidence(const char *id, Verdict verdict, QString text, Figure figure) const
    {
        Evidence result;
        result.verdict = verdict;
        result.id = QString::fromLatin1(id);
        result.text = std::move(text);
        result.source = m_entry.source;
        const std::optional<Sample> &sample = m_health.figure(figure);
        result.sampledAt = sample ? std::optional(sample->sampledAt) : m_health.sampledAt;
        if (m_entry.ageOfQuery)
            result.text += serviceWords(" (age of the query, not of the sample)");
        return result;
    }

    QString whyUnknown(Figure figure) const
    {
        const std::optional<Sample> &sample = m_health.figure(figure);
        if (sample)
            return serviceWords("The newest sample is %1 old").arg(durationText(m_now - sample->sampledAt));
        return vanished(figure) ? serviceWords("Its series vanished") : serviceWords("No source tells it");
    }

    Evidence judgeLive() const
    {
        const std::optional<double> up = fresh(Figure::InstancesUp);
        if (!up)
            return evidence("service.live", Verdict::Unknown, whyUnknown(Figure::InstancesUp), Figure::InstancesUp);
        const std::optional<double> total = fresh(Figure::InstancesTotal);
        const bool all = *up > 0 && (!total || *up >= *total);
        const QString text = total ? serviceWords("%1 of %2 instances answer").arg(*up).arg(*total)
                                   : serviceWords("%1 instances answer").arg(*up);
        return evidence("service.live", all ? Verdict::Good : Verdict::Bad, text, Figure::InstancesUp);
    }

    Evidence judgeReady() const
    {
        const std::optional<double> ready = fresh(Figure::ReplicasReady);
        const std::optional<double> desired = fresh(Figure::ReplicasDesired);
        if (!ready || !desired) {
            const Figure missing = ready ? Figure::ReplicasDesired : Figure::ReplicasReady;
            return evidence("service.ready", Verdict::Unknown, whyUnknown(missing), missing);
        }
        return evidence("service.ready", *ready >= *desired ? Verdict::Good : Verdict::Bad,
                        serviceWords("%1 of %2 replicas are ready").arg(*ready).arg(*desired), Figure::ReplicasReady);
    }

    bool overErrors() const
    {
        const std::optional<double> errors = fresh(Figure::ErrorRatio);
        return errors && m_health.errorRatioLimit && *errors > *m_health.errorRatioLimit;
    }

    bool overLatency() const
    {
        const std::optional<double> p99 = fresh(Figure::P99Seconds);
        return p99 && m_health.p99Limit && *p99 > *m_health.p99Limit;
    }

    QStringList faults() const
    {
        QStringList words;
        if (m_counts.urgent > 0)
            words.append((m_counts.urgent == 1 ? serviceWords("%1 urgent alert fires") : serviceWords("%1 urgent alerts fire"))
                             .arg(m_counts.urgent));
        if (overErrors())
            words.append(serviceWords("errors %1, limit %2")
                             .arg(percentText(*fresh(Figure::ErrorRatio)), percentText(*m_health.errorRatioLimit)));
        if (overLatency())
            words.append(serviceWords("p99 %1, limit %2")
                             .arg(millisecondText(*fresh(Figure::P99Seconds)), millisecondText(*m_health.p99Limit)));
        return words;
    }

    /// What keeps it from being proven healthy; empty when nothing does.
    QString gap() const
    {
        if (!m_alertsProven)
            return serviceWords("What fires is not proven");
        bool judged = fresh(Figure::InstancesUp).has_value();
        for (const Figure figure : {Figure::ErrorRatio, Figure::P99Seconds}) {
            if (fresh(figure))
                judged = true;
            else if (m_health.figure(figure) || vanished(figure))
                return fresh(Figure::RequestsPerSecond) == 0.0 ? serviceWords("No requests to judge it by")
                                                               : whyUnknown(figure);
        }
        return judged ? QString() : whyUnknown(Figure::ErrorRatio);
    }

    Evidence judgeHealthy() const
    {
        const QStringList bad = faults();
        if (!bad.isEmpty())
            return evidence("service.healthy", Verdict::Bad, bad.join(QStringLiteral("; ")), Figure::ErrorRatio);
        const QString missing = gap();
        if (!missing.isEmpty())
            return evidence("service.healthy", Verdict::Unknown, missing, Figure::ErrorRatio);
        return evidence("service.healthy", Verdict::Good,
                        fresh(Figure::ErrorRatio) ? serviceWords("Figures inside their limits, no urgent alert")
                                                  : serviceWords("No urgent alert; it has no request figures"),
                        Figure::ErrorRatio);
    }

    ServiceHealth::Level level() const
    {
        const std::optional<double> up = fresh(Figure::InstancesUp);
        if (m_counts.urgent > 0 || (up && *up <= 0))
            return ServiceHealth::Level::Unhealthy;
        const std::optional<double> saturation = fresh(Figure::Saturation);
        if (m_counts.warning > 0 || m_health.live.verdict == Verdict::Bad || m_health.ready.verdict == Verdict::Bad
            || m_health.healthy.verdict == Verdict::Bad || (saturation && *saturation > saturationLimit))
            return ServiceHealth::Level::Degraded;
        const bool liveUnknown = m_health.live.verdict == Verdict::Unknown
            && (m_all.instancesTold || vanished(Figure::InstancesUp)) && expects(Figure::InstancesUp);
        const bool readyUnknown =
            m_health.ready.verdict == Verdict::Unknown && m_all.replicasTold && expects(Figure::ReplicasDesired);
        if (m_health.healthy.verdict == Verdict::Unknown || liveUnknown || readyUnknown)
            return ServiceHealth::Level::Unknown;
        return ServiceHealth::Level::Healthy;
    }

    /// The service has or had the figure: only then its absence says something.
    bool expects(Figure figure) const { return m_health.figure(figure) || vanished(figure); }

    int pain() const
    {
        int score = 0;
        switch (m_health.level) {
        case ServiceHealth::Level::Unhealthy: score = 3'000'000; break;
        case ServiceHealth::Level::Degraded: score = 2'000'000; break;
        case ServiceHealth::Level::Unknown: score = 1'000'000; break;
        case ServiceHealth::Level::Healthy: break;
        }
        score += std::min(m_counts.urgent, 90) * 10'000 + std::min(m_counts.warning, 90) * 100;
        const std::optional<double> errors = fresh(Figure::ErrorRatio);
        if (errors && m_health.errorRatioLimit.value_or(0) > 0)
            score += int(std::clamp(*errors / *m_health.errorRatioLimit, 0.0, 99.0));
        return score;
    }

    ServiceFigures::Entry &m_entry;
    ServiceHealth &m_health;
    const ServiceFigures &m_all;
    ServiceAlertCounts m_counts;
    bool m_alertsProven;
    Instant m_now;
};

QHash<ServiceId, ServiceAlertCounts> countByService(const std::vector<Alert> &alerts)
{
    QHash<ServiceId, ServiceAlertCounts> counts;
    for (const Alert &alert : alerts) {
        if (alert.service.isEmpty() || alert.state == AlertState::Resolved || alert.state == AlertState::Pending)
            continue;
        ServiceAlertCounts &count = counts[alert.service];
        if (alert.state == AlertState::Silenced)
            ++count.silenced;
        if (alert.state != AlertState::Firing && alert.state != AlertState::Acknowledged)
            continue;
        ++count.firing;
        if (alert.isUrgent())
            ++count.urgent;
        else if (alert.priority == Priority::P3)
            ++count.warning;
    }
    return counts;
}

} // namespace

std::vector<ServiceHealth> foldServices(const FleetInputs &inputs, const std::vector<ClusterView> &clusters,
                                        const FleetRules &rules, const std::vector<Alert> &alerts,
                                        const Fleet *previous, Instant now)
{
    ServiceFigures figures = collectFigures(inputs, rules, previous, now);
    const QHash<ServiceId, ServiceAlertCounts> counts = countByService(alerts);
    for (auto service = counts.cbegin(); service != counts.cend(); ++service)
        figures.entry(service.key());
    const bool alertsProven = !clusters.empty() && std::all_of(clusters.begin(), clusters.end(), [](const ClusterView &c) {
        return c.soundAnswerAt().has_value();
    });
    std::vector<ServiceHealth> services;
    services.reserve(figures.entries.size());
    for (ServiceFigures::Entry &entry : figures.entries) {
        entry.health.errorRatioLimit = limitOf(rules.errorRatioLimits, entry.health.id);
        entry.health.p99Limit = limitOf(rules.p99Limits, entry.health.id);
        ServiceJudge(entry, figures, counts.value(entry.health.id), alertsProven, now).judge();
        services.push_back(entry.health);
    }
    std::sort(services.begin(), services.end(), [](const ServiceHealth &a, const ServiceHealth &b) {
        return a.pain != b.pain ? a.pain > b.pain : a.id < b.id;
    });
    return services;
}

} // namespace cockpit
