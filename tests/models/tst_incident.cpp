// SPDX-License-Identifier: GPL-3.0-or-later
#include "incident_scene.h"
#include "models/incident_clock.h"
#include "models/incident_figures.h"
#include "models/incident_proposal.h"
#include "models/incident_words.h"
#include "models/postmortem.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

Duration valueOf(const IncidentFigure &figure) { return figure.value.value_or(-1ms); }

} // namespace

/// What follows from the entries of an incident.
class TestIncident : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyOrderAndDuplicatesMakeTheSame()
    {
        const Entries all = wholeIncident();
        const Incident expected = folded(all);
        std::mt19937 random(7);
        for (int round = 0; round < 40; ++round) {
            Entries shuffled = all;
            shuffled.insert(shuffled.end(), all.begin(), all.begin() + round % 40);
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            QVERIFY(folded(shuffled) == expected);
            // In two parts that overlap, as they come from an archive.
            const auto opened = std::find(shuffled.begin(), shuffled.end(), all.front());
            std::iter_swap(shuffled.begin(), opened);
            const auto half = shuffled.begin() + 1 + round % 30;
            QVERIFY(*withEntries(folded(Entries(shuffled.begin(), half)), Entries(half - 1, shuffled.end())) ==
                    expected);
        }
        QCOMPARE(expected.timeline.size(), all.size());
    }

    void oneIdWithTwoBodiesKeepsOneOfThem()
    {
        const QString same(600, u'x');
        const IncidentEntry a = entry(1, 1min, IncidentNote{same + u'a'});
        const IncidentEntry b = entry(1, 1min, IncidentNote{same + u'b'});
        QVERIFY(folded({openedEntry(), a, b}) == folded({b, openedEntry(), a}));
        QVERIFY(*withEntries(folded({openedEntry(), a}), {b}) == *withEntries(folded({openedEntry(), b}), {a}));
    }

    void nothingWithoutItsFirstEntry()
    {
        const auto result = foldIncident(incidentHead(), {entry(1, 1min, phaseBody(Phase::Triage))});
        QVERIFY(!result);
        QVERIFY(result.error().kind == Error::Kind::Invalid);
        QVERIFY(result.error().what.contains(QStringLiteral("INC-42")));
    }

    void theLastWriterWins()
    {
        // Happened earlier, written later: it is what was set last. Both stand in the timeline.
        const IncidentEntry late = entry(1, 1min, fieldBody(IncidentField::Cause, QStringLiteral("late")), 10min);
        const IncidentEntry early = entry(2, 5min, fieldBody(IncidentField::Cause, QStringLiteral("early")));
        const Incident both = folded({openedEntry(), early, late});
        QCOMPARE(both.fields.value(IncidentField::Cause), QStringLiteral("late"));
        QCOMPARE(both.timeline.size(), size_t{3});
        const Incident whole = folded(wholeIncident()); // the greater id of one moment
        QCOMPARE(whole.title, QStringLiteral("gc answered slowly"));
        QCOMPARE(whole.tasks.size(), size_t{1});
        QVERIFY(whole.tasks.front().state == IncidentTask::State::Done);
        QVERIFY(folded({openedEntry(), late, entry(3, 20min, fieldBody(IncidentField::Cause, {}))}).fields.isEmpty());
    }

    void levelAndRolesAreAsSetLast()
    {
        const Incident incident =
            folded({openedEntry(), entry(1, 1min, IncidentLevelSet{Priority::P1, QStringLiteral("two regions"), true}),
                    entry(2, 2min, roleBody(IncidentRole::Commander, QStringLiteral("ada"))),
                    entry(3, 3min, roleBody(IncidentRole::Scribe, QStringLiteral("grace"))),
                    entry(4, 9min, roleBody(IncidentRole::Commander, QStringLiteral("grace"))),
                    entry(5, 10min, roleBody(IncidentRole::Scribe, {}))});
        QVERIFY(incident.level == Priority::P1);
        QCOMPARE(incident.levelReason, QStringLiteral("two regions"));
        QCOMPARE(incident.roles.size(), 1);
        QCOMPARE(incident.roles.value(IncidentRole::Commander).person, QStringLiteral("grace"));
        QCOMPARE(incident.roles.value(IncidentRole::Commander).since, declared + 9min);
        QVERIFY(incident.commanderAt == declared + 2min);
    }

    void reopenedIsNotResolved()
    {
        Entries all = wholeIncident();
        all.push_back(entry(50, 70min, phaseBody(Phase::Mitigation)));
        const Incident reopened = folded(all);
        QVERIFY(reopened.isOpen());
        QVERIFY(!reopened.mitigatedAt && !reopened.resolvedAt);
        const PhaseSpan span = reopened.phases.value(Phase::Mitigation);
        QCOMPARE(span.enteredAt, declared + 4min);
        QVERIFY(!span.leftAt);
        QCOMPARE(span.length(declared + 75min), Duration(19min)); // 14 and 5
    }

    void mergedGoesOnAsTheOtherOne()
    {
        const Incident merged =
            folded({openedEntry(),
                    entry(1, 4min, IncidentMerge{IncidentId(QStringLiteral("j")), {}, QStringLiteral("INC-41")})});
        QVERIFY(merged.phase == Phase::Merged && !merged.isOpen());
        QCOMPARE(merged.mergedIntoName, QStringLiteral("INC-41"));
        const Incident other =
            folded({openedEntry(), entry(1, 4min, IncidentMerge{{}, IncidentId(QStringLiteral("j")), {}})});
        QVERIFY(other.isOpen() && other.mergedInto.isEmpty());
        QCOMPARE(
            meanFigures({std::make_shared<const Incident>(merged)}, declared, declared + 1h, declared).at(1).excluded,
            0);
    }

    void aCorrectionKeepsTheOriginal()
    {
        const Incident incident = folded(wholeIncident());
        const auto found =
            std::find_if(incident.timeline.begin(), incident.timeline.end(),
                         [](const IncidentEntry &one) { return one.id.toString() == QStringLiteral("e020"); });
        QCOMPARE(entryText(*found), QStringLiteral("note 20"));
        QCOMPARE(entryDetail(incident, *found), QStringLiteral("the right words"));
        QCOMPARE(happenedAt(incident, *found), declared + 8min);
        QCOMPARE(found->at, declared + 6min);
    }

    void figuresFollowTheirDefinitions()
    {
        const QList<IncidentFigure> figures = figuresOf(folded(wholeIncident()), declared + 2h, {});
        QCOMPARE(valueOf(figures.at(0)), Duration(4min));  // impact at -6, alert at -2
        QCOMPARE(valueOf(figures.at(1)), Duration(3min));  // commander at 1
        QCOMPARE(valueOf(figures.at(2)), Duration(20min)); // left Mitigation at 18
        QCOMPARE(valueOf(figures.at(3)), Duration(62min)); // left Resolution at 60
        for (const IncidentFigure &figure : figures)
            QVERIFY(!figure.running && figure.missing.isEmpty() && !figure.definition.isEmpty());
    }

    void whatIsNotKnownIsNeverZero()
    {
        const Incident open = folded({openedEntry()});
        const QList<IncidentFigure> figures = figuresOf(open, declared + 5min, {});
        QVERIFY(!figures.at(0).value && !figures.at(0).missing.isEmpty());
        QVERIFY(figures.at(3).running);
        QCOMPARE(valueOf(figures.at(3)), Duration(5min));
        const QList<IncidentPtr> both{std::make_shared<const Incident>(open),
                                      std::make_shared<const Incident>(folded(wholeIncident()))};
        const QList<MeanFigure> means = meanFigures(both, declared, declared + 1h, declared + 2h);
        QCOMPARE(means.at(3).name, QStringLiteral("MTTR"));
        QCOMPARE(means.at(3).mean.value_or(-1ms), Duration(62min));
        QCOMPARE(means.at(3).counted, 1);
        QCOMPARE(means.at(3).excluded, 1);
        QVERIFY(means.at(3).exclusion.contains(QStringLiteral("still open")));
        QVERIFY(!meanFigures({both.front()}, declared, declared + 1h, declared + 2h).at(3).mean);
        QVERIFY(meanFigures(both, declared + 1h, declared + 2h, declared + 2h).at(0).counted == 0);
    }

    void aClockMovedBackMakesNoNegativeLength()
    {
        Entries all{openedEntry(), entry(1, 0s, alertBody(true)), entry(2, 5min, phaseBody(Phase::Mitigation)),
                    entry(3, -9min, phaseBody(Phase::Resolution), 20min),
                    entry(4, -8min, phaseBody(Phase::Postmortem), 30min)};
        const Incident incident = folded(all);
        QVERIFY(incident.phase == Phase::Postmortem);
        for (const PhaseSpan &span : incident.phases)
            QVERIFY(span.length(declared - 1h) >= 0s);
        for (const IncidentFigure &figure : figuresOf(incident, declared - 1h, {}))
            QVERIFY(!figure.value);
        for (const ResponseClock &clock : responseClocks(incident, {}, {}, declared - 1h))
            QVERIFY(clock.taken >= 0s);
    }

    void thePostmortemIsDue()
    {
        QVERIFY(postmortemDueAt(folded(wholeIncident())) == declared + 60min + 72h);
        QVERIFY(postmortemDueAt(folded(wholeIncident(Priority::P2))) == declared + 60min + 24h * 7); // over a weekend
        QVERIFY(!postmortemDueAt(folded(wholeIncident(Priority::P3))));
        QVERIFY(!postmortemDueAt(folded({openedEntry(Priority::P1)})));
        QCOMPARE(afterBusinessDays(declared + 24h * 5, 1), declared + 24h * 7); // from a Saturday: Monday
    }

    void rulesAskForAnUpgrade()
    {
        const Entries p2{openedEntry()};
        QVERIFY(!upgradeOf(folded(p2), {}, {}, declared + 2h));
        QVERIFY(upgradeOf(folded(p2), {}, {}, declared + 2h + 1s).value_or(LevelUpgrade{Priority::P4}).level ==
                Priority::P1);
        const Incident p3 = folded({openedEntry(Priority::P3)});
        QVERIFY(!upgradeOf(p3, {QStringLiteral("eu"), QStringLiteral("eu")}, {}, declared));
        const auto regions = upgradeOf(p3, {QStringLiteral("us"), QStringLiteral("eu")}, {}, declared);
        QVERIFY(regions && regions->level == Priority::P2 && regions->reason.contains(QStringLiteral("eu and us")));
        Entries breach{openedEntry(Priority::P4),
                       entry(1, 1min, fieldBody(IncidentField::BreachSuspected, QStringLiteral("yes")))};
        const auto security = upgradeOf(folded(breach), {}, {}, declared);
        QVERIFY(security && security->level == Priority::P1 && security->securityLeads);
        // Told once: who lowers it afterwards is not overruled.
        breach.push_back(entry(2, 2min, IncidentLevelSet{Priority::P1, {}, true}));
        breach.push_back(entry(3, 3min, IncidentLevelSet{Priority::P3, {}, false}));
        QVERIFY(!upgradeOf(folded(breach), {}, {}, declared));
        QVERIFY(!upgradeOf(folded(wholeIncident(Priority::P2)), {}, {}, declared + 9h));
    }

    void aGuardExplains()
    {
        const Incident incident = folded({openedEntry(), entry(1, 1min, phaseBody(Phase::Mitigation))});
        const Instant now = declared + 20min;
        QVERIFY(moveConcern(incident, Phase::Resolution, {}, {}, now).contains(QStringLiteral("not proven")));
        QVERIFY(moveConcern(incident, Phase::Resolution, now - 4min, {}, now).contains(QStringLiteral("4 minutes")));
        QVERIFY(moveConcern(incident, Phase::Resolution, now - 10min, {}, now).isEmpty());
        const QString skipping = moveConcern(incident, Phase::Postmortem, now - 1h, {}, now);
        QVERIFY(skipping.contains(QStringLiteral("Resolution")) && skipping.contains(QStringLiteral("cause")));
        QVERIFY(moveConcern(incident, Phase::Triage, {}, {}, now).contains(QStringLiteral("back")));
    }

    void thePostmortemIsDraftedFromTheTimeline()
    {
        const Postmortem draft = draftPostmortem(folded(wholeIncident()), declared + 2h, {});
        QCOMPARE(draft.name, QStringLiteral("INC-42"));
        QVERIFY(draft.summary.contains(QStringLiteral("The alert GCHighErrorRate fired first.")));
        QVERIFY(draft.cause.contains(QStringLiteral("the commander")) && !draft.cause.contains(QStringLiteral("ada")));
        QCOMPARE(draft.contributing.size(), 1);
        QVERIFY(draft.contributing.front().startsWith(QStringLiteral("Suggested, not confirmed")));
        QVERIFY(!draft.contributing.front().contains(QStringLiteral("grace")));
        QVERIFY(draft.trigger.startsWith(QStringLiteral("Hypothesis")));
        QCOMPARE(draft.runbooks, QStringList{QStringLiteral("runbooks/gc.md#undo")});
        QCOMPARE(draft.actionItems.size(), size_t{1});
        // From six minutes before it was declared to the end of its alert six minutes after.
        QVERIFY(draft.duration.startsWith(QStringLiteral("12 minutes")));
        QVERIFY(draft.summary.contains(QStringLiteral("Service was restored after 12 minutes.")));
        QVERIFY(draft.usersAffected.isEmpty() && draft.lessons.isEmpty()); // never guessed
        const auto milestones = std::count_if(draft.timeline.begin(), draft.timeline.end(),
                                              [](const Postmortem::Line &line) { return line.milestone; });
        QCOMPARE(milestones, 6);
        QVERIFY(std::is_sorted(draft.timeline.begin(), draft.timeline.end(),
                               [](const auto &a, const auto &b) { return a.at < b.at; }));
        QVERIFY(!draft.wentWell.isEmpty());
    }

    void thePostmortemJudgesByTheConfiguredTargets()
    {
        const Incident incident = folded(wholeIncident());
        ResponseTargets strict;
        std::fill(std::begin(strict.acknowledge), std::end(strict.acknowledge), Duration(1min));
        strict.mitigate = 7min;
        const Postmortem draft = draftPostmortem(incident, declared + 2h, strict);
        QCOMPARE(draft.figures.at(1).goal, std::optional<Duration>(1min));
        QCOMPARE(draft.figures.at(2).goal, std::optional<Duration>(7min));
        const QString late = draft.couldBeImproved.join(u' ');
        QVERIFY2(late.contains(QStringLiteral("acknowledged after 3 minutes; the goal is 1 minute")), qPrintable(late));
        ResponseTargets wide = strict;
        std::fill(std::begin(wide.acknowledge), std::end(wide.acknowledge), Duration(1h));
        QVERIFY(!draftPostmortem(incident, declared + 2h, wide)
                     .couldBeImproved.join(u' ')
                     .contains(QStringLiteral("acknowledged after")));
    }

    void serviceIsRestoredWhenItsLastAlertEnded()
    {
        Entries all{openedEntry(), entry(1, -2min, alertBody(true)), entry(2, 1min, phaseBody(Phase::Mitigation)),
                    entry(3, 40min, phaseBody(Phase::Resolution))};
        QCOMPARE(serviceRestoredAt(folded(all)), std::optional<Instant>(declared + 40min)); // it fires still
        all.push_back(entry(4, 9min, alertBody(false), 31min));                            // seen late
        QCOMPARE(serviceRestoredAt(folded(all)), std::optional<Instant>(declared + 9min));
        all.erase(all.begin() + 3);
        QVERIFY(!serviceRestoredAt(folded(all))); // nobody said so yet
    }

    void thePostmortemTellsOfAConfirmationAndOfWhatCameOfIt()
    {
        const auto rollback = [](ActionState state, const QString &words) {
            return IncidentAction{ActionId(QStringLiteral("a1")), QStringLiteral("rollout.undo"), {}, {}, state, words,
                                  QStringLiteral("errors at 25 %")};
        };
        const QString title = QStringLiteral("Roll gc-service back to 1.42.3");
        const Incident incident =
            folded({openedEntry(), entry(1, 2min, rollback(ActionState::Armed, title)),
                    entry(2, 5min, rollback(ActionState::Succeeded, title + QStringLiteral(": proven")))});
        const Postmortem draft = draftPostmortem(incident, declared + 2h, {});
        QStringList told;
        for (const Postmortem::Line &line : draft.timeline)
            told << line.text;
        QVERIFY2(told.contains(QStringLiteral("Confirmed: Roll gc-service back to 1.42.3 (errors at 25 %)")),
                 qPrintable(told.join(u'\n')));
        QVERIFY(told.contains(QStringLiteral("Mitigation applied: Roll gc-service back to 1.42.3: proven")));
        QVERIFY(!draft.timeline.at(1).milestone && draft.timeline.at(2).milestone);
    }

    void aStatusUpdateHasNoDoubledFullStop()
    {
        const IncidentAction done{ActionId(QStringLiteral("a1")),    QStringLiteral("rollout.undo"), {}, {},
                                  ActionState::Succeeded,            QStringLiteral("Rolled back: proven."),
                                  {}};
        const Incident incident =
            folded({openedEntry(), entry(1, 1min, fieldBody(IncidentField::Impact, QStringLiteral("Calls drop."))),
                    entry(2, 2min, done), entry(3, 3min, done),
                    entry(4, 4min, fieldBody(IncidentField::Cause, QStringLiteral("A small pool")))});
        const QString update = composeStatusUpdate(incident, Fleet(), 15min, declared + 10min);
        QVERIFY2(!update.contains(QStringLiteral("..")) && !update.contains(QStringLiteral(".;")), qPrintable(update));
        QVERIFY2(update.contains(QStringLiteral("Calls drop. ")), qPrintable(update));
        QVERIFY2(update.contains(QStringLiteral("Cause (hypothesis): A small pool.\n")), qPrintable(update));
    }
};

QTEST_GUILESS_MAIN(TestIncident)
#include "tst_incident.moc"
