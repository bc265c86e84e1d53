// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_values.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

QString secretShapes()
{
    return ConfigWords::tr("a reference to the secret: {env: NAME}, {file: PATH}, {command: [PROGRAM, …]} or "
                           "{keychain: SERVICE/ACCOUNT}");
}

/// Secrets are never repeated: neither in the message nor as a key.
void refuseInlineSecret(ConfigReader &reader, const YAML::Node &node)
{
    reader.add(node, QStringLiteral("config-inline-secret"), ConfigWords::tr("A secret must not stand in the configuration."),
               ConfigWords::tr("Write %1.").arg(secretShapes()));
}

void secretVariable(ConfigReader &reader, const YAML::Node &node, SecretRef &into)
{
    const QRegularExpression name(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]{0,99}$"));
    const QString given = node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
    if (!name.match(given).hasMatch()) {
        reader.expected(node, ConfigWords::tr("the name of a variable"));
        return;
    }
    into.kind = SecretRef::Kind::Environment;
    into.name = given;
    if (!reader.environment().contains(given))
        reader.add(node, QStringLiteral("config-secret-missing"), ConfigWords::tr("This variable is not set."), {},
                   Finding::Level::Medium);
}

/// A file of secrets must be there and be readable by its owner alone.
void checkSecretFile(ConfigReader &reader, const YAML::Node &node, const QString &path)
{
    const QFileInfo file(path);
    if (!file.isFile()) {
        reader.add(node, QStringLiteral("config-secret-missing"), ConfigWords::tr("This file is not there."));
        return;
    }
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
                                      | QFile::WriteOther | QFile::ExeOther;
    if (file.permissions() & others)
        reader.add(node, QStringLiteral("config-secret-mode"), ConfigWords::tr("Others may read this file of a secret."),
                   ConfigWords::tr("Give it the mode 0600."));
}

void secretFile(ConfigReader &reader, const YAML::Node &node, SecretRef &into)
{
    QString path;
    ConfigValue::path(reader, node, path);
    if (path.isEmpty())
        return;
    into.kind = SecretRef::Kind::File;
    into.name = path;
    checkSecretFile(reader, node, path);
}

void secretCommand(ConfigReader &reader, const YAML::Node &node, SecretRef &into)
{
    QStringList command;
    if (node.IsScalar())
        command = QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromStdString(node.Scalar())};
    else
        ConfigValue::texts(reader, node, command);
    if (command.isEmpty() || command.last().isEmpty()) {
        reader.expected(node, ConfigWords::tr("a command"));
        return;
    }
    into.kind = SecretRef::Kind::Command;
    into.command = command;
}

void secretKeychain(ConfigReader &reader, const YAML::Node &node, SecretRef &into)
{
    const QString given = node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
    const qsizetype slash = given.lastIndexOf(u'/');
    if (slash < 1 || slash + 1 == given.size()) {
        reader.expected(node, ConfigWords::tr("SERVICE/ACCOUNT"));
        return;
    }
    into.kind = SecretRef::Kind::Keychain;
    into.name = given.left(slash);
    into.account = given.mid(slash + 1);
}

const ConfigFields<SecretRef> &secretFields()
{
    static const ConfigFields<SecretRef> fields{{QStringLiteral("env"), secretVariable, false},
                                                {QStringLiteral("file"), secretFile, false},
                                                {QStringLiteral("command"), secretCommand, false},
                                                {QStringLiteral("keychain"), secretKeychain, false}};
    return fields;
}

/// `{user, password}`.
struct BasicAuth {
    QString user{};
    SecretRef password{};
};

void readBasicAuth(ConfigReader &reader, const YAML::Node &node, AuthConfig &into)
{
    static const ConfigFields<BasicAuth> fields{
        configField("user", &BasicAuth::user, ConfigValue::text, true),
        configField("password", &BasicAuth::password, ConfigValue::secret, true)};
    if (node.IsScalar()) {
        refuseInlineSecret(reader, node);
        return;
    }
    BasicAuth basic;
    readConfigFields(reader, node, fields, basic);
    into.basicUser = basic.user;
    into.basicPassword = basic.password;
}

void readAuth(ConfigReader &reader, const YAML::Node &node, AuthConfig &into)
{
    static const ConfigFields<AuthConfig> fields{configField("bearer", &AuthConfig::bearer, ConfigValue::secret),
                                                 {QStringLiteral("basic"), readBasicAuth, false}};
    if (node.IsScalar()) {
        refuseInlineSecret(reader, node);
        return;
    }
    readConfigFields(reader, node, fields, into);
    if (into.bearer.isSet() && !into.basicUser.isEmpty())
        reader.expected(node, ConfigWords::tr("either bearer or basic, not both"));
}

bool isSecretHeader(const QString &name)
{
    static const QRegularExpression secretName(
        QStringLiteral("authorization|cookie|token|secret|password|api-?key"), QRegularExpression::CaseInsensitiveOption);
    return secretName.match(name).hasMatch();
}

void readHeader(ConfigReader &reader, const YAML::Node &node, HeaderConfig &into)
{
    if (node.IsMap()) {
        ConfigValue::secret(reader, node, into.secret);
    } else if (isSecretHeader(into.name)) {
        refuseInlineSecret(reader, node);
    } else {
        ConfigValue::text(reader, node, into.text);
        if (into.text.contains(u'\n') || into.text.contains(u'\r'))
            reader.expected(node, ConfigWords::tr("a text of one line"));
    }
}

void readHeaders(ConfigReader &reader, const YAML::Node &node, QList<HeaderConfig> &into)
{
    static const QRegularExpression token(QStringLiteral("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"));
    if (!reader.expectMap(node))
        return;
    into.clear();
    for (const auto &pair : node) {
        HeaderConfig header;
        header.name = configKeyText(pair.first);
        const ConfigReader::Scope scope(reader, header.name);
        if (!token.match(header.name).hasMatch())
            reader.expected(pair.first, ConfigWords::tr("the name of a header"));
        readHeader(reader, pair.second, header);
        into.append(header);
    }
}

void readTls(ConfigReader &reader, const YAML::Node &node, TlsConfig &into)
{
    static const ConfigFields<TlsConfig> fields{
        configField("verify", &TlsConfig::verify, ConfigValue::flag),
        configField("ca", &TlsConfig::caFile, ConfigValue::path),
        configField("cert", &TlsConfig::certFile, ConfigValue::path),
        configField("key", &TlsConfig::keyFile, ConfigValue::path),
        configField("serverName", &TlsConfig::serverName, ConfigValue::text)};
    readConfigFields(reader, node, fields, into);
    if (into.certFile.isEmpty() != into.keyFile.isEmpty())
        reader.expected(node, ConfigWords::tr("cert and key together"));
    if (!into.keyFile.isEmpty())
        checkSecretFile(reader, node, into.keyFile);
    if (!into.verify)
        reader.add(node, QStringLiteral("config-tls-not-verified"),
                   ConfigWords::tr("The server's certificate is not verified: anyone in between can read and change "
                                   "everything."),
                   ConfigWords::tr("Name its authority with ca instead."), Finding::Level::Medium);
}

/// `via: {kubernetes: {context, namespace, service}}`.
struct KubernetesVia {
    ViaConfig via{};
};

void readVia(ConfigReader &reader, const YAML::Node &node, ViaConfig &into)
{
    static const ConfigFields<ViaConfig> places{
        configField("context", &ViaConfig::context, ConfigValue::text, true),
        configField("namespace", &ViaConfig::nameSpace, ConfigValue::text, true),
        configField("service", &ViaConfig::service, ConfigValue::text, true)};
    static const ConfigFields<KubernetesVia> fields{
        {QStringLiteral("kubernetes"),
         [](ConfigReader &inner, const YAML::Node &map, KubernetesVia &via) {
             readConfigFields(inner, map, places, via.via);
         },
         true}};
    if (node.IsScalar() && node.Scalar() == "direct") {
        into = {};
    } else if (node.IsScalar()) {
        reader.expected(node, ConfigWords::tr("direct, or {kubernetes: {context, namespace, service}}"));
    } else {
        KubernetesVia via;
        readConfigFields(reader, node, fields, via);
        into = via.via;
    }
}

void readProxy(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    static const QRegularExpression proxy(QStringLiteral("^(http|https|socks5|socks5h)://[^/@\\s]+/?$"));
    const QString given = node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
    if (proxy.match(given).hasMatch())
        into = given;
    else
        reader.expected(node, ConfigWords::tr("the address of a proxy (http, https, socks5) without user and password"));
}

} // namespace

void ConfigValue::secret(ConfigReader &reader, const YAML::Node &node, SecretRef &into)
{
    if (!node.IsMap()) {
        refuseInlineSecret(reader, node);
        return;
    }
    // A wrong key may be the secret itself ({hunter2}): it is not repeated either.
    for (const auto &pair : node) {
        const auto isKey = [&](const ConfigField<SecretRef> &field) { return isSameConfigKey(pair.first, field.key); };
        if (std::none_of(secretFields().begin(), secretFields().end(), isKey)) {
            reader.expected(node, secretShapes());
            return;
        }
    }
    if (node.size() != 1) {
        reader.expected(node, secretShapes());
        return;
    }
    readConfigFields(reader, node, secretFields(), into);
}

const ConfigFields<EndpointConfig> &ConfigValue::endpointFields()
{
    static const ConfigFields<EndpointConfig> fields{
        configField("url", &EndpointConfig::url, url, true),
        configField("auth", &EndpointConfig::auth, readAuth),
        configField("headers", &EndpointConfig::headers, readHeaders),
        configField("tls", &EndpointConfig::tls, readTls),
        configField("proxy", &EndpointConfig::proxy, readProxy),
        configField("via", &EndpointConfig::via, readVia)};
    return fields;
}

void ConfigValue::endpoint(ConfigReader &reader, const YAML::Node &node, EndpointConfig &into)
{
    if (node.IsScalar())
        url(reader, node, into.url);
    else
        readConfigFields(reader, node, endpointFields(), into);
}

} // namespace cockpit
