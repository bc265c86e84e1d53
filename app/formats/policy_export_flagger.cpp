// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_export_parts.h"

#include "app/formats/format_words.h"

namespace cockpit {

namespace {

constexpr const char *flaggerVersion = "flagger.app/v1beta1";
/// Failed checks stop the advance; so many of them never come.
constexpr int neverRollsBack = 100'000;

/// One check of a Canary: the value has to stay on this side.
struct FlaggerCheck {
    QString name{};
    QString rule{};
    QString query{};
    std::optional<double> least{};
    std::optional<double> most{};
};

/// Writes the documents and gathers the gaps.
class FlaggerExport {
public:
    explicit FlaggerExport(const PolicyExport &what)
        : m_what(what)
        , m_promql(what, {QStringLiteral("{{ target }}-[0-9a-z]+-[0-9a-z]+"),
                          QStringLiteral("{{ target }}-primary-[0-9a-z]+-[0-9a-z]+")})
    {
        m_out.SetIndent(2);
    }

    ExportedPolicy write()
    {
        for (const MetricRule &rule : m_what.policy.successCriteria)
            addRule(rule, rule.isUpperBound());
        for (const RollbackTrigger &trigger : m_what.policy.triggers) {
            if (const auto *rule = std::get_if<MetricRule>(&trigger))
                addRule(*rule, !rule->isUpperBound());
            else
                addAlert(std::get<AlertTrigger>(trigger));
        }
        for (const FlaggerCheck &check : m_checks)
            writeTemplate(check);
        writeCanary();
        const QStringList gaps = allGaps();
        return {withHead(m_what, QStringLiteral("Flagger"), gaps, m_out), gaps};
    }

private:
    YAML::Emitter &key(const char *name) { return m_out << YAML::Key << name << YAML::Value; }
    void text(const char *name, const QString &value) { key(name) << yamlText(value); }

    void addRule(const MetricRule &rule, bool hasMost)
    {
        if (!m_promql.canAsk(rule)) {
            m_missing.append(
                FormatWords::tr("NOT ENFORCED: \"%1\", for the preset has no series for it.").arg(rule.text));
            return;
        }
        FlaggerCheck check{
            .name = m_names.next(toWireName(rule.metric)), .rule = rule.text, .query = m_promql.value(rule)};
        (hasMost ? check.most : check.least) = rule.limit;
        m_checks.append(check);
    }

    void addAlert(const AlertTrigger &trigger)
    {
        m_checks.append({.name = m_names.next(QStringLiteral("alert")),
                         .rule = trigger.text,
                         .query = m_promql.alert(trigger),
                         .most = 0.0});
    }

    QString templateName(const FlaggerCheck &check) const { return m_what.service + u'-' + check.name; }

    void writeTemplate(const FlaggerCheck &check)
    {
        beginManifest(m_out, flaggerVersion, "MetricTemplate", templateName(check), m_what.nameSpace);
        key("provider") << YAML::BeginMap;
        text("type", QStringLiteral("prometheus"));
        text("address", m_what.prometheusUrl);
        m_out << YAML::EndMap;
        key("query") << YAML::Literal << yamlText(check.query);
        endManifest(m_out);
    }

    void writeCheck(const FlaggerCheck &check)
    {
        m_out << YAML::BeginMap;
        text("name", check.name);
        m_out << YAML::Comment(yamlText(check.rule));
        key("templateRef") << YAML::BeginMap;
        text("name", templateName(check));
        text("namespace", m_what.nameSpace);
        m_out << YAML::EndMap;
        key("thresholdRange") << YAML::BeginMap;
        if (check.least)
            m_out << YAML::Key << "min" << YAML::Value << yamlText(plainNumber(*check.least));
        if (check.most)
            m_out << YAML::Key << "max" << YAML::Value << yamlText(plainNumber(*check.most));
        m_out << YAML::EndMap;
        text("interval", promqlDuration(m_what.policy.interval));
        m_out << YAML::EndMap;
    }

    bool rollsBack() const { return m_what.policy.automaticRollback && m_what.policy.rollbackOnFailure; }

    void writeAdvance()
    {
        if (m_what.policy.blueGreen) {
            key("iterations") << 1;
            return;
        }
        key("stepWeights") << YAML::Flow << YAML::BeginSeq;
        for (const int weight : m_what.policy.weights()) {
            if (weight < 100)
                m_out << weight;
        }
        m_out << YAML::EndSeq;
    }

    void writeCanary()
    {
        beginManifest(m_out, flaggerVersion, "Canary", m_what.service, m_what.nameSpace);
        key("targetRef") << YAML::BeginMap;
        text("apiVersion", QStringLiteral("apps/v1"));
        text("kind", QStringLiteral("Deployment"));
        text("name", m_what.service);
        m_out << YAML::EndMap;
        key("service") << YAML::BeginMap << YAML::Comment("the port of the Service that Flagger makes") << YAML::Key
                       << "port" << YAML::Value << 80 << YAML::EndMap;
        key("analysis") << YAML::BeginMap;
        text("interval", promqlDuration(m_what.policy.interval));
        key("threshold") << (rollsBack() ? 1 : neverRollsBack);
        writeAdvance();
        key("metrics") << YAML::BeginSeq;
        for (const FlaggerCheck &check : m_checks)
            writeCheck(check);
        m_out << YAML::EndSeq << YAML::EndMap;
        endManifest(m_out);
    }

    QStringList allGaps() const
    {
        QStringList gaps = m_what.leftOut + m_missing;
        gaps
            << FormatWords::tr("There is no inconclusive: too few requests, no series or a zero baseline are a failed "
                               "check, and it rolls back.")
            << FormatWords::tr("Stable breaking the rule too is a failed check as well: an outage of the platform "
                               "rolls the canary back.")
            << FormatWords::tr("Triggers are looked at once an interval (%1), together with the criteria.")
                   .arg(promqlDuration(m_what.policy.interval))
            << FormatWords::tr("A value exactly at its limit passes: < and > become <= and >=.")
            << FormatWords::tr("There is no warm-up; the first check comes after one interval.")
            << FormatWords::tr(
                   "A quantile is compared as interpolated: that the limit may lie inside its bucket is not looked at.")
            << FormatWords::tr(
                   "An exhausted error budget does not stop the promotion: that needs a confirm-promotion webhook.")
            << FormatWords::tr("After a blue-green switch no old colour is kept: there is no rollback window.");
        if (!rollsBack())
            gaps << FormatWords::tr("It always rolls back at its threshold: the threshold is set so high that failed "
                                    "checks only hold the advance.");
        return gaps;
    }

    const PolicyExport &m_what;
    PolicyPromql m_promql;
    YAML::Emitter m_out{};
    MetricNames m_names{};
    QList<FlaggerCheck> m_checks{};
    QStringList m_missing{};
};

} // namespace

ExportedPolicy exportForFlagger(const PolicyExport &what) { return FlaggerExport(what).write(); }

} // namespace cockpit
