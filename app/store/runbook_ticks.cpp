// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/runbook_ticks.h"

#include "app/store/journal.h"


namespace cockpit {

namespace {

const QString doneWord = QStringLiteral("done");
const QString skippedWord = QStringLiteral("skipped");
const QString takenBackWord = QStringLiteral("open");

QString tickWord(const RunbookTickNote &note)
{
    if (note.isTakenBack)
        return takenBackWord;
    return note.tick.state == RunbookTick::State::Done ? doneWord : skippedWord;
}

QString actionNameOf(const RunbookTickNote &note)
{
    if (note.isTakenBack)
        return QStringLiteral("runbook.untick");
    return note.tick.state == RunbookTick::State::Done ? QStringLiteral("runbook.tick")
                                                       : QStringLiteral("runbook.skip");
}

} // namespace

Result<Done> RunbookTicks::write(const RunbookTickNote &note)
{
    const RunbookTick &tick = note.tick;
    return m_connection.transaction<Done>([&]() -> Result<Done> {
        auto written = m_connection.run(
            "INSERT INTO runbook_ticks (environment, occasion, source, path, step, text, state, reason, actor, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {note.environment, tick.occasion, tick.runbook.source, tick.runbook.path, tick.step, tick.text,
             tickWord(note), tick.reason, tick.actor, toEpochMs(tick.at)});
        if (!written)
            return written.error();
        ActivityEntry entry;
        entry.environment = note.environment;
        entry.at = tick.at;
        entry.action = note.id;
        entry.actionName = actionNameOf(note);
        entry.target = tick.runbook.path;
        entry.service = note.service;
        entry.actor = tick.actor;
        entry.reason = tick.reason;
        entry.state = ActionState::Succeeded;
        entry.text = note.words;
        return m_journal.appendNote(entry);
    });
}

Result<QList<std::pair<RunbookTick, bool>>> RunbookTicks::history(const QString &environment, const QString &occasion)
{
    auto query = m_connection.run("SELECT source, path, step, text, state, reason, actor, at FROM runbook_ticks"
                                  " WHERE environment = ? AND occasion = ? ORDER BY id",
                                  {environment, occasion});
    if (!query)
        return query.error();
    QList<std::pair<RunbookTick, bool>> all;
    while (query->next()) {
        const QString state = query->value(4).toString();
        all.append({RunbookTick{occasion,
                                {query->value(0).toString(), query->value(1).toString()},
                                query->value(2).toString(),
                                query->value(3).toString(),
                                state == skippedWord ? RunbookTick::State::Skipped : RunbookTick::State::Done,
                                query->value(5).toString(),
                                query->value(6).toString(),
                                fromEpochMs(query->value(7).toLongLong())},
                    state == takenBackWord});
    }
    return all;
}

Result<QList<RunbookTick>> RunbookTicks::ticks(const QString &environment, const QString &occasion)
{
    auto all = history(environment, occasion);
    if (!all)
        return all.error();
    QList<RunbookTick> standing;
    for (const auto &[tick, isTakenBack] : std::as_const(*all)) {
        standing.removeIf(
            [&tick](const RunbookTick &other) { return other.runbook == tick.runbook && other.step == tick.step; });
        if (!isTakenBack)
            standing.append(tick);
    }
    return standing;
}

Result<Done> RunbookTicks::prune(Instant now)
{
    auto aged = m_connection.run("DELETE FROM runbook_ticks WHERE at < ?", {toEpochMs(now - keptFor)});
    if (!aged)
        return aged.error();
    return Done{};
}

} // namespace cockpit
