// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"
#include "models/instant.h"
#include "models/result.h"
#include "models/service.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

/// How one figure of all services is asked for at once.
struct FigureQuery {
    QString query{};                               ///< PromQL; its answer is one value per service (and version)
    QString versionLabel{QStringLiteral("version")}; ///< the label that carries the version, where there is one
    QString trackLabel{QStringLiteral("track")};     ///< "canary", "stable"
    bool operator==(const FigureQuery &) const = default;
};

/// `tracks:` how the two sides of a canary are measured: one value per pod (or version, or track) of one service over
/// one window. In each query $service stands for the service label's value and $window for the window ("5m").
struct TrackQueries {
    QString requests{};       ///< how many in the window
    QString errors{};         ///< how many of these failed; a pod without failures is 0, not absent
    QString latencyBuckets{}; ///< cumulative counts of the window by the label `le`
    QString saturation{};     ///< 0…1; may be empty
    QString sampleTime{};     ///< Unix seconds of the newest sample; may be empty
    QString podLabel{QStringLiteral("pod")}; ///< the label that names the pod; an instance's port is left out
    QString versionLabel{QStringLiteral("version")};
    QString trackLabel{QStringLiteral("track")};
    double bucketSeconds = 1.0; ///< seconds of one unit of `le`
    bool operator==(const TrackQueries &) const = default;
};

/// `breakers:` what this Prometheus remembers of the circuit breakers of one caller, pods already joined. In each query
/// $service stands for the caller's service label.
struct BreakerQueries {
    QString state{};             ///< one series per state by `stateLabel`, 1 while it is the one
    QString failureRatio{};      ///< 0…1; may be empty, as may the next two
    QString slowRatio{};         ///< 0…1
    QString rejectedPerSecond{};
    QString nameLabel{QStringLiteral("name")}; ///< the breaker's own name, or the service behind it
    QString stateLabel{QStringLiteral("state")};
    bool operator==(const BreakerQueries &) const = default;
};

/// Metric names as data: how the figures of services are read from one Prometheus.
struct MetricPreset {
    QString name{};
    QString description{};
    QStringList serviceLabels{}; ///< the labels that name the service, best first
    QHash<Figure, FigureQuery> figures{};
    QHash<Figure, FigureQuery> ranges{};     ///< chart queries; $service stands for the label's value
    QHash<QString, double> errorRatioLimits{}; ///< by service name; "*" for all others
    QHash<QString, double> p99Limits{};        ///< seconds
    std::optional<TrackQueries> tracks{};      ///< nothing: this preset cannot tell canary from stable
    std::optional<BreakerQueries> breakers{};  ///< nothing: it remembers no breakers
    bool operator==(const MetricPreset &) const = default;

    /// The chart query of one service, its name escaped for PromQL. Empty when the preset has no such chart.
    QString rangeQuery(Figure figure, const QString &serviceLabelValue) const;
};

/// A query of a preset with its placeholders filled in; the service's name escaped for PromQL.
QString filledQuery(QString query, const QString &serviceLabelValue, Duration window);
/// "5m", "90s": a length as PromQL and the names of recorded series have it, whole seconds.
QString promqlDuration(Duration window);

/// Names of the built-in presets.
QStringList builtInPresets();
/// A built-in preset by name, or a preset file by absolute path. Does disk input. Errors: NotFound, Invalid (all
/// problems in the words).
Result<MetricPreset> loadPreset(const QString &nameOrPath);
/// The same from bytes; appends what is wrong to `problems`.
MetricPreset parsePreset(const QByteArray &yaml, const QString &path, QList<Finding> &problems);

} // namespace cockpit
