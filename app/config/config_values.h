// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/config_reader.h"

namespace cockpit {

/// Readers of single values; each leaves its target as it is when the value is wrong, and says so.
struct ConfigValue {
    static void text(ConfigReader &reader, const YAML::Node &node, QString &into);
    static void texts(ConfigReader &reader, const YAML::Node &node, QStringList &into);
    static void flag(ConfigReader &reader, const YAML::Node &node, bool &into);
    /// 1…65535.
    static void port(ConfigReader &reader, const YAML::Node &node, int &into);
    /// 0…9.
    static void tier(ConfigReader &reader, const YAML::Node &node, int &into);
    /// A finite number that is not negative.
    static void number(ConfigReader &reader, const YAML::Node &node, double &into);
    /// A number, or names with numbers; a number alone is for all ("*").
    static void numbersByName(ConfigReader &reader, const YAML::Node &node, QHash<QString, double> &into);
    /// Names with a text each.
    static void textsByName(ConfigReader &reader, const YAML::Node &node, QHash<QString, QString> &into);
    /// "500ms", "15s", "1m30s", "2h", "7d"; longer than nothing, at most a year.
    static void duration(ConfigReader &reader, const YAML::Node &node, Duration &into);
    /// RFC 3339.
    static void instant(ConfigReader &reader, const YAML::Node &node, Instant &into);
    /// "22:30", as minutes after midnight.
    static void minuteOfDay(ConfigReader &reader, const YAML::Node &node, int &into);
    /// http or https, with a host, without user, query and fragment.
    static void url(ConfigReader &reader, const YAML::Node &node, QString &into);
    static void path(ConfigReader &reader, const YAML::Node &node, QString &into);
    static void paths(ConfigReader &reader, const YAML::Node &node, QStringList &into);
    static void labels(ConfigReader &reader, const YAML::Node &node, Labels &into);
    static void service(ConfigReader &reader, const YAML::Node &node, ServiceId &into);
    static void priority(ConfigReader &reader, const YAML::Node &node, Priority &into);
    /// {env}, {file}, {command} or {keychain}; a text is an inline secret and refused without repeating it.
    static void secret(ConfigReader &reader, const YAML::Node &node, SecretRef &into);
    /// {url, auth, headers, tls, proxy, via}.
    static void endpoint(ConfigReader &reader, const YAML::Node &node, EndpointConfig &into);
    static const ConfigFields<EndpointConfig> &endpointFields();
};

} // namespace cockpit
