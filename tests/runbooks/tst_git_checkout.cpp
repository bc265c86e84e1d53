// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbooks/git_checkout.h"
#include "tests/runbooks/runbook_tree.h"

#include <QTest>

using namespace cockpit;
using cockpit::testing::runGit;
using cockpit::testing::writeFile;

/// What the person's own git says of a checkout, and what is never asked of it.
class GitCheckoutTest : public QObject {
    Q_OBJECT

    static constexpr qint64 first = 1'700'000'000;
    static QString commit(const QString &folder, const QString &file, const QByteArray &text, qint64 at)
    {
        writeFile(folder, file, text);
        runGit(folder, {QStringLiteral("add"), QStringLiteral("-A")}, at);
        runGit(folder, {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("change")}, at);
        return QString::fromLatin1(
                   runGit(folder, {QStringLiteral("rev-parse"), QStringLiteral("--short"), QStringLiteral("HEAD")}))
            .trimmed();
    }
    static void begin(const QString &folder)
    {
        QDir().mkpath(folder);
        runGit(folder, {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
    }
    static GitCheckout found(const QString &folder)
    {
        auto checkout = GitCheckout::find(folder, nullptr);
        if (!checkout || !*checkout)
            qFatal("no checkout: %s", checkout ? "none" : qPrintable(checkout.error().text()));
        return **checkout;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("GIT_CONFIG_GLOBAL", "/dev/null");
        qputenv("GIT_CONFIG_NOSYSTEM", "1");
    }

    void aPlainFolderIsNone()
    {
        QTemporaryDir dir;
        const auto checkout = GitCheckout::find(dir.path(), nullptr);
        QVERIFY2(checkout, checkout ? "" : qPrintable(checkout.error().text()));
        QVERIFY(!*checkout);
    }

    void tellsRevisionTimeAndAddresses()
    {
        QTemporaryDir dir;
        begin(dir.path());
        runGit(dir.path(), {QStringLiteral("remote"), QStringLiteral("add"), QStringLiteral("origin"),
                            QStringLiteral("https://me:pass-word@github.com/o/r.git")});
        QVERIFY(found(dir.path()).state()->revision.isEmpty()); // no commit yet
        const QString revision = commit(dir.path(), QStringLiteral("docs/a.md"), "# A", first);
        const auto state = found(dir.path() + QStringLiteral("/docs")).state();
        QVERIFY(state);
        QCOMPARE(state->revision, revision);
        QCOMPARE(state->changedAt, std::optional(fromEpochMs(first * 1000)));
        QCOMPARE(state->urls, QStringList(QStringLiteral("https://github.com/o/r")));
        QVERIFY(!state->fetchedAt);
    }

    void tellsTheLastChangeOfEachFile()
    {
        QTemporaryDir dir;
        begin(dir.path());
        commit(dir.path(), QStringLiteral("docs/a.md"), "# A", first);
        commit(dir.path(), QStringLiteral("docs/ä b.md"), "# B", first + 100);
        commit(dir.path(), QStringLiteral("other.md"), "# O", first + 200);
        commit(dir.path(), QStringLiteral("docs/a.md"), "# A2", first + 300);
        const auto changes = found(dir.path()).lastChanges(dir.path() + QStringLiteral("/docs"));
        QVERIFY(changes);
        QCOMPARE(changes->size(), 2);
        QCOMPARE(changes->value(QStringLiteral("a.md")), fromEpochMs((first + 300) * 1000));
        QCOMPARE(changes->value(QStringLiteral("ä b.md")), fromEpochMs((first + 100) * 1000));
    }

    void fetchesAndGoesForwardOnlyWhereNothingIsLost()
    {
        QTemporaryDir dir;
        const QString origin = dir.filePath(QStringLiteral("origin"));
        const QString mine = dir.filePath(QStringLiteral("mine"));
        begin(origin);
        commit(origin, QStringLiteral("a.md"), "one", first);
        runGit(dir.path(), {QStringLiteral("clone"), QStringLiteral("-q"), origin, mine});
        commit(origin, QStringLiteral("a.md"), "two", first + 10);
        const GitCheckout checkout = found(mine);
        QVERIFY(checkout.fetch());
        QVERIFY(checkout.state()->fetchedAt);
        writeFile(mine, QStringLiteral("a.md"), "my own words");
        const auto dirty = checkout.pull();
        QVERIFY(!dirty);
        QCOMPARE(dirty.error().kind, Error::Kind::Conflict);
        runGit(mine, {QStringLiteral("checkout"), QStringLiteral("-q"), QStringLiteral("--"), QStringLiteral("a.md")});
        const QByteArray before = checkout.treeState();
        QVERIFY(checkout.pull());
        QVERIFY(checkout.treeState() != before);
        QFile file(mine + QStringLiteral("/a.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("two"));
    }

    void aHistoryThatSplitIsLeftAlone()
    {
        QTemporaryDir dir;
        const QString origin = dir.filePath(QStringLiteral("origin"));
        const QString mine = dir.filePath(QStringLiteral("mine"));
        begin(origin);
        commit(origin, QStringLiteral("a.md"), "one", first);
        runGit(dir.path(), {QStringLiteral("clone"), QStringLiteral("-q"), origin, mine});
        commit(origin, QStringLiteral("a.md"), "two", first + 10);
        const QString own = commit(mine, QStringLiteral("b.md"), "mine", first + 20);
        const GitCheckout checkout = found(mine);
        QVERIFY(checkout.fetch());
        QCOMPARE(checkout.pull().error().kind, Error::Kind::Conflict);
        QCOMPARE(checkout.state()->revision, own);
    }

    void noHookRunsAndNobodyIsAsked()
    {
        QTemporaryDir dir;
        begin(dir.path());
        commit(dir.path(), QStringLiteral("a.md"), "one", first);
        const QString mark = dir.filePath(QStringLiteral("hook-ran"));
        runGit(dir.path(),
               {QStringLiteral("config"), QStringLiteral("core.fsmonitor"), QStringLiteral("touch ") + mark});
        runGit(dir.path(), {QStringLiteral("remote"), QStringLiteral("add"), QStringLiteral("origin"),
                            QStringLiteral("http://user:pass-word@127.0.0.1:1/o/r.git")});
        QFile::remove(mark);
        const GitCheckout checkout = found(dir.path());
        QVERIFY(checkout.state());
        const auto fetched = checkout.fetch();
        QVERIFY(!fetched);
        QCOMPARE(fetched.error().kind, Error::Kind::Network);
        QVERIFY2(!fetched.error().text().contains(QLatin1String("pass-word")), qPrintable(fetched.error().text()));
        QVERIFY(!QFile::exists(mark));
    }

    void remotesBecomeAddresses_data()
    {
        QTest::addColumn<QString>("remote");
        QTest::addColumn<QString>("address");
        QTest::newRow("scp") << "git@github.com:o/r.git"
                             << "https://github.com/o/r";
        QTest::newRow("ssh") << "ssh://git@gitlab.example:2222/g/s/r.git"
                             << "https://gitlab.example/g/s/r";
        QTest::newRow("https") << "https://github.com/o/r/"
                               << "https://github.com/o/r";
        QTest::newRow("token") << "https://x-token:abc@github.com/o/r.git"
                               << "https://github.com/o/r";
        QTest::newRow("path") << "/srv/git/r.git"
                              << "";
        QTest::newRow("file") << "file:///srv/git/r.git"
                              << "";
    }
    void remotesBecomeAddresses()
    {
        QFETCH(QString, remote);
        QTEST(forgeAddress(remote), "address");
    }
};

QTEST_GUILESS_MAIN(GitCheckoutTest)
#include "tst_git_checkout.moc"
