// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "models/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace cockpit {

/// What an exec plugin is told (client.authentication.k8s.io, KUBERNETES_EXEC_INFO). Never interactive.
struct ExecInfo {
    QString apiVersion{};
    bool withCluster = false; ///< provideClusterInfo; the rest counts only then
    QString server{};
    QByteArray authorityPem{};
    QString serverName{};
    bool skipsVerification = false;
    QString proxy{};
    QString configYaml{}; ///< of the cluster's extension; empty = none
};
QByteArray execInfoJson(const ExecInfo &info);

/// What an exec plugin answers: a token, a certificate with its key, or all three. Secret.
struct ExecCredential {
    QByteArray token{};
    QByteArray certificatePem{};
    QByteArray keyPem{};
    std::optional<Instant> expiresAt{}; ///< nothing = until the server says 401
    bool operator==(const ExecCredential &) const = default;
};
/// `apiVersion` is the configured one: another is refused, as client-go does. Errors: Parse; never with the output.
Result<ExecCredential> parseExecCredential(const QByteArray &output, const QString &apiVersion);

/// The body of a SelfSubjectAccessReview; empty fields are left out.
struct AccessReview {
    QString nameSpace{};
    QString verb{};
    QString group{};
    QString resource{};
    QString subresource{};
    QString name{};
};
QByteArray accessReviewJson(const AccessReview &review);
/// The body of a SelfSubjectReview (authentication.k8s.io/v1).
QByteArray selfReviewJson();

} // namespace cockpit
