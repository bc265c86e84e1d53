// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_service.h"
#include "app/cockpit/update_queue.h"
#include "tests/runbooks/runbook_tree.h"
#include "tests/support/fake_http_client.h"

#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using cockpit::testing::writeFile;

namespace {

constexpr int longest = 20'000; // ms: a bound, not a pace

const QByteArray errorRateRunbook = "# High error rate\n\n## Investigation\n\n1. Look at the pool of <SERVICE>\n"
                                    "2. Restart the gateway\n\n## Escalation\n\nAfter 30 min: Escalate to team gc\n";

} // namespace

/// Runbooks from the folder to the page and back: what a person sees, ticks, finds, writes.
class RunbookServiceTest : public QObject {
    Q_OBJECT

    struct World {
        QTemporaryDir dir{};
        LiveClock clock{};
        UpdateQueue queue{};
        FakeHttpClient http{};
        RunbookStore store{};
        Requests requests{};
        StoreThread journal{
            {.path = dir.filePath(QStringLiteral("data/cockpit.sqlite")), .owner = QStringLiteral("b/1/1")},
            clock,
            queue.poster()};
        SecretResolver secrets{SecretSources{}, queue.poster()};
        std::unique_ptr<RunbookService> service{};
        QStringList noticed{};

        QString folder() const { return dir.filePath(QStringLiteral("fleet")); }
        QString written() const { return dir.filePath(QStringLiteral("edited")); }
        RunbookConfig folderConfig() const
        {
            RunbookConfig config;
            config.path = folder();
            return config;
        }
        void start(const QList<RunbookConfig> &sources)
        {
            service = std::make_unique<RunbookService>(
                RunbookService::Parts{.clock = clock,
                                      .store = store,
                                      .requests = requests,
                                      .journal = journal,
                                      .client = http,
                                      .secrets = secrets,
                                      .post = queue.poster(),
                                      .prometheus = [] { return QList<PrometheusBackend *>(); },
                                      .sources = sources,
                                      .editor = {QStringLiteral("cp"), QStringLiteral("{file}"), written()},
                                      .cachePath = dir.filePath(QStringLiteral("data/runbooks.sqlite")),
                                      .environment = QStringLiteral("prod"),
                                      .actor = QStringLiteral("alice")});
            QObject::connect(&requests, &Requests::runbookNoticed, service.get(),
                             [this](const QString &words) { noticed.append(words); });
            service->start();
        }
    };

    static Alert firing()
    {
        Alert alert;
        alert.key = {QStringLiteral("eu"), QStringLiteral("f1")};
        alert.name = QStringLiteral("GCHighErrorRate");
        alert.service = ServiceId(QStringLiteral("gc-service"));
        alert.startsAt = fromEpochMs(1'700'000'000'000);
        return alert;
    }
    static std::shared_ptr<const Fleet> fleet()
    {
        auto made = std::make_shared<Fleet>();
        made->alerts.push_back(firing());
        AlertRule rule;
        rule.name = QStringLiteral("GCHighErrorRate");
        rule.query = QStringLiteral("errors > 1");
        AlertRule other = rule;
        other.name = QStringLiteral("GCDown");
        made->rules = std::make_shared<const std::vector<AlertRule>>(std::vector<AlertRule>{rule, other, rule});
        return made;
    }
    static void writeRunbook(const World &world)
    {
        writeFile(world.folder(), QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md"), errorRateRunbook);
    }
    static RunbookKey key()
    {
        return {QStringLiteral("fleet"), QStringLiteral("docs/runbooks/alerts/GCHighErrorRate.md")};
    }

private Q_SLOTS:
    void anAlertLeadsToItsRunbook()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        world.service->takeFleet(fleet());
        QTRY_VERIFY_WITH_TIMEOUT(world.store.linkOf(firing().key).has_value(), longest);
        const auto link = world.store.linkOf(firing().key);
        QVERIFY2(link->found, qPrintable(link->problem));
        QCOMPARE(link->runbook, key());
        QTRY_COMPARE_WITH_TIMEOUT(world.store.coverage().size(), 2, longest); // each rule once
        QVERIFY(world.service->isRead());
    }

    void aStepIsTickedSkippedAndTakenBack()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        world.service->takeFleet(fleet());
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key()) != nullptr, longest);
        const RunbookPtr runbook = world.store.library().find(key());
        QCOMPARE(runbook->steps.size(), 2);
        const QString occasion = occasionOf(firing());
        RunbookTick tick;
        tick.occasion = occasion;
        tick.runbook = key();
        tick.step = runbook->steps.first().id;
        QSignalSpy logged(world.service.get(), &RunbookService::activityWritten);
        Q_EMIT world.requests.tickRequested(tick);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.ticks(occasion).size(), 1, longest);
        QCOMPARE(world.store.ticks(occasion).first().actor, QStringLiteral("alice"));
        QCOMPARE(world.store.ticks(occasion).first().text, runbook->steps.first().text);
        QCOMPARE(logged.size(), 1);
        tick.step = runbook->steps.last().id;
        tick.state = RunbookTick::State::Skipped;
        Q_EMIT world.requests.tickRequested(tick);
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 1, longest); // not without a reason
        tick.reason = QStringLiteral("nothing to restart");
        Q_EMIT world.requests.tickRequested(tick);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.ticks(occasion).size(), 2, longest);
        Q_EMIT world.requests.untickRequested(occasion, key(), runbook->steps.first().id);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.ticks(occasion).size(), 1, longest);
        QStringList words;
        bool isIntact = false;
        world.journal.ask<QList<ActivityEntry>>(
            [](Store &store) { return store.journal().activity(QStringLiteral("prod"), 10); },
            [&words](const Result<QList<ActivityEntry>> &entries) {
                for (const ActivityEntry &entry : *entries)
                    words.append(entry.text + u'|' + entry.service.toString());
            });
        world.journal.ask<ChainReport>(
            [](Store &store) { return store.journal().verifyChain(); },
            [&isIntact](const Result<ChainReport> &chain) { isIntact = chain && chain->isIntact(); });
        QTRY_VERIFY_WITH_TIMEOUT(isIntact, longest);
        QCOMPARE(words.size(), 3);
        QVERIFY2(words.last().startsWith(QStringLiteral("Ticked step 1 “Look at the pool")), qPrintable(words.last()));
        QVERIFY(words.last().endsWith(QStringLiteral("of GCHighErrorRate.md|gc-service")));
    }

    void ticksOutliveAnEditOfTheRunbook()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key()) != nullptr, longest);
        RunbookTick tick;
        tick.occasion = QStringLiteral("reading");
        tick.runbook = key();
        tick.step = world.store.library().find(key())->steps.last().id;
        Q_EMIT world.requests.tickRequested(tick);
        QTRY_COMPARE_WITH_TIMEOUT(world.store.ticks(tick.occasion).size(), 1, longest);
        QByteArray edited = errorRateRunbook;
        edited.replace("1. Look", "1. Read the dashboard first\n2. Look").replace("2. Restart", "3. Restart");
        writeFile(world.folder(), key().path, edited);
        world.service->lookNow();
        QTRY_COMPARE_WITH_TIMEOUT(world.store.library().find(key())->steps.size(), 3, longest);
        QCOMPARE(world.store.library().find(key())->steps.last().id, world.store.ticks(tick.occasion).first().step);
    }

    void wordsAreFoundAsTheyAreTyped()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        Q_EMIT world.requests.runbookSearchRequested(QStringLiteral("gatew"));
        QTRY_COMPARE_WITH_TIMEOUT(world.store.hits().size(), 1, longest); // also when it is asked before it is read
        QCOMPARE(world.store.hits().first().runbook, key());
        QCOMPARE(world.store.hits().first().slug, QStringLiteral("investigation"));
        Q_EMIT world.requests.runbookSearchRequested(QString());
        QTRY_VERIFY_WITH_TIMEOUT(world.store.hits().isEmpty(), longest);
    }

    void whatWasReadOpensWithTheFolderGone()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        QTRY_VERIFY_WITH_TIMEOUT(world.service->isRead(), longest);
        bool isKept = false;
        world.service->backend().whenKept([&isKept] { isKept = true; });
        QTRY_VERIFY_WITH_TIMEOUT(isKept, longest);
        world.service.reset();
        QVERIFY(QDir(world.folder()).removeRecursively());
        world.store.setLibrary(std::make_shared<const RunbookLibrary>());
        world.start({world.folderConfig()});
        QTRY_VERIFY_WITH_TIMEOUT(world.service->isRead(), longest);
        QVERIFY(world.store.library().find(key()) != nullptr);
        QVERIFY(world.store.library().sources.first().offline);
        QVERIFY(world.store.library().sources.first().readAt.has_value());
        QVERIFY(!world.store.library().sources.first().problem.isEmpty());
        Q_EMIT world.requests.lessonRequested(key());
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 1, longest);
        QVERIFY2(world.noticed.first().contains(QStringLiteral("own copy")), qPrintable(world.noticed.first()));
    }

    void aLessonAndANewRunbookOpenInTheEditor()
    {
        World world;
        writeRunbook(world);
        world.start({world.folderConfig()});
        world.service->takeFleet(fleet());
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key()) != nullptr, longest);
        Q_EMIT world.requests.lessonRequested(key());
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 1, longest);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(world.written()), longest);
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key())->size > errorRateRunbook.size(), longest);
        Q_EMIT world.requests.skeletonRequested(QStringLiteral("GCDown"));
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 2, longest);
        const RunbookKey made{QStringLiteral("fleet"), QStringLiteral("docs/runbooks/alerts/GCDown.md")};
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(made) != nullptr, longest);
        Q_EMIT world.requests.skeletonRequested(QStringLiteral("GCDown"));
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 3, longest);
        QVERIFY2(world.noticed.last().contains(QStringLiteral("already")), qPrintable(world.noticed.last()));
        Q_EMIT world.requests.skeletonRequested(QStringLiteral("../../etc/passwd"));
        QTRY_COMPARE_WITH_TIMEOUT(world.noticed.size(), 4, longest);
    }

    void aPageIsReadKeptAndShownOffline()
    {
        World world;
        RunbookConfig page;
        page.endpoint.url = QStringLiteral("https://wiki.example/runbooks/gc.md");
        world.start({page});
        QTRY_COMPARE_WITH_TIMEOUT(world.http.open().size(), 1U, longest);
        const auto sent = world.http.open().front();
        QCOMPARE(sent.request.path, QStringLiteral("/runbooks/gc.md"));
        QVERIFY(!world.service->isRead());
        world.http.answer(sent.id, 200, "# GC\n\n1. Look\n", {{"Content-Type", "text/markdown"}, {"ETag", "\"v1\""}});
        const RunbookKey key{QStringLiteral("wiki.example"), QStringLiteral("https://wiki.example/runbooks/gc.md")};
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key) != nullptr, longest);
        QVERIFY(!world.store.library().sources.first().offline);
        bool isKept = false;
        world.service->backend().whenKept([&isKept] { isKept = true; });
        QTRY_VERIFY_WITH_TIMEOUT(isKept, longest);
        world.service.reset();
        world.store.setLibrary(std::make_shared<const RunbookLibrary>());
        world.start({page});
        QTRY_VERIFY_WITH_TIMEOUT(world.store.library().find(key) != nullptr, longest);
        QVERIFY(world.store.library().sources.first().offline);
        QTRY_COMPARE_WITH_TIMEOUT(world.http.open().size(), 1U, longest);
        world.http.fail(world.http.open().front().id,
                        Error{Error::Kind::Network, QStringLiteral("No way to wiki.example.")});
        QTRY_VERIFY_WITH_TIMEOUT(!world.store.library().sources.first().problem.isEmpty(), longest);
        QVERIFY(world.store.library().find(key) != nullptr);
    }

    void htmlIsOnlyNamed()
    {
        const QByteArray note = runbookOfPage(QStringLiteral("https://wiki.example/a?x=1"), "text/html; charset=utf-8",
                                              "<script>alert(1)</script>");
        QVERIFY(!note.contains("script"));
        QVERIFY(note.contains("<https://wiki.example/a?x=1>"));
        QCOMPARE(runbookOfPage(QStringLiteral("https://wiki.example/a.md"), "text/plain", "# A"), QByteArray("# A"));
        QVERIFY(!runbookOfPage(QStringLiteral("https://wiki.example/a"), "", "<!DOCTYPE html><p>x").contains("<p>"));
    }

    void aQueryWithoutPrometheusIsSaid()
    {
        World world;
        world.start({});
        Q_EMIT world.requests.runbookQueryRequested(QStringLiteral("up"));
        QVERIFY(world.store.answer(QStringLiteral("up")) != nullptr);
        QVERIFY(!world.store.answer(QStringLiteral("up"))->problem.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RunbookServiceTest)
#include "tst_runbook_service.moc"
