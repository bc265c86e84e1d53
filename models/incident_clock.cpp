// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_clock.h"

#include "models/incident_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ResponseWords {
    Q_DECLARE_TR_FUNCTIONS(Incident)
};

size_t levelIndex(Priority level) { return static_cast<size_t>(level) - 1; }

Instant responseStart(const Incident &incident) { return incident.firstAlertAt.value_or(incident.openedAt); }

/// When work on it ended; `now` while it goes on.
Instant responseEnd(const Incident &incident, Instant now)
{
    if (incident.phase == IncidentPhase::Merged)
        return incident.phases.value(IncidentPhase::Merged).resumedAt;
    return incident.resolvedAt.value_or(now);
}

/// A P4 is answered on the next business day: its goal reaches over a weekend.
Duration acknowledgeGoal(Priority level, const ResponseTargets &targets, Instant start)
{
    const Duration goal = targets.acknowledge[levelIndex(level)];
    if (level != Priority::P4)
        return goal;
    const auto days = std::chrono::ceil<std::chrono::days>(goal).count();
    return std::max(goal, afterBusinessDays(start, static_cast<int>(days)) - start);
}

ResponseClock clockOf(const Incident &incident, ResponseClock::What what, const QString &text, Instant from,
                      const std::optional<Instant> &end, Duration goal, Instant now)
{
    ResponseClock clock;
    clock.what = what;
    clock.text = text;
    clock.taken = std::max(Duration::zero(), end.value_or(responseEnd(incident, now)) - from);
    clock.goal = goal;
    clock.running = !end && incident.isOpen();
    return clock;
}

/// Where two tables disagree the stricter one runs, and the other is shown.
void applyRunbookGoal(ResponseClock &clock, const std::optional<Duration> &runbookGoal)
{
    if (!runbookGoal || *runbookGoal == clock.goal)
        return;
    clock.other = *runbookGoal < clock.goal
                      ? ResponseWords::tr("The response table says %1").arg(durationInWords(clock.goal))
                      : ResponseWords::tr("The runbook says %1").arg(durationInWords(*runbookGoal));
    clock.goal = std::min(clock.goal, *runbookGoal);
}

bool wasRaisedByRule(const Incident &incident, Priority level)
{
    return std::any_of(incident.timeline.begin(), incident.timeline.end(), [&](const IncidentEntry &one) {
        const auto *set = std::get_if<IncidentLevelSet>(&one.body);
        return set && set->byRule && set->level == level;
    });
}

bool isYes(const Incident &incident, IncidentField field)
{
    return incident.fields.value(field) == QStringLiteral("yes");
}

/// What speaks against calling it mitigated.
QString recoveryConcern(std::optional<Instant> provenSince, const ResponseTargets &targets, Instant now)
{
    if (!provenSince)
        return ResponseWords::tr("Recovery is not proven yet.");
    const Duration held = std::max(Duration::zero(), now - *provenSince);
    if (held >= targets.recovery)
        return {};
    return ResponseWords::tr("Recovery is proven for %1; it should hold for %2.")
        .arg(roughlyInWords(held), durationInWords(targets.recovery));
}

qsizetype openTasks(const Incident &incident)
{
    return std::count_if(incident.tasks.begin(), incident.tasks.end(),
                         [](const IncidentTask &one) { return one.state == IncidentTask::State::Open; });
}

} // namespace

Instant afterBusinessDays(Instant from, int days)
{
    Instant at = from;
    const auto isWeekend = [&] {
        const std::chrono::weekday day(std::chrono::floor<std::chrono::days>(at));
        return day == std::chrono::Saturday || day == std::chrono::Sunday;
    };
    for (int left = days; left > 0 || isWeekend();) {
        at += std::chrono::days(1);
        if (!isWeekend())
            left = std::max(0, left - 1);
    }
    return at;
}

std::optional<Instant> postmortemDueAt(const Incident &incident)
{
    if (!incident.resolvedAt || incident.level > Priority::P2)
        return std::nullopt;
    return incident.level == Priority::P1 ? *incident.resolvedAt + std::chrono::days(3)
                                          : afterBusinessDays(*incident.resolvedAt, 5);
}

QList<ResponseClock> responseClocks(const Incident &incident, const ResponseTargets &targets,
                                    std::optional<Duration> runbookGoal, Instant now)
{
    using What = ResponseClock::What;
    const Instant start = responseStart(incident);
    const Duration goal = acknowledgeGoal(incident.level, targets, start);
    ResponseClock acknowledged = clockOf(incident, What::Acknowledged, ResponseWords::tr("Acknowledged"), start,
                                         incident.acknowledgedAt, goal, now);
    ResponseClock commander = clockOf(incident, What::CommanderNamed, ResponseWords::tr("Commander named"), start,
                                      incident.commanderAt, goal, now);
    applyRunbookGoal(acknowledged, runbookGoal);
    applyRunbookGoal(commander, runbookGoal);
    return {acknowledged, commander,
            clockOf(incident, What::Mitigated, ResponseWords::tr("Mitigated"), start, incident.mitigatedAt,
                    targets.mitigate, now),
            clockOf(incident, What::StatusUpdate, ResponseWords::tr("Next status update"),
                    incident.lastStatusUpdate.value_or(start), std::nullopt,
                    targets.statusUpdate[levelIndex(incident.level)], now)};
}

QString whoIsPaged(Priority level)
{
    if (level == Priority::P1)
        return ResponseWords::tr("primary and secondary oncall");
    return level == Priority::P4 ? ResponseWords::tr("the team's channel") : ResponseWords::tr("primary oncall");
}

std::optional<LevelUpgrade> upgradeOf(const Incident &incident, const QStringList &regions,
                                      const ResponseTargets &targets, Instant now)
{
    if (!incident.isOpen() || incident.mitigatedAt)
        return std::nullopt;
    // A rule speaks once: who lowers the level afterwards is not overruled again.
    if (incident.level > Priority::P1 && isYes(incident, IncidentField::BreachSuspected) &&
        !wasRaisedByRule(incident, Priority::P1))
        return LevelUpgrade{Priority::P1, ResponseWords::tr("A security breach is suspected."), true};
    if (incident.level == Priority::P2 && now - responseStart(incident) > targets.upgradeAfter &&
        !wasRaisedByRule(incident, Priority::P1))
        return LevelUpgrade{
            Priority::P1,
            ResponseWords::tr("A P2 that is not mitigated after %1.").arg(durationInWords(targets.upgradeAfter)),
            false};
    const QStringList distinct = QSet<QString>(regions.begin(), regions.end()).values();
    if (incident.level == Priority::P3 && distinct.size() > 1 && !wasRaisedByRule(incident, Priority::P2)) {
        QStringList sorted = distinct;
        sorted.sort();
        return LevelUpgrade{Priority::P2, ResponseWords::tr("A P3 in several regions: %1.").arg(enumerated(sorted)),
                            false};
    }
    return std::nullopt;
}

QString moveConcern(const Incident &incident, IncidentPhase to, std::optional<Instant> provenSince,
                    const ResponseTargets &targets, Instant now)
{
    const IncidentPhase from = incident.phase;
    if (to == from || to == IncidentPhase::Merged)
        return {};
    if (to < from)
        return ResponseWords::tr("It goes back from %1 to %2.").arg(phaseName(from), phaseName(to));
    QStringList concerns;
    QStringList skipped;
    for (auto next = nextPhase(from); next && *next != to; next = nextPhase(*next))
        skipped << phaseName(*next);
    if (!skipped.isEmpty())
        concerns << ResponseWords::tr("It skips %1, which will have no time of its own.").arg(enumerated(skipped));
    if (from <= IncidentPhase::Mitigation && to >= IncidentPhase::Resolution)
        concerns << recoveryConcern(provenSince, targets, now);
    if (to >= IncidentPhase::Postmortem && incident.fields.value(IncidentField::Cause).isEmpty())
        concerns << ResponseWords::tr("The cause is not known yet.");
    if (const qsizetype open = openTasks(incident); to >= IncidentPhase::Postmortem && open > 0)
        concerns << (open == 1 ? ResponseWords::tr("One task is still open.")
                               : ResponseWords::tr("%1 tasks are still open.").arg(open));
    concerns.removeAll(QString());
    return concerns.join(u' ');
}

std::optional<IncidentPhase> nextPhase(IncidentPhase phase)
{
    if (phase >= IncidentPhase::Closed)
        return std::nullopt;
    return static_cast<IncidentPhase>(static_cast<int>(phase) + 1);
}

QString moveLabel(IncidentPhase to)
{
    return to == IncidentPhase::Closed ? ResponseWords::tr("Close")
                                       : ResponseWords::tr("Move to %1").arg(phaseName(to));
}

} // namespace cockpit
