// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_book.h"

#include "app/actions/uuid7.h"

#include <algorithm>

namespace cockpit {

namespace {

/// Folding so many entries takes less than a frame.
constexpr size_t foldedAtOnce = 500;

Result<Incident> foldedWith(const IncidentHead &head, const IncidentPtr &before, std::vector<IncidentEntry> more)
{
    return before ? withEntries(*before, more) : foldIncident(head, std::move(more));
}

} // namespace

IncidentBook::IncidentBook(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_pool.setMaxThreadCount(1);
    IncidentArchive *archive = &m_parts.archive;
    connect(archive, &IncidentArchive::arrived, this, &IncidentBook::takeEntries);
    connect(archive, &IncidentArchive::headChanged, this, &IncidentBook::takeHead);
    connect(archive, &IncidentArchive::conditionChanged, this,
            [this](const ArchiveCondition &condition) { m_parts.store.setArchive(condition); });
}

IncidentBook::~IncidentBook() { m_pool.waitForDone(); }

void IncidentBook::start()
{
    m_parts.archive.start();
    readAgain([this] { finishReading(); });
}

void IncidentBook::readAgain(std::function<void()> done)
{
    m_parts.archive.list(kMostIncidents, [this, done = std::move(done)](const Result<QList<IncidentHead>> &heads) {
        m_readError = heads ? std::nullopt : std::optional<Error>(heads.error());
        if (heads)
            return takeHeads(*heads, done);
        Q_EMIT noticed(heads.error().text());
        done();
    });
}

void IncidentBook::takeHeads(const QList<IncidentHead> &heads, const std::function<void()> &done)
{
    QList<IncidentHead> unknown;
    for (const IncidentHead &head : heads) {
        if (m_kept.contains(head.id))
            takeHead(head);
        else
            unknown.append(head);
    }
    if (unknown.isEmpty())
        return done();
    const auto left = std::make_shared<qsizetype>(unknown.size());
    for (const IncidentHead &head : unknown) {
        readEntries(head, [left, done] {
            if (--*left == 0)
                done();
        });
    }
}

void IncidentBook::readEntries(const IncidentHead &head, std::function<void()> done)
{
    Kept &kept = m_kept[head.id];
    kept.head = head;
    kept.working = true;
    ++m_busy;
    m_parts.archive.entries(
        head.id, [this, id = head.id, done = std::move(done)](const Result<std::vector<IncidentEntry>> &entries) {
            --m_busy;
            m_kept[id].working = false;
            if (entries)
                return takeOne(id, *entries, done);
            Q_EMIT noticed(entries.error().text());
            pump(id);
            done();
        });
}

void IncidentBook::finishReading()
{
    m_isRead = true;
    QList<IncidentPtr> all;
    for (const Kept &kept : std::as_const(m_kept)) {
        if (kept.incident)
            all.append(kept.incident);
    }
    std::sort(all.begin(), all.end(), [](const IncidentPtr &a, const IncidentPtr &b) {
        return a->openedAt != b->openedAt ? a->openedAt > b->openedAt : a->head.id < b->head.id;
    });
    m_parts.store.setIncidents(std::move(all));
    Q_EMIT read();
}

void IncidentBook::takeHead(const IncidentHead &head)
{
    if (!m_kept.contains(head.id))
        return readEntries(head, [] {});
    Kept &kept = m_kept[head.id];
    if (kept.head == head)
        return;
    kept.head = head;
    if (!kept.incident)
        return;
    auto renamed = std::make_shared<Incident>(*kept.incident);
    renamed->head = head;
    kept.incident = std::move(renamed);
    publish(kept);
}

void IncidentBook::takeEntries(const std::vector<IncidentEntry> &entries)
{
    QHash<IncidentId, std::vector<IncidentEntry>> byIncident;
    for (const IncidentEntry &entry : entries)
        byIncident[entry.incident].push_back(entry);
    bool unknown = false;
    for (auto one = byIncident.begin(); one != byIncident.end(); ++one) {
        if (m_kept.contains(one.key()))
            takeOne(one.key(), std::move(one.value()), {});
        else
            unknown = true; // its entries are read with it
    }
    if (unknown && m_isRead)
        readAgain([] {});
}

void IncidentBook::takeOne(const IncidentId &id, std::vector<IncidentEntry> entries, std::function<void()> shown)
{
    Kept &kept = m_kept[id];
    kept.waiting.insert(kept.waiting.end(), std::make_move_iterator(entries.begin()),
                        std::make_move_iterator(entries.end()));
    if (shown)
        kept.whenShown.push_back(std::move(shown));
    pump(id);
}

void IncidentBook::pump(const IncidentId &id)
{
    Kept &kept = m_kept[id];
    if (kept.working || (kept.waiting.empty() && kept.whenShown.empty()))
        return;
    kept.working = true;
    ++m_busy;
    const size_t size = kept.waiting.size() + (kept.incident ? kept.incident->timeline.size() : 0);
    std::vector<IncidentEntry> more = std::exchange(kept.waiting, {});
    if (size <= foldedAtOnce)
        return takeFolded(id, foldedWith(kept.head, kept.incident, std::move(more)));
    m_pool.start([this, id, head = kept.head, before = kept.incident, more = std::move(more)]() mutable {
        const auto folded = std::make_shared<const Result<Incident>>(foldedWith(head, before, std::move(more)));
        // The destructor waits for this job; what is queued after it is dropped with the receiver.
        QMetaObject::invokeMethod(
            this, [this, id, folded] { takeFolded(id, *folded); }, Qt::QueuedConnection);
    });
}

void IncidentBook::takeFolded(const IncidentId &id, const Result<Incident> &folded)
{
    Kept &kept = m_kept[id];
    kept.working = false;
    --m_busy;
    const std::vector<std::function<void()>> shown = std::exchange(kept.whenShown, {});
    if (folded) {
        auto incident = std::make_shared<Incident>(*folded);
        incident->head = kept.head; // its number may have come meanwhile
        kept.incident = std::move(incident);
        for (const IncidentEntry &entry : kept.incident->timeline) {
            if (m_onTheirWay.isEmpty())
                break;
            m_onTheirWay.remove(entry.id);
        }
        publish(kept);
    } else if (m_isRead) {
        Q_EMIT noticed(folded.error().text());
    }
    for (const auto &call : shown)
        call();
    pump(id);
    tellIfIdle();
}

void IncidentBook::publish(Kept &kept)
{
    if (!m_isRead)
        return;
    const IncidentPtr incident = kept.incident;
    m_parts.store.setIncident(incident);
    Q_EMIT changed(incident);
}

void IncidentBook::tellIfIdle()
{
    if (isIdle())
        Q_EMIT becameIdle();
}

QList<IncidentPtr> IncidentBook::openIncidents() const
{
    QList<IncidentPtr> open;
    for (const IncidentPtr &one : m_parts.store.incidents()) {
        if (one->isOpen())
            open.append(one);
    }
    return open;
}

IncidentPtr IncidentBook::named(const QString &words) const
{
    for (const IncidentPtr &one : m_parts.store.incidents()) {
        const QString name = one->head.name();
        if (one->head.id.toString() == words || name.compare(words, Qt::CaseInsensitive) == 0 ||
            name.compare(QStringLiteral("INC-") + words, Qt::CaseInsensitive) == 0)
            return one;
    }
    return nullptr;
}

IncidentEntry IncidentBook::entryOf(const IncidentId &incident, IncidentBody body)
{
    // Two entries of one moment keep their order, and a clock that was moved back reorders nothing of this run.
    const Instant now = m_parts.clock.now();
    m_lastWritten =
        now > m_lastWritten || m_lastWritten - now > std::chrono::seconds(5) ? now : m_lastWritten + Duration(1);
    return {.id = EntryId(newActionId(m_lastWritten).toString()),
            .incident = incident,
            .at = m_lastWritten,
            .recordedAt = m_lastWritten,
            .actor = m_parts.actor,
            .origin = m_parts.origin,
            .body = std::move(body)};
}

void IncidentBook::open(IncidentHead head, std::vector<IncidentEntry> first,
                        std::function<void(Result<IncidentPtr>)> done)
{
    ++m_busy;
    m_parts.archive.open(head, std::move(first), [this, done = std::move(done)](const Result<IncidentHead> &opened) {
        --m_busy;
        if (!opened) {
            done(opened.error());
            return tellIfIdle();
        }
        // Read back: another cockpit may have opened it a moment before.
        readEntries(*opened, [this, id = opened->id, done] {
            if (const IncidentPtr incident = m_kept.value(id).incident)
                return done(incident);
            done(Error{.kind = Error::Kind::Storage,
                       .what = tr("The incident was opened and could not be read again."),
                       .meaning = tr("It is kept; its page is not up to date."),
                       .next = tr("See the archive with: dt-cockpit self-check")});
        });
    });
}

void IncidentBook::append(std::vector<IncidentEntry> entries, Finished done)
{
    std::erase_if(entries, [this](const IncidentEntry &entry) { return m_onTheirWay.contains(entry.id); });
    if (entries.empty())
        return done(Done{});
    if (m_onTheirWay.size() + qsizetype(entries.size()) > kMostWaiting) {
        return done(Error{.kind = Error::Kind::TooLarge,
                          .what = tr("%1 entries wait for the archive of incidents.").arg(m_onTheirWay.size()),
                          .meaning = tr("This was not written."),
                          .next = tr("Write it again when the archive answers.")});
    }
    for (const IncidentEntry &entry : entries)
        m_onTheirWay.insert(entry.id);
    m_parts.archive.append(entries, [this, entries, done = std::move(done)](const Result<Done> &written) {
        if (!written) {
            for (const IncidentEntry &entry : entries)
                m_onTheirWay.remove(entry.id);
            done(written);
            return tellIfIdle();
        }
        QHash<IncidentId, std::vector<IncidentEntry>> byIncident;
        for (const IncidentEntry &entry : entries)
            byIncident[entry.incident].push_back(entry);
        const auto left = std::make_shared<qsizetype>(byIncident.size());
        for (auto one = byIncident.begin(); one != byIncident.end(); ++one) {
            takeOne(one.key(), std::move(one.value()), [left, done] {
                if (--*left == 0)
                    done(Done{});
            });
        }
        for (const IncidentEntry &entry : entries)
            m_onTheirWay.remove(entry.id);
        tellIfIdle();
    });
}

} // namespace cockpit
