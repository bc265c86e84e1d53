// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_command.h"

#include "app/cli/completion.h"
#include "app/cli/lint_migrations.h"
#include "app/cli/lint_runbooks.h"
#include "app/cli/action_run.h"
#include "app/cli/output.h"
#include "app/cli/program_version.h"
#include "app/cli/review_command.h"

#include <array>
#include <utility>

namespace cockpit {

std::optional<int> runAtOnce(const Invocation &invocation)
{
    if (invocation.command == u"help") {
        printOut(helpText());
        return exitCode::ok;
    }
    if (invocation.command == u"version") {
        printOut(QStringLiteral("dt-cockpit ") + programVersion());
        return exitCode::ok;
    }
    if (invocation.command == u"completion") {
        const auto text = completionText(invocation.arguments.value(0));
        if (!text) {
            printError(text.error().text());
            return exitCode::usage;
        }
        printOut(*text);
        return exitCode::ok;
    }
    if (invocation.command == u"lint" && invocation.arguments.value(0) == u"migrations")
        return lintMigrationFiles(invocation);
    if (invocation.command == u"lint" && invocation.arguments.value(0) == u"runbooks")
        return lintRunbookFolder(invocation);
    if (invocation.command == u"lint")
        return invocation.arguments.value(0) == u"policy" ? lintPolicy(invocation) : lintConfig(invocation);
    if (invocation.command == u"review")
        return reviewOperations(invocation);
    if (invocation.command == u"store")
        return runStoreCommand(invocation);
    // A demo's configuration is made by its session.
    if (invocation.command == u"export" && !invocation.demoScenario)
        return exportAtOnce(invocation);
    return std::nullopt;
}

void runCommand(Session &session, const Invocation &invocation, Finish finish)
{
    using Runner = void (*)(Session &, const Invocation &, Finish);
    static constexpr std::array<std::pair<const char *, Runner>, 37> runners{{{"status", runStatus},
                                                                             {"alerts", runAlerts},
                                                                             {"silence", runSilence},
                                                                             {"unsilence", runUnsilence},
                                                                             {"ack", runAcknowledge},
                                                                             {"rollouts", runRollouts},
                                                                             {"rollback", runRollback},
                                                                             {"promote", runPromote},
                                                                             {"pause", runPause},
                                                                             {"resume", runResume},
                                                                             {"retry", runRetry},
                                                                             {"restart", runRestart},
                                                                             {"scale", runScale},
                                                                             {"flags", runFlags},
                                                                             {"flag", runFlag},
                                                                             {"capacity", runCapacity},
                                                                             {"gitops", runGitOps},
                                                                             {"runbooks", runRunbooks},
                                                                             {"runbook", runRunbook},
                                                                             {"breakers", runBreakers},
                                                                             {"breaker", runBreaker},
                                                                             {"overrides", runOverrides},
                                                                             {"slos", runSlos},
                                                                             {"delivery", runDelivery},
                                                                             {"load", runLoad},
                                                                             {"report", runReport},
                                                                             {"incidents", runIncidents},
                                                                             {"incident", runIncident},
                                                                             {"postmortem", runPostmortem},
                                                                             {"pages", runPages},
                                                                             {"page", runPage},
                                                                             {"oncall", runOnCall},
                                                                             {"say", runSay},
                                                                             {"activity", runActivity},
                                                                             {"verify-log", runVerifyLog},
                                                                             {"self-check", runSelfCheck},
                                                                             {"export", runExport}}};
    for (const auto &[name, runner] : runners) {
        if (invocation.command == QLatin1String(name))
            return runner(session, invocation, [&session, finish = std::move(finish)](int code) {
                tellOpenActions(session);
                finish(code);
            });
    }
    printError(helpText());
    finish(exitCode::usage);
}

Session::Options sessionOptions(const Invocation &invocation, KeychainReader keychain, PdfOfHtml pdf)
{
    Session::Options options{.configPath = invocation.configPath,
                             .actor = invocation.actor,
                             .keychain = std::move(keychain),
                             .pdf = std::move(pdf),
                             .isWindow = invocation.command.isEmpty()};
    if (invocation.demoScenario)
        options.demo = DemoProcess::Options{
            .scenario = *invocation.demoScenario, .speed = invocation.demoSpeed, .faults = invocation.faults};
    return options;
}

int reportNotOpened(const Session::Opened &opened)
{
    for (const Finding &problem : opened.problems)
        printError(terminalText(problem.text()));
    printError(opened.error->text());
    return exitCode::configuration;
}

} // namespace cockpit
