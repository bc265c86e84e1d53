// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/result.h"

#include <nlohmann/json_fwd.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <string_view>

namespace cockpit {

/// One object of a Kubernetes API, immutable and cheap to copy. For plans and single reads; lists and watches have
/// their own fast readers. metadata.managedFields and the last-applied annotation are dropped on arrival (the latter
/// can hold the value of a Secret, kubernetes.md 2).
class KubernetesObject {
public:
    /// Who wrote to it, and when last: one entry of managedFields without the fields.
    struct Writer {
        QString manager{};     ///< "kubectl", "argocd-controller", "dt-cockpit"
        QString subresource{}; ///< "status", "scale"; empty = the object itself
        Instant at{};
        bool operator==(const Writer &) const = default;
    };


    KubernetesObject();
    /// Errors: Parse.
    static Result<KubernetesObject> parse(std::string_view body);
    explicit KubernetesObject(nlohmann::json value);

    QString apiVersion() const { return text("apiVersion"); }
    QString kind() const { return text("kind"); }
    QString name() const { return text("metadata.name"); }
    QString nameSpace() const { return text("metadata.namespace"); }
    QString uid() const { return text("metadata.uid"); }
    QString resourceVersion() const { return text("metadata.resourceVersion"); }
    /// Fields by dotted path ("spec.paused"). Empty, 0, false or nothing when absent or of another type.
    QString text(const char *path) const;
    qint64 number(const char *path) const;
    bool flag(const char *path) const;
    std::optional<Instant> time(const char *path) const;
    bool has(const char *path) const;
    QString label(const QString &name) const;
    QString annotation(const QString &name) const;
    /// The value at that path as JSON text; empty when there is none.
    QByteArray jsonAt(const char *path) const;
    /// The newest first.
    const QList<Writer> &writers() const { return m_writers; }
    /// The objects of `items` of a list.
    QList<KubernetesObject> items() const;
    /// For the readers and body builders of app/formats.
    const nlohmann::json &json() const { return *m_json; }

private:
    std::shared_ptr<const nlohmann::json> m_json;
    QList<Writer> m_writers{};
};

} // namespace cockpit
