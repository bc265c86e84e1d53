// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_schema.h"
#include "app/config/config_values.h"

namespace cockpit {

void ConfigSection::kubernetes(ConfigReader &reader, const YAML::Node &node, KubernetesConfig &into)
{
    using K = KubernetesConfig;
    static const ConfigFields<K> fields{configField("kubeconfig", &K::kubeconfig, ConfigValue::paths),
                                        configField("contexts", &K::contexts, ConfigValue::texts),
                                        configField("namespaces", &K::namespaces, ConfigValue::texts)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::service(ConfigReader &reader, const YAML::Node &node, ServiceConfig &into)
{
    using D = ServiceDefinition;
    static const ConfigFields<D> definition{
        configField("name", &D::id, ConfigValue::service, true),
        configField("match", &D::match, ConfigValue::labels),
        configField("workloads", &D::workloads, ConfigValue::texts),
        configField("dependsOn", &D::dependsOn, configListOf(ConfigValue::service)),
        configField("owner", &D::owner, ConfigValue::text),
        configField("tier", &D::tier, ConfigValue::tier)};
    static const ConfigFields<ServiceConfig> fields = [] {
        ConfigFields<ServiceConfig> made{configField("costLabels", &ServiceConfig::costLabels, ConfigValue::labels),
                                         configField("sessions", &ServiceConfig::sessions, ConfigValue::text)};
        configLift(made, &ServiceConfig::definition, definition, true);
        return made;
    }();
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::runbook(ConfigReader &reader, const YAML::Node &node, RunbookConfig &into)
{
    using R = RunbookConfig;
    static const ConfigFields<R> fields = [] {
        ConfigFields<R> made{configField("path", &R::path, ConfigValue::path),
                             configField("include", &R::include, ConfigValue::texts),
                             configField("urls", &R::urls, configListOf(ConfigValue::url)),
                             configField("fetch", &R::fetch, ConfigValue::duration),
                             configField("pull", &R::pull, ConfigValue::flag),
                             configField("pages", &R::pages, ConfigValue::texts)};
        configLift(made, &R::endpoint, ConfigValue::endpointFields(), false);
        return made;
    }();
    if (node.IsScalar()) {
        ConfigValue::path(reader, node, into.path);
        return;
    }
    readConfigFields(reader, node, fields, into);
    if (!node.IsMap())
        return;
    const bool hasPath = node["path"].IsDefined();
    if (!hasPath && into.endpoint.url.isEmpty() && !node["url"].IsDefined())
        reader.missingKey(node, QStringLiteral("path"));
    if (hasPath && node["url"].IsDefined())
        reader.expected(node, ConfigWords::tr("either path or url, not both"));
}

void ConfigSection::policy(ConfigReader &reader, const YAML::Node &node, PolicyConfig &into)
{
    using P = PolicyConfig;
    static const ConfigFields<P> fields{configField("service", &P::service, ConfigValue::text),
                                        configField("file", &P::file, ConfigValue::path, true)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::slo(ConfigReader &reader, const YAML::Node &node, SloConfig &into)
{
    static const ConfigFields<SloConfig> fields{configField("file", &SloConfig::file, ConfigValue::path, true)};
    if (node.IsScalar())
        ConfigValue::path(reader, node, into.file);
    else
        readConfigFields(reader, node, fields, into);
}

void ConfigSection::store(ConfigReader &reader, const YAML::Node &node, StoreConfig &into)
{
    using P = PostgresConfig;
    static const ConfigFields<P> postgres{
        configField("host", &P::host, ConfigValue::text),
        configField("port", &P::port, ConfigValue::port),
        configField("database", &P::database, ConfigValue::text),
        configField("user", &P::user, ConfigValue::text),
        configField("password", &P::password, ConfigValue::secret),
        configField("sslMode", &P::sslMode,
                    configChoice<QString>({{QStringLiteral("verify-full"), QStringLiteral("verify-full")},
                                           {QStringLiteral("verify-ca"), QStringLiteral("verify-ca")},
                                           {QStringLiteral("require"), QStringLiteral("require")},
                                           {QStringLiteral("prefer"), QStringLiteral("prefer")},
                                           {QStringLiteral("disable"), QStringLiteral("disable")}}))};
    static const ConfigFields<StoreConfig> fields{
        configField("sqlite", &StoreConfig::sqlite, ConfigValue::path),
        configOptional("postgresql", &StoreConfig::postgresql,
                       [](ConfigReader &inner, const YAML::Node &map, P &target) {
                           readConfigFields(inner, map, postgres, target);
                       })};
    readConfigFields(reader, node, fields, into);
    if (!into.sqlite.isEmpty() && into.postgresql)
        reader.expected(node, ConfigWords::tr("either sqlite or postgresql, not both"));
}

void ConfigSection::health(ConfigReader &reader, const YAML::Node &node, HealthConfig &into)
{
    using H = HealthConfig;
    static const ConfigFields<H> fields{configField("service", &H::service, ConfigValue::service, true),
                                        configOptional("live", &H::live, ConfigValue::endpoint),
                                        configOptional("ready", &H::ready, ConfigValue::endpoint),
                                        configOptional("healthy", &H::healthy, ConfigValue::endpoint),
                                        configField("interval", &H::interval, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
}

} // namespace cockpit
