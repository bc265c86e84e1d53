// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_editor.h"
#include "app/runbooks/runbook_writer.h"
#include "tests/runbooks/runbook_tree.h"

#include <QTest>

#include <unistd.h>

using namespace cockpit;
using cockpit::testing::writeFile;

/// What the cockpit writes into runbooks: little, in the right place, and never over somebody's words.
class RunbookWriterTest : public QObject {
    Q_OBJECT

    static Instant now() { return fromEpochMs(1'763'867'560'000LL); } // 2025-11-23
    static Runbook runbook(const QString &path)
    {
        Runbook made;
        made.key = {QStringLiteral("fleet"), path};
        return made;
    }
    static RunbookBlock heading(int line, int level, RunbookSection section)
    {
        RunbookBlock block;
        block.kind = RunbookBlock::Kind::Heading;
        block.line = line;
        block.level = level;
        block.section = section;
        return block;
    }
    static QByteArray content(const QString &file)
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

private Q_SLOTS:
    void aLessonGoesToTheEndOfItsSection()
    {
        Runbook made = runbook(QStringLiteral("a.md"));
        made.blocks = {heading(1, 1, RunbookSection::None), heading(3, 2, RunbookSection::Lessons),
                       heading(7, 2, RunbookSection::Related)};
        const auto [text, line] = withLesson("# A\n\n## Lessons\n\nold\n\n## Related\n", made, now());
        QCOMPARE(text, QByteArray("# A\n\n## Lessons\n\nold\n\n### 2025-11-23\n\n- What happened: \n- What helped: \n"
                                  "- What to change here: \n\n## Related\n"));
        QCOMPARE(text.split('\n').at(line - 1), QByteArray("- What happened: "));
    }

    void aLessonMakesItsSection()
    {
        Runbook made = runbook(QStringLiteral("a.md"));
        made.blocks = {heading(1, 1, RunbookSection::None)};
        const auto [text, line] = withLesson("# A\r\n\r\nwords", made, now());
        QVERIFY(text.startsWith("# A\r\n\r\nwords\n\r\n## What we learned\r\n\r\n### 2025-11-23\r\n"));
        QCOMPARE(text.split('\n').at(line - 1), QByteArray("- What happened: \r"));
    }

    void aLessonIsWrittenWhole()
    {
        QTemporaryDir dir;
        writeFile(dir.path(), QStringLiteral("docs/a.md"), "# A\n");
        const RunbookFolder folder(dir.path(), {QStringLiteral("**/*.md")});
        const QByteArray hash = (*folder.readOne(QStringLiteral("docs/a.md")))->hash;
        const auto place = appendLesson(folder, runbook(QStringLiteral("docs/a.md")), hash, now());
        QVERIFY2(place, place ? "" : qPrintable(place.error().text()));
        QVERIFY(content(place->file).contains("## What we learned"));
        QCOMPARE(place->line, 7);
        // It is another text now: a second one with the old hash would lie about what was read.
        const auto stale = appendLesson(folder, runbook(QStringLiteral("docs/a.md")), hash, now());
        QVERIFY(!stale);
        QCOMPARE(stale.error().kind, Error::Kind::Conflict);
    }

    void nothingIsWrittenOutside()
    {
        QTemporaryDir dir;
        QTemporaryDir elsewhere;
        writeFile(elsewhere.path(), QStringLiteral("a.md"), "theirs");
        QVERIFY(::symlink(QFile::encodeName(elsewhere.path()).constData(),
                          QFile::encodeName(dir.filePath(QStringLiteral("away"))).constData()) == 0);
        const RunbookFolder folder(dir.path(), {QStringLiteral("**/*.md")});
        for (const char *path : {"../a.md", "away/a.md", "away/new.md", "away/deep/new.md", "/tmp/a.md"}) {
            const QString name = QString::fromLatin1(path);
            QVERIFY(!appendLesson(folder, runbook(name), {}, now()));
            if (!name.startsWith(u'/'))
                QVERIFY2(!writeNewRunbook(folder, name, "mine"), path);
        }
        QCOMPARE(content(elsewhere.filePath(QStringLiteral("a.md"))), QByteArray("theirs"));
        QVERIFY(!QFile::exists(elsewhere.filePath(QStringLiteral("new.md"))));
        QVERIFY(!QFile::exists(elsewhere.filePath(QStringLiteral("deep"))));
    }

    void aNewRunbookOverwritesNothing()
    {
        QTemporaryDir dir;
        const RunbookFolder folder(dir.path(), {QStringLiteral("**/*.md")});
        const QString path = runbookPathOf(QStringLiteral("GCDown"));
        QCOMPARE(path, QStringLiteral("docs/runbooks/alerts/GCDown.md"));
        const auto place = writeNewRunbook(folder, path, "# GCDown\n");
        QVERIFY2(place, place ? "" : qPrintable(place.error().text()));
        QCOMPARE(content(place->file), QByteArray("# GCDown\n"));
        const auto again = writeNewRunbook(folder, path, "other\n");
        QVERIFY(!again);
        QCOMPARE(again.error().kind, Error::Kind::Conflict);
        QCOMPARE(content(place->file), QByteArray("# GCDown\n"));
    }

    void anAlertNameIsNoPath_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("above") << "../../etc/passwd";
        QTest::newRow("folder") << "a/b";
        QTest::newRow("dots") << "..";
        QTest::newRow("hidden") << ".bashrc";
        QTest::newRow("line") << "a\nb";
        QTest::newRow("nothing") << "";
        QTest::newRow("endless") << QString(300, u'a');
    }
    void anAlertNameIsNoPath()
    {
        QFETCH(QString, name);
        QVERIFY(runbookPathOf(name).isEmpty());
    }

    void theEditorGetsFileAndLine()
    {
        const RunbookPlace place{QStringLiteral("/r/{line} a.md"), 7};
        QCOMPARE(
            editorCommand({QStringLiteral("code"), QStringLiteral("--goto"), QStringLiteral("{file}:{line}")}, place),
            QStringList({QStringLiteral("code"), QStringLiteral("--goto"), QStringLiteral("/r/{line} a.md:7")}));
        QCOMPARE(editorCommand({QStringLiteral("gedit"), QStringLiteral("+{line}")}, place),
                 QStringList({QStringLiteral("gedit"), QStringLiteral("+7"), QStringLiteral("/r/{line} a.md")}));
        QCOMPARE(editorCommand({}, place).first(), QStringLiteral("xdg-open"));
        const auto opened = openInEditor({QStringLiteral("/nowhere/no-such-editor")}, place);
        QVERIFY(!opened);
        QVERIFY(opened.error().text().contains(QLatin1String("line 7")));
    }
};

QTEST_GUILESS_MAIN(RunbookWriterTest)
#include "tst_runbook_writer.moc"
