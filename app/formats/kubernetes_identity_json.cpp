// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/kubernetes_identity_json.h"

#include "app/formats/format_words.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace cockpit {

namespace {

using json = nlohmann::json;

/// The JSON of a YAML scalar: what is not quoted may be a number or a flag.
json yamlScalarJson(const YAML::Node &node)
{
    if (node.Tag() != "!") {
        bool flag = false;
        std::int64_t number = 0;
        double fraction = 0;
        if (YAML::convert<bool>::decode(node, flag))
            return flag;
        if (YAML::convert<std::int64_t>::decode(node, number))
            return number;
        if (YAML::convert<double>::decode(node, fraction))
            return fraction;
    }
    return node.Scalar();
}

json yamlJson(const YAML::Node &node)
{
    json value;
    if (node.IsMap()) {
        value = json::object();
        for (const auto &pair : node)
            value[pair.first.Scalar()] = yamlJson(pair.second);
    } else if (node.IsSequence()) {
        value = json::array();
        for (const YAML::Node &item : node)
            value.push_back(yamlJson(item));
    } else if (node.IsScalar()) {
        value = yamlScalarJson(node);
    }
    return value;
}

json execClusterJson(const ExecInfo &info)
{
    json cluster = {{"server", info.server.toStdString()}};
    if (!info.authorityPem.isEmpty())
        cluster["certificate-authority-data"] = info.authorityPem.toBase64().toStdString();
    if (!info.serverName.isEmpty())
        cluster["tls-server-name"] = info.serverName.toStdString();
    if (info.skipsVerification)
        cluster["insecure-skip-tls-verify"] = true;
    if (!info.proxy.isEmpty())
        cluster["proxy-url"] = info.proxy.toStdString();
    if (!info.configYaml.isEmpty())
        cluster["config"] = yamlJson(YAML::Load(info.configYaml.toStdString()));
    return cluster;
}

QByteArray execText(const json &status, const char *key)
{
    const auto found = status.find(key);
    return found != status.end() && found->is_string() ? QByteArray::fromStdString(found->get<std::string>())
                                                       : QByteArray();
}

Error execCredentialError(const QString &reason)
{
    return {Error::Kind::Parse, FormatWords::tr("It printed no ExecCredential: %1.").arg(reason), {}, {}};
}

void addField(json &into, const char *key, const QString &value)
{
    if (!value.isEmpty())
        into[key] = value.toStdString();
}

} // namespace

QByteArray execInfoJson(const ExecInfo &info)
{
    json spec = {{"interactive", false}};
    try { // a broken extension is left out: the plugin says what it misses
        if (info.withCluster)
            spec["cluster"] = execClusterJson(info);
    } catch (const YAML::Exception &) {
    }
    const json whole = {
        {"kind", "ExecCredential"}, {"apiVersion", info.apiVersion.toStdString()}, {"spec", std::move(spec)}};
    return QByteArray::fromStdString(whole.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<ExecCredential> parseExecCredential(const QByteArray &output, const QString &apiVersion)
{
    const json whole = json::parse(output.begin(), output.end(), nullptr, false);
    if (!whole.is_object())
        return execCredentialError(FormatWords::tr("this is not JSON"));
    if (execText(whole, "kind") != "ExecCredential")
        return execCredentialError(FormatWords::tr("its kind is another"));
    const QString version = QString::fromUtf8(execText(whole, "apiVersion"));
    if (version != apiVersion)
        return execCredentialError(
            FormatWords::tr("it speaks %1, the kubeconfig asks for %2").arg(version.left(100), apiVersion));
    const auto status = whole.find("status");
    if (status == whole.end() || !status->is_object())
        return execCredentialError(FormatWords::tr("the status is missing"));
    ExecCredential credential;
    credential.token = execText(*status, "token");
    credential.certificatePem = execText(*status, "clientCertificateData");
    credential.keyPem = execText(*status, "clientKeyData");
    if (credential.certificatePem.isEmpty() != credential.keyPem.isEmpty())
        return execCredentialError(FormatWords::tr("a certificate and its key come together"));
    if (credential.token.isEmpty() && credential.certificatePem.isEmpty())
        return execCredentialError(FormatWords::tr("it holds neither a token nor a certificate"));
    const QByteArray expiry = execText(*status, "expirationTimestamp");
    if (!expiry.isEmpty()) {
        credential.expiresAt = parseRfc3339(std::string_view(expiry.constData(), std::size_t(expiry.size())));
        if (!credential.expiresAt)
            return execCredentialError(FormatWords::tr("its time of expiry cannot be read"));
    }
    return credential;
}

QByteArray accessReviewJson(const AccessReview &review)
{
    json attributes = json::object();
    addField(attributes, "namespace", review.nameSpace);
    addField(attributes, "verb", review.verb);
    addField(attributes, "group", review.group);
    addField(attributes, "resource", review.resource);
    addField(attributes, "subresource", review.subresource);
    addField(attributes, "name", review.name);
    const json whole = {{"apiVersion", "authorization.k8s.io/v1"},
                        {"kind", "SelfSubjectAccessReview"},
                        {"spec", {{"resourceAttributes", std::move(attributes)}}}};
    return QByteArray::fromStdString(whole.dump(-1, ' ', false, json::error_handler_t::replace));
}

QByteArray selfReviewJson()
{
    return R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})";
}

} // namespace cockpit
