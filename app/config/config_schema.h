// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config/config_reader.h"

namespace cockpit {

/// The keys of a configuration file: one table, in the order of architecture.md's contract.
const ConfigFields<Configuration> &configurationFields();
/// The tables behind single keys, split by meaning.
struct ConfigSection {
    static void environment(ConfigReader &reader, const YAML::Node &node, EnvironmentConfig &into);
    static void confirm(ConfigReader &reader, const YAML::Node &node, EnvironmentConfig::Confirm &into);
    static void prometheus(ConfigReader &reader, const YAML::Node &node, PrometheusConfig &into);
    static void alertmanager(ConfigReader &reader, const YAML::Node &node, AlertmanagerConfig &into);
    static void kubernetes(ConfigReader &reader, const YAML::Node &node, KubernetesConfig &into);
    static void service(ConfigReader &reader, const YAML::Node &node, ServiceConfig &into);
    static void runbook(ConfigReader &reader, const YAML::Node &node, RunbookConfig &into);
    static void policy(ConfigReader &reader, const YAML::Node &node, PolicyConfig &into);
    static void severities(ConfigReader &reader, const YAML::Node &node, SeverityMap &into);
    static void limits(ConfigReader &reader, const YAML::Node &node, LimitConfig &into);
    static void breaker(ConfigReader &reader, const YAML::Node &node, BreakerConfig &into);
    static void flag(ConfigReader &reader, const YAML::Node &node, FlagConfig &into);
    static void paging(ConfigReader &reader, const YAML::Node &node, Configuration &into);
    static void chat(ConfigReader &reader, const YAML::Node &node, Configuration &into);
    static void incidents(ConfigReader &reader, const YAML::Node &node, ResponseTargets &into);
    static void cost(ConfigReader &reader, const YAML::Node &node, CostConfig &into);
    static void capacity(ConfigReader &reader, const YAML::Node &node, CapacityConfig &into);
    static void slo(ConfigReader &reader, const YAML::Node &node, SloConfig &into);
    static void store(ConfigReader &reader, const YAML::Node &node, StoreConfig &into);
    static void health(ConfigReader &reader, const YAML::Node &node, HealthConfig &into);
    static void notifications(ConfigReader &reader, const YAML::Node &node, NotificationConfig &into);
    static void quietHours(ConfigReader &reader, const YAML::Node &node, QuietHoursConfig &into);
    static void theme(ConfigReader &reader, const YAML::Node &node, ThemeChoice &into);
    static void demo(ConfigReader &reader, const YAML::Node &node, DemoConfig &into);
};

} // namespace cockpit
