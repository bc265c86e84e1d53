// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_object.h"
#include "app/net/http_client.h"
#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace cockpit {

/// One call to an API server.
struct KubernetesCall {
    QString context{};
    QByteArray method{"GET"};
    QString path{}; ///< "/apis/argoproj.io/v1alpha1/namespaces/dark-tower/rollouts/gc-service/status"
    QList<std::pair<QString, QString>> query{}; ///< fieldManager=dt-cockpit is added to everything that writes
    enum class Body { None, Json, MergePatch, JsonPatch, StrategicMergePatch };
    Body bodyKind = Body::None;
    QByteArray body{};
    bool dryRun = false;       ///< dryRun=All
    bool metadataOnly = false; ///< PartialObjectMetadata(List)
    HttpLane lane = HttpLane::Interactive;
};

/// What came back: the object, and the server's `Warning:` headers, which are to be shown.
struct KubernetesAnswer {
    KubernetesObject object{};
    QStringList warnings{};
};

/// "May I?" in the words of SelfSubjectAccessReview.
struct AccessQuestion {
    QString context{};
    QString nameSpace{};
    QString verb{};
    QString group{};
    QString resource{};
    QString subresource{};
    QString name{};
    bool operator==(const AccessQuestion &) const = default;
};
struct AccessAnswer {
    bool allowed = false;
    QString reason{};
};

/// Calls to the API servers of all configured contexts. Owner's thread; answers come on the owner's thread, once each,
/// never from inside the call. Errors are those of HttpClient with the Status' message in plain words (clipped).
class KubernetesCalls {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    virtual ~KubernetesCalls() = default;
    /// Reads are retried as the lane says; what writes is sent once, except after 429 with Retry-After.
    virtual void call(KubernetesCall call, Answer<KubernetesAnswer> done) = 0;
    /// Cached for 60 s. One refusal right after a reconnect is asked again (kubernetes.md 1).
    virtual void mayI(const AccessQuestion &question, Answer<AccessAnswer> done) = 0;
    /// Who the API server says we are (user name of the client certificate, SelfSubjectReview, else the kubeconfig's
    /// user entry); empty when it cannot be known.
    virtual QString identity(const QString &context) const = 0;
    /// After a write failed: true when the server certainly did not do it, false when it may have.
    static bool outcomeIsKnown(const Error &error);
};

} // namespace cockpit
