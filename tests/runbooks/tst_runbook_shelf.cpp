// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_shelf.h"
#include "tests/runbooks/runbook_tree.h"

#include <QTest>

using namespace cockpit;
using cockpit::testing::runGit;
using cockpit::testing::writeFile;

/// All sources together: what is shown when one changes, goes away, comes back or is rewritten.
class RunbookShelfTest : public QObject {
    Q_OBJECT

    LiveClock m_clock{};
    std::atomic_bool m_stop = false;

    RunbookShelf shelf(const QStringList &folders)
    {
        QList<RunbookConfig> configs;
        for (const QString &folder : folders) {
            RunbookConfig config;
            config.path = folder;
            configs.append(config);
        }
        return RunbookShelf(configs, cockpit::testing::plainReader(), m_clock, &m_stop);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("GIT_CONFIG_GLOBAL", "/dev/null");
        qputenv("GIT_CONFIG_NOSYSTEM", "1");
    }

    void showsAllSourcesByName()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("one/runbooks/a.md"), "# A");
        writeFile(dir.path(), QStringLiteral("two/runbooks/b.md"), "# B");
        auto shown =
            shelf({dir.filePath(QStringLiteral("one/runbooks")), dir.filePath(QStringLiteral("two/runbooks"))});
        const auto look = shown.look();
        QVERIFY(look.library && look.isSettled && look.wanted.isEmpty());
        QCOMPARE(look.library->sources.size(), 2);
        QCOMPARE(look.library->sources.at(0).name, QStringLiteral("runbooks"));
        QCOMPARE(look.library->sources.at(1).name, QStringLiteral("runbooks (2)"));
        QVERIFY(look.library->find({QStringLiteral("runbooks (2)"), QStringLiteral("b.md")}));
        QCOMPARE(look.changed.size(), 2);
        QVERIFY(!shown.look().library); // nothing new
    }

    void aChangedFileAloneIsKeptAnew()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("a.md"), "# A");
        writeFile(dir.path(), QStringLiteral("b.md"), "# B");
        auto shown = shelf({dir.path()});
        const auto first = shown.look();
        writeFile(dir.path(), QStringLiteral("b.md"), "# B, longer");
        const auto look = shown.look();
        QVERIFY(look.library);
        QCOMPARE(look.changed.first().changed.size(), 1);
        QCOMPARE(look.library->runbooks.first().get(), first.library->runbooks.first().get());
        QVERIFY(!shown.hashOf(look.library->runbooks.last()->key).isEmpty());
    }

    void aFolderThatGoesIsShownAsItWas()
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("runbooks"));
        writeFile(folder, QStringLiteral("a.md"), "# A");
        auto shown = shelf({folder});
        QVERIFY(shown.look().library);
        QVERIFY(QDir().rename(folder, folder + QStringLiteral("-away")));
        const auto gone = shown.look();
        QVERIFY(gone.library);
        QVERIFY(gone.wanted.isEmpty()); // it is known from before
        QVERIFY(gone.library->sources.first().offline);
        QVERIFY(!gone.library->sources.first().problem.isEmpty());
        QCOMPARE(gone.library->runbooks.size(), 1);
        QVERIFY(shown.hashOf(gone.library->runbooks.first()->key).isEmpty());
        QVERIFY(QDir().rename(folder + QStringLiteral("-away"), folder));
        const auto back = shown.look();
        QVERIFY(back.library);
        QVERIFY(!back.library->sources.first().offline);
        QVERIFY(back.library->sources.first().problem.isEmpty());
    }

    void aFolderThatWasNeverThereAsksForTheCopy()
    {
        auto shown = shelf({QStringLiteral("/nowhere/runbooks")});
        QCOMPARE(shown.look().wanted, QStringList(QStringLiteral("runbooks")));
        QVERIFY(shown.look().wanted.isEmpty()); // once
        RunbookSourceCopy copy;
        copy.state.name = QStringLiteral("runbooks");
        copy.state.readAt = fromEpochMs(1000);
        copy.files = {std::make_shared<const RunbookFile>(RunbookFile{QStringLiteral("a.md"), "# A", 3, {}, "h"})};
        shown.takeCopy(QStringLiteral("runbooks"), copy);
        const auto library = shown.library();
        QCOMPARE(library->runbooks.size(), 1);
        QVERIFY(library->sources.first().offline);
        QCOMPARE(library->sources.first().readAt, std::optional(fromEpochMs(1000)));
        QVERIFY(!library->sources.first().problem.isEmpty());
    }

    void aPullUnderwayIsNeverHalfShown()
    {
        QTemporaryDir dir;
        runGit(dir.path(),
               {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
        writeFile(dir.path(), QStringLiteral("a.md"), "one");
        writeFile(dir.path(), QStringLiteral("b.md"), "one");
        runGit(dir.path(), {QStringLiteral("add"), QStringLiteral("-A")});
        runGit(dir.path(), {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("one")});
        auto shown = shelf({dir.path()});
        const auto first = shown.look();
        QVERIFY(first.library);
        QCOMPARE(first.library->sources.first().kind, RunbookSourceState::Kind::Git);
        QCOMPARE(first.library->sources.first().revision.size(), 7);
        QCOMPARE(first.library->runbooks.first()->reviewedAt, std::optional(fromEpochMs(1'700'000'000'000)));
        // git holds its lock while it writes file by file.
        writeFile(dir.path(), QStringLiteral(".git/index.lock"), "");
        writeFile(dir.path(), QStringLiteral("a.md"), "two two");
        const auto during = shown.look();
        QVERIFY(!during.isSettled);
        QVERIFY(!during.library);
        writeFile(dir.path(), QStringLiteral("b.md"), "two two");
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral(".git/index.lock"))));
        runGit(dir.path(), {QStringLiteral("commit"), QStringLiteral("-qam"), QStringLiteral("two")}, 1'700'000'100);
        const auto after = shown.look();
        QVERIFY(after.isSettled && after.library);
        QVERIFY(after.library->sources.first().revision != first.library->sources.first().revision);
        for (const RunbookPtr &runbook : after.library->runbooks)
            QCOMPARE(plainText(runbook->blocks.last().text), QStringLiteral("two two"));
        // A lock that a dead git left behind does not hide the runbooks for ever.
        writeFile(dir.path(), QStringLiteral(".git/index.lock"), "");
        writeFile(dir.path(), QStringLiteral("a.md"), "three");
        RunbookShelf::Look look = shown.look();
        for (int i = 0; i < 30 && !look.isSettled; ++i)
            look = shown.look();
        QVERIFY(look.isSettled && look.library);
    }

    void theRealFolderIsRead()
    {
        const QString real = QStringLiteral("/work/shared/data/dark-tower");
        if (!QFileInfo::exists(real))
            QSKIP("the recorded tree is not here");
        RunbookConfig config;
        config.path = real;
        config.include = {QStringLiteral("docs/runbooks/**/*.md")};
        RunbookShelf shown({config}, cockpit::testing::plainReader(), m_clock, &m_stop);
        const auto look = shown.look();
        QVERIFY(look.library);
        QVERIFY(look.library->find(
            {QStringLiteral("dark-tower"), QStringLiteral("docs/runbooks/gc-incident-response.md")}));
    }
};

QTEST_GUILESS_MAIN(RunbookShelfTest)
#include "tst_runbook_shelf.moc"
