// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/manifest_pod_yaml.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

/// A probe's port as a number, where the container names it.
QString manifestPort(const YamlView &port, const YamlView &container)
{
    for (const YamlView &declared : container.at("ports").items()) {
        if (declared.at("name").text() == port.text())
            return declared.at("containerPort").text();
    }
    return port.text();
}

QString probeCommand(const YamlView &action)
{
    QStringList words;
    for (const YamlView &word : action.at("command").items())
        words.append(word.text());
    return words.join(u' ');
}

QString probeAction(const YamlView &probe, const YamlView &container)
{
    if (const YamlView http = probe.at("httpGet"); http.isThere())
        return QStringLiteral("GET :") + manifestPort(http.at("port"), container) + u' ' + http.at("path").text();
    if (const YamlView tcp = probe.at("tcpSocket"); tcp.isThere())
        return QStringLiteral("TCP :") + manifestPort(tcp.at("port"), container);
    if (const YamlView grpc = probe.at("grpc"); grpc.isThere())
        return QStringLiteral("gRPC :") + grpc.at("port").text() + u' ' + grpc.at("service").text();
    return QStringLiteral("exec ") + probeCommand(probe.at("exec"));
}

std::optional<ManifestProbe> readProbe(const YamlView &container, const char *which)
{
    const YamlView probe = container.at(which);
    if (!probe.isMap())
        return std::nullopt;
    return ManifestProbe{.line = probe.line(),
                         .action = probeAction(probe, container),
                         .initialDelay = probe.at("initialDelaySeconds").number(0),
                         .period = probe.at("periodSeconds").number(10),
                         .timeout = probe.at("timeoutSeconds").number(1),
                         .failureThreshold = probe.at("failureThreshold").number(3)};
}

void readManifestResources(const YamlView &container, ManifestContainer &into)
{
    const YamlView requests = container.at("resources").at("requests");
    const YamlView limits = container.at("resources").at("limits");
    into.limitsCpu = limits.at("cpu").isThere();
    into.limitsMemory = limits.at("memory").isThere();
    into.asksCpu = into.limitsCpu || requests.at("cpu").isThere();
    into.asksMemory = into.limitsMemory || requests.at("memory").isThere();
    const auto asked = [&](const char *what) {
        const YamlView request = requests.at(what);
        return manifestQuantity(request.isThere() ? request.text() : limits.at(what).text());
    };
    into.cpu = asked("cpu");
    into.memory = asked("memory");
}

void readPreStop(const YamlView &container, ManifestContainer &into)
{
    const YamlView preStop = container.at("lifecycle").at("preStop");
    if (!preStop.isThere())
        return;
    static const QRegularExpression sleeping(QStringLiteral("\\bsleep\\s+(\\d{1,6})\\b"));
    into.hasPreStop = true;
    into.preStopLine = preStop.line();
    into.preStopSeconds = preStop.at("sleep").at("seconds").number(0);
    if (const auto match = sleeping.match(probeCommand(preStop.at("exec"))); match.hasMatch())
        into.preStopSeconds = match.captured(1).toInt();
}

void readVariables(const YamlView &container, ManifestContainer &into)
{
    for (const YamlView &item : container.at("env").items()) {
        const YamlView from = item.at("valueFrom");
        const YamlView config = from.at("configMapKeyRef");
        into.variables.append({.name = item.at("name").text(),
                               .value = item.at("value").text(),
                               .line = item.at("value").isThere() ? item.at("value").line() : item.line(),
                               .isSecretRef = from.at("secretKeyRef").isThere(),
                               .configMap = config.at("name").text(),
                               .configKey = config.at("key").text()});
    }
    for (const YamlView &item : container.at("envFrom").items()) {
        if (const YamlView config = item.at("configMapRef"); config.isThere())
            into.configMaps.append(config.at("name").text());
    }
}

bool isForMetrics(const QString &portName)
{
    return portName.contains(u"metrics") || portName.contains(u"prom") || portName.contains(u"admin") ||
           portName.contains(u"debug");
}

ManifestContainer readContainer(const YamlView &container, bool isInit)
{
    ManifestContainer read{.name = container.at("name").text(),
                           .line = container.line(),
                           .isInit = isInit,
                           .image = container.at("image").text(),
                           .imageLine = container.at("image").line(),
                           .liveness = readProbe(container, "livenessProbe"),
                           .readiness = readProbe(container, "readinessProbe"),
                           .startup = readProbe(container, "startupProbe")};
    readManifestResources(container, read);
    readPreStop(container, read);
    readVariables(container, read);
    for (const YamlView &port : container.at("ports").items())
        read.servesPort = read.servesPort || !isForMetrics(port.at("name").text());
    return read;
}

} // namespace

double manifestQuantity(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^([0-9.]+)(m|k|[MGTPE]i?|Ki)?$"));
    const auto match = shape.match(text.trimmed());
    if (!match.hasMatch())
        return 0.0;
    const double value = match.captured(1).toDouble();
    const QString unit = match.captured(2);
    if (unit == u"m")
        return value / 1000.0;
    const qsizetype power =
        unit.isEmpty() ? 0 : QStringLiteral("kMGTPE").indexOf(unit.at(0) == u'K' ? u'k' : unit.at(0)) + 1;
    return value * std::pow(unit.endsWith(u'i') ? 1024.0 : 1000.0, double(power));
}

void readManifestPod(const YamlView &pod, ManifestWorkload &into)
{
    const YamlView spec = pod.at("spec");
    for (const YamlView::Entry &label : pod.at("metadata").at("labels").entries())
        into.podLabels.insert(label.key, label.value.text());
    for (const YamlView &container : spec.at("initContainers").items()) {
        ManifestContainer read = readContainer(container, true);
        // A sidecar of Kubernetes 1.28 and later runs beside the others.
        read.isInit = container.at("restartPolicy").text() != u"Always";
        into.containers.append(read);
    }
    for (const YamlView &container : spec.at("containers").items())
        into.containers.append(readContainer(container, false));
    const YamlView grace = spec.at("terminationGracePeriodSeconds");
    if (grace.isThere()) {
        into.grace = grace.number(30);
        into.graceLine = grace.line();
    }
}

} // namespace cockpit
