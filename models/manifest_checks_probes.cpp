// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_rule.h"
#include "models/review_words.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qint64 leastPatience = 10; // seconds until a restart

ReviewPlace probePlace(const ManifestWorkload &workload, const ManifestContainer &container, int line,
                       const QString &detail = {})
{
    return {.file = workload.file,
            .line = line > 0 ? line : workload.line,
            .object = workload.title(),
            .name = container.name,
            .detail = detail};
}

void checkTimeouts(const ManifestWorkload &workload, const ManifestContainer &container, QList<ReviewFinding> &findings)
{
    const auto check = [&](const std::optional<ManifestProbe> &probe, const char *name) {
        if (probe && probe->timeout > probe->period)
            findings.append(reviewFinding("manifest-probe-timeout",
                                          probePlace(workload, container, probe->line, QString::fromLatin1(name))));
    };
    check(container.liveness, "livenessProbe");
    check(container.readiness, "readinessProbe");
    check(container.startup, "startupProbe");
}

void checkLiveness(const ManifestWorkload &workload, const ManifestContainer &container, QList<ReviewFinding> &findings)
{
    const ManifestProbe &liveness = *container.liveness;
    if (container.readiness && container.readiness->action == liveness.action &&
        liveness.patience() <= container.readiness->patience())
        findings.append(
            reviewFinding("manifest-same-probes", probePlace(workload, container, liveness.line, liveness.action)));
    if (liveness.failureThreshold < 2 || liveness.patience() < leastPatience) {
        const QString how = liveness.failureThreshold < 2
                                ? ReviewWords::tr("one failed try")
                                : ReviewWords::tr("%1 s of failures").arg(liveness.patience());
        findings.append(reviewFinding("manifest-liveness-hasty", probePlace(workload, container, liveness.line, how)));
    }
}

} // namespace

void checkManifestProbes(const ManifestWorkload &workload, const ManifestIndex &index, QList<ReviewFinding> &findings)
{
    if (!workload.runsForever() || !workload.hasTemplate)
        return;
    const QList<const ManifestContainer *> servers = index.serversOf(workload);
    bool hasAny = false;
    for (const ManifestContainer &container : workload.containers) {
        hasAny = hasAny || container.liveness || container.readiness || container.startup;
        checkTimeouts(workload, container, findings);
        if (container.liveness)
            checkLiveness(workload, container, findings);
    }
    // Where the ports are declared by none, one container that says when it is ready speaks for the pod.
    const bool isDeclared = !servers.isEmpty() && servers.first()->servesPort;
    const bool isAnyReady = std::any_of(servers.begin(), servers.end(), [](const ManifestContainer *container) {
        return container->readiness.has_value();
    });
    for (const ManifestContainer *container : servers) {
        if (!container->readiness && (isDeclared || !isAnyReady))
            findings.append(reviewFinding("manifest-no-readiness", probePlace(workload, *container, container->line)));
        else if (!container->liveness && container->readiness)
            findings.append(reviewFinding("manifest-no-liveness", probePlace(workload, *container, container->line)));
    }
    const bool isWorker = servers.isEmpty() && !workload.containers.isEmpty();
    if (isWorker && !hasAny) {
        ReviewPlace place = probePlace(workload, workload.containers.first(), workload.line);
        place.name = workload.title();
        findings.append(reviewFinding("manifest-no-probes", place));
    } else if (isWorker) {
        for (const ManifestContainer &container : workload.containers) {
            if (container.readiness && !container.liveness)
                findings.append(reviewFinding("manifest-no-liveness", probePlace(workload, container, container.line)));
        }
    }
}

} // namespace cockpit
