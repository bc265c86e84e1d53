// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_schema.h"

#include "app/config/config_values.h"

namespace cockpit {

const ConfigFields<Configuration> &configurationFields()
{
    using C = Configuration;
    using S = ConfigSection;
    static const ConfigFields<C> fields{
        configField("environment", &C::environment, S::environment),
        configField("prometheus", &C::prometheus, configListOf(S::prometheus)),
        configField("alertmanagers", &C::alertmanagers, configListOf(S::alertmanager)),
        configOptional("kubernetes", &C::kubernetes, S::kubernetes),
        configField("services", &C::services, configListOf(S::service)),
        configField("runbooks", &C::runbooks, configListOf(S::runbook)),
        configField("editor", &C::editor, ConfigValue::texts),
        configField("policies", &C::policies, configListOf(S::policy)),
        configField("severities", &C::severities, S::severities),
        configField("limits", &C::limits, S::limits),
        configField("watchdog", &C::watchdog, ConfigValue::text),
        configField("breakers", &C::breakers, configListOf(S::breaker)),
        configField("flags", &C::flags, configListOf(S::flag)),
        {QStringLiteral("paging"), S::paging, false},
        {QStringLiteral("chat"), S::chat, false},
        configField("incidents", &C::responseTargets, S::incidents),
        configOptional("cost", &C::cost, S::cost),
        configField("capacity", &C::capacity, S::capacity),
        configField("slos", &C::slos, configListOf(S::slo)),
        configField("store", &C::store, S::store),
        configField("health", &C::health, configListOf(S::health)),
        configField("confirm", &C::confirm, S::confirm),
        configField("notifications", &C::notifications, S::notifications),
        configOptional("quietHours", &C::quietHours, S::quietHours),
        configField("theme", &C::theme, S::theme),
        configOptional("demo", &C::demo, S::demo)};
    return fields;
}

void ConfigSection::confirm(ConfigReader &reader, const YAML::Node &node, EnvironmentConfig::Confirm &into)
{
    using Confirm = EnvironmentConfig::Confirm;
    static const auto read = configChoice<Confirm>({{QStringLiteral("bar"), Confirm::Bar},
                                                    {QStringLiteral("key"), Confirm::Key},
                                                    {QStringLiteral("type-name"), Confirm::TypeName}});
    read(reader, node, into);
}

void ConfigSection::environment(ConfigReader &reader, const YAML::Node &node, EnvironmentConfig &into)
{
    using E = EnvironmentConfig;
    static const ConfigFields<E> fields{
        configField("name", &E::name, ConfigValue::text, true),
        configField("kind", &E::kind,
                    configChoice<E::Kind>({{QStringLiteral("production"), E::Kind::Production},
                                           {QStringLiteral("staging"), E::Kind::Staging},
                                           {QStringLiteral("demo"), E::Kind::Demo}}),
                    true),
        configField("confirm", &E::confirm, confirm),
        configField("readOnly", &E::readOnly, ConfigValue::flag)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::severities(ConfigReader &reader, const YAML::Node &node, SeverityMap &into)
{
    if (!reader.expectMap(node))
        return;
    into.priorities.clear();
    for (const auto &pair : node) {
        const QString severity = configKeyText(pair.first);
        const ConfigReader::Scope scope(reader, severity);
        Priority priority = Priority::P1;
        ConfigValue::priority(reader, pair.second, priority);
        into.priorities.insert(severity, priority);
    }
}

void ConfigSection::limits(ConfigReader &reader, const YAML::Node &node, LimitConfig &into)
{
    static const ConfigFields<LimitConfig> fields{
        configField("errorRatio", &LimitConfig::errorRatio, ConfigValue::numbersByName),
        configField("p99Seconds", &LimitConfig::p99Seconds, ConfigValue::numbersByName)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::capacity(ConfigReader &reader, const YAML::Node &node, CapacityConfig &into)
{
    static const ConfigFields<CapacityConfig> fields{
        configField("podHour", &CapacityConfig::podHour, ConfigValue::numbersByName),
        configField("currency", &CapacityConfig::currency, ConfigValue::text)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::notifications(ConfigReader &reader, const YAML::Node &node, NotificationConfig &into)
{
    using N = NotificationConfig;
    static const ConfigFields<N> fields{configField("enabled", &N::enabled, ConfigValue::flag),
                                        configField("sound", &N::sound, ConfigValue::flag),
                                        configField("least", &N::least, ConfigValue::priority)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::quietHours(ConfigReader &reader, const YAML::Node &node, QuietHoursConfig &into)
{
    using Q = QuietHoursConfig;
    static const auto day = [](ConfigReader &inner, const YAML::Node &one, QString &name) {
        static const QStringList names{QStringLiteral("mon"), QStringLiteral("tue"), QStringLiteral("wed"),
                                       QStringLiteral("thu"), QStringLiteral("fri"), QStringLiteral("sat"),
                                       QStringLiteral("sun")};
        ConfigValue::text(inner, one, name);
        if (!names.contains(name))
            inner.expected(one, ConfigWords::tr("one of: %1").arg(names.join(QStringLiteral(", "))));
    };
    static const ConfigFields<Q> fields{
        configField("from", &Q::fromMinute, ConfigValue::minuteOfDay, true),
        configField("to", &Q::toMinute, ConfigValue::minuteOfDay, true),
        configField("days", &Q::days, configListOf(day)),
        configField("still", &Q::still, ConfigValue::priority)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::theme(ConfigReader &reader, const YAML::Node &node, ThemeChoice &into)
{
    static const auto read = configChoice<ThemeChoice>({{QStringLiteral("auto"), ThemeChoice::Auto},
                                                        {QStringLiteral("night"), ThemeChoice::Night},
                                                        {QStringLiteral("day"), ThemeChoice::Day},
                                                        {QStringLiteral("high-contrast"), ThemeChoice::HighContrast}});
    read(reader, node, into);
}

void ConfigSection::demo(ConfigReader &reader, const YAML::Node &node, DemoConfig &into)
{
    static const ConfigFields<DemoConfig> fields{configField("start", &DemoConfig::start, ConfigValue::instant, true),
                                                 configField("speed", &DemoConfig::speed, ConfigValue::number, true),
                                                 configField("origin", &DemoConfig::origin, ConfigValue::instant, true)};
    readConfigFields(reader, node, fields, into);
    constexpr double mostSpeed = 100000.0;
    if (!(into.speed > 0.0 && into.speed <= mostSpeed))
        reader.expected(node, ConfigWords::tr("a speed above 0 and at most 100000"));
}

} // namespace cockpit
