// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_schema.h"
#include "app/config/config_values.h"

#include <algorithm>

namespace cockpit {

namespace {

/// "us" or "eu".
void readRegion(ConfigReader &reader, const YAML::Node &node, bool &europe)
{
    static const auto read = configChoice<bool>({{QStringLiteral("us"), false}, {QStringLiteral("eu"), true}});
    read(reader, node, europe);
}

/// A body that is JSON with placeholders: braces of known names only, and JSON once they are filled in.
void readTemplate(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    ConfigValue::text(reader, node, into);
    QString filled = into;
    for (const char *name : {"dedupKey", "summary", "level", "service", "incident", "runbook", "action"})
        filled.replace(u'{' + QString::fromLatin1(name) + u'}', QStringLiteral("x"));
    // JSON is YAML: whatever cannot be read as that is no JSON either.
    try {
        const YAML::Node body = YAML::Load(filled.toStdString());
        if (body.IsMap() && filled.trimmed().startsWith(u'{') && !filled.contains(u'\t'))
            return;
    } catch (const YAML::Exception &) {
    }
    reader.expected(node, ConfigWords::tr("a JSON object, with no other placeholders than {dedupKey}, {summary}, {level}, "
                                          "{service}, {incident}, {runbook} and {action}"));
}

/// A time for each level that is named; the others keep theirs.
struct LevelTimes {
    Duration (ResponseTargets::*times)[4];
    void operator()(ConfigReader &reader, const YAML::Node &node, ResponseTargets &into) const
    {
        if (!reader.expectMap(node))
            return;
        static const QStringList levels{QStringLiteral("P1"), QStringLiteral("P2"), QStringLiteral("P3"),
                                        QStringLiteral("P4")};
        for (const auto &pair : node) {
            const qsizetype at = levels.indexOf(configKeyText(pair.first));
            if (at < 0) {
                reader.unknownKey(pair.first, levels);
                continue;
            }
            const ConfigReader::Scope scope(reader, levels.at(at));
            ConfigValue::duration(reader, pair.second, (into.*times)[at]);
        }
    }
};

void readPagerDuty(ConfigReader &reader, const YAML::Node &node, PagerDutyConfig &into)
{
    using P = PagerDutyConfig;
    static const ConfigFields<P> fields{configField("routingKey", &P::routingKey, ConfigValue::secret),
                                        configField("token", &P::token, ConfigValue::secret),
                                        configField("from", &P::from, ConfigValue::text),
                                        configField("region", &P::europe, readRegion),
                                        configField("url", &P::url, ConfigValue::url),
                                        configField("eventsUrl", &P::eventsUrl, ConfigValue::url),
                                        configField("services", &P::services, ConfigValue::texts),
                                        configField("policies", &P::policies, ConfigValue::texts),
                                        configField("interval", &P::interval, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
    if (node.IsMap() && !into.routingKey.isSet() && !into.token.isSet() && !node["routingKey"].IsDefined() &&
        !node["token"].IsDefined())
        reader.expected(node, ConfigWords::tr("routingKey, token, or both"));
}

void readOpsgenie(ConfigReader &reader, const YAML::Node &node, OpsgenieConfig &into)
{
    using O = OpsgenieConfig;
    static const ConfigFields<O> fields{configField("key", &O::key, ConfigValue::secret, true),
                                        configField("region", &O::europe, readRegion),
                                        configField("url", &O::url, ConfigValue::url),
                                        configField("user", &O::user, ConfigValue::text),
                                        configField("schedules", &O::schedules, ConfigValue::texts),
                                        configField("interval", &O::interval, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
}

void readPagingWebhook(ConfigReader &reader, const YAML::Node &node, PagingWebhookConfig &into)
{
    using W = PagingWebhookConfig;
    static const ConfigFields<W> fields = [] {
        ConfigFields<W> list{configField("trigger", &W::trigger, readTemplate, true),
                             configField("acknowledge", &W::acknowledge, readTemplate),
                             configField("resolve", &W::resolve, readTemplate)};
        configLift(list, &W::endpoint, ConfigValue::endpointFields(), true);
        return list;
    }();
    readConfigFields(reader, node, fields, into);
}

void readSlack(ConfigReader &reader, const YAML::Node &node, SlackConfig &into)
{
    using S = SlackConfig;
    static const ConfigFields<S> fields{configField("webhook", &S::webhook, ConfigValue::secret),
                                        configField("token", &S::token, ConfigValue::secret),
                                        configField("channel", &S::channel, ConfigValue::text),
                                        configField("url", &S::url, ConfigValue::url),
                                        configField("interval", &S::interval, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
    if (!node.IsMap())
        return;
    if (node["webhook"].IsDefined() == node["token"].IsDefined())
        reader.expected(node, ConfigWords::tr("either token or webhook"));
    if (node["token"].IsDefined() && !node["channel"].IsDefined())
        reader.missingKey(node, QStringLiteral("channel"));
}

} // namespace

void ConfigSection::paging(ConfigReader &reader, const YAML::Node &node, Configuration &into)
{
    using C = Configuration;
    static const ConfigFields<C> fields{configOptional("pagerduty", &C::pagerDuty, readPagerDuty),
                                        configOptional("opsgenie", &C::opsgenie, readOpsgenie),
                                        configOptional("webhook", &C::pagingWebhook, readPagingWebhook)};
    readConfigFields(reader, node, fields, into);
    if (int(into.pagerDuty.has_value()) + int(into.opsgenie.has_value()) + int(into.pagingWebhook.has_value()) > 1)
        reader.expected(node, ConfigWords::tr("one of pagerduty, opsgenie and webhook"));
}

void ConfigSection::chat(ConfigReader &reader, const YAML::Node &node, Configuration &into)
{
    static const ConfigFields<Configuration> fields{configOptional("slack", &Configuration::slack, readSlack)};
    readConfigFields(reader, node, fields, into);
}

void ConfigSection::incidents(ConfigReader &reader, const YAML::Node &node, ResponseTargets &into)
{
    using R = ResponseTargets;
    static const ConfigFields<R> fields{{QStringLiteral("acknowledge"), LevelTimes{&R::acknowledge}, false},
                                        configField("mitigate", &R::mitigate, ConfigValue::duration),
                                        {QStringLiteral("statusUpdate"), LevelTimes{&R::statusUpdate}, false},
                                        configField("upgradeAfter", &R::upgradeAfter, ConfigValue::duration),
                                        configField("recovery", &R::recovery, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
}

} // namespace cockpit
