// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_export_parts.h"

#include "app/formats/format_words.h"

#include <initializer_list>

namespace cockpit {

namespace {

constexpr const char *argoVersion = "argoproj.io/v1alpha1";
constexpr Duration triggerEvery{std::chrono::seconds(30)};

/// What Argo decides a measurement by. Neither of them holding is Inconclusive: the rollout pauses.
struct ArgoConditions {
    QString success{};
    QString failure{};
};

/// A criterion passes and fails on a figure alone; without one, and where it must not roll back, it pauses.
ArgoConditions criterionConditions(const MetricRule &rule, bool rollbackOnFailure)
{
    const QString known = QStringLiteral("len(result) == 1 && !isNaN(result[0])");
    const QString limit = plainNumber(rule.limit);
    return {known + QStringLiteral(" && result[0] %1 %2").arg(PolicyPromql::sign(rule), limit),
            rollbackOnFailure
                ? known + QStringLiteral(" && result[0] %1 %2").arg(PolicyPromql::oppositeSign(rule), limit)
                : QStringLiteral("false")};
}

/// A trigger without a figure is not met.
ArgoConditions triggerConditions(const QString &sign, const QString &opposite, double limit)
{
    const QString number = plainNumber(limit);
    return {QStringLiteral("len(result) == 0 || isNaN(result[0]) || result[0] %1 %2").arg(opposite, number),
            QStringLiteral("len(result) == 1 && !isNaN(result[0]) && result[0] %1 %2").arg(sign, number)};
}

/// Writes the documents and gathers the gaps.
class ArgoExport {
public:
    explicit ArgoExport(const PolicyExport &what)
        : m_what(what)
        , m_promql(what, {what.service + QStringLiteral("-{{args.canary-hash}}-.+"),
                          what.service + QStringLiteral("-{{args.stable-hash}}-.+")})
    {
        m_out.SetIndent(2);
    }

    ExportedPolicy write()
    {
        writeCriteria();
        writeTriggers();
        beginManifest(m_out, argoVersion, "Rollout", m_what.service, m_what.nameSpace);
        key("workloadRef") << YAML::BeginMap;
        text("apiVersion", QStringLiteral("apps/v1"));
        text("kind", QStringLiteral("Deployment"));
        text("name", m_what.service);
        m_out << YAML::EndMap;
        key("strategy") << YAML::BeginMap;
        if (m_what.policy.blueGreen)
            writeBlueGreen();
        else
            writeCanary();
        m_out << YAML::EndMap;
        endManifest(m_out);
        const QStringList gaps = allGaps();
        return {withHead(m_what, QStringLiteral("Argo Rollouts"), gaps, m_out), gaps};
    }

private:
    YAML::Emitter &key(const char *name) { return m_out << YAML::Key << name << YAML::Value; }
    void text(const char *name, const QString &value) { key(name) << yamlText(value); }
    /// A condition such as "false" stays a text.
    void quoted(const char *name, const QString &value) { key(name) << YAML::DoubleQuoted << yamlText(value); }

    void beginTemplate(const char *suffix)
    {
        beginManifest(m_out, argoVersion, "AnalysisTemplate", m_what.service + QLatin1String(suffix), m_what.nameSpace);
        key("args") << YAML::BeginSeq;
        for (const char *argument : {"canary-hash", "stable-hash"})
            m_out << YAML::BeginMap << YAML::Key << "name" << YAML::Value << argument << YAML::EndMap;
        m_out << YAML::EndSeq;
        key("metrics") << YAML::BeginSeq;
    }
    void endTemplate()
    {
        m_out << YAML::EndSeq;
        endManifest(m_out);
    }

    void writeMetric(const QString &name, const QString &rule, const QString &query, const ArgoConditions &conditions,
                     bool repeats)
    {
        m_out << YAML::BeginMap;
        text("name", name);
        m_out << YAML::Comment(yamlText(rule));
        if (repeats) {
            text("interval", promqlDuration(triggerEvery));
            text("initialDelay", promqlDuration(m_what.policy.warmUp));
            // After a switch the triggers are watched as long as the old colour is there.
            if (m_what.policy.blueGreen)
                key("count") << qint64(m_what.policy.rollbackWindow / triggerEvery);
        } else {
            key("count") << 1;
            // After a switch the figures are those of the new colour only after one interval.
            if (m_what.policy.blueGreen)
                text("initialDelay", promqlDuration(m_what.policy.interval));
        }
        key("failureLimit") << 0;
        quoted("successCondition", conditions.success);
        quoted("failureCondition", conditions.failure);
        key("provider") << YAML::BeginMap << YAML::Key << "prometheus" << YAML::Value << YAML::BeginMap;
        text("address", m_what.prometheusUrl);
        key("query") << YAML::Literal << yamlText(query);
        m_out << YAML::EndMap << YAML::EndMap << YAML::EndMap;
    }

    void writeCriteria()
    {
        MetricNames names;
        beginTemplate("-success");
        for (const MetricRule &rule : m_what.policy.successCriteria) {
            if (isAsked(rule))
                writeMetric(names.next(toWireName(rule.metric)), rule.text,
                            m_promql.valueUnlessStable(rule, PolicyPromql::oppositeSign(rule)),
                            criterionConditions(rule, m_what.policy.rollbackOnFailure), false);
        }
        if (!m_what.budgetQuery.isEmpty())
            writeMetric(QStringLiteral("error-budget"),
                        FormatWords::tr("an exhausted error budget stops the promotion"), m_promql.budget(),
                        {QStringLiteral("len(result) == 1 && result[0] > 0"), QStringLiteral("false")}, false);
        endTemplate();
    }

    void writeTriggers()
    {
        MetricNames names;
        beginTemplate("-triggers");
        for (const RollbackTrigger &trigger : m_what.policy.triggers) {
            if (const auto *rule = std::get_if<MetricRule>(&trigger); rule && isAsked(*rule)) {
                m_triggerNames.append(names.next(toWireName(rule->metric)));
                writeMetric(
                    m_triggerNames.last(), rule->text, m_promql.valueUnlessStable(*rule, PolicyPromql::sign(*rule)),
                    triggerConditions(PolicyPromql::sign(*rule), PolicyPromql::oppositeSign(*rule), rule->limit), true);
            } else if (const auto *alert = std::get_if<AlertTrigger>(&trigger)) {
                m_triggerNames.append(names.next(QStringLiteral("alert")));
                writeMetric(m_triggerNames.last(), alert->text, m_promql.alert(*alert),
                            triggerConditions(QStringLiteral(">"), QStringLiteral("<="), 0.0), true);
            }
        }
        endTemplate();
    }

    void writeAnalysis(std::initializer_list<const char *> suffixes)
    {
        key("templates") << YAML::BeginSeq;
        for (const char *suffix : suffixes) {
            m_out << YAML::BeginMap;
            text("templateName", m_what.service + QLatin1String(suffix));
            m_out << YAML::EndMap;
        }
        m_out << YAML::EndSeq;
        key("args") << YAML::BeginSeq;
        for (const auto &[name, value] : {std::pair{"canary-hash", "Latest"}, std::pair{"stable-hash", "Stable"}}) {
            m_out << YAML::BeginMap;
            text("name", QLatin1String(name));
            key("valueFrom") << YAML::BeginMap << YAML::Key << "podTemplateHashValue" << YAML::Value << value
                             << YAML::EndMap;
            m_out << YAML::EndMap;
        }
        m_out << YAML::EndSeq;
    }

    /// Triggers, which only tell and do not act where the policy is not automatic.
    void writeTriggerAnalysis(std::initializer_list<const char *> suffixes)
    {
        writeAnalysis(suffixes);
        if (m_what.policy.automaticRollback)
            return;
        key("dryRun") << YAML::BeginSeq;
        for (const QString &name : m_triggerNames)
            m_out << YAML::BeginMap << YAML::Key << "metricName" << YAML::Value << yamlText(name) << YAML::EndMap;
        m_out << YAML::EndSeq;
    }

    void writeCanary()
    {
        key("canary") << YAML::BeginMap;
        key("analysis") << YAML::BeginMap;
        key("startingStep") << 1;
        writeTriggerAnalysis({"-triggers"});
        m_out << YAML::EndMap;
        key("steps") << YAML::BeginSeq;
        for (const int weight : m_what.policy.weights()) {
            if (weight >= 100)
                break;
            m_out << YAML::BeginMap << YAML::Key << "setWeight" << YAML::Value << weight << YAML::EndMap;
            m_out << YAML::BeginMap << YAML::Key << "pause" << YAML::Value << YAML::BeginMap;
            text("duration", promqlDuration(m_what.policy.interval));
            m_out << YAML::EndMap << YAML::EndMap;
            m_out << YAML::BeginMap << YAML::Key << "analysis" << YAML::Value << YAML::BeginMap;
            writeAnalysis({"-success"});
            m_out << YAML::EndMap << YAML::EndMap;
        }
        m_out << YAML::EndSeq << YAML::EndMap;
    }

    void writeBlueGreen()
    {
        const auto window = std::chrono::duration_cast<std::chrono::seconds>(m_what.policy.rollbackWindow);
        key("blueGreen") << YAML::BeginMap;
        text("activeService", m_what.service);
        text("previewService", m_what.service + QStringLiteral("-preview"));
        key("autoPromotionEnabled") << !m_what.policy.preMigrationCheck;
        key("scaleDownDelaySeconds") << qint64(window.count());
        key("postPromotionAnalysis") << YAML::BeginMap;
        writeTriggerAnalysis({"-success", "-triggers"});
        m_out << YAML::EndMap << YAML::EndMap;
    }

    bool isAsked(const MetricRule &rule)
    {
        const bool can = m_promql.canAsk(rule);
        if (!can)
            m_missing.append(
                FormatWords::tr("NOT ENFORCED: \"%1\", for the preset has no series for it.").arg(rule.text));
        return can;
    }

    QStringList allGaps() const
    {
        QStringList gaps = m_what.leftOut + m_missing;
        gaps
            << FormatWords::tr("Too few requests, no series, a zero baseline, or stable breaking the rule too: the "
                               "analysis is Inconclusive and the rollout pauses until a person decides.")
            << FormatWords::tr("A trigger without figures is not met; the criteria at the end of each step still pause "
                               "the rollout.")
            << FormatWords::tr("A Prometheus that does not answer is an Error: after five in a row the rollout aborts.")
            << FormatWords::tr(
                   "A quantile is compared as interpolated: that the limit may lie inside its bucket is not looked at.")
            << FormatWords::tr("An alert that fires since before the rollout aborts it as well.")
            << FormatWords::tr("Without trafficRouting a weight is a share of pods: 5 % of 8 pods is 12.5 %, and an "
                               "abort is a rolling update.");
        if (m_what.policy.blueGreen && m_what.policy.preMigrationCheck)
            gaps << FormatWords::tr("The check before the migration is a person's: the switch waits for a promote "
                                    "(autoPromotionEnabled: false).");
        if (!m_what.policy.blueGreen)
            gaps << FormatWords::tr(
                        "A Rollout has one strategy: for a migration export a policy with strategy: blue_green (it "
                        "keeps the old colour for scaleDownDelaySeconds: %1; Argo's own default is 30).")
                        .arg(std::chrono::duration_cast<std::chrono::seconds>(m_what.policy.rollbackWindow).count());
        if (m_what.budgetQuery.isEmpty())
            gaps << FormatWords::tr("The preset has no error budget, so an exhausted one does not stop the promotion.");
        return gaps;
    }

    const PolicyExport &m_what;
    PolicyPromql m_promql;
    YAML::Emitter m_out{};
    QStringList m_triggerNames{};
    QStringList m_missing{};
};

} // namespace

ExportedPolicy exportForArgo(const PolicyExport &what) { return ArgoExport(what).write(); }

} // namespace cockpit
