// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_reader.h"

namespace cockpit {

namespace {

ReplicaSetFacts readReplicaSet(JsonNode object, TextPool &pool)
{
    const JsonNode spec = object["spec"];
    const JsonNode status = object["status"];
    return {readObjectFacts(object, KubernetesKind::ReplicaSet, pool), spec["replicas"].integer(1),
            status["readyReplicas"].integer(), status["availableReplicas"].integer(),
            readTemplate(spec["template"], pool)};
}

ControllerRevisionFacts readControllerRevision(JsonNode object, TextPool &pool)
{
    const JsonNode data = object["data"];
    return {readObjectFacts(object, KubernetesKind::ControllerRevision, pool), object["revision"].number().value_or(0),
            QByteArray::fromStdString(data.minified()), readTemplate(data["spec"]["template"], pool)};
}

/// "docker-pullable://repo@sha256:…" and "sha256:…" hold the digest.
QString digestOf(std::string_view imageId, TextPool &pool)
{
    if (const size_t at = imageId.rfind('@'); at != std::string_view::npos)
        return pool.take(imageId.substr(at + 1));
    return imageId.substr(0, 7) == "sha256:" ? pool.take(imageId) : QString();
}

void readContainerStatuses(JsonNode statuses, PodFact &pod, TextPool &pool)
{
    statuses.elements([&](JsonNode container) {
        pod.restarts += container["restartCount"].integer();
        if (pod.waiting.isEmpty())
            pod.waiting = pool.take(container["state"]["waiting"]["reason"].text());
        const QString name = pool.take(container["name"].text());
        for (ContainerImage &image : pod.images) {
            if (image.container == name)
                image.digest = digestOf(container["imageID"].text(), pool);
        }
    });
}

PodFacts readPod(JsonNode object, TextPool &pool)
{
    PodFacts facts{readObjectFacts(object, KubernetesKind::Pod, pool), {}};
    const JsonNode status = object["status"];
    PodFact &pod = facts.pod;
    pod.name = facts.object.name;
    pod.hash = templateHashOf(facts.object.labels);
    pod.phase = pool.take(status["phase"].text());
    pod.terminating = facts.object.deleting;
    pod.node = pool.take(object["spec"]["nodeName"].text());
    pod.createdAt = facts.object.createdAt;
    pod.images = readImages(object["spec"], pool);
    readContainerStatuses(status["initContainerStatuses"], pod, pool);
    readContainerStatuses(status["containerStatuses"], pod, pool);
    if (pod.waiting.isEmpty())
        pod.waiting = pool.take(status["reason"].text()); // "Evicted"
    status["conditions"].elements([&](JsonNode condition) {
        if (condition["type"].text() == "Ready")
            pod.ready = condition["status"].text() == "True";
    });
    facts.object.annotations.clear(); // nothing reads them, and there are many pods
    return facts;
}

/// The query with the arguments put in whose value the run tells. Those from Secrets stay as they are written.
QString analysisQuery(std::string_view query, JsonNode args)
{
    QString text = QString::fromUtf8(query.data(), static_cast<qsizetype>(query.size()));
    args.elements([&](JsonNode arg) {
        const std::string_view name = arg["name"].text();
        const std::string_view value = arg["value"].text();
        if (name.empty() || value.empty())
            return;
        const QString place = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        const QString words = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        for (const char *const form : {"{{args.%1}}", "{{ args.%1 }}"})
            text.replace(QString::fromLatin1(form).arg(place), words);
    });
    return text;
}

AnalysisMetric readMetric(JsonNode definition, JsonNode args, TextPool &pool)
{
    AnalysisMetric metric;
    metric.name = pool.take(definition["name"].text());
    metric.condition = pool.take(definition["successCondition"].text());
    if (metric.condition.isEmpty() && definition["failureCondition"])
        metric.condition = QStringLiteral("not ") + pool.take(definition["failureCondition"].text());
    metric.query = analysisQuery(definition["provider"]["prometheus"]["query"].text(), args);
    metric.phase = QStringLiteral("Pending");
    return metric;
}

void readMeasurements(JsonNode result, AnalysisMetric &metric, TextPool &pool)
{
    metric.phase = pool.take(result["phase"].text());
    metric.message = pool.take(result["message"].text());
    result["measurements"].elements([&](JsonNode measurement) {
        metric.value = pool.take(measurement["value"].text());
        metric.measuredAt = measurement["finishedAt"].time();
        if (!metric.measuredAt)
            metric.measuredAt = measurement["startedAt"].time();
        if (metric.message.isEmpty())
            metric.message = pool.take(measurement["message"].text());
    });
}

AnalysisRunFacts readAnalysisRun(JsonNode object, TextPool &pool)
{
    AnalysisRunFacts facts{readObjectFacts(object, KubernetesKind::AnalysisRun, pool), {}};
    const JsonNode spec = object["spec"];
    const JsonNode status = object["status"];
    AnalysisFact &run = facts.analysis;
    const QHash<QString, QString> &labels = facts.object.labels;
    run.name = facts.object.name;
    run.type = labels.value(QStringLiteral("rollout-type"));
    run.phase = pool.take(status["phase"].text());
    run.message = pool.take(status["message"].text());
    run.hash = templateHashOf(labels);
    bool isIndex = false;
    const int index = labels.value(QStringLiteral("step-index")).toInt(&isIndex);
    if (isIndex)
        run.stepIndex = index;
    run.startedAt = status["startedAt"].time();
    run.completedAt = status["completedAt"].time();
    spec["metrics"].elements([&](JsonNode metric) { run.metrics.append(readMetric(metric, spec["args"], pool)); });
    status["metricResults"].elements([&](JsonNode result) {
        const QString name = pool.take(result["name"].text());
        for (AnalysisMetric &metric : run.metrics) {
            if (metric.name == name)
                readMeasurements(result, metric, pool);
        }
    });
    return facts;
}

AutoscalerFacts readAutoscaler(JsonNode object, TextPool &pool)
{
    const JsonNode spec = object["spec"];
    return {readObjectFacts(object, KubernetesKind::HorizontalPodAutoscaler, pool),
            pool.take(spec["scaleTargetRef"]["kind"].text()), pool.take(spec["scaleTargetRef"]["name"].text()),
            spec["minReplicas"].integer(1), spec["maxReplicas"].integer()};
}

/// Events of the new kind have no first and last time (backends.md §3.8).
Instant eventTime(JsonNode object)
{
    for (const JsonNode node :
         {object["series"]["lastObservedTime"], object["lastTimestamp"], object["deprecatedLastTimestamp"],
          object["eventTime"], object["metadata"]["creationTimestamp"]}) {
        if (const std::optional<Instant> at = node.time())
            return *at;
    }
    return {};
}

QString reporterOf(JsonNode object, TextPool &pool)
{
    for (const JsonNode node : {object["reportingComponent"], object["reportingController"],
                                object["source"]["component"], object["deprecatedSource"]["component"]}) {
        if (!node.text().empty())
            return pool.take(node.text());
    }
    return {};
}

EventFacts readEvent(JsonNode object, TextPool &pool)
{
    EventFacts facts;
    facts.object = readObjectFacts(object, KubernetesKind::Event, pool);
    const JsonNode about = object["involvedObject"] ? object["involvedObject"] : object["regarding"];
    facts.aboutKind = pool.take(about["kind"].text());
    facts.aboutNameSpace = pool.take(about["namespace"].text());
    facts.aboutName = pool.take(about["name"].text());
    facts.aboutUid = pool.take(about["uid"].text());
    facts.reason = pool.take(object["reason"].text());
    facts.message = pool.take(object["message"] ? object["message"].text() : object["note"].text());
    facts.warning = object["type"].text() == "Warning";
    facts.at = eventTime(object);
    const JsonNode series = object["series"];
    facts.count = std::max(1, series["count"].integer(object["count"].integer(object["deprecatedCount"].integer(1))));
    facts.reporter = reporterOf(object, pool);
    return facts;
}

} // namespace

KubernetesFact readFact(JsonNode object, KubernetesKind kind, TextPool &pool)
{
    switch (kind) {
    case KubernetesKind::ReplicaSet:
        return readReplicaSet(object, pool);
    case KubernetesKind::ControllerRevision:
        return readControllerRevision(object, pool);
    case KubernetesKind::Pod:
        return readPod(object, pool);
    case KubernetesKind::AnalysisRun:
        return readAnalysisRun(object, pool);
    case KubernetesKind::HorizontalPodAutoscaler:
        return readAutoscaler(object, pool);
    case KubernetesKind::Event:
        return readEvent(object, pool);
    case KubernetesKind::ConfigMap:
    case KubernetesKind::Secret:
        return MetadataFacts{readObjectFacts(object, kind, pool)};
    case KubernetesKind::Rollout:
    case KubernetesKind::FlaggerCanary:
    case KubernetesKind::Deployment:
    case KubernetesKind::StatefulSet:
    case KubernetesKind::DaemonSet:
        break;
    }
    return readWorkload(object, kind, pool);
}

} // namespace cockpit
