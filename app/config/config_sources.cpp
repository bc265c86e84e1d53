// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_schema.h"
#include "app/config/config_values.h"
#include "app/config/metric_preset.h"

namespace cockpit {

namespace {

/// A built-in name, or the path of a preset file.
void readPresetName(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    QString given;
    ConfigValue::text(reader, node, given);
    if (given.contains(u'/') || given.endsWith(QLatin1String(".yaml")) || given.endsWith(QLatin1String(".yml"))) {
        into = reader.absolutePath(given);
        return;
    }
    const QStringList known = builtInPresets();
    if (known.contains(given)) {
        into = given;
        return;
    }
    const QString nearest = nearestWord(given, known);
    reader.add(node, QStringLiteral("config-wrong-value"),
               ConfigWords::tr("Expected here: one of %1, or the path of a preset file.")
                   .arg(known.join(QStringLiteral(", "))),
               nearest.isEmpty() ? QString() : ConfigWords::tr("Did you mean \"%1\"?").arg(nearest));
}

template<typename T> ConfigFields<T> withEndpoint(ConfigFields<T> fields, bool required)
{
    configLift(fields, &T::endpoint, ConfigValue::endpointFields(), required);
    return fields;
}

} // namespace

void ConfigSection::prometheus(ConfigReader &reader, const YAML::Node &node, PrometheusConfig &into)
{
    using P = PrometheusConfig;
    static const ConfigFields<P> fields =
        withEndpoint<P>({configField("name", &P::name, ConfigValue::text),
                         configField("cluster", &P::cluster, ConfigValue::text),
                         configField("preset", &P::preset, readPresetName),
                         configField("interval", &P::interval, ConfigValue::duration)},
                        true);
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::alertmanager(ConfigReader &reader, const YAML::Node &node, AlertmanagerConfig &into)
{
    using A = AlertmanagerConfig;
    static const ConfigFields<A> fields =
        withEndpoint<A>({configField("name", &A::name, ConfigValue::text),
                         configField("cluster", &A::cluster, ConfigValue::text),
                         configField("interval", &A::interval, ConfigValue::duration)},
                        true);
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::flag(ConfigReader &reader, const YAML::Node &node, FlagConfig &into)
{
    using F = FlagConfig;
    static const ConfigFields<F> fields = withEndpoint<F>(
        {configField("kind", &F::kind,
                     configChoice<F::Kind>({{QStringLiteral("unleash"), F::Kind::Unleash},
                                            {QStringLiteral("launchdarkly"), F::Kind::LaunchDarkly},
                                            {QStringLiteral("flagd"), F::Kind::Flagd},
                                            {QStringLiteral("ofrep"), F::Kind::Ofrep}}),
                     true),
         configField("name", &F::name, ConfigValue::text), configField("project", &F::project, ConfigValue::text),
         configField("environment", &F::environment, ConfigValue::text),
         configField("environments", &F::environments, ConfigValue::texts),
         configField("services", &F::services, ConfigValue::textsByName),
         configField("file", &F::file, ConfigValue::path), configField("interval", &F::interval, ConfigValue::duration)},
        false);
    readConfigFields(reader, node, fields, into);
    if (!node.IsMap() || node["url"].IsDefined())
        return;
    if (into.kind != F::Kind::Flagd)
        reader.missingKey(node, QStringLiteral("url"));
    else if (into.file.isEmpty())
        reader.expected(node, ConfigWords::tr("either file or url"));
}

void ConfigSection::cost(ConfigReader &reader, const YAML::Node &node, CostConfig &into)
{
    using C = CostConfig;
    static const ConfigFields<C> fields = withEndpoint<C>(
        {configField("kind", &C::kind,
                     configChoice<C::Kind>(
                         {{QStringLiteral("opencost"), C::Kind::OpenCost}, {QStringLiteral("csv"), C::Kind::Csv}}),
                     true),
         configField("file", &C::file, ConfigValue::path), configField("currency", &C::currency, ConfigValue::text)},
        false);
    readConfigFields(reader, node, fields, into);
    if (!node.IsMap())
        return;
    if (into.kind == C::Kind::Csv && !node["file"].IsDefined())
        reader.missingKey(node, QStringLiteral("file"));
    if (into.kind == C::Kind::OpenCost && into.endpoint.url.isEmpty() && !node["url"].IsDefined())
        reader.missingKey(node, QStringLiteral("url"));
}

} // namespace cockpit
