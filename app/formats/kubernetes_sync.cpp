// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_sync.h"

#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>

namespace cockpit {

namespace {

constexpr const char *syncLeaseAnnotation = "dt-cockpit/lease";

bool isApplication(const KubernetesObject &object) { return object.kind() == u"Application"; }

} // namespace

SyncFacts readSync(const KubernetesObject &object)
{
    SyncFacts facts;
    facts.lease = object.annotation(QLatin1String(syncLeaseAnnotation));
    if (isApplication(object)) {
        facts.policy = QString::fromUtf8(object.jsonAt("spec.syncPolicy.automated"));
        // `automated: {enabled: false}` is Argo CD's own word for it since 3.1.
        const QByteArray enabled = object.jsonAt("spec.syncPolicy.automated.enabled");
        facts.suspended = facts.policy.isEmpty() || facts.policy == u"null" || enabled == "false";
    } else {
        facts.suspended = object.flag("spec.suspend");
    }
    return facts;
}

Result<QByteArray> syncPatch(const KubernetesObject &object, const SetSync &wish, const std::optional<QByteArray> &lease)
{
    using nlohmann::json;
    json body;
    body["metadata"]["resourceVersion"] = object.resourceVersion().toStdString();
    if (lease)
        body["metadata"]["annotations"][syncLeaseAnnotation] = lease->isEmpty() ? json() : json(lease->toStdString());
    if (isApplication(object)) {
        json policy = wish.suspended ? json() : json::parse(wish.policy.toStdString(), nullptr, false);
        if (policy.is_discarded() || (!wish.suspended && !policy.is_object()))
            return Error{Error::Kind::Invalid, FormatWords::tr("The sync policy to go back to is not known."),
                         FormatWords::tr("Nothing was sent."),
                         FormatWords::tr("Set it with: argocd app set %1 --sync-policy automated").arg(object.name())};
        body["spec"]["syncPolicy"]["automated"] = std::move(policy);
    } else {
        body["spec"]["suspend"] = wish.suspended;
    }
    return QByteArray::fromStdString(body.dump(-1, ' ', false, json::error_handler_t::replace));
}

QString syncGroup(const ObjectKey &object)
{
    if (object.kind == u"Application")
        return QStringLiteral("argoproj.io");
    return object.kind == u"HelmRelease" ? QStringLiteral("helm.toolkit.fluxcd.io")
                                         : QStringLiteral("kustomize.toolkit.fluxcd.io");
}

QString syncResource(const ObjectKey &object)
{
    if (object.kind == u"Application")
        return QStringLiteral("applications");
    return object.kind == u"HelmRelease" ? QStringLiteral("helmreleases") : QStringLiteral("kustomizations");
}

QString syncPath(const ObjectKey &object)
{
    const QString version = object.kind == u"Application"   ? QStringLiteral("v1alpha1")
                            : object.kind == u"HelmRelease" ? QStringLiteral("v2")
                                                            : QStringLiteral("v1");
    return QStringLiteral("/apis/") + syncGroup(object) + u'/' + version + QStringLiteral("/namespaces/") +
           object.nameSpace + u'/' + syncResource(object) + u'/' + object.name;
}

} // namespace cockpit
