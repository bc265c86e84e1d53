// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/rollout_codec.h"

#include "app/formats/update_codec_parts.h"

namespace cockpit {

using nlohmann::json;

namespace {

json imageJson(const ContainerImage &image)
{
    return {
        {"container", jsonText(image.container)}, {"image", jsonText(image.image)}, {"digest", jsonText(image.digest)}};
}

ContainerImage imageOf(const json &value)
{
    return {textOf(value.at("container")), textOf(value.at("image")), textOf(value.at("digest"))};
}

json metricJson(const AnalysisMetric &metric)
{
    return {{"name", jsonText(metric.name)},
            {"phase", jsonText(metric.phase)},
            {"value", jsonText(metric.value)},
            {"condition", jsonText(metric.condition)},
            {"query", jsonText(metric.query)},
            {"message", jsonText(metric.message)},
            {"measuredAt", jsonInstant(metric.measuredAt)}};
}

AnalysisMetric metricOf(const json &value)
{
    return {textOf(value.at("name")),
            textOf(value.at("phase")),
            textOf(value.at("value")),
            textOf(value.at("condition")),
            textOf(value.at("query")),
            textOf(value.at("message")),
            optionalInstantOf(value.at("measuredAt"))};
}

} // namespace

json textMapJson(const QHash<QString, QString> &texts)
{
    json object = json::object();
    for (auto it = texts.cbegin(); it != texts.cend(); ++it)
        object[jsonText(it.key())] = jsonText(it.value());
    return object;
}

QHash<QString, QString> textMapOf(const json &value)
{
    QHash<QString, QString> texts;
    for (const auto &[name, text] : value.items())
        texts.insert(QString::fromStdString(name), textOf(text));
    return texts;
}

json objectKeyJson(const ObjectKey &key)
{
    return {{"environment", jsonText(key.environment)},
            {"context", jsonText(key.context)},
            {"namespace", jsonText(key.nameSpace)},
            {"kind", jsonText(key.kind)},
            {"name", jsonText(key.name)},
            {"uid", jsonText(key.uid)}};
}

ObjectKey objectKeyOf(const json &value)
{
    return {textOf(value.at("environment")), textOf(value.at("context")), textOf(value.at("namespace")),
            textOf(value.at("kind")),        textOf(value.at("name")),    textOf(value.at("uid"))};
}

json revisionJson(const RolloutRevision &revision)
{
    return {{"hash", jsonText(revision.hash)},
            {"objectName", jsonText(revision.objectName)},
            {"number", revision.number},
            {"images", jsonArrayOf(revision.images, imageJson)},
            {"version", jsonText(revision.version)},
            {"createdAt", jsonInstant(revision.createdAt)},
            {"changedBy", jsonText(revision.changedBy)},
            {"changeCause", jsonText(revision.changeCause)},
            {"isStable", revision.isStable},
            {"isCurrent", revision.isCurrent},
            {"pods", revision.pods},
            {"readyPods", revision.readyPods},
            {"scaleDownAt", jsonInstant(revision.scaleDownAt)},
            {"podTemplate", revision.podTemplate.toStdString()},
            {"annotations", textMapJson(revision.annotations)}};
}

RolloutRevision revisionOf(const json &value)
{
    RolloutRevision revision;
    revision.hash = textOf(value.at("hash"));
    revision.objectName = textOf(value.at("objectName"));
    revision.number = value.at("number").get<qint64>();
    revision.images = arrayOf<ContainerImage>(value.at("images"), imageOf);
    revision.version = textOf(value.at("version"));
    revision.createdAt = optionalInstantOf(value.at("createdAt"));
    revision.changedBy = textOf(value.at("changedBy"));
    revision.changeCause = textOf(value.at("changeCause"));
    revision.isStable = value.at("isStable").get<bool>();
    revision.isCurrent = value.at("isCurrent").get<bool>();
    revision.pods = value.at("pods").get<int>();
    revision.readyPods = value.at("readyPods").get<int>();
    revision.scaleDownAt = optionalInstantOf(value.at("scaleDownAt"));
    revision.podTemplate = QByteArray::fromStdString(value.at("podTemplate").get<std::string>());
    revision.annotations = textMapOf(value.at("annotations"));
    return revision;
}

json podJson(const PodFact &pod)
{
    return {{"name", jsonText(pod.name)},
            {"hash", jsonText(pod.hash)},
            {"phase", jsonText(pod.phase)},
            {"waiting", jsonText(pod.waiting)},
            {"ready", pod.ready},
            {"terminating", pod.terminating},
            {"restarts", pod.restarts},
            {"node", jsonText(pod.node)},
            {"createdAt", jsonInstant(pod.createdAt)},
            {"images", jsonArrayOf(pod.images, imageJson)}};
}

PodFact podOf(const json &value)
{
    return {textOf(value.at("name")),
            textOf(value.at("hash")),
            textOf(value.at("phase")),
            textOf(value.at("waiting")),
            value.at("ready").get<bool>(),
            value.at("terminating").get<bool>(),
            value.at("restarts").get<int>(),
            textOf(value.at("node")),
            optionalInstantOf(value.at("createdAt")),
            arrayOf<ContainerImage>(value.at("images"), imageOf)};
}

json analysisJson(const AnalysisFact &analysis)
{
    return {{"name", jsonText(analysis.name)},
            {"type", jsonText(analysis.type)},
            {"phase", jsonText(analysis.phase)},
            {"message", jsonText(analysis.message)},
            {"hash", jsonText(analysis.hash)},
            {"stepIndex", analysis.stepIndex ? json(*analysis.stepIndex) : json()},
            {"startedAt", jsonInstant(analysis.startedAt)},
            {"completedAt", jsonInstant(analysis.completedAt)},
            {"metrics", jsonArrayOf(analysis.metrics, metricJson)}};
}

AnalysisFact analysisOf(const json &value)
{
    const json &step = value.at("stepIndex");
    return {textOf(value.at("name")),
            textOf(value.at("type")),
            textOf(value.at("phase")),
            textOf(value.at("message")),
            textOf(value.at("hash")),
            step.is_null() ? std::nullopt : std::optional<int>(step.get<int>()),
            optionalInstantOf(value.at("startedAt")),
            optionalInstantOf(value.at("completedAt")),
            arrayOf<AnalysisMetric>(value.at("metrics"), metricOf)};
}

} // namespace cockpit
