// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_yaml.h"

#include "app/config/config_reader.h"
#include "app/config/config_values.h"
#include "app/formats/format_words.h"
#include "app/formats/policy_rules.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

namespace {

using PolicyFields = ConfigFields<DeploymentPolicy>;

QString trimmedScalar(const YAML::Node &node)
{
    return node.IsScalar() ? QString::fromStdString(node.Scalar()).trimmed() : QString();
}

void readPercent(ConfigReader &reader, const YAML::Node &node, int &into)
{
    static const QRegularExpression shape(QStringLiteral("^([0-9]{1,3})\\s*%?$"));
    const QRegularExpressionMatch match = shape.match(trimmedScalar(node));
    const int percent = match.hasMatch() ? match.captured(1).toInt() : 0;
    if (percent < 1 || percent > 100)
        reader.expected(node, FormatWords::tr("a whole percentage from 1% to 100%"));
    else
        into = percent;
}

void readSample(ConfigReader &reader, const YAML::Node &node, qint64 &into)
{
    bool isNumber = false;
    const qint64 count = trimmedScalar(node).toLongLong(&isNumber);
    if (!isNumber || count < 1 || count > 1'000'000'000)
        reader.expected(node, FormatWords::tr("a whole number of requests, at least 1"));
    else
        into = count;
}

void readWarmUp(ConfigReader &reader, const YAML::Node &node, Duration &into)
{
    if (trimmedScalar(node) == u"0s")
        into = Duration::zero();
    else
        ConfigValue::duration(reader, node, into);
}

void addUnread(ConfigReader &reader, const YAML::Node &node, const QString &expected, const QString &fix)
{
    reader.add(node, QStringLiteral("config-wrong-value"), FormatWords::tr("Expected here: %1.").arg(expected), fix);
}

void readCriterion(ConfigReader &reader, const YAML::Node &node, MetricRule &into)
{
    const ReadRule<MetricRule> read = readMetricRule(trimmedScalar(node));
    if (read.rule)
        into = *read.rule;
    else
        addUnread(reader, node, read.expected, read.fix);
}

void readTrigger(ConfigReader &reader, const YAML::Node &node, RollbackTrigger &into)
{
    if (node.IsScalar()) {
        readCriterion(reader, node, into.emplace<MetricRule>());
        return;
    }
    static const ConfigFields<RollbackTrigger> fields{
        {QStringLiteral("alert"),
         [](ConfigReader &inner, const YAML::Node &value, RollbackTrigger &target) {
             const ReadRule<AlertTrigger> read = readAlertTrigger(trimmedScalar(value));
             if (read.rule)
                 target = *read.rule;
             else
                 addUnread(inner, value, read.expected, read.fix);
         },
         true}};
    readConfigFields(reader, node, fields, into);
}

void readCanary(ConfigReader &reader, const YAML::Node &node, DeploymentPolicy &into)
{
    using P = DeploymentPolicy;
    static const PolicyFields fields{
        configField("initial_percentage", &P::initialPercentage, readPercent, true),
        configField("increment", &P::increment, readPercent, true),
        configField("interval", &P::interval, ConfigValue::duration, true),
        configField("success_criteria", &P::successCriteria, configListOf(readCriterion), true),
        configField("rollback_on_failure", &P::rollbackOnFailure, ConfigValue::flag),
        configField("minimum_sample", &P::minimumSample, readSample),
        configField("warm_up", &P::warmUp, readWarmUp),
        configOptional("verify", &P::verify, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
    if (into.initialPercentage >= 100)
        reader.add(node, QStringLiteral("policy-instant-rollout"),
                   FormatWords::tr("This goes from 0 to 100 % at once."),
                   FormatWords::tr("Begin with a small initial_percentage, such as 5%."));
    if (into.warmUp >= into.interval)
        reader.add(node, QStringLiteral("policy-long-warm-up"),
                   FormatWords::tr("The warm-up is as long as a step, so no criterion is ever decided."),
                   FormatWords::tr("Make warm_up shorter than interval."), Finding::Level::Medium);
}

void readRollback(ConfigReader &reader, const YAML::Node &node, DeploymentPolicy &into)
{
    using P = DeploymentPolicy;
    static const PolicyFields fields{configField("automatic", &P::automaticRollback, ConfigValue::flag),
                                     configField("trigger", &P::triggers, configListOf(readTrigger), true)};
    readConfigFields(reader, node, fields, into);
}

void readBlueGreen(ConfigReader &reader, const YAML::Node &node, DeploymentPolicy &into)
{
    using P = DeploymentPolicy;
    static const PolicyFields fields{configField("pre_migration_check", &P::preMigrationCheck, ConfigValue::flag),
                                     {QStringLiteral("traffic_switch"),
                                      [](ConfigReader &inner, const YAML::Node &value, DeploymentPolicy &) {
                                          if (trimmedScalar(value) != u"instant")
                                              inner.expected(value,
                                                             FormatWords::tr("instant (a blue-green switch is)"));
                                      },
                                      false},
                                     configField("rollback_window", &P::rollbackWindow, ConfigValue::duration)};
    readConfigFields(reader, node, fields, into);
}

void readDeployment(ConfigReader &reader, const YAML::Node &node, DeploymentPolicy &into)
{
    using P = DeploymentPolicy;
    static const PolicyFields fields{
        configField("strategy", &P::blueGreen,
                    configChoice<bool>({{QStringLiteral("canary"), false}, {QStringLiteral("blue_green"), true}}),
                    true),
        {QStringLiteral("canary"), readCanary, true},
        {QStringLiteral("rollback"), readRollback, true},
        {QStringLiteral("blue_green"), readBlueGreen, false}};
    readConfigFields(reader, node, fields, into);
}

/// A trigger that fires while the criteria still pass rolls back what is fine.
void checkOrder(ConfigReader &reader, const YAML::Node &root, const DeploymentPolicy &policy)
{
    for (const RollbackTrigger &one : policy.triggers) {
        const auto *trigger = std::get_if<MetricRule>(&one);
        for (const MetricRule &criterion : policy.successCriteria) {
            const bool comparable = trigger && trigger->metric == criterion.metric &&
                                    trigger->relative == criterion.relative && criterion.isUpperBound() &&
                                    !trigger->isUpperBound();
            if (comparable && trigger->limit < criterion.limit)
                reader.add(root, QStringLiteral("policy-early-trigger"),
                           FormatWords::tr("The trigger \"%1\" is met while \"%2\" still passes.")
                               .arg(trigger->text, criterion.text),
                           FormatWords::tr("Set the trigger above the criterion."), Finding::Level::Medium);
        }
    }
}

} // namespace

DeploymentPolicy parsePolicy(const QByteArray &yaml, const QString &path, QList<Finding> &problems)
{
    static const PolicyFields root{{QStringLiteral("deployment"), readDeployment, true}};
    DeploymentPolicy policy;
    policy.file = path;
    ConfigReader reader(path, {});
    try { // yaml-cpp reports a broken text by exceptions: they end here
        const YAML::Node node = YAML::Load(yaml.toStdString());
        readConfigFields(reader, node, root, policy);
        checkOrder(reader, node, policy);
    } catch (const YAML::Exception &problem) {
        reader.addAtMark(problem.mark, QStringLiteral("config-syntax"),
                         FormatWords::tr("This is not YAML: %1.").arg(QString::fromStdString(problem.msg)));
    }
    for (Finding finding : reader.problems()) {
        finding.rule.replace(QStringLiteral("config-"), QStringLiteral("policy-"));
        problems.append(finding);
    }
    return policy;
}

} // namespace cockpit
