// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/manifest_objects_yaml.h"

#include "app/formats/manifest_pod_yaml.h"

namespace cockpit {

namespace {

/// Lists in lists: an alias may lead back to where it stands.
constexpr int mostListDepth = 8;

QMap<QString, QString> labelsAt(const YamlView &map)
{
    QMap<QString, QString> labels;
    for (const YamlView::Entry &entry : map.entries())
        labels.insert(entry.key, entry.value.text());
    return labels;
}

void readStrategy(const YamlView &spec, ManifestWorkload &into)
{
    const YamlView strategy =
        into.kind == u"Deployment" || into.kind == u"Rollout" ? spec.at("strategy") : spec.at("updateStrategy");
    into.strategy = strategy.at("type").text();
    into.strategyLine = strategy.at("type").line();
    YamlView rolling = strategy.at("rollingUpdate");
    for (const char *argo : {"canary", "blueGreen"}) {
        if (into.kind == u"Rollout" && strategy.at(argo).isThere()) {
            into.strategy = QString::fromLatin1(argo);
            into.strategyLine = strategy.line();
            rolling = strategy.at(argo);
        }
    }
    into.maxUnavailable = rolling.at("maxUnavailable").text();
    into.maxUnavailableLine = rolling.at("maxUnavailable").line();
}

void readManifestWorkload(const YamlView &root, const QString &file, ManifestSet &into)
{
    ManifestWorkload workload{.kind = root.at("kind").text(),
                              .name = root.at("metadata").at("name").text(),
                              .nameSpace = root.at("metadata").at("namespace").text(),
                              .file = file,
                              .line = root.at("kind").line()};
    YamlView spec = root.at("spec");
    if (workload.kind == u"CronJob")
        spec = spec.at("jobTemplate").at("spec");
    const YamlView replicas = spec.at("replicas");
    if (replicas.isThere()) {
        workload.replicas = replicas.number(1);
        workload.replicasLine = replicas.line();
    }
    const YamlView history = spec.at("revisionHistoryLimit");
    if (history.isThere()) {
        workload.historyLimit = history.number(10);
        workload.historyLine = history.line();
    }
    readStrategy(spec, workload);
    workload.hasTemplate = spec.at("template").isMap();
    readManifestPod(spec.at("template"), workload);
    into.workloads.append(workload);
}

ManifestSelector readManifestSelector(const YamlView &root, const QString &file)
{
    const YamlView spec = root.at("spec");
    const YamlView selector = spec.at("selector");
    const bool isService = root.at("kind").text() == u"Service";
    return {.name = root.at("metadata").at("name").text(),
            .nameSpace = root.at("metadata").at("namespace").text(),
            .file = file,
            .line = root.at("kind").line(),
            .labels = labelsAt(isService ? selector : selector.at("matchLabels")),
            .isPartly = selector.at("matchExpressions").isThere(),
            .minAvailable = spec.at("minAvailable").text(),
            .maxUnavailable = spec.at("maxUnavailable").text()};
}

void readScaler(const YamlView &root, ManifestSet &into)
{
    const YamlView spec = root.at("spec");
    const bool isKeda = root.at("kind").text() == u"ScaledObject";
    const YamlView target = spec.at("scaleTargetRef");
    const QString kind = target.at("kind").text();
    into.scalers.append({.kind = kind.isEmpty() ? QStringLiteral("Deployment") : kind,
                         .name = target.at("name").text(),
                         .nameSpace = root.at("metadata").at("namespace").text(),
                         .minimum = spec.at(isKeda ? "minReplicaCount" : "minReplicas").number(isKeda ? 0 : 1),
                         .maximum = spec.at(isKeda ? "maxReplicaCount" : "maxReplicas").number(isKeda ? 100 : 0)});
}

void readManifestData(const YamlView &root, const QString &file, ManifestSet &into)
{
    ManifestData data{.kind = root.at("kind").text(),
                      .name = root.at("metadata").at("name").text(),
                      .nameSpace = root.at("metadata").at("namespace").text(),
                      .file = file,
                      .line = root.at("kind").line()};
    const bool isSecret = data.kind == u"Secret";
    for (const char *part : {"data", "stringData"}) {
        const bool isEncoded = isSecret && QLatin1String(part) == u"data";
        for (const YamlView::Entry &entry : root.at(part).entries()) {
            const QString text = entry.value.text();
            const QString value = isEncoded ? QString::fromUtf8(QByteArray::fromBase64(text.toUtf8())) : text;
            data.entries.append({.name = entry.key, .value = value, .line = entry.line});
        }
    }
    into.data.append(data);
}

void readKustomization(const YamlView &root, const QString &file, ManifestSet &into)
{
    ManifestKustomization read{.file = file};
    for (const YamlView &resource : root.at("resources").items()) {
        read.resources.append(resource.text());
        read.resourceLines.append(resource.line());
    }
    for (const char *list : {"patches", "patchesStrategicMerge", "patchesJson6902"}) {
        for (const YamlView &patch : root.at(list).items())
            read.patches.append(patch.isMap() ? patch.at("path").text() : patch.text());
    }
    for (const char *change :
         {"patches", "patchesStrategicMerge", "patchesJson6902", "images", "replicas", "components", "helmCharts",
          "transformers", "replacements", "vars", "configMapGenerator", "secretGenerator", "generators"}) {
        if (root.at(change).isThere())
            read.changes.append(QString::fromLatin1(change));
    }
    into.kustomizations.append(read);
}

void readLimitRange(const YamlView &root, ManifestSet &into)
{
    for (const YamlView &limit : root.at("spec").at("limits").items()) {
        if (limit.at("type").text() == u"Container" && limit.at("default").at("memory").isThere())
            into.defaultedSpaces.append(root.at("metadata").at("namespace").text());
    }
}

void readManifestObjectAt(const YamlView &root, const QString &file, ManifestSet &into, int depth)
{
    const QString kind = root.at("kind").text();
    if (kind.isEmpty() || !root.at("apiVersion").isThere())
        return;
    static const QStringList workloads{QStringLiteral("Deployment"), QStringLiteral("StatefulSet"),
                                       QStringLiteral("DaemonSet"),  QStringLiteral("Rollout"),
                                       QStringLiteral("Job"),        QStringLiteral("CronJob")};
    ++into.objects;
    if (kind == u"List" && depth < mostListDepth) {
        for (const YamlView &item : root.at("items").items())
            readManifestObjectAt(item, file, into, depth + 1);
    } else if (workloads.contains(kind)) {
        readManifestWorkload(root, file, into);
    } else if (kind == u"PodDisruptionBudget") {
        into.budgets.append(readManifestSelector(root, file));
    } else if (kind == u"Service") {
        into.services.append(readManifestSelector(root, file));
    } else if (kind == u"HorizontalPodAutoscaler" || kind == u"ScaledObject") {
        readScaler(root, into);
    } else if (kind == u"ConfigMap" || kind == u"Secret") {
        readManifestData(root, file, into);
    } else if (kind == u"Kustomization" && root.at("apiVersion").text().startsWith(u"kustomize.config")) {
        readKustomization(root, file, into);
    } else if (kind == u"LimitRange") {
        readLimitRange(root, into);
    }
}

} // namespace

void readManifestObject(const YamlView &root, const QString &file, ManifestSet &into)
{
    readManifestObjectAt(root, file, into, 0);
}

} // namespace cockpit
