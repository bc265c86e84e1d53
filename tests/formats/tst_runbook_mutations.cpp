// SPDX-License-Identifier: GPL-3.0-or-later
#include "runbook_fixtures.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>

#include <random>

using namespace cockpit;

namespace {

constexpr int mutations = 1500;

/// Everything that the reader knows, so that a broken byte meets every part of it.
QByteArray wholeRunbook()
{
    return "---\nowner: gc\nalerts: [A, B]\nseverity: page\nreviewed: 2026-11-01\n---\n# Title\n\n**Alert**: `GCDown`\n"
           "**Service**: gc-service\n\n## Diagnosis\n\n1. Look at <NAME> with `kubectl -n $NAMESPACE get pods`\n\n"
           "   ```promql\n   up{job=\"{{ $labels.job }}\"}\n   ```\n\n   - [ ] deep\n     - [x] deeper\n2. Then "
           "[there](../b.md#fix) and ![picture](img/a.png)\n\n## Fix\n\n## Fix\n\n```cockpit\nbreaker: {from: a, to: "
           "b, "
           "force: open, for: 15m}\n```\n\n| Level | Response |\n|:-:|--:|\n| P1 | 15 min |\n\n> "
           "said\n\n<script>alert(1)"
           "</script>\n\n[x](javascript:alert(1)) [y](file:///etc/passwd) ![z](http://h.example/z.png)\n\n"
           "After 30 min: Escalate to team gc.\n\n<!-- cockpit-lint: off stale known -->\n";
}

/// What a hand, a merge or a torn file does to a text.
QByteArray mutated(QByteArray text, std::mt19937 &random)
{
    static const QList<QByteArray> pieces{"\n",
                                          "`",
                                          "```",
                                          "](",
                                          "![",
                                          "|",
                                          "\t\t",
                                          "# ",
                                          "1. ",
                                          "- [x] ",
                                          "{{",
                                          "}}",
                                          "<",
                                          ">",
                                          "---\n",
                                          "\xff\xfe",
                                          QByteArray(1, '\0'),
                                          "**",
                                          "javascript:",
                                          "\xe2\x80\xae",
                                          "../../",
                                          ": {[",
                                          "&#0;",
                                          "\r"};
    const auto below = [&random](qsizetype end) {
        return static_cast<qsizetype>(random() % static_cast<unsigned>(end));
    };
    for (qsizetype changes = 1 + below(6); changes > 0 && !text.isEmpty(); --changes) {
        const qsizetype at = below(text.size());
        switch (below(4)) {
        case 0:
            text[at] = static_cast<char>(random() & 0xff);
            break;
        case 1:
            text.insert(at, pieces.at(below(pieces.size())));
            break;
        case 2:
            text.remove(at, below(40));
            break;
        default:
            text.insert(at, text.mid(below(text.size()), below(200)));
        }
    }
    return text;
}

/// What everybody who shows a runbook relies on; empty when it holds.
QString brokenPromise(const Runbook &runbook)
{
    QSet<QString> slugs;
    for (const RunbookBlock &block : runbook.blocks) {
        if (block.step >= runbook.steps.size())
            return QStringLiteral("a block names a step that is not there");
        if (block.kind == RunbookBlock::Kind::Heading && !block.slug.isEmpty()) {
            if (slugs.contains(block.slug))
                return QStringLiteral("two headings have one anchor");
            slugs.insert(block.slug);
            const auto [first, last] = runbook.sectionRange(block.slug);
            if (first < 0 || last < first || last > runbook.blocks.size())
                return QStringLiteral("a section lies outside");
        }
    }
    for (const RunbookStep &step : runbook.steps) {
        if (step.block < 0 || step.block >= runbook.blocks.size() || step.id.isEmpty())
            return QStringLiteral("a step stands nowhere");
    }
    for (const RunbookLinkTarget &link : runbook.links) {
        const QString target = link.target.trimmed().toLower();
        const bool isBad =
            target.startsWith(QStringLiteral("javascript:")) || target.startsWith(QStringLiteral("file:"));
        if (isBad && !link.isBlocked)
            return QStringLiteral("a link that runs or reads is not blocked");
    }
    return {};
}

} // namespace

/// The reader meets 1500 broken runbooks: none ends it, none breaks what those who show it rely on. The same each time.
class TestRunbookMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatItPromises()
    {
        std::mt19937 random(20261123U);
        QElapsedTimer slowest;
        for (int i = 0; i < mutations; ++i) {
            const QByteArray text = mutated(wholeRunbook(), random);
            slowest.start();
            const auto runbook = runbookTest::read(text);
            QVERIFY(runbook);
            const QString broken = brokenPromise(*runbook);
            QVERIFY2(broken.isEmpty(),
                     qPrintable(QStringLiteral("%1: %2").arg(broken, QString::fromLatin1(text.toHex()))));
            QVERIFY2(slowest.elapsed() < 2000, text.toHex().constData());
        }
    }
    void theSameBytesGiveTheSameRunbook()
    {
        std::mt19937 random(7U);
        for (int i = 0; i < 50; ++i) {
            const QByteArray text = mutated(wholeRunbook(), random);
            QVERIFY(*runbookTest::read(text) == *runbookTest::read(text));
        }
    }
};

QTEST_GUILESS_MAIN(TestRunbookMutations)
#include "tst_runbook_mutations.moc"
