// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/runbook_backend.h"
#include "app/cockpit/runbook_queries.h"
#include "app/cockpit/web_runbooks.h"
#include "models/fleet.h"
#include "models/items/requests.h"
#include "models/items/runbook_store.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace cockpit {

/// Everything about runbooks behind the window and the command line: the one writer of RunbookStore. Reads the sources,
/// leads each alert to its section, tells the coverage of the rules, keeps ticks, answers what pages ask.
/// Owner's thread; never waits, but for its end.
class RunbookService : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        RunbookStore &store;
        Requests &requests;
        StoreThread &journal;
        HttpClient &client;
        SecretResolver &secrets;
        Post post;
        std::function<QList<PrometheusBackend *>()> prometheus;
        QList<RunbookConfig> sources{};
        QStringList editor{};
        QString cachePath{}; ///< of the SQLite file with the copies
        QString environment{};
        QString actor{};
    };
    explicit RunbookService(Parts parts, QObject *parent = nullptr);
    ~RunbookService() override;

    void start();
    /// To be called once a second.
    void tick() { m_web.tick(); }
    /// Looks at the folders at once.
    void lookNow() { m_backend.lookNow(); }
    /// Alerts and rules of now: their links and coverage follow off this thread.
    void takeFleet(const std::shared_ptr<const Fleet> &fleet);

    /// Every source was read, or its copy was, or there is neither.
    bool isRead() const { return m_foldersRead && m_web.isRead(); }
    /// Writes ticks (also those that a request asks for); `done` comes after the activity log has it.
    void tick(RunbookTick tick, bool isTakenBack, std::function<void(Result<Done>)> done);
    /// A runbook with all sections for an alert rule, where it is looked for; never over one that is there.
    void writeSkeleton(const QString &alertName, std::function<void(Result<RunbookPlace>)> done);
    RunbookBackend &backend() { return m_backend; }

Q_SIGNALS:
    /// isRead() holds now.
    void read();
    /// The activity log has a new entry.
    void activityWritten();
    /// A person must know, and it belongs to no page.
    void noticed(const QString &words);

private:
    /// What the last work on links and coverage was made of, and gave.
    struct Linked {
        RunbookLibraryPtr library{};
        std::shared_ptr<const RunbookLinker> linker{};
        std::shared_ptr<const std::vector<AlertRule>> rules{};
        QHash<AlertKey, RunbookLink> links{};
        QList<RunbookCoverage> coverage{};
        bool areLinksNew = false;
        bool isCoverageNew = false;
    };
    static std::shared_ptr<const Linked> link(const std::shared_ptr<const Linked> &last,
                                              const RunbookLibraryPtr &library, const Fleet &fleet);
    void connectRequests();
    void connectBackend();
    void linkSoon();
    void takeLinked(const std::shared_ptr<const Linked> &linked);
    void readTicks(const QString &occasion);
    void search(const QString &words);

    Parts m_parts;
    RunbookBackend m_backend;
    WebRunbooks m_web;
    RunbookQueries m_queries;
    RunbookLibraryPtr m_library{};
    std::shared_ptr<const Fleet> m_fleet{};
    std::shared_ptr<const Linked> m_linked{};
    bool m_linking = false;
    bool m_linkAgain = false;
    bool m_foldersRead = false;
    QString m_searched{};
    QThreadPool m_pool; ///< one at a time: links and coverage
};

/// An alerting rule of Prometheus as the coverage sees it.
LintedRule lintedRuleOf(const AlertRule &rule);
/// Each rule once, though several servers evaluate it.
QList<LintedRule> lintedRulesOf(const Fleet &fleet);

/// Reads runbooks of every kind of source (app/formats).
RunbookReader runbookReader();

} // namespace cockpit
