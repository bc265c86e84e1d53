// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"
#include "models/result.h"
#include "models/service.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace cockpit {

/// How one figure of all services is asked for at once.
struct FigureQuery {
    QString query{};                               ///< PromQL; its answer is one value per service (and version)
    QString versionLabel{QStringLiteral("version")}; ///< the label that carries the version, where there is one
    QString trackLabel{QStringLiteral("track")};     ///< "canary", "stable"
    bool operator==(const FigureQuery &) const = default;
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
    bool operator==(const MetricPreset &) const = default;

    /// The chart query of one service, its name escaped for PromQL. Empty when the preset has no such chart.
    QString rangeQuery(Figure figure, const QString &serviceLabelValue) const;
};

/// Names of the built-in presets.
QStringList builtInPresets();
/// A built-in preset by name, or a preset file by absolute path. Does disk input. Errors: NotFound, Invalid (all
/// problems in the words).
Result<MetricPreset> loadPreset(const QString &nameOrPath);
/// The same from bytes; appends what is wrong to `problems`.
MetricPreset parsePreset(const QByteArray &yaml, const QString &path, QList<Finding> &problems);

} // namespace cockpit
