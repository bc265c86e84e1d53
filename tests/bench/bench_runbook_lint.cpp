// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/formats/runbook_markdown.h"
#include "models/runbook_coverage.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

using namespace cockpit;

namespace {

double cpuMs()
{
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

/// A runbook of the usual length, all sections, four steps with commands.
QByteArray runbookText(int number)
{
    const QByteArray name = "Alert" + QByteArray::number(number);
    QByteArray text = "---\nalert: " + name + "\nowner: team\nreviewed: 2026-11-11\n---\n# " + name + "\n\n";
    for (const char *section : {"Description", "Severity", "Impact", "Investigation steps", "Common causes",
                                "Remediation", "Verification", "Escalation", "Related"}) {
        text += "## " + QByteArray(section) + "\n\nSome words about it, with a [link](#impact) and `code`.\n\n";
        for (int step = 0; step < 4; ++step)
            text += "1. Look at part " + QByteArray::number(step) +
                    "\n\n   ```bash\n   kubectl get pods -n <namespace> -l app=\"gc-service\" # comment\n   ```\n\n";
    }
    return text + "After 30 min: Escalate to team.\n";
}

RunbookLibrary libraryOf(int count)
{
    RunbookLibrary library;
    RunbookSourceState source;
    source.name = QStringLiteral("repo");
    source.root = QStringLiteral("/srv/repo");
    library.sources = {source};
    for (int i = 0; i < count; ++i) {
        const QString path = QStringLiteral("docs/runbooks/alerts/Alert%1.md").arg(i, 5, 10, QLatin1Char('0'));
        library.runbooks.append(readRunbook({QStringLiteral("repo"), path}, runbookText(i)));
    }
    return library;
}

QList<LintedRule> rulesOf(int count, int runbooks)
{
    QList<LintedRule> rules;
    for (int i = 0; i < count; ++i) {
        LintedRule rule;
        rule.alert = QStringLiteral("Alert%1").arg(i);
        rule.query = QStringLiteral("sum(rate(x_total[5m])) > 0.01");
        rule.labels = Labels({{QStringLiteral("severity"), QStringLiteral("page")}});
        const QString path =
            QStringLiteral("docs/runbooks/alerts/Alert%1.md#impact").arg(i % (runbooks + 50), 5, 10, QLatin1Char('0'));
        rule.annotations = Labels({{QStringLiteral("description"), QStringLiteral("Requests fail for 5 minutes.")},
                                   {QStringLiteral("runbook_url"), path},
                                   {QStringLiteral("summary"), QStringLiteral("{{ $value }} of the requests fail")}});
        rule.file = QStringLiteral("rules.yml");
        rule.line = i * 10 + 1;
        rules.append(rule);
    }
    return rules;
}

/// A document as long as the longest real one.
QByteArray longRunbook()
{
    QByteArray text;
    for (int i = 0; text.count('\n') < 1489; ++i)
        text += runbookText(i).mid(60);
    return text;
}

} // namespace

// Reads 2000 runbooks and lints them against 5000 rules; then reads one of 1489 lines. Prints CPU times;
// with --gate it fails above 5 s for the lint on one core, and above 30 ms for the document.
int main(int argc, char **argv)
{
    const double start = cpuMs();
    const RunbookLibrary library = libraryOf(2000);
    const double read = cpuMs();
    const QList<LintedRule> rules = rulesOf(5000, 2000);
    const double made = cpuMs();
    const QList<Finding> findings = lintRunbooks(library, rules, {}, {}, *parseRfc3339("2026-11-23T03:00:00Z"));
    const double linted = cpuMs();
    const QList<RunbookCoverage> coverage = coverageOf(library, rules, {}, *parseRfc3339("2026-11-23T03:00:00Z"));
    const double covered = cpuMs();
    const QByteArray document = longRunbook();
    double least = 1e9;
    for (int i = 0; i < 20; ++i) {
        const double before = cpuMs();
        const RunbookPtr runbook = readRunbook({QStringLiteral("repo"), QStringLiteral("long.md")}, document);
        least = std::min(least, cpuMs() - before + (runbook->blocks.isEmpty() ? 1e9 : 0.0));
    }
    std::printf("bench_runbook_lint: 2000 runbooks read %.0f ms, lint with 5000 rules %.0f ms (%lld findings), "
                "coverage %.0f ms "
                "(%lld rows), 1489 lines read %.2f ms\n",
                read - start, linted - made, static_cast<long long>(findings.size()), covered - linted,
                static_cast<long long>(coverage.size()), least);
    const bool isGated = argc > 1 && std::string(argv[1]) == "--gate";
    const bool isFast = read - start + linted - made < 5000.0 && covered - linted < 5000.0 && least < 30.0;
    return isGated && !isFast ? 1 : 0;
}
