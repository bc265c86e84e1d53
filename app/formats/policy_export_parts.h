// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/policy_promql.h"

#include <yaml-cpp/yaml.h>

#include <string>

namespace cockpit {

/// The documents of one engine.
ExportedPolicy exportForArgo(const PolicyExport &what);
ExportedPolicy exportForFlagger(const PolicyExport &what);

/// The beginning of a document: apiVersion, kind and metadata. Its map stays open.
void beginManifest(YAML::Emitter &out, const char *apiVersion, const char *kind, const QString &name,
                   const QString &nameSpace);
void endManifest(YAML::Emitter &out);
/// The comment above all documents, then these.
QByteArray withHead(const PolicyExport &what, const QString &engine, const QStringList &gaps, const YAML::Emitter &out);

/// "error-rate", "p99-latency-2": names of metrics that are used once each.
class MetricNames {
public:
    QString next(const QString &wireName);

private:
    QStringList m_used{};
};

inline std::string yamlText(const QString &text) { return text.toStdString(); }

} // namespace cockpit
