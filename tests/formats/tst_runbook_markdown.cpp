// SPDX-License-Identifier: GPL-3.0-or-later
#include "runbook_fixtures.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;
using Kind = RunbookBlock::Kind;

class TestRunbookMarkdown : public QObject {
    Q_OBJECT
private:
    static QStringList slugsOf(const RunbookPtr &runbook)
    {
        QStringList slugs;
        for (const RunbookBlock &block : runbook->blocks)
            if (block.kind == Kind::Heading)
                slugs.append(block.slug);
        return slugs;
    }
    static QStringList stepsOf(const RunbookPtr &runbook)
    {
        QStringList texts;
        for (const RunbookStep &step : runbook->steps)
            texts.append(step.text);
        return texts;
    }

private Q_SLOTS:
    void makesGitHubsAnchors()
    {
        const auto runbook =
            runbookTest::read("# Scenario 2: High Latency / Slow Responses\n\n## Fix\n\n## Fix\n\n## Fix-1\n\n"
                              "## Größe & `code_x`\n\n## a — b\n");
        QCOMPARE(slugsOf(runbook),
                 (QStringList{QStringLiteral("scenario-2-high-latency--slow-responses"), QStringLiteral("fix"),
                              QStringLiteral("fix-1"), QStringLiteral("fix-1-1"), QStringLiteral("größe--code_x"),
                              QStringLiteral("a--b")}));
        QCOMPARE(runbook->title, QStringLiteral("Scenario 2: High Latency / Slow Responses"));
    }

    void readsBlocks()
    {
        const auto runbook = runbookTest::read("# T\n\nA **bold** *it* ~~old~~ `c` <https://x.example/>\n\n"
                                               "1. one\n   - deep\n\n   ```PromQL\n   up\n   ```\n2. two\n\n> said\n\n"
                                               "| a | b |\n|:-:|--:|\n| 1 | `2` |\n\n---\n\n<b>raw</b>\n");
        QList<Kind> kinds;
        for (const RunbookBlock &block : runbook->blocks)
            kinds.append(block.kind);
        QCOMPARE(kinds, (QList<Kind>{Kind::Heading, Kind::Paragraph, Kind::ListItem, Kind::ListItem, Kind::Code,
                                     Kind::ListItem, Kind::Quote, Kind::Table, Kind::Rule, Kind::Paragraph}));
        QCOMPARE(runbook->blocks[2].marker, QStringLiteral("1."));
        QCOMPARE(runbook->blocks[2].depth, 1);
        QCOMPARE(runbook->blocks[3].depth, 2);
        QCOMPARE(runbook->blocks[4].language, QStringLiteral("promql"));
        QCOMPARE(runbook->blocks[4].code, QStringLiteral("up"));
        QCOMPARE(runbook->blocks[4].line, 8);
        QCOMPARE(runbook->blocks[7].alignments, (QList<int>{0, 1}));
        QCOMPARE(plainText(runbook->blocks[7].rows[1][1]), QStringLiteral("2"));
        QVERIFY(runbook->blocks[1].text[1].bold);
        QCOMPARE(runbook->blocks[1].text.last().link, QStringLiteral("https://x.example/"));
    }

    void showsRawHtmlAsText()
    {
        const auto runbook =
            runbookTest::read("<script>alert(1)</script>\n\ntext <img src=x onerror=y> and <br> line\n\n"
                              "<!-- a remark -->\n");
        QCOMPARE(runbook->blocks.size(), 2);
        QCOMPARE(runbook->blocks[0].kind, Kind::RawHtml);
        QCOMPARE(plainText(runbook->blocks[0].text), QStringLiteral("<script>alert(1)</script>"));
        QCOMPARE(plainText(runbook->blocks[1].text), QStringLiteral("text <img src=x onerror=y> and \n line"));
    }

    void blocksSchemesAndWaysOut_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<bool>("isBlocked");
        QTest::newRow("javascript") << "javascript:alert(1)" << true;
        QTest::newRow("JaVaScript") << "JaVaScript:alert(1)" << true;
        QTest::newRow("file") << "file:///etc/passwd" << true;
        QTest::newRow("data") << "data:text/html,x" << true;
        QTest::newRow("out") << "../../../etc/passwd" << true;
        QTest::newRow("encoded out") << "%2e%2e/%2e%2e/%2e%2e/etc/passwd" << true;
        QTest::newRow("host without scheme") << "//evil.example/x" << true;
        QTest::newRow("user in address") << "https://github.com@evil.example/x" << true;
        QTest::newRow("up inside") << "../other.md#top" << false;
        QTest::newRow("root") << "/docs/x.md" << false;
        QTest::newRow("anchor") << "#top" << false;
        QTest::newRow("web") << "https://x.example/a" << false;
    }
    void blocksSchemesAndWaysOut()
    {
        QFETCH(QString, target);
        QFETCH(bool, isBlocked);
        const auto runbook = runbookTest::read("see [this](" + target.toUtf8() + ")\n");
        QCOMPARE(runbook->links.size(), 1);
        QCOMPARE(runbook->links[0].isBlocked, isBlocked);
        QCOMPARE(runbook->links[0].text, QStringLiteral("this"));
        QCOMPARE(plainText(runbook->blocks[0].text), QStringLiteral("see this"));
        QCOMPARE(runbook->blocks[0].text.last().link.isEmpty(), isBlocked);
    }

    void keepsImagesInTheSource()
    {
        RunbookReading reading;
        reading.pathInSource = [](const QString &path) { return path == u"docs/img/a.png"; };
        const auto runbook =
            readRunbook({QStringLiteral("repo"), QStringLiteral("docs/runbooks/a.md")},
                        "![one](../img/a.png)\n\n![two](https://x.example/b.png)\n\n![three](/etc/passwd)\n\n"
                        "![four](file:///etc/passwd)\n",
                        reading);
        QStringList images;
        for (const RunbookBlock &block : runbook->blocks)
            images.append(plainText(block.text) + u'=' + block.image);
        QCOMPARE(images, (QStringList{QStringLiteral("one=docs/img/a.png"), QStringLiteral("two="),
                                      QStringLiteral("three="), QStringLiteral("four=")}));
    }

    void readsFrontMatterAndFields()
    {
        const auto runbook =
            runbookTest::read("---\nalerts: [A1, A2]\nowner: gc\nservice: gc-service\nreviewed: 2026-11-11\n"
                              "reviewed_by: release\n---\n# T\n\n## S1\n\n**Alert**: `B1`, `B2` (rare)\n"
                              "**Severity**: Critical\n");
        QCOMPARE(runbook->alerts,
                 (QStringList{QStringLiteral("A1"), QStringLiteral("A2"), QStringLiteral("B1"), QStringLiteral("B2")}));
        QCOMPARE(runbook->alertSections.value(QStringLiteral("B2")), QStringLiteral("s1"));
        QCOMPARE(runbook->owner, QStringLiteral("gc"));
        QVERIFY(runbook->severity.isEmpty()); // it is that of B1 and B2
        QCOMPARE(runbookTest::read("# T\n\n**Severity**: Critical\n")->severity, QStringLiteral("Critical"));
        QCOMPARE(toRfc3339(*runbook->reviewedAt).left(10), QStringLiteral("2026-11-11"));
        QCOMPARE(runbook->blocks[0].line, 8);
        QVERIFY(runbook->problems.isEmpty());
    }

    void tellsBrokenFrontMatter()
    {
        const auto broken = runbookTest::read("---\nowner: [\n---\n# T\n");
        QCOMPARE(broken->problems.size(), 1);
        QCOMPARE(broken->title, QStringLiteral("T"));
        QByteArray bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n";
        for (char letter = 'b'; letter < 'k'; ++letter)
            bomb += QByteArray(1, letter) + ": &" + letter + " [" +
                    QByteArray("*").append(char(letter - 1)).append(',').repeated(8) + "*" + char(letter - 1) + "]\n";
        QElapsedTimer timer;
        timer.start();
        const auto bombed = runbookTest::read(bomb + "alerts: *j\nowner: *j\n---\n# T\n");
        QVERIFY(timer.elapsed() < 2000);
        QVERIFY(bombed->alerts.isEmpty());
    }

    void findsSteps()
    {
        const auto runbook = runbookTest::read(
            "# T\n\n## Table of Contents\n\n1. [One](#one)\n\n## Related\n\n- [x](x.md)\n\n## Symptoms\n\n- slow\n\n"
            "## Diagnosis\n\n1. Compare\n\n   ```promql\n   up\n   ```\n\n   - detail\n2. Find\n\nprose\n\n"
            "### Step 3: Look deeper\n\ntext\n\n## Common causes\n\n1. Disk\n   - Check: df\n   - Fix: rm\n\n"
            "## Remediation\n\n- Roll back\n\n## Checklist\n\n- [x] done\n- [ ] open\n- free\n\n## Steps of ours\n\n1. "
            "ordered\n");
        QCOMPARE(stepsOf(runbook),
                 (QStringList{QStringLiteral("Compare"), QStringLiteral("Find"), QStringLiteral("Step 3: Look deeper"),
                              QStringLiteral("Check: df"), QStringLiteral("Fix: rm"), QStringLiteral("Roll back"),
                              QStringLiteral("done"), QStringLiteral("open"), QStringLiteral("ordered")}));
        QVERIFY(runbook->steps[6].done);
        QVERIFY(!runbook->steps[7].done);
        const auto code = std::find_if(runbook->blocks.cbegin(), runbook->blocks.cend(),
                                       [](const RunbookBlock &block) { return block.kind == Kind::Code; });
        QCOMPARE(code->ofStep, 0);
        QCOMPARE(runbook->steps[2].number, 3);
        const auto prose = std::find_if(runbook->blocks.cbegin(), runbook->blocks.cend(),
                                        [](const RunbookBlock &block) { return plainText(block.text) == u"prose"; });
        QCOMPARE(prose->ofStep, -1);
    }

    void leavesListsOfReasonsAlone()
    {
        const auto runbook =
            runbookTest::read("# T\n\n## Rollback\n\n### When to roll back\n\n- Pods fail\n\n### How\n\n- Undo\n\n"
                              "## Diagnosis\n\n**Rejection reasons** (from an ADR):\n- full\n\n## Severity\n\n"
                              "Use this table.\n");
        QCOMPARE(stepsOf(runbook), QStringList{QStringLiteral("Undo")});
        QVERIFY(runbook->severity.isEmpty());
    }

    void keepsIdsThroughEdits()
    {
        const auto before = runbookTest::read("# T\n\n## Fix\n\n1. Same\n2. Same\n3. Other\n");
        const auto after = runbookTest::read("# T\n\nnew words\n\n## Fix\n\n1. First\n2. Other\n3. Same\n4. Same\n");
        QCOMPARE(after->steps[1].id, before->steps[2].id);
        QCOMPARE(after->steps[2].id, before->steps[0].id);
        QCOMPARE(after->steps[3].id, before->steps[1].id);
        QCOMPARE(before->steps[1].id, before->steps[0].id + QStringLiteral("-1"));
    }

    void readsEscalationsAndResponses()
    {
        const auto runbook = runbookTest::read(
            "# T\n\n## Severity\n\n| Severity | Response Time | Escalation |\n|---|---|---|\n"
            "| **P1 (Critical)** | **15 minutes** | Immediate page, escalate to Lead after 30 min |\n"
            "| P2 | 1 hour | Page if persists > 15 min, escalate to Owner after 2 hours |\n\n"
            "## Escalation\n\nAfter 30 min: Escalate to team gc.\n\nIf it does not answer for >5 minutes, page "
            "data.\n\n"
            "- No improvement after 45 minutes of mitigation\n- If p95 >200ms, escalate\n\n## Initial response\n\n"
            "1. Acknowledge within 5 minutes\n");
        QCOMPARE(runbook->responses.size(), 2);
        QCOMPARE(runbook->responses[0].level, QStringLiteral("P1"));
        QCOMPARE(runbook->responses[0].within, Duration(15min));
        QCOMPARE(runbook->responses[1].within, Duration(1h));
        QList<Duration> after;
        for (const RunbookEscalation &escalation : runbook->escalations)
            after.append(escalation.after);
        QCOMPARE(after, (QList<Duration>{30min, 15min, 2h, 30min, 5min, 45min}));
        QCOMPARE(runbook->escalations[3].words, QStringLiteral("After 30 min: Escalate to team gc."));
        QCOMPARE(runbook->escalations[3].line, 12);
    }

    void readsActions_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("rollback") << "rollback: gc-service" << true;
        QTest::newRow("breaker") << "breaker: {from: gc-service, to: redis, force: open, for: 15m}" << true;
        QTest::newRow("flag") << "flag: {name: fast-join, set: off, for: 1h}" << true;
        QTest::newRow("scale") << "scale: {object: mc-service, replicas: 10}" << true;
        QTest::newRow("no verb") << "destroy: everything" << false;
        QTest::newRow("two") << "rollback: a\npause: b" << false;
        QTest::newRow("field missing") << "breaker: {from: a, force: open}" << false;
        QTest::newRow("no YAML") << "rollback: [" << false;
        QTest::newRow("unknown field") << "flag: {name: a, set: off, shell: rm}" << false;
    }
    void readsActions()
    {
        QFETCH(QString, code);
        QFETCH(bool, isRead);
        const auto runbook = runbookTest::read("```cockpit\n" + code.toUtf8() + "\n```\n");
        QCOMPARE(runbook->blocks[0].kind, Kind::Action);
        QCOMPARE(runbook->blocks[0].action->problem.isEmpty(), isRead);
    }

    void staysWithinBounds()
    {
        const auto large = runbookTest::read(QByteArray("word word word\n\n").repeated(5 * 1024 * 1024 / 16));
        QCOMPARE(large->size, qsizetype(5 * 1024 * 1024));
        QVERIFY(large->problems.join(u' ').contains(u"1 MiB"));
        QVERIFY(large->blocks.size() <= 50'000);
        const auto line = runbookTest::read(QByteArray(1000 * 1000, 'x'));
        QVERIFY(line->problems.join(u' ').contains(u"20 000"));
        QCOMPARE(plainText(line->blocks[0].text).size(), 20'001);
        const auto deep = runbookTest::read(QByteArray(19'000, '>') + " deep\n");
        for (const RunbookBlock &block : deep->blocks)
            QVERIFY(block.depth <= 50);
        QVERIFY(deep->problems.join(u' ').contains(u"50"));
    }

    void tellsWhatIsNoText()
    {
        const auto binary = runbookTest::read(QByteArray("\x7f"
                                                         "ELF\x00\x01\x02",
                                                         7));
        QCOMPARE(binary->problems.size(), 1);
        QVERIFY(binary->blocks.isEmpty());
        QCOMPARE(binary->title, QStringLiteral("a.md"));
        const auto broken = runbookTest::read("# T\xff\xfe\n");
        QVERIFY(broken->problems.join(u' ').contains(u"UTF-8"));
        QCOMPARE(broken->blocks.size(), 1);
        const auto empty = runbookTest::read({});
        QVERIFY(empty->blocks.isEmpty() && empty->problems.isEmpty());
    }

    void marksSections()
    {
        const auto runbook =
            runbookTest::read("# T\n\n### Scenario 1: X\n\n**Symptoms**:\n- a\n\n**Diagnosis**:\n\ntext\n\n"
                              "**Remediation**:\n\nfix\n\n**Escalation**: ask after 5 min\n");
        const auto sectionOf = [&](const QString &words) {
            for (const RunbookBlock &block : runbook->blocks)
                if (plainText(block.text).startsWith(words))
                    return block.section;
            return RunbookSection::None;
        };
        QCOMPARE(sectionOf(QStringLiteral("a")), RunbookSection::Description);
        QCOMPARE(sectionOf(QStringLiteral("text")), RunbookSection::Investigation);
        QCOMPARE(sectionOf(QStringLiteral("fix")), RunbookSection::Remediation);
        QCOMPARE(sectionOf(QStringLiteral("Escalation")), RunbookSection::Escalation);
    }
};

QTEST_GUILESS_MAIN(TestRunbookMarkdown)
#include "tst_runbook_markdown.moc"
