// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/slo_service.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

constexpr Duration betweenReadings{std::chrono::minutes(2)};
/// Of a server that was not there yet, or refused.
constexpr Duration betweenTries{std::chrono::seconds(5)};
constexpr Duration burnDownRange{std::chrono::days(30)};

/// Incidents of the service since the burn-down begins, oldest first.
QList<BudgetMark> incidentMarks(const SloStatus &status, const QList<IncidentPtr> &incidents)
{
    QList<BudgetMark> marks;
    for (const IncidentPtr &incident : incidents) {
        if (incident->service.toString() != status.slo.service ||
            incident->openedAt < status.measured - status.slo.window.length)
            continue;
        marks.prepend({.kind = BudgetMark::Kind::Incident, .at = incident->openedAt, .label = incident->head.name()});
    }
    return marks;
}

} // namespace

/// One round of questions; its answers are taken on the owner's thread.
struct SloService::Round {
    Instant now{};
    qsizetype open = 0;
    QStringList failures{};
    SloBoard board{};
};

SloService::SloService(Parts parts)
    : m_parts(std::move(parts))
{}

void SloService::tick(Instant now)
{
    const Duration pause = m_parts.store.slos() && !m_parts.store.sloProgress().failed ? betweenReadings : betweenTries;
    if (!m_isAsking && (!m_asked || now - *m_asked >= pause || now < *m_asked))
        refresh(now);
}

void SloService::refresh(Instant now)
{
    if (m_isAsking)
        return;
    const QList<PrometheusBackend *> servers = m_parts.prometheus();
    m_asked = now;
    if (servers.isEmpty())
        return;
    m_isAsking = true;
    m_parts.store.setSloProgress(
        {.running = true, .words = QCoreApplication::translate("SloService", "Reading objectives")});
    const auto round = std::make_shared<Round>(Round{.now = now, .open = servers.size()});
    for (PrometheusBackend *server : servers) {
        queryRecordedSlos(
            *server, now, burnDownRange,
            [this, alive = std::weak_ptr(m_alive), post = m_parts.post, round](const Result<RecordedSlos> &answer) {
                post([this, alive, round, answer] {
                    if (alive.expired())
                        return;
                    if (!answer)
                        round->failures.append(answer.error().text());
                    else {
                        round->board.problems += answer->problems;
                        for (const SloReading &reading : answer->readings)
                            round->board.objectives.append(judgeSlo(reading, round->now));
                    }
                    if (--round->open == 0)
                        finish(*round);
                });
            });
    }
}

void SloService::finish(const Round &round)
{
    m_isAsking = false;
    m_isRead = true;
    const bool failed = !round.failures.isEmpty();
    if (!failed || !round.board.objectives.isEmpty()) {
        auto board = std::make_shared<SloBoard>(round.board);
        const QList<IncidentPtr> incidents = m_parts.incidents ? m_parts.incidents() : QList<IncidentPtr>();
        for (SloStatus &status : board->objectives)
            status.marks = incidentMarks(status, incidents);
        sortByGravity(board->objectives);
        board->problems += round.failures;
        board->source =
            QCoreApplication::translate("SloService", "Sloth's recorded series in Prometheus, 2 queries a server");
        board->measured = round.now;
        m_parts.store.setSlos(std::move(board));
    }
    m_parts.store.setSloProgress({.words = round.failures.join(u' '), .failed = failed});
}

} // namespace cockpit
