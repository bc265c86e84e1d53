// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cockpit/policy_export_basis.h"
#include "app/config/configuration_loader.h"
#include "app/formats/findings_json.h"
#include "app/formats/policy_yaml.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace cockpit {

namespace {

QString exportWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

Error exportError(const QString &what, const QString &next = {})
{
    return {.kind = Error::Kind::Invalid, .what = what, .next = next};
}

struct ReadPolicy {
    DeploymentPolicy policy{};
    QList<Finding> problems{};
};

ReadPolicy readPolicyFile(const QString &path)
{
    ReadPolicy read;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        read.policy = parsePolicy(file.readAll(), path, read.problems);
    else
        read.problems.append({.rule = QStringLiteral("policy-unreadable"),
                              .file = path,
                              .message = exportWords("This file cannot be read: %1.").arg(file.errorString())});
    return read;
}

/// The service that is meant, and the file that holds for it.
Result<std::pair<QString, QString>> policyFileFor(const Configuration &configuration, const Invocation &invocation)
{
    const QString file = invocation.arguments.value(1);
    QStringList services;
    QString found;
    for (const PolicyConfig &policy : configuration.policies) {
        services.append(policy.service);
        const bool exact = policy.service == invocation.service;
        if (exact || (policy.service == u"*" && found.isEmpty()))
            found = policy.file;
    }
    QString service = invocation.service;
    services.removeAll(QStringLiteral("*"));
    if (service.isEmpty() && file.isEmpty() && services.size() == 1) {
        service = services.first();
        found = configuration.policies.first().file;
    }
    if (service.isEmpty())
        return exportError(exportWords("Which service is meant?"), exportWords("Give --service NAME."));
    if (!file.isEmpty())
        found = file;
    if (found.isEmpty())
        return exportError(exportWords("No policy of the configuration holds for %1.").arg(service),
                           exportWords("Give the policy's file."));
    return std::pair{service, found};
}

int reportProblems(const QList<Finding> &problems)
{
    for (const Finding &problem : problems)
        printError(terminalText(problem.text()));
    return hasSeriousFinding(problems) ? exitCode::configuration : exitCode::ok;
}

int reportExportError(const Error &error)
{
    printError(error.text());
    return exitCode::usage;
}

/// `cluster`: null = it was not asked.
int exportPolicyOf(const Configuration &configuration, const Invocation &invocation, const RolloutStore *cluster)
{
    const auto engine = policyEngineFromWireName(invocation.engine);
    if (invocation.arguments.value(0) != u"policy" || invocation.arguments.size() > 2 || !engine) {
        printError(
            exportWords("Usage: dt-cockpit export policy --engine argo-rollouts|flagger [--service NAME] [FILE]"));
        return exitCode::usage;
    }
    const auto meant = policyFileFor(configuration, invocation);
    if (!meant)
        return reportExportError(meant.error());
    const auto preset = loadPreset(configuration.prometheus.value(0).preset);
    if (!preset)
        return reportExportError(preset.error());
    auto basis = policyExportBasis(configuration, *preset, ServiceId(meant->first));
    if (!basis)
        return reportExportError(basis.error());
    const ReadPolicy read = readPolicyFile(meant->second);
    if (const int code = reportProblems(read.problems); code != exitCode::ok)
        return code;
    basis->policy = read.policy;
    const RolloutEntry *entry = cluster ? cluster->ofService(ServiceId(meant->first)) : nullptr;
    if (cluster && !cluster->isKnown())
        printError(exportWords("No cluster has answered: whether it runs %1 as blue-green is not known, and the manifests "
                               "follow the policy alone.")
                       .arg(meant->first));
    if (entry) {
        basis->nameSpace = entry->rollout->key.nameSpace;
        fitToStrategy(*basis, entry->rollout->strategy);
    }
    printOut(exportPolicy(*basis, *engine).yaml.chopped(1));
    return exitCode::ok;
}

} // namespace

std::optional<int> exportAtOnce(const Invocation &invocation)
{
    const auto path = findConfiguration(invocation.configPath, processEnvironment());
    if (!path && invocation.arguments.size() < 2)
        return reportExportError(path.error());
    if (!path) {
        printError(exportWords("There is no configuration: the manifests ask http://prometheus:9090 for the series of "
                               "the preset \"recorded\"."));
        return exportPolicyOf({}, invocation, nullptr);
    }
    const LoadedConfiguration loaded = loadConfiguration(*path, processEnvironment());
    if (const int code = reportProblems(loaded.problems); code != exitCode::ok)
        return code;
    if (loaded.configuration.kubernetes)
        return std::nullopt;
    return exportPolicyOf(loaded.configuration, invocation, nullptr);
}

void runExport(Session &session, const Invocation &invocation, Finish finish)
{
    whenAnswered(session, invocation, [&session, invocation, finish] {
        finish(exportPolicyOf(session.cockpit().configuration(), invocation, &session.cockpit().rollouts()));
    });
}

int lintPolicy(const Invocation &invocation)
{
    if (invocation.arguments.size() < 2) {
        printError(exportWords("Usage: dt-cockpit lint policy FILE… [--json]"));
        return exitCode::usage;
    }
    QList<Finding> problems;
    for (const QString &path : invocation.arguments.mid(1))
        problems += readPolicyFile(path).problems;
    if (invocation.json) {
        printOut(findingsJson(problems, {}));
    } else {
        for (const Finding &problem : problems)
            printOut(terminalText(problem.text()));
        if (problems.isEmpty())
            printOut(invocation.arguments.mid(1).join(QStringLiteral(", ")) + exportWords(": no mistakes."));
    }
    return hasSeriousFinding(problems) ? 1 : exitCode::ok;
}

} // namespace cockpit
