// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/policy_export.h"

#include "app/formats/format_words.h"
#include "app/formats/policy_export_parts.h"

namespace cockpit {

QString toWireName(PolicyEngine engine)
{
    return engine == PolicyEngine::Flagger ? QStringLiteral("flagger") : QStringLiteral("argo-rollouts");
}

std::optional<PolicyEngine> policyEngineFromWireName(QStringView name)
{
    for (const PolicyEngine engine : {PolicyEngine::ArgoRollouts, PolicyEngine::Flagger}) {
        if (name == toWireName(engine))
            return engine;
    }
    return std::nullopt;
}

void fitToStrategy(PolicyExport &what, RolloutStrategy strategy)
{
    if (strategy != RolloutStrategy::BlueGreen || what.policy.blueGreen)
        return;
    QStringList steps;
    for (const int weight : what.policy.weights())
        steps.append(FormatWords::tr("%1 %").arg(weight));
    what.leftOut.append(FormatWords::tr("NOT ENFORCED: the steps %1 of the policy. The Rollout %2 of the cluster is "
                                        "blue-green: it switches once, and is judged after the switch; before it the "
                                        "preview has no users to be judged by.")
                            .arg(steps.join(QStringLiteral(", ")), what.service));
    what.policy.blueGreen = true;
}

ExportedPolicy exportPolicy(const PolicyExport &what, PolicyEngine engine)
{
    return engine == PolicyEngine::Flagger ? exportForFlagger(what) : exportForArgo(what);
}

void beginManifest(YAML::Emitter &out, const char *apiVersion, const char *kind, const QString &name,
                   const QString &nameSpace)
{
    out << YAML::BeginDoc << YAML::BeginMap;
    out << YAML::Key << "apiVersion" << YAML::Value << apiVersion;
    out << YAML::Key << "kind" << YAML::Value << kind;
    out << YAML::Key << "metadata" << YAML::Value << YAML::BeginMap;
    out << YAML::Key << "name" << YAML::Value << yamlText(name);
    out << YAML::Key << "namespace" << YAML::Value << yamlText(nameSpace);
    out << YAML::EndMap;
    out << YAML::Key << "spec" << YAML::Value << YAML::BeginMap;
}

void endManifest(YAML::Emitter &out) { out << YAML::EndMap << YAML::EndMap; }

QByteArray withHead(const PolicyExport &what, const QString &engine, const QStringList &gaps, const YAML::Emitter &out)
{
    QString head =
        FormatWords::tr("# The deployment policy of %1, enforced by %2 without any laptop.").arg(what.service, engine) +
        u'\n';
    if (!gaps.isEmpty())
        head += FormatWords::tr("# What it cannot express, and what it does instead:") + u'\n';
    for (QString gap : gaps)
        head += QStringLiteral("#   - ") + gap.replace(u'\n', u' ') + u'\n';
    return head.toUtf8() + QByteArray(out.c_str(), qsizetype(out.size())) + '\n';
}

QString MetricNames::next(const QString &wireName)
{
    QString name = wireName;
    name.replace(u'_', u'-');
    QString free = name;
    for (int number = 2; m_used.contains(free); ++number)
        free = name + u'-' + QString::number(number);
    m_used.append(free);
    return free;
}

} // namespace cockpit
