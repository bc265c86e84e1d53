// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/runbooks/runbook_tree.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using cockpit::testing::writeFile;

/// A folder of runbooks is read whole, again only where it changed, and never anything outside of it.
class RunbookFolderTest : public QObject {
    Q_OBJECT

    static QStringList paths(const RunbookFolderRead &read)
    {
        QStringList found;
        for (const RunbookFilePtr &file : read.files)
            found.append(file->path);
        return found;
    }
    static void link(const QString &to, const QString &at)
    {
        QVERIFY(::symlink(QFile::encodeName(to).constData(), QFile::encodeName(at).constData()) == 0);
    }

private Q_SLOTS:
    void globsStayInTheirFolders_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("matches");
        QTest::newRow("deep") << "docs/**/*.md"
                              << "docs/a/b/c.md" << true;
        QTest::newRow("right below") << "docs/**/*.md"
                                     << "docs/c.md" << true;
        QTest::newRow("beside") << "docs/**/*.md"
                                << "src/c.md" << false;
        QTest::newRow("one star, one folder") << "docs/*.md"
                                              << "docs/a/c.md" << false;
        QTest::newRow("everything") << "**/*.md"
                                    << "c.md" << true;
        QTest::newRow("dot is a dot") << "*.md"
                                      << "cxmd" << false;
        QTest::newRow("brackets are themselves") << "a[1].md"
                                                 << "a1.md" << false;
        QTest::newRow("leading dot slash") << "./docs/*.md"
                                           << "docs/a.md" << true;
    }
    void globsStayInTheirFolders()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, path);
        QTEST(PathGlobs({pattern}).matches(path), "matches");
    }

    void globsTellTheirFolders()
    {
        const PathGlobs globs(
            {QStringLiteral("docs/runbooks/**/*.md"), QStringLiteral("docs/*.md"), QStringLiteral("ops/a.md")});
        QCOMPARE(globs.folders(), QStringList({QStringLiteral("docs"), QStringLiteral("ops")}));
    }

    void readsWhatIsIncluded()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("docs/runbooks/b.md"), "# B");
        writeFile(dir.path(), QStringLiteral("docs/runbooks/alerts/a.md"), "# A");
        writeFile(dir.path(), QStringLiteral("docs/notes.txt"), "no");
        writeFile(dir.path(), QStringLiteral(".git/x.md"), "no");
        RunbookFolder folder(dir.path(), {QStringLiteral("**/*.md")});
        const auto read = folder.read();
        QVERIFY(read);
        QCOMPARE(paths(*read),
                 QStringList({QStringLiteral("docs/runbooks/alerts/a.md"), QStringLiteral("docs/runbooks/b.md")}));
        QVERIFY(read->isChanged && read->isSettled);
        QVERIFY(read->problems.isEmpty());
        QCOMPARE(read->files.first()->bytes, QByteArray("# A"));
    }

    void readsAgainOnlyWhatChanged()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("a.md"), "# A");
        writeFile(dir.path(), QStringLiteral("b.md"), "# B");
        RunbookFolder folder(dir.path(), {QStringLiteral("*.md")});
        const auto first = folder.read();
        QVERIFY(first);
        const auto same = folder.read();
        QVERIFY(same && !same->isChanged);
        QCOMPARE(same->files.first().get(), first->files.first().get());
        writeFile(dir.path(), QStringLiteral("b.md"), "# B, longer");
        const auto changed = folder.read();
        QVERIFY(changed && changed->isChanged);
        QCOMPARE(changed->files.first().get(), first->files.first().get());
        QCOMPARE(changed->files.last()->bytes, QByteArray("# B, longer"));
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("a.md"))));
        const auto fewer = folder.read();
        QVERIFY(fewer && fewer->isChanged && fewer->files.size() == 1);
    }

    void aLinkThatGoesRoundEnds()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("docs/a.md"), "# A");
        link(dir.path(), dir.filePath(QStringLiteral("docs/loop")));
        link(QStringLiteral("self.md"), dir.filePath(QStringLiteral("self.md")));
        const auto read = RunbookFolder(dir.path(), {QStringLiteral("**/*.md")}).read();
        QVERIFY(read);
        QCOMPARE(read->files.size(), 1);
        QCOMPARE(read->problems.size(), 2);
        QVERIFY(read->problems.join(u'\n').contains(QLatin1String("read already")));
        QVERIFY(read->problems.join(u'\n').contains(QLatin1String("leads nowhere")));
    }

    void aLinkInsideIsFollowedAndOneOutsideIsNot()
    {
        QTemporaryDir dir;
        QTemporaryDir elsewhere;
        writeFile(elsewhere.path(), QStringLiteral("secret.md"), "secret");
        writeFile(dir.path(), QStringLiteral("shared/a.md"), "# A");
        QDir().mkpath(dir.filePath(QStringLiteral("docs")));
        link(dir.filePath(QStringLiteral("shared/a.md")), dir.filePath(QStringLiteral("docs/a.md")));
        link(elsewhere.filePath(QStringLiteral("secret.md")), dir.filePath(QStringLiteral("docs/out.md")));
        link(elsewhere.path(), dir.filePath(QStringLiteral("docs/away")));
        const RunbookFolder folder(dir.path(), {QStringLiteral("docs/**/*.md")});
        const auto read = RunbookFolder(folder).read();
        QVERIFY(read);
        QCOMPARE(paths(*read), QStringList(QStringLiteral("docs/a.md")));
        QCOMPARE(read->problems.size(), 2);
        for (const QString &problem : read->problems)
            QVERIFY2(problem.contains(QLatin1String("leads out")), qPrintable(problem));
        QVERIFY(!folder.holds(QStringLiteral("docs/out.md")));
        QVERIFY(folder.holds(QStringLiteral("docs/a.md")));
    }

    void nothingOutsideIsReadByName_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("above") << "../../etc/passwd";
        QTest::newRow("absolute") << "/etc/passwd";
        QTest::newRow("through a folder") << "docs/../../etc/passwd";
        QTest::newRow("nothing") << "..";
        QTest::newRow("with a zero") << QString(QStringLiteral("a.md") + QChar(0) + QStringLiteral("/x"));
    }
    void nothingOutsideIsReadByName()
    {
        QFETCH(QString, path);
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("docs/a.md"), "# A");
        const RunbookFolder folder(dir.path(), {QStringLiteral("**/*.md")});
        const auto read = folder.readOne(path);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Invalid);
        QVERIFY(!folder.holds(path));
    }

    void aPipeIsNotWaitedFor()
    {
        QTemporaryDir dir;
        QVERIFY(::mkfifo(QFile::encodeName(dir.filePath(QStringLiteral("pipe.md"))).constData(), 0600) == 0);
        const auto read = RunbookFolder(dir.path(), {QStringLiteral("*.md")}).read();
        QVERIFY(read);
        QVERIFY(read->files.isEmpty());
        QCOMPARE(read->problems.size(), 1);
        QVERIFY(read->problems.first().contains(QLatin1String("no regular file")));
    }

    void boundsAreTold()
    {
        QTemporaryDir dir;
        for (int i = 0; i < 5; ++i)
            writeFile(dir.path(), QString::number(i) + QStringLiteral(".md"), QByteArray(1000, 'x'));
        RunbookFolderLimits limits;
        limits.mostFiles = 3;
        const auto few = RunbookFolder(dir.path(), {QStringLiteral("*.md")}, limits).read();
        QVERIFY(few);
        QCOMPARE(few->files.size(), 3);
        QVERIFY(few->problems.first().contains(QLatin1String("More than 3 runbooks")));
        limits = {};
        limits.mostFileBytes = 100;
        const auto cut = RunbookFolder(dir.path(), {QStringLiteral("*.md")}, limits).read();
        QVERIFY(cut);
        QCOMPARE(cut->files.first()->bytes.size(), 100);
        QCOMPARE(cut->files.first()->size, 1000);
        limits = {};
        limits.mostBytes = 2500;
        const auto together = RunbookFolder(dir.path(), {QStringLiteral("*.md")}, limits).read();
        QVERIFY(together);
        QCOMPARE(together->files.size(), 2);
        QCOMPARE(together->problems.size(), 1);
    }

    void aFolderThatIsGoneIsSaid()
    {
        RunbookFolder folder(QStringLiteral("/nowhere/at/all"), {QStringLiteral("*.md")});
        const auto read = folder.read();
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::NotFound);
        QVERIFY(!read.error().next.isEmpty());
    }

    void aTreeUnderRewriteIsReadAgain()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("a.md"), "old");
        RunbookFolder folder(dir.path(), {QStringLiteral("*.md")});
        int asked = 0;
        folder.setTreeState([&asked, &dir] {
            // The tree changes between the first look's beginning and its end, and is quiet from then on.
            if (++asked == 2)
                writeFile(dir.path(), QStringLiteral("a.md"), "new text");
            return QByteArray(asked == 1 ? "before" : "after");
        });
        const auto read = folder.read();
        QVERIFY(read && read->isSettled);
        QCOMPARE(read->files.first()->bytes, QByteArray("new text"));
    }

    void aTreeThatNeverRestsIsNoWholeLibrary()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("a.md"), "text");
        RunbookFolder folder(dir.path(), {QStringLiteral("*.md")});
        int asked = 0;
        folder.setTreeState([&asked] { return QByteArray::number(++asked); });
        const auto read = folder.read();
        QVERIFY(read && !read->isSettled);
    }
};

QTEST_GUILESS_MAIN(RunbookFolderTest)
#include "tst_runbook_folder.moc"
