// SPDX-License-Identifier: GPL-3.0-or-later
#include "runbook_fixtures.h"

#include "app/formats/alert_rules_yaml.h"
#include "app/formats/findings_sarif.h"
#include "app/formats/runbook_skeleton.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

const Instant now = *parseRfc3339("2026-11-23T03:00:00Z");

/// Nothing is wrong with it.
const QByteArray soundRunbook =
    "---\nalert: A\nowner: gc\nreviewed: 2026-11-11\n---\n# A\n\n## Description\n\nIt fails.\n\n"
    "## Severity\n\npage\n\n## Impact\n\nNobody joins.\n\n## Investigation\n\n1. Look\n\n"
    "## Remediation\n\n1. Roll back\n\n   ```bash\n   kubectl rollout undo deploy/gc\n   ```\n\n"
    "## Verification\n\n1. Verify that it is below 1 %\n\n## Escalation\n\n"
    "After 30 min: Escalate to team gc.\n";

QList<Finding> linted(const QByteArray &markdown, const QList<LintedRule> &rules,
                      const QList<LintSuppression> &suppressions = {})
{
    const RunbookPtr runbook = runbookTest::read(markdown, QStringLiteral("docs/runbooks/alerts/A.md"));
    return lintRunbooks(runbookTest::libraryOf({runbook}), rules, suppressions, {}, now);
}

QByteArray changed(const char *from, const char *to)
{
    QByteArray text = soundRunbook;
    Q_ASSERT(text.contains(from));
    return text.replace(from, to);
}

} // namespace

class TestRunbookLint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsNothingInASoundRunbook()
    {
        const QList<Finding> findings = linted(soundRunbook, {runbookTest::rule(QStringLiteral("A"))});
        QVERIFY2(findings.isEmpty(), qPrintable(runbookTest::places(findings).join(u'\n')));
    }

    void findsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("line");
        QTest::newRow("section") << changed("## Impact\n\nNobody joins.\n\n", "") << "runbook-section-missing" << 1;
        QTest::newRow("rollback") << changed("1. Roll back\n\n   ```bash\n   kubectl rollout undo deploy/gc\n   ```",
                                             "1. Wait")
                                  << "runbook-no-rollback" << 24;
        QTest::newRow("verification") << changed("## Verification\n\n1. Verify that it is below 1 %\n\n", "")
                                      << "runbook-no-verification" << 24;
        QTest::newRow("escalation") << changed("## Escalation\n\nAfter 30 min: Escalate to team gc.\n", "")
                                    << "runbook-no-escalation" << 1;
        QTest::newRow("owner") << changed("owner: gc\n", "") << "runbook-no-owner" << 1;
        QTest::newRow("stale") << changed("2026-11-11", "2026-01-11") << "runbook-stale" << 1;
        QTest::newRow("never reviewed") << changed("reviewed: 2026-11-11\n", "") << "runbook-stale" << 1;
        QTest::newRow("severity") << changed("## Severity\n\npage", "## Severity\n\nWarning")
                                  << "runbook-severity-differs" << 3;
        QTest::newRow("prompt") << changed("   kubectl rollout", "   $ kubectl rollout")
                                << "runbook-command-unpasteable" << 29;
        QTest::newRow("curly quotes") << changed("undo deploy/gc", "undo “deploy/gc”") << "runbook-command-unpasteable"
                                      << 29;
        QTest::newRow("hard blank") << changed("undo deploy/gc", "undo\u00a0deploy/gc") << "runbook-command-unpasteable"
                                    << 29;
        QTest::newRow("open quote") << changed("undo deploy/gc", "undo 'deploy/gc") << "runbook-command-unpasteable"
                                    << 29;
        QTest::newRow("ellipsis") << changed("undo deploy/gc", "undo …") << "runbook-command-unpasteable" << 29;
        QTest::newRow("dead anchor") << changed("It fails.", "It [fails](#none).") << "runbook-dead-link" << 10;
        QTest::newRow("blocked link") << changed("It fails.", "It [fails](javascript:x).") << "runbook-dead-link" << 10;
        QTest::newRow("alert of no rule") << changed("alert: A", "alerts: [A, Gone]") << "runbook-orphan" << 1;
        QTest::newRow("broken UTF-8") << changed("It fails.", "It f\xff") << "runbook-unreadable" << 1;
        QTest::newRow("broken action") << changed("```bash\n   kubectl rollout undo deploy/gc",
                                                  "```cockpit\n   roll: x")
                                       << "runbook-unreadable" << 28;
    }
    void findsWhatIsWrong()
    {
        QFETCH(QByteArray, markdown);
        QFETCH(QString, rule);
        QFETCH(int, line);
        const QList<Finding> findings = linted(markdown, {runbookTest::rule(QStringLiteral("A"))});
        const Finding *finding = runbookTest::findingOf(findings, rule);
        QVERIFY2(finding, qPrintable(runbookTest::places(findings).join(u'\n')));
        QCOMPARE(finding->line, line);
        QCOMPARE(findings.size(), qsizetype(1));
    }

    void leavesGoodCommandsAlone_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("comment") << QByteArray("# kubectl get pods shows it, don't worry…");
        QTest::newRow("quotes over lines") << QByteArray("psql -c \"SELECT 1\n   FROM t;\"");
        QTest::newRow("here document") << QByteArray("cat <<EOF\n   it's\n   EOF");
        QTest::newRow("escaped") << QByteArray("echo it\\'s \"a \\\" b\"");
        QTest::newRow("placeholder") << QByteArray("kubectl logs <POD_NAME> | grep -i \"a\\|b\"");
    }
    void leavesGoodCommandsAlone()
    {
        QFETCH(QByteArray, command);
        const QList<Finding> findings = linted(changed("kubectl rollout undo deploy/gc", command.constData()),
                                               {runbookTest::rule(QStringLiteral("A"))});
        QVERIFY2(!runbookTest::findingOf(findings, QStringLiteral("runbook-command-unpasteable")),
                 qPrintable(runbookTest::places(findings).join(u'\n')));
    }

    void findsWhatIsWrongWithLinks()
    {
        const auto ruleOf = [](const char *url) {
            return QList<LintedRule>{
                runbookTest::rule(QStringLiteral("B"), QStringLiteral("page"), QLatin1String(url))};
        };
        const auto has = [&](const char *url, const char *rule) {
            return runbookTest::findingOf(linted(soundRunbook, ruleOf(url)), QLatin1String(rule)) != nullptr;
        };
        QVERIFY(has("", "runbook-missing"));
        QVERIFY(has("docs/runbooks/none.md", "runbook-link-unresolved"));
        QVERIFY(has("../../etc/passwd", "runbook-link-unresolved"));
        QVERIFY(has("javascript:alert(1)", "runbook-link-unresolved"));
        QVERIFY(has("docs/runbooks/alerts/A.md#none", "runbook-anchor-unresolved"));
        QVERIFY(!has("https://wiki.example/x", "runbook-link-unresolved"));
        QVERIFY(has("docs/runbooks/other.md", "runbook-orphan"));
    }

    void findsAChangedRule()
    {
        LintedRule rule = runbookTest::rule(QStringLiteral("A"));
        rule.changedAt = *parseRfc3339("2026-11-20T10:00:00Z");
        QVERIFY(runbookTest::findingOf(linted(soundRunbook, {rule}), QStringLiteral("runbook-older-than-rule")));
        rule.changedAt = *parseRfc3339("2026-11-11T10:00:00Z");
        QVERIFY(linted(soundRunbook, {rule}).isEmpty());
    }

    void deniesContent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isDenied");
        QTest::newRow("token") << "summary" << QStringLiteral("use ghp_") + QString(36, u'a') << true;
        QTest::newRow("password") << "description"
                                  << "password: hunter2hunter" << true;
        QTest::newRow("address with password") << "runbook_url"
                                               << "https://u:p4ss@wiki.example/x" << true;
        QTest::newRow("private address") << "description"
                                         << "ask 10.1.2.3:9090" << true;
        QTest::newRow("private host") << "description"
                                      << "see db-1.corp.internal" << true;
        QTest::newRow("wiki as link") << "dashboard_url"
                                      << "https://grafana.corp.internal/d/1" << false;
        QTest::newRow("version") << "summary"
                                 << "version 10.2.3 is old" << false;
        QTest::newRow("template") << "summary"
                                  << "token: {{ $labels.token }} expired after 12345678" << false;
        QTest::newRow("word") << "impact"
                              << "The secret: rotate it within 30 days." << false;
        QTest::newRow("public address") << "summary"
                                        << "172.15.0.1 and 11.0.0.1" << false;
    }
    void deniesContent()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(bool, isDenied);
        LintedRule rule = runbookTest::rule(QStringLiteral("A"));
        rule.annotations = runbookTest::labels({{name, value}});
        const QList<Finding> findings = linted(soundRunbook, {rule});
        const Finding *finding = runbookTest::findingOf(findings, QStringLiteral("runbook-denied-content"));
        QCOMPARE(finding != nullptr, isDenied);
        if (finding)
            QVERIFY(!finding->text().contains(u"hunter2") && !finding->text().contains(u"p4ss"));
    }

    void readsRuleFiles()
    {
        const AlertRulesFile read =
            readAlertRules("# cockpit-lint: off runbook-stale we know\ngroups:\n- name: g\n  rules:\n"
                           "  - record: r\n    expr: up\n  - alert: A\n    expr: up == 0\n    for: 1d\n"
                           "    labels:\n      severity: page\n    # cockpit-lint: off runbook-missing\n"
                           "    annotations: {runbook_url: x.md}\n",
                           QStringLiteral("r.yml"));
        QCOMPARE(read.rules.size(), 1);
        QCOMPARE(read.rules[0].line, 7);
        QCOMPARE(read.rules[0].holdFor, Duration(24h));
        QCOMPARE(read.rules[0].lines.value(QStringLiteral("labels.severity")), 11);
        QCOMPARE(read.rules[0].lines.value(QStringLiteral("annotations.runbook_url")), 13);
        QCOMPARE(read.suppressions.size(), 2);
        QCOMPARE(read.suppressions[0].line, 1);
        QCOMPARE(read.suppressions[0].reason, QStringLiteral("we know"));
        const AlertRulesFile resource =
            readAlertRules("apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n"
                           "  groups:\n  - name: g\n    rules:\n    - {alert: B, expr: up}\n---\n"
                           "groups: [{name: h, rules: [{alert: C, expr: up}]}]\n",
                           QStringLiteral("r.yml"));
        QCOMPARE(resource.rules.size(), 2);
        QCOMPARE(readAlertRules("groups: [", QStringLiteral("r.yml")).problems.size(), 1);
        QCOMPARE(readAlertRules("groups: {a: b}", QStringLiteral("r.yml")).problems.size(), 1);
    }

    void suppressesWithAReason()
    {
        const QByteArray stale = changed("2026-11-11", "2026-01-11");
        const QString file = QStringLiteral("docs/runbooks/alerts/A.md");
        const QList<LintedRule> rules{runbookTest::rule(QStringLiteral("A"))};
        QCOMPARE(linted(stale, rules, {{QStringLiteral("runbook-stale"), QStringLiteral("known"), file, 1}}).size(), 0);
        QCOMPARE(runbookTest::places(linted(stale, rules, {{QStringLiteral("runbook-stale"), QString(), file, 1}})),
                 (QStringList{QStringLiteral("lint-suppression-without-reason docs/runbooks/alerts/A.md:1"),
                              QStringLiteral("runbook-stale docs/runbooks/alerts/A.md:1")}));
        const QByteArray marked =
            changed("## Remediation\n",
                    "<!-- cockpit-lint: off runbook-command-unpasteable shown -->\n## Remediation\n")
                .replace("   kubectl rollout", "   $ kubectl rollout");
        const QList<LintSuppression> inFile = runbookSuppressions(marked, file);
        QCOMPARE(inFile.size(), 1);
        QCOMPARE(inFile[0].reason, QStringLiteral("shown"));
        QVERIFY(linted(marked, rules, inFile).isEmpty());
        QCOMPARE(runbookSuppressions("---\nowner: x\n---\n<!-- cockpit-lint: off a b -->\n# T\n", file)[0].line, 1);
    }

    void countsCoverage()
    {
        const RunbookLibrary library = runbookTest::libraryOf(
            {runbookTest::read(soundRunbook, QStringLiteral("docs/runbooks/alerts/A.md")),
             runbookTest::read(changed("It fails.", "[x](#no)"), QStringLiteral("docs/runbooks/alerts/B.md"))});
        const auto rows = coverageOf(library,
                                     {runbookTest::rule(QStringLiteral("A"), QStringLiteral("page"),
                                                        QStringLiteral("docs/runbooks/alerts/A.md")),
                                      runbookTest::rule(QStringLiteral("B"), QStringLiteral("page"),
                                                        QStringLiteral("docs/runbooks/alerts/B.md")),
                                      runbookTest::rule(QStringLiteral("C"))},
                                     {}, now);
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].state, RunbookCoverage::State::Missing);
        QCOMPARE(rows[1].state, RunbookCoverage::State::NeedsWork);
        QCOMPARE(rows[1].unresolvedAnchors, 1);
        QCOMPARE(rows[2].state, RunbookCoverage::State::Complete);
        QCOMPARE(rows[2].sections, 6);
        QCOMPARE(rows[2].sectionsAsked, 6);
    }

    void writesASoundSkeleton()
    {
        LintedRule rule = runbookTest::rule(QStringLiteral("A"));
        rule.query = QStringLiteral("sum(rate(x[5m])) > 0.01");
        rule.holdFor = 5min;
        rule.annotations =
            runbookTest::labels({{QStringLiteral("summary"), QStringLiteral("<b>*A*</b> {{ $value }}")}});
        const QByteArray skeleton =
            runbookSkeleton(rule, QStringLiteral("gc-service"), QStringLiteral("gc"), QStringLiteral("2026-11-23"));
        const QList<Finding> findings = linted(skeleton, {rule});
        QVERIFY2(findings.isEmpty(), qPrintable(runbookTest::places(findings).join(u'\n')));
        const RunbookPtr runbook = runbookTest::read(skeleton);
        QVERIFY(!skeleton.contains("TODO"));
        QVERIFY(runbook->steps.size() >= 6);
        QCOMPARE(runbook->owner, QStringLiteral("gc"));
        QVERIFY(!runbook->escalations.isEmpty());
        QVERIFY(linted(runbookSkeleton(rule, {}, {}, QStringLiteral("2026-11-23")), {rule}).isEmpty());
    }

    void writesSarifAndGitHub()
    {
        const QList<Finding> findings{{.rule = QStringLiteral("runbook-stale"),
                                       .level = Finding::Level::Blocker,
                                       .file = QStringLiteral("docs/a b,c:d.md"),
                                       .line = 7,
                                       .object = QStringLiteral("A"),
                                       .message = QStringLiteral("100 %\n::error::no\r")}};
        const auto sarif = nlohmann::json::parse(findingsSarif(findings, {QStringLiteral("links")}).toStdString());
        QCOMPARE(QString::fromStdString(sarif["version"]), QStringLiteral("2.1.0"));
        const auto &result = sarif["runs"][0]["results"][0];
        QCOMPARE(QString::fromStdString(result["level"]), QStringLiteral("error"));
        QCOMPARE(int(result["locations"][0]["physicalLocation"]["region"]["startLine"]), 7);
        QCOMPARE(QString::fromStdString(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
                 QStringLiteral("docs/a%20b%2Cc%3Ad.md"));
        QCOMPARE(
            findingsGitHub(findings, {}),
            QByteArray("::error file=docs/a b%2Cc%3Ad.md,line=7,title=runbook-stale::A: 100 %25%0A::error::no%0D\n"));
    }
};

QTEST_GUILESS_MAIN(TestRunbookLint)
#include "tst_runbook_lint.moc"
