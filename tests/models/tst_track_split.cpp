// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/track_split.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace cockpit;

namespace {

const double noBound = std::numeric_limits<double>::infinity();

QString textOf(const char *words) { return QString::fromLatin1(words); }

TrackSample podSample(const char *pod, double value, const char *le = "")
{
    return {.pod = textOf(pod), .le = textOf(le), .value = value};
}

/// gc-service with 2 canary and 2 stable pods, and a canary pod that is gone.
Rollout halfWay()
{
    Rollout rollout;
    rollout.key.name = textOf("gc-service");
    rollout.service = ServiceId(textOf("gc-service"));
    rollout.stableHash = textOf("5f8b4");
    rollout.currentHash = textOf("6c7d9");
    rollout.revisions = {
        {.hash = textOf("6c7d9"), .objectName = textOf("gc-service-6c7d9"), .version = textOf("1.43.0")},
        {.hash = textOf("5f8b4"), .objectName = textOf("gc-service-5f8b4"), .version = textOf("1.42.3")}};
    for (const auto &[name, hash] :
         {std::pair{"gc-service-6c7d9-aaaaa", "6c7d9"}, std::pair{"gc-service-6c7d9-bbbbb", "6c7d9"},
          std::pair{"gc-service-5f8b4-ccccc", "5f8b4"}, std::pair{"gc-service-5f8b4-ddddd", "5f8b4"}})
        rollout.pods.append({.name = textOf(name), .hash = textOf(hash)});
    return rollout;
}

} // namespace

/// Canary against stable, from series that carry no version (as Dark Tower's do not).
class TestTrackSplit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byThePodsTemplateHash()
    {
        TrackSamples samples;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa", 100), podSample("gc-service-6c7d9-bbbbb", 50),
                            podSample("gc-service-5f8b4-ccccc", 400), podSample("mc-service-77777-eeeee", 9000)};
        samples.errors = {podSample("gc-service-6c7d9-aaaaa", 7), podSample("gc-service-6c7d9-bbbbb", 0),
                          podSample("gc-service-5f8b4-ccccc", 0)};
        const TrackMeasures measures = splitTracks(samples, halfWay());
        QCOMPARE(measures.split, TrackSplit::PodTemplateHash);
        QCOMPARE(measures.canary.requests, 150.0);
        QCOMPARE(measures.canary.errors, 7.0);
        QCOMPARE(measures.canary.pods, 2);
        QCOMPARE(measures.stable.requests, 400.0);
        QVERIFY(!measures.canary.p99);
    }

    void aPodThatCrashedAndWentCountsToo()
    {
        TrackSamples samples;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa", 100), podSample("gc-service-6c7d9-zzzzz", 40)};
        QCOMPARE(splitTracks(samples, halfWay()).canary.requests, 140.0);
    }

    void anInstanceMayCarryItsPort()
    {
        TrackSamples samples;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa:8080", 100)};
        QCOMPARE(splitTracks(samples, halfWay()).canary.requests, 100.0);
    }

    void aPodWithoutAnErrorSeriesIsNotWithoutErrors()
    {
        TrackSamples samples;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa", 100), podSample("gc-service-6c7d9-bbbbb", 50)};
        samples.errors = {podSample("gc-service-6c7d9-aaaaa", 0)};
        QVERIFY(!splitTracks(samples, halfWay()).canary.errors);
    }

    void byVersionWhereNoPodIsNamed()
    {
        TrackSamples samples;
        samples.requests = {{.version = textOf("1.43.0"), .value = 10}, {.version = textOf("1.42.3"), .value = 30}};
        TrackMeasures measures = splitTracks(samples, halfWay());
        QCOMPARE(measures.split, TrackSplit::VersionLabel);
        QCOMPARE(measures.canary.requests, 10.0);
        QCOMPARE(measures.stable.requests, 30.0);
        // Two images with one tag cannot be told apart by it.
        Rollout latest = halfWay();
        latest.revisions[0].version = latest.revisions[1].version = textOf("latest");
        samples.requests = {{.version = textOf("latest"), .value = 10}};
        QCOMPARE(splitTracks(samples, latest).split, TrackSplit::None);
    }

    void byTrackWhereNothingElseIsNamed()
    {
        TrackSamples samples;
        samples.requests = {{.track = textOf("canary"), .value = 10}, {.track = textOf("stable"), .value = 30}};
        const TrackMeasures measures = splitTracks(samples, halfWay());
        QCOMPARE(measures.split, TrackSplit::TrackLabel);
        QCOMPARE(measures.stable.requests, 30.0);
    }

    void saysWhyNot()
    {
        TrackSamples samples;
        QCOMPARE(splitTracks(samples, halfWay()).splitProblem,
                 textOf("there is no series of the requests of gc-service"));
        samples.requests = {{.value = 10}};
        QCOMPARE(splitTracks(samples, halfWay()).splitProblem,
                 textOf("the series carry neither pod, version nor track"));
        samples.requests = {podSample("ingress-nginx-controller-abc", 10)};
        QCOMPARE(splitTracks(samples, halfWay()).splitProblem, textOf("no series is of a pod of gc-service"));
        Rollout without = halfWay();
        without.pods.clear();
        without.revisions.clear();
        QCOMPARE(splitTracks(samples, without).splitProblem,
                 textOf("the pods of gc-service are not known, and its series carry no version"));
    }

    void notANumberIsNotThere()
    {
        TrackSamples samples;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa", std::nan("")), podSample("gc-service-5f8b4-ccccc", 4)};
        const TrackMeasures measures = splitTracks(samples, halfWay());
        QVERIFY(!measures.canary.requests);
        QCOMPARE(measures.stable.requests, 4.0);
    }

    void aPairOfServersIsNotAddedUp()
    {
        TrackSamples one;
        one.requests = {podSample("gc-service-6c7d9-aaaaa", 100)};
        one.sampledAt = fromEpochMs(1000);
        TrackSamples other;
        other.requests = {podSample("gc-service-6c7d9-aaaaa", 98), podSample("gc-service-6c7d9-bbbbb", 5)};
        other.sampledAt = fromEpochMs(2000);
        one.merge(other);
        QCOMPARE(splitTracks(one, halfWay()).canary.requests, 105.0);
        QVERIFY(one.sampledAt == fromEpochMs(2000));
    }

    void quantilesAreInterpolatedAsPromqlDoes()
    {
        const std::map<double, double> cumulative{{0.1, 50}, {0.2, 90}, {0.5, 100}, {noBound, 100}};
        const auto p50 = quantileOfBuckets(0.5, cumulative);
        QCOMPARE(p50->value, 0.1);
        const auto p95 = quantileOfBuckets(0.95, cumulative);
        QCOMPARE(p95->value, 0.35);
        QCOMPARE(p95->lower, 0.2);
        QCOMPARE(p95->upper, 0.5);
        const auto last = quantileOfBuckets(0.99, {{0.1, 50}, {noBound, 100}});
        QCOMPARE(last->value, 0.1);
        QVERIFY(std::isinf(last->upper));
        QVERIFY(!quantileOfBuckets(0.5, {{0.1, 50}}));
        QVERIFY(!quantileOfBuckets(0.5, {{0.1, 0}, {noBound, 0}}));
        QVERIFY(!quantileOfBuckets(0.5, {}));
    }

    void bucketsOfAllPodsAreOneHistogram()
    {
        TrackSamples samples;
        samples.bucketUnit = 0.001;
        samples.requests = {podSample("gc-service-6c7d9-aaaaa", 100), podSample("gc-service-6c7d9-bbbbb", 100)};
        for (const char *pod : {"gc-service-6c7d9-aaaaa", "gc-service-6c7d9-bbbbb"}) {
            samples.latencyBuckets.push_back(podSample(pod, 40, "100"));
            samples.latencyBuckets.push_back(podSample(pod, 100, "200"));
            samples.latencyBuckets.push_back(podSample(pod, 100, "+Inf"));
        }
        const TrackMeasures measures = splitTracks(samples, halfWay());
        QVERIFY(measures.canary.p50 && qAbs(measures.canary.p50->value - 0.1 - 0.1 / 6) < 1e-9);
        QCOMPARE(measures.canary.p99->upper, 0.2);
    }

    void whenStableRunsBeside()
    {
        Rollout rollout = halfWay();
        QVERIFY(hasStableBeside(rollout));
        rollout.trafficRouting = true;
        rollout.measuredWeight = 100;
        QVERIFY(!hasStableBeside(rollout));
        rollout = halfWay();
        rollout.pods.removeIf([](const PodFact &pod) { return pod.hash == u"5f8b4"; });
        QVERIFY(!hasStableBeside(rollout));
        rollout = halfWay();
        rollout.stableHash = rollout.currentHash;
        QVERIFY(!hasStableBeside(rollout));
        rollout = halfWay();
        rollout.strategy = RolloutStrategy::BlueGreen;
        rollout.blueGreen = BlueGreenFact{.activeHash = rollout.stableHash, .previewHash = rollout.currentHash};
        QVERIFY(hasStableBeside(rollout));
        rollout.blueGreen->activeHash = rollout.currentHash;
        QVERIFY(!hasStableBeside(rollout));
    }
};

QTEST_GUILESS_MAIN(TestTrackSplit)
#include "tst_track_split.moc"
