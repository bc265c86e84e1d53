// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/incidents/postgres_archive.h"

#include "app/incidents/sqlite_archive.h"

#include <QPointer>

namespace cockpit {

namespace {

constexpr int kSentAtOnce = 200;

} // namespace

PostgresArchive::PostgresArchive(StoreThread &store, PostgresLink::Options options, const Clock &clock, QObject *parent)
    : IncidentArchive(parent)
    , m_clock(clock)
    , m_place(postgresPlace(options.config))
    , m_local(store, IncidentScope{m_place, options.environment}, clock)
{
    options.secrets.stop = &m_ending;
    m_postgres = new PostgresLink(std::move(options), m_guard, clock);
    m_postgres->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_postgres, &QObject::deleteLater);
    connect(&m_watchdog, &QTimer::timeout, this, [this] { m_guard.cutWhenHung(m_clock.monotonic(), kHungAfter); });
    m_watchdog.setInterval(std::chrono::seconds(1));
    listen();
    m_thread.setObjectName(QStringLiteral("postgres"));
    m_thread.start();
}

PostgresArchive::~PostgresArchive()
{
    m_ending = true;
    m_guard.cut();
    m_thread.quit();
    m_thread.wait();
}

void PostgresArchive::listen()
{
    connect(&m_local, &LocalIncidents::changed, this, [this](const IncidentChanges &changes) {
        tell(changes);
        pump(); // another process of this laptop may have left something to send
    });
    connect(m_postgres, &PostgresLink::stateChanged, this, &PostgresArchive::linkIs);
    connect(m_postgres, &PostgresLink::told, this, &PostgresArchive::linkTold);
    connect(m_postgres, &PostgresLink::sent, this, &PostgresArchive::linkSent);
    connect(m_postgres, &PostgresLink::notSent, this, [this] {
        m_isSending = false;
        countWaiting();
    });
    connect(m_postgres, &PostgresLink::claimed, this, &PostgresArchive::linkClaimed);
}

void PostgresArchive::start()
{
    tellCondition();
    m_watchdog.start();
    m_local.watch();
    m_local.condition([self = QPointer(this)](const StoreCondition &condition) {
        if (!self)
            return;
        self->m_storeCondition = condition;
        self->tellCondition();
    });
    m_local.cursor([self = QPointer(this)](const Result<qint64> &cursor) {
        if (!self)
            return;
        self->m_kept = cursor ? *cursor : 0;
        QMetaObject::invokeMethod(self->m_postgres,
                                  [link = self->m_postgres, from = self->m_kept] { link->start(from); });
    });
}

void PostgresArchive::linkIs(const LinkState &state)
{
    m_link = state;
    m_isOpening = false;
    if (state.state != LinkState::State::Up) {
        m_isSending = false;
        answerWithoutNumber();
    }
    countWaiting();
    pump();
}

void PostgresArchive::tell(const IncidentChanges &changes)
{
    for (const IncidentHead &head : changes.heads) {
        Q_EMIT headChanged(head);
        numberCame(head);
    }
    if (!changes.entries.empty())
        Q_EMIT arrived(changes.entries);
}

void PostgresArchive::linkTold(const IncidentBatch &batch, qint64 position)
{
    m_local.take(batch, position, [self = QPointer(this), position](const Result<IncidentChanges> &taken) {
        if (!self)
            return;
        if (taken) {
            self->m_kept = std::max(self->m_kept, position);
            self->tell(*taken);
            return;
        }
        // It could not be kept (a full disk): told again at the next look, until it can.
        QMetaObject::invokeMethod(self->m_postgres,
                                  [link = self->m_postgres, from = self->m_kept] { link->rewind(from); });
    });
}

void PostgresArchive::linkSent(const IncidentBatch &batch)
{
    m_local.settle(batch, [self = QPointer(this), heads = batch.heads](const Result<Done> &settled) {
        if (!self)
            return;
        self->m_isSending = false;
        for (const IncidentHead &head : heads) {
            Q_EMIT self->headChanged(head);
            self->numberCame(head);
        }
        self->countWaiting();
        if (settled)
            self->pump();
    });
}

void PostgresArchive::pump()
{
    if (m_link.state != LinkState::State::Up || m_isSending)
        return;
    m_isSending = true;
    m_local.waiting(kSentAtOnce, [self = QPointer(this)](Result<IncidentBatch> batch) {
        if (!self)
            return;
        if (!batch || batch->isEmpty() || self->m_link.state != LinkState::State::Up) {
            self->m_isSending = false;
            return;
        }
        QMetaObject::invokeMethod(self->m_postgres,
                                  [link = self->m_postgres, waiting = std::move(*batch)] { link->send(waiting); });
    });
}

void PostgresArchive::countWaiting()
{
    m_local.waitingCount([self = QPointer(this)](const Result<int> &count) {
        if (!self)
            return;
        self->m_waiting = count ? *count : self->m_waiting;
        self->tellCondition();
    });
}

void PostgresArchive::open(IncidentHead head, std::vector<IncidentEntry> first,
                           std::function<void(Result<IncidentHead>)> done)
{
    if (m_link.state == LinkState::State::ReadOnly) {
        done(readOnlyError());
        return;
    }
    m_local.open(head, std::move(first), [self = QPointer(this), done = std::move(done)](Result<IncidentHead> opened) {
        if (!self || !opened || opened->number) {
            done(std::move(opened));
            return;
        }
        self->waitForNumber(*opened, done);
    });
}

void PostgresArchive::waitForNumber(const IncidentHead &head, Opened done)
{
    if (m_link.state != LinkState::State::Up) {
        done(head);
        countWaiting();
        return;
    }
    m_unnumbered.insert(head.id, {head, std::move(done)});
    QTimer::singleShot(kNumberWithin, this, [this, head] {
        if (m_unnumbered.contains(head.id))
            m_unnumbered.take(head.id).second(head);
    });
    pump();
}

void PostgresArchive::numberCame(const IncidentHead &head)
{
    if (!head.number || !m_unnumbered.contains(head.id))
        return;
    auto [opened, done] = m_unnumbered.take(head.id);
    opened.number = head.number;
    done(opened);
}

void PostgresArchive::answerWithoutNumber()
{
    const auto waiting = std::exchange(m_unnumbered, {});
    for (const auto &[head, done] : waiting)
        done(head);
}

void PostgresArchive::append(std::vector<IncidentEntry> entries, Finished done)
{
    if (m_link.state == LinkState::State::ReadOnly) {
        done(readOnlyError());
        return;
    }
    m_local.append(std::move(entries), [self = QPointer(this), done = std::move(done)](const Result<Done> &written) {
        done(written);
        if (!self || !written)
            return;
        if (self->m_link.state == LinkState::State::Up)
            self->pump();
        else
            self->countWaiting();
    });
}

} // namespace cockpit
