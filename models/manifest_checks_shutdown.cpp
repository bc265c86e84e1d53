// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/manifest_checks.h"
#include "models/review_rule.h"
#include "models/review_words.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

constexpr int defaultGrace = 30; // seconds, Kubernetes' own

/// What a variable such as SHUTDOWN_TIMEOUT_SECONDS=25 or DRAIN_PERIOD=30s says; nothing for everything else.
std::optional<int> drainSeconds(const QString &name, const QString &value)
{
    static const QRegularExpression drain(QStringLiteral("drain|shutdown|graceful"),
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression shape(QStringLiteral("^([0-9]{1,7})(ms|s|m)?$"));
    static const QRegularExpression milli(QStringLiteral("_ms$|millis"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression minute(QStringLiteral("_min(ute)?s?$"), QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression other(QStringLiteral("port|count|max|limit|percent|threshold"),
                                          QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = shape.match(value.trimmed());
    if (!match.hasMatch() || !drain.match(name).hasMatch() || other.match(name).hasMatch())
        return std::nullopt;
    const int number = match.captured(1).toInt();
    const QString unit = match.captured(2);
    if (unit == u"ms" || (unit.isEmpty() && milli.match(name).hasMatch()))
        return number / 1000;
    if (unit == u"m" || (unit.isEmpty() && minute.match(name).hasMatch()))
        return number * 60;
    return number;
}

/// The longest drain that the container's configuration asks for, with the name of the variable.
std::pair<int, QString> configuredDrain(const ManifestWorkload &workload, const ManifestContainer &container,
                                        const ManifestIndex &index)
{
    std::pair<int, QString> longest{0, {}};
    const auto look = [&longest](const QString &name, const QString &value) {
        const std::optional<int> seconds = drainSeconds(name, value);
        if (seconds && *seconds > longest.first)
            longest = {*seconds, name};
    };
    for (const ManifestEntry &variable : container.variables)
        look(variable.name, index.valueOf(variable, workload));
    for (const QString &name : container.configMaps) {
        if (const ManifestData *data = index.configMap(name, workload.nameSpace)) {
            for (const ManifestEntry &entry : data->entries)
                look(entry.name, entry.value);
        }
    }
    return longest;
}

void checkGrace(const ManifestWorkload &workload, const ManifestContainer &container, const ManifestIndex &index,
                QList<ReviewFinding> &findings)
{
    const int grace = workload.grace.value_or(defaultGrace);
    const auto [drain, variable] = configuredDrain(workload, container, index);
    if (container.preStopSeconds + drain < grace || (container.preStopSeconds + drain == 0 && grace > 0))
        return;
    QStringList parts;
    if (container.preStopSeconds > 0)
        parts.append(ReviewWords::tr("preStop %1 s").arg(container.preStopSeconds));
    if (drain > 0)
        parts.append(variable + u' ' + QString::number(drain) + QStringLiteral(" s"));
    if (parts.isEmpty())
        parts.append(ReviewWords::tr("it is 0"));
    const QString whole =
        ReviewWords::tr("a grace period of %1 s against ").arg(grace) + parts.join(QStringLiteral(" + "));
    const int line = workload.graceLine > 0 ? workload.graceLine : container.line;
    findings.append(reviewFinding(
        "manifest-grace-too-short",
        {.file = workload.file, .line = line, .object = workload.title(), .name = workload.title(), .detail = whole}));
}

} // namespace

void checkManifestShutdown(const ManifestWorkload &workload, const ManifestIndex &index, QList<ReviewFinding> &findings)
{
    if (!workload.runsForever() || !workload.hasTemplate)
        return;
    for (const ManifestContainer &container : workload.containers) {
        if (!container.isInit)
            checkGrace(workload, container, index, findings);
    }
    const QList<const ManifestContainer *> servers = index.serversOf(workload);
    bool hasHook = false;
    for (const ManifestContainer *container : servers)
        hasHook = hasHook || container->hasPreStop;
    if (servers.isEmpty() || hasHook)
        return;
    ReviewPlace place{
        .file = workload.file, .line = workload.line, .object = workload.title(), .name = workload.title()};
    if (!workload.grace)
        return findings.append(reviewFinding("manifest-no-graceful-shutdown", place));
    place.line = servers.first()->line;
    place.name = servers.first()->name;
    findings.append(reviewFinding("manifest-no-pre-stop", place));
}

} // namespace cockpit
