// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/track_split.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cockpit {

namespace {

enum class TrackSide { Canary, Stable, Neither };

QString splitWords(const char *text) { return QCoreApplication::translate("TrackSplit", text); }

QString seriesKey(const TrackSample &sample)
{
    return sample.pod + u'\n' + sample.version + u'\n' + sample.track + u'\n' + sample.le;
}

void mergeInto(std::vector<TrackSample> &into, const std::vector<TrackSample> &other)
{
    QHash<QString, size_t> known;
    for (size_t i = 0; i < into.size(); ++i)
        known.insert(seriesKey(into[i]), i);
    for (const TrackSample &sample : other) {
        const auto same = known.constFind(seriesKey(sample));
        if (same == known.constEnd())
            into.push_back(sample);
        else
            into[*same].value = std::max(into[*same].value, sample.value);
    }
}

/// Finds the template hash behind a series.
class PodHashes {
public:
    explicit PodHashes(const Rollout &rollout)
        : m_rollout(rollout)
    {
        for (const PodFact &pod : rollout.pods)
            m_hashes.insert(pod.name, pod.hash);
    }

    /// Empty for a pod of somebody else. An instance may carry its port.
    QString hashOf(const QString &label) const
    {
        const QString pod = label.section(u':', 0, 0);
        if (const auto known = m_hashes.constFind(pod); known != m_hashes.constEnd())
            return *known;
        const QString owner = pod.section(u'-', 0, -2);
        for (const RolloutRevision &revision : m_rollout.revisions) {
            if (!owner.isEmpty() && revision.objectName == owner)
                return revision.hash;
        }
        return {};
    }

private:
    const Rollout &m_rollout;
    QHash<QString, QString> m_hashes{};
};

/// Decides the side of each series by one way of telling them apart.
class SideFinder {
public:
    SideFinder(TrackSplit split, const Rollout &rollout)
        : m_split(split)
        , m_rollout(rollout)
        , m_hashes(rollout)
    {
        const RolloutRevision *current = rollout.current();
        const RolloutRevision *stable = rollout.stable();
        m_canaryVersion = current ? current->version : QString();
        m_stableVersion = stable ? stable->version : QString();
    }

    TrackSide sideOf(const TrackSample &sample) const
    {
        switch (m_split) {
        case TrackSplit::PodTemplateHash:
            return chosen(m_hashes.hashOf(sample.pod), m_rollout.currentHash, m_rollout.stableHash);
        case TrackSplit::VersionLabel:
            return chosen(sample.version, m_canaryVersion, m_stableVersion);
        case TrackSplit::TrackLabel:
            return chosen(sample.track, QStringLiteral("canary"), QStringLiteral("stable"));
        case TrackSplit::AllTraffic:
        case TrackSplit::None:
            break;
        }
        return TrackSide::Neither;
    }

    bool fits(const std::vector<TrackSample> &samples) const
    {
        return std::any_of(samples.begin(), samples.end(),
                           [&](const TrackSample &sample) { return sideOf(sample) != TrackSide::Neither; });
    }

private:
    static TrackSide chosen(const QString &is, const QString &canary, const QString &stable)
    {
        if (is.isEmpty())
            return TrackSide::Neither;
        return is == canary ? TrackSide::Canary : is == stable ? TrackSide::Stable : TrackSide::Neither;
    }

    TrackSplit m_split;
    const Rollout &m_rollout;
    PodHashes m_hashes;
    QString m_canaryVersion{};
    QString m_stableVersion{};
};

/// Adds up the series of one side.
template <typename Takes> TrackMeasure measured(const TrackSamples &samples, Takes takes)
{
    TrackMeasure side{.sampledAt = samples.sampledAt};
    QSet<QString> pods;
    QSet<QString> withErrors;
    const auto each = [&](const std::vector<TrackSample> &list, auto use) {
        for (const TrackSample &sample : list) {
            if (std::isfinite(sample.value) && takes(sample))
                use(sample);
        }
    };
    each(samples.errors, [&](const TrackSample &sample) {
        side.errors = side.errors.value_or(0.0) + sample.value;
        withErrors.insert(seriesKey(sample));
    });
    bool errorsAreWhole = true;
    each(samples.requests, [&](const TrackSample &sample) {
        side.requests = side.requests.value_or(0.0) + sample.value;
        pods.insert(sample.pod);
        // A pod whose errors nobody told is not a pod without errors.
        errorsAreWhole &= sample.value <= 0.0 || withErrors.contains(seriesKey(sample));
    });
    if (!errorsAreWhole)
        side.errors.reset();
    each(samples.saturation, [&](const TrackSample &sample) {
        side.saturation = std::max(side.saturation.value_or(sample.value), sample.value);
    });
    std::map<double, double> cumulative;
    each(samples.latencyBuckets, [&](const TrackSample &sample) {
        bool isNumber = false;
        const double bound =
            sample.le == u"+Inf" ? std::numeric_limits<double>::infinity() : sample.le.toDouble(&isNumber);
        if (isNumber || std::isinf(bound))
            cumulative[bound * samples.bucketUnit] += sample.value;
    });
    side.p50 = quantileOfBuckets(0.5, cumulative);
    side.p95 = quantileOfBuckets(0.95, cumulative);
    side.p99 = quantileOfBuckets(0.99, cumulative);
    pods.remove(QString());
    side.pods = int(pods.size());
    return side;
}

QString noSplitWords(const TrackSamples &samples, const Rollout &rollout)
{
    if (samples.requests.empty())
        return splitWords("there is no series of the requests of %1").arg(rollout.service.toString());
    const bool namesPods = std::any_of(samples.requests.begin(), samples.requests.end(),
                                       [](const TrackSample &sample) { return !sample.pod.isEmpty(); });
    if (namesPods && rollout.pods.isEmpty())
        return splitWords("the pods of %1 are not known, and its series carry no version").arg(rollout.key.name);
    return namesPods ? splitWords("no series is of a pod of %1").arg(rollout.key.name)
                     : splitWords("the series carry neither pod, version nor track");
}

} // namespace

void TrackSamples::merge(const TrackSamples &other)
{
    mergeInto(requests, other.requests);
    mergeInto(errors, other.errors);
    mergeInto(latencyBuckets, other.latencyBuckets);
    mergeInto(saturation, other.saturation);
    if (other.sampledAt && (!sampledAt || *sampledAt < *other.sampledAt))
        sampledAt = other.sampledAt;
}

bool hasStableBeside(const Rollout &rollout)
{
    if (rollout.blueGreen && rollout.strategy == RolloutStrategy::BlueGreen)
        return rollout.isUpdating() && rollout.blueGreen->activeHash != rollout.currentHash;
    if (rollout.trafficRouting && rollout.measuredWeight && *rollout.measuredWeight >= rollout.maxWeight)
        return false;
    if (rollout.stableHash.isEmpty() || rollout.stableHash == rollout.currentHash)
        return false;
    const auto isStable = [&](const PodFact &pod) { return pod.hash == rollout.stableHash && !pod.terminating; };
    return rollout.pods.isEmpty() || std::any_of(rollout.pods.begin(), rollout.pods.end(), isStable);
}

TrackMeasures splitTracks(const TrackSamples &samples, const Rollout &rollout)
{
    TrackMeasures measures;
    const bool sameVersion = rollout.current() && rollout.stable() && rollout.current() != rollout.stable() &&
                             rollout.current()->version == rollout.stable()->version;
    for (const TrackSplit split : {TrackSplit::PodTemplateHash, TrackSplit::VersionLabel, TrackSplit::TrackLabel}) {
        // Two revisions with one tag (":latest") have one version label.
        if (split == TrackSplit::VersionLabel && sameVersion)
            continue;
        const SideFinder finder(split, rollout);
        if (!finder.fits(samples.requests))
            continue;
        measures.split = split;
        measures.canary =
            measured(samples, [&](const TrackSample &one) { return finder.sideOf(one) == TrackSide::Canary; });
        measures.stable =
            measured(samples, [&](const TrackSample &one) { return finder.sideOf(one) == TrackSide::Stable; });
        return measures;
    }
    measures.splitProblem = noSplitWords(samples, rollout);
    return measures;
}

TrackMeasure measureAllTracks(const TrackSamples &samples)
{
    return measured(samples, [](const TrackSample &) { return true; });
}

std::optional<QuantileMeasure> quantileOfBuckets(double quantile, const std::map<double, double> &cumulative)
{
    if (cumulative.empty() || !std::isinf(cumulative.rbegin()->first))
        return std::nullopt;
    const double total = cumulative.rbegin()->second;
    if (!(total > 0.0))
        return std::nullopt;
    const double rank = quantile * total;
    double lower = 0.0;
    double below = 0.0;
    for (const auto &[bound, count] : cumulative) {
        if (count >= rank && count > below) {
            if (std::isinf(bound))
                return QuantileMeasure{lower, lower, bound};
            return QuantileMeasure{lower + (bound - lower) * (rank - below) / (count - below), lower, bound};
        }
        lower = bound;
        below = std::max(below, count);
    }
    return std::nullopt;
}

} // namespace cockpit
