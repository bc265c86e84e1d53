// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/runbook_service.h"

#include "app/formats/runbook_markdown.h"
#include "app/formats/runbook_skeleton.h"

#include <QSet>

namespace cockpit {

RunbookService::RunbookService(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_backend({.clock = m_parts.clock,
                 .post = m_parts.post,
                 .sources = m_parts.sources,
                 .reader = runbookReader(),
                 .cachePath = m_parts.cachePath,
                 .editor = m_parts.editor})
    , m_web({.clock = m_parts.clock,
             .client = m_parts.client,
             .secrets = m_parts.secrets,
             .backend = m_backend,
             .post = m_parts.post,
             .sources = m_parts.sources})
    , m_queries(
          {.clock = m_parts.clock, .store = m_parts.store, .post = m_parts.post, .prometheus = m_parts.prometheus})
{
    m_pool.setMaxThreadCount(1);
    connectBackend();
    connectRequests();
}

RunbookService::~RunbookService() { m_pool.waitForDone(); }

void RunbookService::start()
{
    m_backend.start();
    m_web.start();
}

void RunbookService::connectBackend()
{
    connect(&m_backend, &RunbookBackend::libraryChanged, this, [this](const RunbookLibraryPtr &library) {
        m_library = library;
        m_parts.store.setLibrary(library);
        linkSoon();
    });
    connect(&m_backend, &RunbookBackend::libraryRead, this, [this] {
        m_foldersRead = true;
        if (isRead())
            Q_EMIT read();
    });
    connect(&m_web, &WebRunbooks::read, this, [this] {
        if (isRead())
            Q_EMIT read();
    });
    connect(&m_backend, &RunbookBackend::indexChanged, this, [this] { search(m_searched); });
    connect(&m_backend, &RunbookBackend::found, &m_parts.store, &RunbookStore::setHits);
    connect(&m_backend, &RunbookBackend::told, &m_parts.requests, &Requests::runbookNoticed);
    connect(&m_backend, &RunbookBackend::noticed, this, &RunbookService::noticed);
}

void RunbookService::connectRequests()
{
    Requests *requests = &m_parts.requests;
    const auto tellError = [requests](const Result<Done> &done) {
        if (!done)
            Q_EMIT requests->runbookNoticed(done.error().text());
    };
    connect(requests, &Requests::ticksRequested, this, &RunbookService::readTicks);
    connect(requests, &Requests::tickRequested, this,
            [this, tellError](const RunbookTick &tick) { this->tick(tick, false, tellError); });
    connect(requests, &Requests::untickRequested, this,
            [this, tellError](const QString &occasion, const RunbookKey &runbook, const QString &step) {
                RunbookTick tick;
                tick.occasion = occasion;
                tick.runbook = runbook;
                tick.step = step;
                this->tick(tick, true, tellError);
            });
    connect(requests, &Requests::runbookSearchRequested, this, &RunbookService::search);
    connect(requests, &Requests::runbookQueryRequested, &m_queries, &RunbookQueries::ask);
    connect(requests, &Requests::runbookEditRequested, &m_backend, &RunbookBackend::edit);
    connect(requests, &Requests::lessonRequested, this, [this](const RunbookKey &key) {
        const RunbookPtr runbook = m_library ? m_library->find(key) : nullptr;
        if (runbook)
            m_backend.lesson(runbook);
        else
            Q_EMIT m_parts.requests.runbookNoticed(tr("There is no runbook %1 any more.").arg(key.path.left(300)));
    });
    connect(requests, &Requests::skeletonRequested, this, [this](const QString &alertName) {
        writeSkeleton(alertName, [this](const Result<RunbookPlace> &place) {
            if (place)
                m_backend.open(*place, tr("Wrote %1: fill in what only you know."));
            else
                Q_EMIT m_parts.requests.runbookNoticed(place.error().text());
        });
    });
}

void RunbookService::takeFleet(const std::shared_ptr<const Fleet> &fleet)
{
    m_fleet = fleet;
    linkSoon();
}

void RunbookService::linkSoon()
{
    if (!m_fleet || !m_library)
        return;
    if (std::exchange(m_linking, true)) {
        m_linkAgain = true;
        return;
    }
    m_pool.start([this, last = m_linked, library = m_library, fleet = m_fleet] {
        const auto linked = link(last, library, *fleet);
        // The destructor waits for this job; what is queued after it is dropped with the receiver.
        QMetaObject::invokeMethod(
            this, [this, linked] { takeLinked(linked); }, Qt::QueuedConnection);
    });
}

std::shared_ptr<const RunbookService::Linked> RunbookService::link(const std::shared_ptr<const Linked> &last,
                                                                   const RunbookLibraryPtr &library, const Fleet &fleet)
{
    auto linked = std::make_shared<Linked>();
    linked->library = library;
    linked->rules = fleet.rules;
    const bool isSameLibrary = last && last->library == library;
    linked->linker = isSameLibrary ? last->linker : std::make_shared<const RunbookLinker>(library);
    for (const Alert &alert : fleet.alerts)
        linked->links.insert(alert.key, linked->linker->link(alert.name, alert.labels, alert.annotations));
    linked->areLinksNew = !last || linked->links != last->links;
    if (isSameLibrary && last->rules == fleet.rules) {
        linked->coverage = last->coverage;
        return linked;
    }
    linked->coverage = coverageOf(*library, lintedRulesOf(fleet), RunbookLintRules(), fleet.at);
    linked->isCoverageNew = true;
    return linked;
}

void RunbookService::takeLinked(const std::shared_ptr<const Linked> &linked)
{
    m_linking = false;
    m_linked = linked;
    if (linked->areLinksNew) {
        m_parts.store.setLinks(linked->links);
        for (const RunbookLink &link : linked->links) {
            if (!link.found && !link.url.isEmpty())
                m_web.want(link.url);
        }
    }
    if (linked->isCoverageNew)
        m_parts.store.setCoverage(linked->coverage);
    if (std::exchange(m_linkAgain, false))
        linkSoon();
}

void RunbookService::search(const QString &words)
{
    m_searched = words.trimmed();
    if (m_searched.isEmpty())
        return m_parts.store.setHits({}, {});
    QStringList sources;
    for (const RunbookSourceState &source : m_library ? m_library->sources : QList<RunbookSourceState>())
        sources.append(source.name);
    m_backend.search(m_searched, sources);
}

void RunbookService::writeSkeleton(const QString &alertName, std::function<void(Result<RunbookPlace>)> done)
{
    if (runbookPathOf(alertName).isEmpty()) {
        return done(Error{.kind = Error::Kind::Invalid,
                          .what = tr("'%1' is no name for a file.").arg(alertName.left(200)),
                          .meaning = tr("Nothing was written."),
                          .next = tr("Write the runbook by hand, and name it in the alert's runbook_url.")});
    }
    LintedRule rule;
    rule.alert = alertName;
    QString service;
    QString owner;
    if (m_fleet) {
        for (const LintedRule &known : lintedRulesOf(*m_fleet)) {
            if (known.alert == alertName)
                rule = known;
        }
        for (const Alert &alert : m_fleet->alerts) {
            if (alert.name == alertName)
                service = alert.service.toString();
        }
        if (const ServiceDefinition *definition = m_fleet->serviceMap.definition(ServiceId(service)))
            owner = definition->owner;
    }
    const QString day = toRfc3339(m_parts.clock.now()).left(10);
    m_backend.writeNew(alertName, runbookSkeleton(rule, service, owner, day), std::move(done));
}

LintedRule lintedRuleOf(const AlertRule &rule)
{
    LintedRule linted;
    linted.alert = rule.name;
    linted.query = rule.query;
    linted.holdFor = rule.holdFor;
    linted.labels = rule.labels;
    linted.annotations = rule.annotations;
    return linted;
}

QList<LintedRule> lintedRulesOf(const Fleet &fleet)
{
    QList<LintedRule> rules;
    QSet<std::pair<QString, QString>> seen;
    for (const AlertRule &rule : fleet.rules ? *fleet.rules : std::vector<AlertRule>()) {
        if (seen.contains({rule.name, rule.query}))
            continue;
        seen.insert({rule.name, rule.query});
        rules.append(lintedRuleOf(rule));
    }
    return rules;
}

RunbookReader runbookReader()
{
    return [](const RunbookKey &key, const RunbookFile &file, const std::optional<Instant> &lastChange,
              const std::function<bool(const QString &)> &pathInSource) {
        RunbookReading reading;
        reading.pathInSource = pathInSource;
        reading.changedAt = lastChange;
        return readRunbook(key, file.bytes, reading);
    };
}

} // namespace cockpit
