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

void PollRound::failed(const QString &what, const Error &error, Weight weight)
{
    const bool essential = weight == Weight::Essential;
    if (error.kind == Error::Kind::Cancelled) {
        // What was overtaken or cancelled says nothing about the source.
        m_overtaken = m_overtaken || essential;
        return finishOne();
    }
    ++m_bad;
    if (!m_error || (essential && !m_essentialFailed)) {
        m_error = error;
        m_failedPart = what;
    }
    m_essentialFailed = m_essentialFailed || essential;
    finishOne();
}

void PollRound::sampled(Instant newest)
{
    if (!m_memory->newestSample || *m_memory->newestSample < newest)
        m_memory->newestSample = newest;
}

void PollRound::finishOne()
{
    if (--m_open > 0 || m_good + m_bad == 0 || (m_overtaken && !m_essentialFailed))
        return;
    const Instant now = m_clock.now();
    if (answered()) {
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
    const auto notRead = [this] {
        return QCoreApplication::translate("PollRound", "Not read: ") + m_failedPart + QStringLiteral(". ") + m_error->text();
    };
    if (!answered() && m_error) {
        status.state = stateAfter(*m_error);
        status.message = m_good == 0 ? m_error->text() : notRead();
        if (const auto next = m_client.link(m_identity.backend).nextTryIn)
            status.nextTry = m_clock.now() + Duration(qint64(double(next->count()) * m_clock.speed()));
    } else if (m_error) {
        status.state = SourceStatus::State::Partial;
        status.message = notRead();
    } else if (!m_warnings.isEmpty()) {
        status.state = SourceStatus::State::Partial;
        status.message = QCoreApplication::translate("PollRound", "The answer is partial: ") + m_warnings.first();
    } else {
        status.state = SourceStatus::State::Ok;
    }
    return status;
}

} // namespace cockpit
