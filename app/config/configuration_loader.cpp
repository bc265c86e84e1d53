// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/configuration_loader.h"

#include "app/config/config_schema.h"

#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSet>
#include <QStandardPaths>

namespace cockpit {

namespace {

constexpr qint64 mostConfigurationBytes = 4 * 1024 * 1024;

/// Empty names become the words on pills.
void nameSources(Configuration &configuration)
{
    for (PrometheusConfig &one : configuration.prometheus) {
        if (one.name.isEmpty())
            one.name = one.cluster.isEmpty() ? QStringLiteral("Prometheus")
                                             : QStringLiteral("Prometheus ") + one.cluster;
    }
    int number = 0;
    for (AlertmanagerConfig &one : configuration.alertmanagers) {
        ++number;
        if (one.name.isEmpty())
            one.name = configuration.alertmanagers.size() == 1
                           ? QStringLiteral("Alertmanager")
                           : QStringLiteral("Alertmanager %1").arg(number);
    }
}

/// What no single key can tell: names that stand twice, and nothing to look at.
void checkTogether(ConfigReader &reader, const YAML::Node &root, const Configuration &configuration)
{
    const auto once = [&](const QString &key, const QStringList &names) {
        const ConfigReader::Scope scope(reader, key);
        QSet<QString> seen;
        for (const QString &name : names) {
            if (seen.contains(name))
                reader.add(root, QStringLiteral("config-repeated-name"),
                           ConfigWords::tr("\"%1\" stands here twice.").arg(name));
            seen.insert(name);
        }
    };
    QStringList prometheus, alertmanagers, services;
    for (const PrometheusConfig &one : configuration.prometheus)
        prometheus.append(one.name);
    for (const AlertmanagerConfig &one : configuration.alertmanagers)
        alertmanagers.append(one.cluster + u'/' + one.name);
    for (const ServiceConfig &one : configuration.services)
        services.append(one.definition.id.toString());
    once(QStringLiteral("prometheus"), prometheus);
    once(QStringLiteral("alertmanagers"), alertmanagers);
    once(QStringLiteral("services"), services);
    if (configuration.prometheus.isEmpty() && configuration.alertmanagers.isEmpty())
        reader.add(root, QStringLiteral("config-no-source"),
                   ConfigWords::tr("Neither prometheus nor alertmanagers are given: there is nothing to look at."), {},
                   Finding::Level::Medium);
}

bool environmentSaysConfirm(const YAML::Node &root)
{
    for (const auto &outer : root) {
        if (!isSameConfigKey(outer.first, QStringLiteral("environment")) || !outer.second.IsMap())
            continue;
        for (const auto &inner : outer.second) {
            if (isSameConfigKey(inner.first, QStringLiteral("confirm")))
                return true;
        }
    }
    return false;
}

void readRoot(ConfigReader &reader, YAML::Node root, Configuration &into)
{
    if (root.IsNull() || !root.IsDefined())
        root = YAML::Node(YAML::NodeType::Map);
    if (!reader.expectMap(root))
        return;
    applyConfigOverrides(reader, root);
    readConfigFields(reader, root, configurationFields(), into);
    if (!environmentSaysConfirm(root))
        into.environment.confirm = into.confirm;
    nameSources(into);
    checkTogether(reader, root, into);
}

} // namespace

EnvironmentVariables processEnvironment()
{
    EnvironmentVariables variables;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        variables.insert(name, environment.value(name));
    return variables;
}

QList<ServiceDefinition> Configuration::serviceDefinitions() const
{
    QList<ServiceDefinition> definitions;
    for (const ServiceConfig &service : services)
        definitions.append(service.definition);
    return definitions;
}

QString toWireName(EnvironmentConfig::Kind kind)
{
    switch (kind) {
    case EnvironmentConfig::Kind::Production: return QStringLiteral("production");
    case EnvironmentConfig::Kind::Staging: return QStringLiteral("staging");
    case EnvironmentConfig::Kind::Demo: break;
    }
    return QStringLiteral("demo");
}

Result<QString> findConfiguration(const QString &option, const EnvironmentVariables &environment)
{
    const QString variable = environment.value(QStringLiteral("DT_COCKPIT_CONFIG"));
    const QString home = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
                         + QStringLiteral("/dt-cockpit/config.yaml");
    const QString wanted = !option.isEmpty() ? option : !variable.isEmpty() ? variable : home;
    const QString chosen = QFileInfo(wanted).absoluteFilePath();
    if (QFileInfo(chosen).isFile())
        return chosen;
    return Error{Error::Kind::NotFound, ConfigWords::tr("There is no configuration at %1.").arg(chosen), {},
                 ConfigWords::tr("Name one with --config or $DT_COCKPIT_CONFIG, or look at the demo with --demo.")};
}

LoadedConfiguration loadConfiguration(const QString &path, const EnvironmentVariables &environment)
{
    QFile file(path);
    QString problem;
    if (!file.open(QIODevice::ReadOnly))
        problem = ConfigWords::tr("This file cannot be read: %1.").arg(file.errorString());
    else if (file.size() > mostConfigurationBytes)
        problem = ConfigWords::tr("This file is larger than 4 MiB: it is no configuration.");
    if (problem.isEmpty())
        return parseConfiguration(file.read(mostConfigurationBytes), path, environment);
    LoadedConfiguration loaded;
    loaded.path = path;
    loaded.problems.append(
        {QStringLiteral("config-unreadable"), Finding::Level::High, path, 0, 0, {}, problem, {}, {}});
    return loaded;
}

LoadedConfiguration parseConfiguration(const QByteArray &yaml, const QString &path,
                                       const EnvironmentVariables &environment)
{
    LoadedConfiguration loaded;
    loaded.path = path;
    ConfigReader reader(path, environment);
    try { // yaml-cpp reports a broken text by exceptions: they end here
        readRoot(reader, YAML::Load(yaml.toStdString()), loaded.configuration);
    } catch (const YAML::Exception &problem) {
        reader.addAtMark(problem.mark, QStringLiteral("config-syntax"),
                         ConfigWords::tr("This is not YAML: %1.").arg(QString::fromStdString(problem.msg)));
    }
    loaded.problems = reader.problems();
    return loaded;
}

QByteArray defaultConfigurationText()
{
    QFile file(QStringLiteral(":/cockpit/default-config.yaml"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace cockpit
