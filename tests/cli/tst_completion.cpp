// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_help.h"
#include "app/cli/completion.h"
#include "app/cli/invocation.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace cockpit;

class CompletionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandIsOffered();
    void optionsOfUsagesAreKnownToTheParser();
    void shellsAcceptTheirScripts();
    void bashOffersWhatFits();
    void manualPageIsAcceptedByItsFormatter();
    void unknownShellIsRefused();
};

void CompletionTest::everyCommandIsOffered()
{
    for (const char *kind : {"bash", "zsh", "fish", "man"}) {
        const auto text = completionText(QLatin1String(kind));
        QVERIFY(text);
        for (const CommandHelp &help : commandHelp) {
            const QString name = QString::fromUtf8(help.name);
            const QString written =
                kind == QByteArray("man") ? QString(name).replace(u'-', QStringLiteral("\\-")) : name;
            QVERIFY2(text->contains(written), help.name);
        }
    }
}

void CompletionTest::optionsOfUsagesAreKnownToTheParser()
{
    QStringList known;
    for (const char *flag : commandLineFlags)
        known.append(QLatin1String(flag));
    for (const char *option : commandLineOptions)
        known.append(QLatin1String(option));
    static const QRegularExpression option(QStringLiteral("--([a-z][a-z-]*)"));
    for (const CommandHelp &help : commandHelp) {
        const QString usage = QString::fromUtf8(help.usage);
        for (auto matches = option.globalMatch(usage); matches.hasNext();) {
            const QString name = matches.next().captured(1);
            QVERIFY2(known.contains(name),
                     qPrintable(QString::fromUtf8(help.name) + QStringLiteral(" names --") + name));
        }
    }
}

namespace {

/// Runs `program` with `input`; true when it ends well and says nothing on standard error.
bool acceptedBy(const QString &program, const QStringList &arguments, const QString &input, QString *said)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted(10'000))
        return false;
    process.write(input.toUtf8());
    process.closeWriteChannel();
    if (!process.waitForFinished(10'000))
        return false;
    *said = QString::fromUtf8(process.readAllStandardError());
    return process.exitCode() == 0 && said->isEmpty();
}

} // namespace

void CompletionTest::shellsAcceptTheirScripts()
{
    int asked = 0;
    for (const char *shell : {"bash", "zsh", "fish"}) {
        const QString program = QStandardPaths::findExecutable(QLatin1String(shell));
        if (program.isEmpty())
            continue;
        ++asked;
        QString said;
        QVERIFY2(acceptedBy(program, {QStringLiteral("-n"), QStringLiteral("/dev/stdin")},
                            *completionText(QLatin1String(shell)), &said),
                 qPrintable(said));
    }
    if (asked == 0)
        QSKIP("no shell is here to read the scripts");
}

void CompletionTest::bashOffersWhatFits()
{
    const QString bash = QStandardPaths::findExecutable(QStringLiteral("bash"));
    if (bash.isEmpty())
        QSKIP("bash is not here");
    const QString script =
        *completionText(QStringLiteral("bash")) +
        QStringLiteral("COMP_WORDS=(dt-cockpit --config c.yaml rollback gc --re); COMP_CWORD=5; _dt_cockpit; "
                       "echo \"${COMPREPLY[@]}\"\n"
                       "COMP_WORDS=(dt-cockpit li); COMP_CWORD=1; _dt_cockpit; echo \"${COMPREPLY[@]}\"\n");
    QProcess process;
    process.start(bash, {QStringLiteral("--norc")});
    QVERIFY(process.waitForStarted(10'000));
    process.write(script.toUtf8());
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()), QStringLiteral("--reason\nlint\n"));
}

void CompletionTest::manualPageIsAcceptedByItsFormatter()
{
    const QString groff = QStandardPaths::findExecutable(QStringLiteral("groff"));
    if (groff.isEmpty())
        QSKIP("groff is not here");
    QString said;
    QVERIFY2(acceptedBy(groff,
                        {QStringLiteral("-man"), QStringLiteral("-K"), QStringLiteral("utf8"), QStringLiteral("-Tutf8"),
                         QStringLiteral("-ww"), QStringLiteral("-z")},
                        *completionText(QStringLiteral("man")), &said),
             qPrintable(said));
}

void CompletionTest::unknownShellIsRefused()
{
    const auto text = completionText(QStringLiteral("tcsh"));
    QVERIFY(!text);
    QVERIFY(text.error().what.contains(QStringLiteral("bash")));
}

QTEST_GUILESS_MAIN(CompletionTest)
#include "tst_completion.moc"
