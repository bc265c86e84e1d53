// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/config/config_schema.h"
#include "app/config/config_values.h"

#include <QRegularExpression>

namespace cockpit {

namespace {

void readPointer(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    static const QRegularExpression pointer(QStringLiteral("^(/([^~]|~[01])*)?$"));
    QString text;
    ConfigValue::text(reader, node, text);
    if (pointer.match(text).hasMatch())
        into = text;
    else
        reader.expected(node, ConfigWords::tr("a JSON pointer such as /state"));
}

void readWebPath(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    QString text;
    ConfigValue::text(reader, node, text);
    if (text.startsWith(u'/') && !text.contains(u' '))
        into = text;
    else
        reader.expected(node, ConfigWords::tr("a path that begins with /"));
}

void readMethod(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    const QStringList known{QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                            QStringLiteral("DELETE")};
    QString text;
    ConfigValue::text(reader, node, text);
    if (known.contains(text))
        into = text;
    else
        reader.expected(node, ConfigWords::tr("one of %1").arg(known.join(QStringLiteral(", "))));
}

void readWorkload(ConfigReader &reader, const YAML::Node &node, QString &into)
{
    static const QRegularExpression workload(QStringLiteral("^[A-Za-z]+/[a-z0-9.-]+$"));
    QString text;
    ConfigValue::text(reader, node, text);
    if (workload.match(text).hasMatch())
        into = text;
    else
        reader.expected(node, ConfigWords::tr("KIND/NAME such as rollout/gc-service"));
}

void readUrls(ConfigReader &reader, const YAML::Node &node, QStringList &into)
{
    into.clear();
    const auto one = [&](const YAML::Node &item) {
        QString url;
        ConfigValue::url(reader, item, url);
        if (!url.isEmpty())
            into.append(url);
    };
    if (!node.IsSequence())
        return one(node);
    for (const YAML::Node &item : node)
        one(item);
}

void readBreakerList(ConfigReader &reader, const YAML::Node &node, BreakerListConfig &into)
{
    using L = BreakerListConfig;
    static const ConfigFields<L> fields{
        configField("path", &L::path, readWebPath),   configField("items", &L::items, readPointer),
        configField("name", &L::name, readPointer),   configField("state", &L::state, readPointer),
        configField("to", &L::to, readPointer),       configField("failure", &L::failure, readPointer),
        configField("slow", &L::slow, readPointer),   configField("rejected", &L::rejected, readPointer),
        configField("calls", &L::calls, readPointer), configField("states", &L::states, ConfigValue::textsByName)};
    readConfigFields(reader, node, fields, into);
}

void readBreakerCall(ConfigReader &reader, const YAML::Node &node, BreakerCallConfig &into)
{
    using C = BreakerCallConfig;
    static const ConfigFields<C> fields{
        configField("method", &C::method, readMethod, true), configField("path", &C::path, readWebPath, true),
        configField("body", &C::body, ConfigValue::text), configField("modes", &C::modes, ConfigValue::textsByName)};
    readConfigFields(reader, node, fields, into);
}

const ConfigFields<BreakerConfig> &breakerFields()
{
    using B = BreakerConfig;
    static const ConfigFields<B> fields = [] {
        ConfigFields<B> all{configField("kind", &B::kind,
                                        configChoice<B::Kind>({{QStringLiteral("resilience4j"), B::Kind::Resilience4j},
                                                               {QStringLiteral("envoy"), B::Kind::Envoy},
                                                               {QStringLiteral("istio"), B::Kind::Istio},
                                                               {QStringLiteral("http"), B::Kind::Http}}),
                                        true),
                            configField("name", &B::name, ConfigValue::text),
                            configField("service", &B::service, ConfigValue::service),
                            configField("interval", &B::interval, ConfigValue::duration),
                            configField("context", &B::context, ConfigValue::text),
                            configField("namespace", &B::nameSpace, ConfigValue::text),
                            configField("workload", &B::workload, readWorkload),
                            configField("port", &B::port, ConfigValue::port),
                            configField("path", &B::path, readWebPath),
                            configField("urls", &B::urls, readUrls),
                            configField("dependencies", &B::dependencies, ConfigValue::textsByName),
                            configField("fallbacks", &B::fallbacks, ConfigValue::textsByName),
                            configField("list", &B::list, readBreakerList),
                            configOptional("set", &B::set, readBreakerCall),
                            configOptional("reset", &B::reset, readBreakerCall)};
        configLift(all, &B::endpoint, ConfigValue::endpointFields(), false);
        return all;
    }();
    return fields;
}

} // namespace

void ConfigSection::breaker(ConfigReader &reader, const YAML::Node &node, BreakerConfig &into)
{
    using B = BreakerConfig;
    readConfigFields(reader, node, breakerFields(), into);
    if (!node.IsMap())
        return;
    // Istio's breakers are Kubernetes objects, and those of a workload are asked at its pods: no address of their own.
    const bool hasPlace = node["url"].IsDefined() || node["urls"].IsDefined() || node["workload"].IsDefined();
    if (into.kind != B::Kind::Istio && !hasPlace && into.endpoint.url.isEmpty())
        reader.missingKey(node, QStringLiteral("url"));
    if (into.kind != B::Kind::Http && (into.set || into.reset || node["list"].IsDefined()))
        reader.expected(node, ConfigWords::tr("list, set and reset only with kind: http"));
    if (into.set.has_value() != into.reset.has_value())
        reader.expected(node, ConfigWords::tr("set and reset together: an override has to end"));
}

} // namespace cockpit
