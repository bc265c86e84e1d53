// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_hpa.h"

#include "app/formats/format_words.h"
#include "app/formats/lease_codec.h"

#include <nlohmann/json.hpp>

#include <array>

namespace cockpit {

using nlohmann::json;

namespace {

const json &hpaField(const json &object, const char *key)
{
    static const json none;
    return object.is_object() && object.contains(key) ? object.at(key) : none;
}

QString hpaText(const json &value)
{
    return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
}

/// A quantity of Kubernetes as a number: "500m" is 0.5, "2Gi" is 2147483648. Nothing where it is none.
std::optional<double> quantityOf(const QString &text)
{
    static constexpr std::array<std::pair<const char *, double>, 12> suffixes{{{"Ki", 1024.0},
                                                                               {"Mi", 1048576.0},
                                                                               {"Gi", 1073741824.0},
                                                                               {"Ti", 1099511627776.0},
                                                                               {"n", 1e-9},
                                                                               {"u", 1e-6},
                                                                               {"m", 1e-3},
                                                                               {"k", 1e3},
                                                                               {"M", 1e6},
                                                                               {"G", 1e9},
                                                                               {"T", 1e12},
                                                                               {"P", 1e15}}};
    QString digits = text;
    double factor = 1.0;
    for (const auto &[suffix, value] : suffixes) {
        if (!digits.endsWith(QLatin1String(suffix)))
            continue;
        digits.chop(static_cast<qsizetype>(qstrlen(suffix)));
        factor = value;
        break;
    }
    bool isNumber = false;
    const double value = digits.toDouble(&isNumber);
    return isNumber ? std::optional(value * factor) : std::nullopt;
}

struct MetricValue {
    QString text{};
    std::optional<double> number{};
};

/// "62 %", "500m", "2Gi": whichever of the three kinds of value is given.
MetricValue metricValue(const json &value)
{
    if (const json &percent = hpaField(value, "averageUtilization"); percent.is_number())
        return {FormatWords::tr("%1 %").arg(percent.get<int>()), percent.get<double>()};
    for (const char *const key : {"averageValue", "value"}) {
        const QString text = hpaText(hpaField(value, key));
        if (!text.isEmpty())
            return {text, quantityOf(text)};
    }
    return {};
}

/// The part of a metric that its type names, and the name of what it measures.
std::pair<json, QString> metricSource(const json &metric)
{
    static constexpr std::array<std::pair<const char *, const char *>, 5> parts{{{"Resource", "resource"},
                                                                                 {"ContainerResource", "containerResource"},
                                                                                 {"Pods", "pods"},
                                                                                 {"Object", "object"},
                                                                                 {"External", "external"}}};
    const QString type = hpaText(hpaField(metric, "type"));
    for (const auto &[name, key] : parts) {
        if (type != QLatin1String(name))
            continue;
        const json &part = hpaField(metric, key);
        const QString own = hpaText(hpaField(part, "name"));
        return {part, own.isEmpty() ? hpaText(hpaField(hpaField(part, "metric"), "name")) : own};
    }
    return {};
}

QList<ScalingMetric> scalingMetrics(const json &spec, const json &status)
{
    QList<ScalingMetric> metrics;
    const json &asked = hpaField(spec, "metrics");
    if (!asked.is_array())
        return metrics;
    for (const json &one : asked) {
        const auto [part, name] = metricSource(one);
        const MetricValue target = metricValue(hpaField(part, "target"));
        ScalingMetric metric{name, {}, target.text, {}};
        const json &all = hpaField(status, "currentMetrics");
        for (const json &measured : all.is_array() ? all : json::array()) {
            const auto [current, itsName] = metricSource(measured);
            if (itsName != name)
                continue;
            const MetricValue value = metricValue(hpaField(current, "current"));
            metric.current = value.text;
            if (value.number && target.number && *target.number > 0)
                metric.ratio = *value.number / *target.number;
        }
        metrics.append(metric);
    }
    return metrics;
}

void readConditions(const json &status, HpaFacts &facts)
{
    const json &conditions = hpaField(status, "conditions");
    for (const json &condition : conditions.is_array() ? conditions : json::array()) {
        const QString type = hpaText(hpaField(condition, "type"));
        const bool isTrue = hpaText(hpaField(condition, "status")) == u"True";
        if (type == u"ScalingLimited" && isTrue && hpaText(hpaField(condition, "reason")) == u"TooManyReplicas") {
            facts.atMaximum = true;
            facts.limitedSince = parseRfc3339(hpaText(hpaField(condition, "lastTransitionTime")).toStdString());
        }
        if ((type == u"ScalingActive" || type == u"AbleToScale") && !isTrue)
            facts.trouble = FormatWords::excerpt(hpaText(hpaField(condition, "message")).toStdString());
    }
}

} // namespace

HpaFacts readHpa(const KubernetesObject &hpa)
{
    HpaFacts facts;
    facts.nameSpace = hpa.nameSpace();
    facts.name = hpa.name();
    facts.uid = hpa.uid();
    facts.resourceVersion = hpa.resourceVersion();
    facts.targetKind = hpa.text("spec.scaleTargetRef.kind");
    facts.targetName = hpa.text("spec.scaleTargetRef.name");
    facts.minimum = hpa.has("spec.minReplicas") ? static_cast<int>(hpa.number("spec.minReplicas")) : 1;
    facts.maximum = static_cast<int>(hpa.number("spec.maxReplicas"));
    facts.current = static_cast<int>(hpa.number("status.currentReplicas"));
    facts.desired = static_cast<int>(hpa.number("status.desiredReplicas"));
    facts.lastScaledAt = hpa.time("status.lastScaleTime");
    const json &status = hpaField(hpa.json(), "status");
    facts.metrics = scalingMetrics(hpaField(hpa.json(), "spec"), status);
    readConditions(status, facts);
    facts.lease = hpa.annotation(QLatin1String(leaseAnnotation));
    return facts;
}

QByteArray hpaLimitsPatch(const KubernetesObject &hpa, int minimum, int maximum, const std::optional<QByteArray> &lease)
{
    json body;
    body["metadata"]["resourceVersion"] = hpa.resourceVersion().toStdString();
    if (lease)
        body["metadata"]["annotations"][leaseAnnotation] = lease->isEmpty() ? json() : json(lease->toStdString());
    body["spec"] = {{"minReplicas", minimum}, {"maxReplicas", maximum}};
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

QString hpaPath(const QString &nameSpace, const QString &name)
{
    const QString list =
        QStringLiteral("/apis/autoscaling/v2/namespaces/") + nameSpace + QStringLiteral("/horizontalpodautoscalers");
    return name.isEmpty() ? list : list + u'/' + name;
}

} // namespace cockpit
