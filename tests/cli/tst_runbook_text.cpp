// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runbook_text.h"
#include "app/formats/runbook_markdown.h"

#include <QTest>

using namespace cockpit;

namespace {

RunbookPtr tickedRunbook()
{
    return readRunbook({QStringLiteral("repo"), QStringLiteral("a.md")},
                       "# A\n\n## Diagnosis\n\n1. Look at <SERVICE>\n2. Restart it\n3. Tell people\n");
}

RunbookTick tickOf(const RunbookStep &step)
{
    RunbookTick tick;
    tick.step = step.id;
    tick.actor = QStringLiteral("ann");
    return tick;
}

} // namespace

/// What the command line says of a step.
class TestRunbookText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTickTellsWhatIsNext()
    {
        const auto runbook = tickedRunbook();
        QCOMPARE(runbook->steps.size(), 3);
        const QString text = tickedText(*runbook, {}, runbook->steps[0], {}, {tickOf(runbook->steps[0])});
        QCOMPARE(text.count(u'\n'), 1);
        QVERIFY2(text.startsWith(QStringLiteral("[x] 1. ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("Next: [ ] 2. Restart it")), qPrintable(text));
    }
    void oneThatWasLeftOutComesAfterTheLast()
    {
        const auto runbook = tickedRunbook();
        const QList<RunbookTick> ticks{tickOf(runbook->steps[1]), tickOf(runbook->steps[2])};
        const QString text = tickedText(*runbook, {}, runbook->steps[2], {}, ticks);
        QVERIFY2(text.contains(QStringLiteral("Next: [ ] 1. ")), qPrintable(text));
    }
    void theLastSaysSo()
    {
        const auto runbook = tickedRunbook();
        QList<RunbookTick> ticks;
        for (const RunbookStep &step : runbook->steps)
            ticks.append(tickOf(step));
        QVERIFY(tickedText(*runbook, {}, runbook->steps[1], {}, ticks)
                    .endsWith(QStringLiteral("Every step of this section is ticked or skipped.")));
    }
    void whatWasTakenBackIsOpenItself()
    {
        const auto runbook = tickedRunbook();
        QCOMPARE(tickedText(*runbook, {}, runbook->steps[1], {}, {tickOf(runbook->steps[0])}),
                 QStringLiteral("[ ] 2. Restart it"));
    }
};

QTEST_GUILESS_MAIN(TestRunbookText)
#include "tst_runbook_text.moc"
