// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_reader.h"

#include <nlohmann/json.hpp>

#include <array>

namespace cockpit {

namespace {

constexpr std::string_view lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
constexpr std::array<std::string_view, 3> hashLabels{"rollouts-pod-template-hash", "pod-template-hash",
                                                     "controller-revision-hash"};

bool isHashLabel(std::string_view name)
{
    return std::find(hashLabels.begin(), hashLabels.end(), name) != hashLabels.end();
}

bool isWrittenByPeople(KubernetesKind kind)
{
    switch (kind) {
    case KubernetesKind::Rollout:
    case KubernetesKind::FlaggerCanary:
    case KubernetesKind::Deployment:
    case KubernetesKind::StatefulSet:
    case KubernetesKind::DaemonSet:
    case KubernetesKind::ConfigMap:
    case KubernetesKind::Secret:
        return true;
    default:
        return false;
    }
}

/// How near what one manager owns comes to what runs: the pod template before the rest of it; 0 = not at all.
int weightOfOwnership(JsonNode entry)
{
    if (!entry["subresource"].text().empty())
        return 0;
    const JsonNode fields = entry["fieldsV1"];
    const JsonNode spec = fields["f:spec"];
    if (spec["f:template"])
        return 3;
    if (spec || fields["f:data"] || fields["f:stringData"] || fields["f:binaryData"])
        return 2;
    return 1;
}

void readLastWriter(JsonNode managedFields, ObjectFacts &facts, TextPool &pool)
{
    int best = 0;
    managedFields.elements([&](JsonNode entry) {
        const int weight = weightOfOwnership(entry);
        const std::optional<Instant> at = entry["time"].time();
        if (weight < best || weight == 0 || (weight == best && facts.changedAt && at <= facts.changedAt))
            return;
        best = weight;
        facts.changedBy = pool.take(entry["manager"].text());
        facts.changedAt = at;
    });
}

/// `{"labels":{…}}` of a template without the labels that controllers add.
std::string metadataWithoutHash(JsonNode metadata)
{
    std::string text = "{";
    metadata.fields([&](std::string_view key, JsonNode value) {
        if (key == "creationTimestamp")
            return;
        std::string item = value.minified();
        if (key == "labels") {
            item = "{";
            value.fields([&](std::string_view name, JsonNode label) {
                if (isHashLabel(name))
                    return;
                if (item.size() > 1)
                    item += ',';
                item += nlohmann::json(std::string(name)).dump() + ':' + label.minified();
            });
            item += '}';
        }
        if (item.empty())
            return;
        if (text.size() > 1)
            text += ',';
        text += nlohmann::json(std::string(key)).dump() + ':' + item;
    });
    return text + '}';
}

} // namespace

QHash<QString, QString> readTextMap(JsonNode map, TextPool &pool)
{
    QHash<QString, QString> texts;
    map.fields([&](std::string_view name, JsonNode value) {
        if (name != lastAppliedAnnotation)
            texts.insert(pool.take(name), pool.take(value.text()));
    });
    return texts;
}

QString templateHashOf(const QHash<QString, QString> &labels)
{
    for (const std::string_view name : hashLabels) {
        const auto found = labels.constFind(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
        if (found != labels.constEnd())
            return *found;
    }
    return {};
}

ObjectFacts readObjectFacts(JsonNode object, KubernetesKind kind, TextPool &pool)
{
    const JsonNode metadata = object["metadata"];
    ObjectFacts facts;
    facts.kind = kind;
    facts.nameSpace = pool.take(metadata["namespace"].text());
    facts.name = pool.take(metadata["name"].text());
    facts.uid = pool.take(metadata["uid"].text());
    facts.resourceVersion = pool.take(metadata["resourceVersion"].text());
    facts.generation = metadata["generation"].number().value_or(0);
    metadata["ownerReferences"].elements([&](JsonNode owner) {
        if (!owner["controller"].flag())
            return;
        facts.ownerKind = pool.take(owner["kind"].text());
        facts.ownerName = pool.take(owner["name"].text());
        facts.ownerUid = pool.take(owner["uid"].text());
    });
    facts.deleting = bool(metadata["deletionTimestamp"]);
    facts.createdAt = metadata["creationTimestamp"].time();
    facts.labels = readTextMap(metadata["labels"], pool);
    facts.annotations = readTextMap(metadata["annotations"], pool);
    if (isWrittenByPeople(kind))
        readLastWriter(metadata["managedFields"], facts, pool);
    return facts;
}

QList<ContainerImage> readImages(JsonNode podSpec, TextPool &pool)
{
    QList<ContainerImage> images;
    podSpec["containers"].elements([&](JsonNode container) {
        images.append({pool.take(container["name"].text()), pool.take(container["image"].text()), {}});
    });
    return images;
}

TemplateFacts readTemplate(JsonNode podTemplate, TextPool &pool)
{
    TemplateFacts facts;
    const JsonNode spec = podTemplate["spec"];
    if (!spec)
        return facts;
    const JsonNode metadata = podTemplate["metadata"];
    facts.json = QByteArray::fromStdString("{\"metadata\":" + metadataWithoutHash(metadata) +
                                           ",\"spec\":" + spec.minified() + '}');
    facts.images = readImages(spec, pool);
    facts.labels = readTextMap(metadata["labels"], pool);
    for (const std::string_view name : hashLabels)
        facts.labels.remove(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    facts.annotations = readTextMap(metadata["annotations"], pool);
    return facts;
}

} // namespace cockpit
