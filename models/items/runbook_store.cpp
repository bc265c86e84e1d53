// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/runbook_store.h"

namespace cockpit {

namespace {

constexpr qsizetype keptAnswers = 32;

} // namespace

RunbookStore::RunbookStore(QObject *parent)
    : QObject(parent)
{}

void RunbookStore::setLibrary(RunbookLibraryPtr library)
{
    m_library = std::move(library);
    m_known = true;
    Q_EMIT libraryChanged();
}

void RunbookStore::setLinks(QHash<AlertKey, RunbookLink> links)
{
    if (links == m_links)
        return;
    m_links = std::move(links);
    Q_EMIT linksChanged();
}

void RunbookStore::setCoverage(QList<RunbookCoverage> coverage)
{
    m_coverage = std::move(coverage);
    Q_EMIT coverageChanged();
}

void RunbookStore::setTicks(const QString &occasion, const QList<RunbookTick> &ticks)
{
    if (m_ticks.value(occasion) == ticks)
        return;
    m_ticks.insert(occasion, ticks);
    Q_EMIT ticksChanged(occasion);
}

void RunbookStore::setHits(const QString &words, const QList<RunbookHit> &hits)
{
    m_searched = words;
    m_hits = hits;
    Q_EMIT hitsChanged();
}

void RunbookStore::setAnswer(const RunbookQueryAnswer &answer)
{
    m_answerOrder.removeAll(answer.query);
    m_answerOrder.append(answer.query);
    m_answers.insert(answer.query, answer);
    while (m_answerOrder.size() > keptAnswers)
        m_answers.remove(m_answerOrder.takeFirst());
    Q_EMIT answerChanged(answer.query);
}

std::optional<RunbookLink> RunbookStore::linkOf(const AlertKey &alert) const
{
    const auto found = m_links.constFind(alert);
    return found == m_links.constEnd() ? std::nullopt : std::optional(*found);
}

const RunbookQueryAnswer *RunbookStore::answer(const QString &query) const
{
    const auto found = m_answers.constFind(query);
    return found == m_answers.constEnd() ? nullptr : &*found;
}

} // namespace cockpit
