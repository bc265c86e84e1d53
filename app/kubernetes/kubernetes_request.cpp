// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/kubernetes_client.h"

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto connectLimit = 3s;
constexpr auto readLimit = 15s;
constexpr auto writeLimit = 15s;

QByteArray contentType(KubernetesCall::Body kind)
{
    switch (kind) {
    case KubernetesCall::Body::Json:
        return "application/json";
    case KubernetesCall::Body::MergePatch:
        return "application/merge-patch+json";
    case KubernetesCall::Body::JsonPatch:
        return "application/json-patch+json";
    case KubernetesCall::Body::StrategicMergePatch:
        return "application/strategic-merge-patch+json";
    case KubernetesCall::Body::None:
        break;
    }
    return {};
}

/// A list: behind /api/v1 or /apis/GROUP/VERSION stand one or three names, of one object two or four.
bool isListPath(const QString &path)
{
    const qsizetype names = path.count(u'/');
    return path.startsWith(QStringLiteral("/api/")) ? (names - 2) % 2 != 0 : (names - 3) % 2 != 0;
}

QByteArray acceptHeader(const KubernetesCall &call)
{
    if (!call.metadataOnly)
        return "application/json";
    return isListPath(call.path) ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
                                 : "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
}

/// A question that happens to be asked by POST.
bool isReview(const KubernetesCall &call)
{
    return call.method == "POST" && (call.path.startsWith(QStringLiteral("/apis/authorization.k8s.io/")) ||
                                     call.path.startsWith(QStringLiteral("/apis/authentication.k8s.io/")));
}

} // namespace

HttpRequest kubernetesRequest(const KubernetesCall &call)
{
    HttpRequest request;
    request.method = call.method;
    request.path = call.path;
    request.query = call.query;
    request.body = call.body;
    request.lane = call.lane;
    request.headers = {{"Accept", acceptHeader(call)}};
    if (call.bodyKind != KubernetesCall::Body::None)
        request.headers.append({"Content-Type", contentType(call.bodyKind)});
    const bool reads = call.method == "GET" || call.method == "HEAD" || isReview(call);
    if (!reads && call.method != "DELETE")
        request.query.append({QStringLiteral("fieldManager"), QStringLiteral("dt-cockpit")});
    if (call.dryRun && !reads) {
        request.query.append({QStringLiteral("dryRun"), QStringLiteral("All")});
        if (call.method != "DELETE")
            request.query.append({QStringLiteral("fieldValidation"), QStringLiteral("Strict")});
    }
    // A dry run stores nothing: it may be sent again like a read.
    request.idempotent = reads || call.dryRun;
    request.maxTries = request.idempotent ? 3 : 1;
    request.connectTimeout = connectLimit;
    request.totalTimeout = reads ? readLimit : writeLimit;
    return request;
}

QStringList kubernetesWarnings(const HttpResponse &response)
{
    QStringList texts;
    for (const HttpHeader &header : response.headers) {
        if (header.name.compare("Warning", Qt::CaseInsensitive) != 0)
            continue;
        const qsizetype from = header.value.indexOf('"');
        const qsizetype to = header.value.lastIndexOf('"');
        if (from < 0 || to <= from)
            continue;
        QByteArray text = header.value.mid(from + 1, to - from - 1);
        text.replace("\\\"", "\"").replace("\\\\", "\\");
        texts.append(QString::fromUtf8(text).left(300));
    }
    return texts;
}

bool KubernetesCalls::outcomeIsKnown(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Network:
    case Error::Kind::Timeout:
    case Error::Kind::Server:
    case Error::Kind::Parse:
    case Error::Kind::TooLarge:
    case Error::Kind::Cancelled:
        return false;
    default:
        return true;
    }
}

} // namespace cockpit
