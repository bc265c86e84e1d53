// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends/poll_round.h"

#include <QCoreApplication>

namespace cockpit {

PollRound::PollRound(SourceIdentity identity, std::shared_ptr<SourceMemory> memory, const Clock &clock,
                     HttpClient &client, UpdateSink publish, int requests)
    : m_identity(std::move(identity))
    , m_memory(std::move(memory))
    , m_clock(clock)
    , m_client(client)
    , m_publish(std::move(publish))
    , m_open(requests)
{
}

void PollRound::succeeded(const QStringList &warnings)
{
    ++m_good;
    m_warnings += warnings;
    finishOne();
}

void PollRound::failed(const QString &what, const Error &error)
{
    // A round that was overtaken or cancelled says nothing about the source.
    if (error.kind != Error::Kind::Cancelled) {
        ++m_bad;
        if (!m_error) {
            m_error = error;
            m_failedPart = what;
        }
    }
    finishOne();
}

void PollRound::sampled(Instant newest)
{
    if (!m_memory->newestSample || *m_memory->newestSample < newest)
        m_memory->newestSample = newest;
}

void PollRound::finishOne()
{
    if (--m_open > 0 || m_good + m_bad == 0)
        return;
    const Instant now = m_clock.now();
    if (m_good > 0) {
        m_memory->lastSuccess = now;
        m_memory->downSince.reset();
    } else if (!m_memory->downSince) {
        m_memory->downSince = now;
    }
    m_publish(StatusUpdate{status()});
}

SourceStatus PollRound::status() const
{
    SourceStatus status{.id = m_identity.id,
                        .name = m_identity.name,
                        .kind = m_identity.kind,
                        .cluster = m_identity.cluster,
                        .lastSuccess = m_memory->lastSuccess,
                        .downSince = m_memory->downSince,
                        .newestSample = m_memory->newestSample,
                        .interval = Duration(qint64(double(m_identity.interval.count()) * m_clock.speed()))};
    if (m_good == 0 && m_error) {
        status.state = stateAfter(*m_error);
        status.message = m_error->text();
        if (const auto next = m_client.link(m_identity.backend).nextTryIn)
            status.nextTry = m_clock.now() + Duration(qint64(double(next->count()) * m_clock.speed()));
    } else if (m_error) {
        status.state = SourceStatus::State::Partial;
        status.message = QCoreApplication::translate("PollRound", "Not read: ") + m_failedPart + QStringLiteral(". ") + m_error->text();
    } else if (!m_warnings.isEmpty()) {
        status.state = SourceStatus::State::Partial;
        status.message = QCoreApplication::translate("PollRound", "The answer is partial: ") + m_warnings.first();
    } else {
        status.state = SourceStatus::State::Ok;
    }
    return status;
}

} // namespace cockpit
