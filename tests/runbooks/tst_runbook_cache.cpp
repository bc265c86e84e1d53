// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/runbook_cache.h"
#include "tests/runbooks/runbook_tree.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cockpit;

/// Every runbook ever seen is kept, found by its words, and never at the cost of the cockpit.
class RunbookCacheTest : public QObject {
    Q_OBJECT

    static Instant at(int seconds) { return fromEpochMs(1'700'000'000'000LL + seconds * 1000LL); }
    static QString source() { return QStringLiteral("fleet"); }

    static RunbookCache::Kept kept(const QString &path, const QByteArray &text)
    {
        auto file = std::make_shared<const RunbookFile>(
            RunbookFile{path, text, text.size(), at(0), QCryptographicHash::hash(text, QCryptographicHash::Sha256)});
        return {file, cockpit::testing::plainReader()({source(), path}, *file, std::nullopt, {})};
    }
    static std::unique_ptr<RunbookCache> open(const QString &path, qint64 bytes = RunbookCache::mostBytes)
    {
        auto opened = RunbookCache::open(path, bytes);
        if (opened.problem)
            qFatal("%s", qPrintable(opened.problem->text()));
        return std::move(opened.cache);
    }
    static RunbookSourceState state()
    {
        return {.name = source(),
                .kind = RunbookSourceState::Kind::Git,
                .root = QStringLiteral("/srv/fleet"),
                .urls = {QStringLiteral("https://github.com/o/r")},
                .revision = QStringLiteral("abc1234"),
                .changedAt = at(-60),
                .readAt = at(0)};
    }
    static QStringList hitPaths(RunbookCache &cache, const QString &words)
    {
        QStringList paths;
        const auto hits = cache.index().search(words, {source()});
        for (const RunbookHit &hit : hits ? *hits : QList<RunbookHit>())
            paths.append(hit.runbook.path);
        return paths;
    }

private Q_SLOTS:
    void whatWasReadOpensWithItsFolderGone()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("data/runbooks.sqlite"));
        {
            const auto cache = open(file);
            QVERIFY(cache->keep(source(), {kept(QStringLiteral("a.md"), "# A\n\nrestart the pool")}, at(1)));
            QVERIFY(cache->keepSource(state(), {QStringLiteral("a.md")}, at(1)));
        }
        struct stat status {};
        QVERIFY(::stat(QFile::encodeName(file).constData(), &status) == 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
        const auto cache = open(file);
        const auto copy = cache->source(source());
        QVERIFY(copy && *copy);
        QCOMPARE((*copy)->files.size(), 1);
        QCOMPARE((*copy)->files.first()->bytes, QByteArray("# A\n\nrestart the pool"));
        QVERIFY((*copy)->state.offline);
        QCOMPARE((*copy)->state.revision, QStringLiteral("abc1234"));
        QCOMPARE((*copy)->state.readAt, std::optional(at(0)));
        QVERIFY(!*cache->source(QStringLiteral("another")));
        QVERIFY(cache->check());
    }

    void everyVersionStaysUpToItsBound()
    {
        QTemporaryDir dir;
        const auto cache = open(dir.filePath(QStringLiteral("c.sqlite")));
        const RunbookKey key{source(), QStringLiteral("a.md")};
        for (int i = 0; i < RunbookCache::mostVersions + 5; ++i)
            QVERIFY(cache->keep(source(), {kept(key.path, "text " + QByteArray::number(i))}, at(i)));
        const auto versions = cache->versions(key);
        QVERIFY(versions);
        QCOMPARE(versions->size(), qsizetype(RunbookCache::mostVersions));
        QCOMPARE((*cache->newest(key))->bytes, "text " + QByteArray::number(RunbookCache::mostVersions + 4));
        const auto third = cache->version(key, versions->at(2).hash);
        QCOMPARE((*third)->bytes, "text " + QByteArray::number(RunbookCache::mostVersions + 2));
        // An old text that comes back is the same version, seen again.
        QVERIFY(cache->keep(source(), {kept(key.path, (*third)->bytes)}, at(100)));
        QCOMPARE(cache->versions(key)->size(), qsizetype(RunbookCache::mostVersions));
        QCOMPARE((*cache->newest(key))->bytes, (*third)->bytes);
    }

    void aRunbookThatIsGoneIsKeptAndNoLongerFound()
    {
        QTemporaryDir dir;
        const auto cache = open(dir.filePath(QStringLiteral("c.sqlite")));
        QVERIFY(
            cache->keep(source(), {kept(QStringLiteral("a.md"), "pool"), kept(QStringLiteral("b.md"), "pool")}, at(1)));
        QVERIFY(cache->keepSource(state(), {QStringLiteral("a.md")}, at(2)));
        QCOMPARE(hitPaths(*cache, QStringLiteral("pool")), QStringList(QStringLiteral("a.md")));
        QCOMPARE((*cache->newest({source(), QStringLiteral("b.md")}))->bytes, QByteArray("pool"));
        QVERIFY(cache->keep(source(), {kept(QStringLiteral("b.md"), "pool")}, at(3)));
        QCOMPARE(hitPaths(*cache, QStringLiteral("pool")).size(), 2);
    }

    void theOldestTextsGoWhereRoomIsShort()
    {
        QTemporaryDir dir;
        const auto cache = open(dir.filePath(QStringLiteral("c.sqlite")), 3000);
        QByteArray noise(900, ' ');
        for (int i = 0; i < 6; ++i) {
            for (char &c : noise)
                c = char(QRandomGenerator::global()->bounded(33, 126));
            QVERIFY(cache->keep(source(), {kept(QStringLiteral("a.md"), noise)}, at(i)));
        }
        QVERIFY(cache->versions({source(), QStringLiteral("a.md")})->size() < 6);
        QCOMPARE((*cache->newest({source(), QStringLiteral("a.md")}))->bytes, noise);
    }

    void wordsAreFoundAsTheyAreTyped_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("isFound");
        QTest::newRow("a beginning") << "exha" << true;
        QTest::newRow("two words") << "pool exhausted" << true;
        QTest::newRow("without case") << "POOL" << true;
        QTest::newRow("without accents") << "cafe" << true;
        QTest::newRow("part of a name") << "error rate" << true;
        QTest::newRow("name and text") << "GCHighErrorRate pool" << true;
        QTest::newRow("another word") << "redis" << false;
        QTest::newRow("no words") << "  - \" * " << false;
        QTest::newRow("syntax of the index") << "pool OR NEAR(\"x\" AND" << false;
        QTest::newRow("a quote") << "po\"ol" << false;
    }
    void wordsAreFoundAsTheyAreTyped()
    {
        QFETCH(QString, words);
        QFETCH(bool, isFound);
        QTemporaryDir dir;
        const auto cache = open(dir.filePath(QStringLiteral("c.sqlite")));
        QVERIFY(cache->keep(
            source(),
            {kept(QStringLiteral("alerts/GCHighErrorRate.md"), "The connection pool of the café is exhausted.")},
            at(1)));
        QCOMPARE(!hitPaths(*cache, words).isEmpty(), isFound);
    }

    void aHitShowsItsWords()
    {
        QTemporaryDir dir;
        const auto cache = open(dir.filePath(QStringLiteral("c.sqlite")));
        QVERIFY(cache->keep(source(), {kept(QStringLiteral("a.md"), "first the <b>pool</b> is looked at")}, at(1)));
        const auto hits = cache->index().search(QStringLiteral("poo"), {source()});
        QVERIFY(hits);
        QCOMPARE(hits->size(), 1);
        const RunbookHit &hit = hits->first();
        QCOMPARE(hit.heading, QStringLiteral("a"));
        QCOMPARE(hit.slug, QStringLiteral("top"));
        QCOMPARE(hit.marks.size(), 1);
        QCOMPARE(hit.excerpt.mid(hit.marks.first().first, hit.marks.first().second), QStringLiteral("pool"));
        QVERIFY(cache->index().search(QStringLiteral("poo"), {QStringLiteral("another")})->isEmpty());
    }

    void aFileThatIsNoDatabaseIsSaidAndMemoryDoes()
    {
        QTemporaryDir dir;
        cockpit::testing::writeFile(dir.path(), QStringLiteral("c.sqlite"), QByteArray(4096, 'x'));
        const auto opened = RunbookCache::open(dir.filePath(QStringLiteral("c.sqlite")));
        QVERIFY(opened.problem);
        QVERIFY(opened.cache && opened.cache->isInMemory());
        QVERIFY(opened.cache->keep(source(), {kept(QStringLiteral("a.md"), "pool")}, at(1)));
        QCOMPARE(hitPaths(*opened.cache, QStringLiteral("pool")).size(), 1);
        QVERIFY(!QFile::exists(QStringLiteral(":memory:")));
    }

    void aFullDiskIsSaidAndLosesNothing()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("c.sqlite"));
        QVERIFY(open(file)->keep(source(), {kept(QStringLiteral("a.md"), "the first text")}, at(1)));
        // In a child: a file may not grow beyond what it has, as on a full disk.
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{256 * 1024, 256 * 1024};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            auto opened = RunbookCache::open(file);
            if (!opened.cache)
                ::_exit(2);
            if (opened.problem) // it may refuse at once, and goes on in memory
                ::_exit(opened.cache->isInMemory() ? 0 : 3);
            QByteArray noise(2 * 1024 * 1024, ' ');
            for (char &c : noise)
                c = char(QRandomGenerator::global()->bounded(33, 126));
            const auto refused = opened.cache->keep(source(), {kept(QStringLiteral("b.md"), noise)}, at(2));
            if (refused || refused.error().kind != Error::Kind::Storage)
                ::_exit(4);
            const auto stays = opened.cache->newest({source(), QStringLiteral("a.md")});
            ::_exit(stays && *stays ? 0 : 5);
        }
        int status = 0;
        QVERIFY(::waitpid(child, &status, 0) == child);
        QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, qPrintable(QString::number(WEXITSTATUS(status))));
        const auto cache = open(file);
        QCOMPARE((*cache->newest({source(), QStringLiteral("a.md")}))->bytes, QByteArray("the first text"));
        QVERIFY(cache->check());
    }

    void aKillBetweenLeavesWholeRunbooks()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("c.sqlite"));
        for (int round = 0; round < 5; ++round) {
            int ready[2];
            QVERIFY(::pipe(ready) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                auto opened = RunbookCache::open(file);
                for (int i = 0;; ++i) {
                    const QByteArray text = "pool " + QByteArray::number(round) + ' ' + QByteArray::number(i);
                    (void)opened.cache
                        ->keep(source(), {kept(QString::number(i % 7) + QStringLiteral(".md"), text)}, at(i))
                        .has_value();
                    if (i == 20 && ::write(ready[1], "x", 1) != 1)
                        ::_exit(1);
                }
            }
            char byte = 0;
            QVERIFY(::read(ready[0], &byte, 1) == 1);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            ::close(ready[0]);
            ::close(ready[1]);
            const auto cache = open(file);
            QVERIFY(cache->check());
            QCOMPARE(hitPaths(*cache, QStringLiteral("pool")).size(), 7);
        }
    }
};

QTEST_GUILESS_MAIN(RunbookCacheTest)
#include "tst_runbook_cache.moc"
