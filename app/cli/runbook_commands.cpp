// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/runbook_meant.h"
#include "app/cli/runbook_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int notFoundCode = 1;

QString runbookWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

const RunbookLibrary &libraryOf(Session &session) { return session.cockpit().models().runbooks.library(); }

RunbookSourceState sourceOf(const RunbookLibrary &library, const QString &name)
{
    for (const RunbookSourceState &source : library.sources) {
        if (source.name == name)
            return source;
    }
    return {.name = name, .offline = true};
}

QString headLines(const ShownRunbook &shown, const MeantRunbook &meant, Instant now)
{
    const Runbook &runbook = *shown.runbook;
    QStringList lines{terminalText(runbook.title) + QStringLiteral(" · ") + terminalText(runbook.key.path),
                      sourceWords(shown.source, now)};
    if (meant.alert)
        lines.append(runbookWords("Alert: ") + terminalText(meant.alert->name) + QStringLiteral(", ") +
                     toWireName(meant.alert->state) + runbookWords(" for ") +
                     roughDurationText(now - meant.alert->startsAt));
    if (runbook.reviewedAt)
        lines.append(
            runbookWords("Reviewed ") + roughDurationText(now - *runbook.reviewedAt) + runbookWords(" ago") +
            (runbook.reviewedBy.isEmpty() ? QString() : runbookWords(" by ") + terminalText(runbook.reviewedBy)));
    if (!shown.link.anchor.isEmpty())
        lines.append(runbookWords("Section: #") + terminalText(shown.link.anchor));
    const auto isTicked = [&shown](const RunbookStep &step) {
        return std::any_of(shown.ticks.begin(), shown.ticks.end(),
                           [&step](const RunbookTick &tick) { return tick.step == step.id; });
    };
    const auto ticked = std::count_if(shown.steps.begin(), shown.steps.end(), isTicked);
    if (!shown.steps.isEmpty())
        lines.append(runbookWords("Steps: %1, ticked or skipped: %2")
                         .arg(QString::number(shown.steps.size()), QString::number(ticked)));
    for (const QString &problem : runbook.problems)
        lines.append(runbookWords("Note: ") + terminalText(problem));
    if (!shown.link.problem.isEmpty())
        lines.append(runbookWords("Note: ") + terminalText(shown.link.problem));
    return lines.join(u'\n');
}

void printRunbook(Session &session, const Invocation &invocation, const MeantRunbook &meant,
                  const QList<RunbookTick> &ticks)
{
    const Instant now = session.clock().now();
    ShownRunbook shown;
    shown.runbook = meant.runbook;
    shown.source = sourceOf(libraryOf(session), meant.runbook->key.source);
    shown.link = meant.link;
    shown.alert = meant.alert ? meant.alert->name : QString();
    const QString slug = meant.link.anchorFound ? meant.link.anchor : QString();
    shown.steps = sectionSteps(*meant.runbook, slug);
    std::copy_if(ticks.begin(), ticks.end(), std::back_inserter(shown.ticks),
                 [&meant](const RunbookTick &tick) { return tick.runbook == meant.runbook->key; });
    const RunbookFilling filling =
        meant.alert ? fillingOfAlert(*meant.alert, session.cockpit().rollouts().entries()) : RunbookFilling();
    shown.text = sectionText(*meant.runbook, slug, filling, shown.ticks);
    if (invocation.json)
        return printOut(runbookJson(shown));
    if (!invocation.sectionOnly)
        printOut(headLines(shown, meant, now) + u'\n');
    printOut(shown.text);
}

void showRunbook(Session &session, const Invocation &invocation, const MeantRunbook &meant, const Finish &finish)
{
    const QString environment = session.cockpit().configuration().environment.name;
    session.cockpit().store().ask<QList<RunbookTick>>(
        [environment, occasion = meant.occasion()](Store &store) {
            return store.runbookTicks().ticks(environment, occasion);
        },
        [&session, invocation, meant, finish](const Result<QList<RunbookTick>> &ticks) {
            if (!ticks)
                printError(ticks.error().text());
            printRunbook(session, invocation, meant, ticks ? *ticks : QList<RunbookTick>());
            finish(exitCode::ok);
        });
}

void showMeant(Session &session, const Invocation &invocation, const Finish &finish)
{
    const QString words = invocation.arguments.join(u' ');
    const auto meant = runbookMeant(session.cockpit().fleet().fleet(), libraryOf(session), words);
    if (meant)
        return showRunbook(session, invocation, *meant, finish);
    // One that is gone from its source is still kept.
    const RunbookLibrary &library = libraryOf(session);
    if (library.sources.isEmpty()) {
        printError(meant.error().text());
        return finish(notFoundCode);
    }
    const RunbookKey key{library.sources.first().name, words.section(u'#', 0, 0)};
    session.cockpit().runbooks().backend().keptText(key, [&session, invocation, finish, key,
                                                          error = meant.error()](const RunbookPtr &kept) {
        if (!kept) {
            printError(error.text());
            return finish(notFoundCode);
        }
        MeantRunbook meantThen;
        meantThen.runbook = kept;
        meantThen.link.found = true;
        meantThen.link.runbook = key;
        meantThen.link.problem = runbookWords("It is no longer in its source: this is the last text that was seen.");
        showRunbook(session, invocation, meantThen, finish);
    });
}

/// What became of the step, and what is next: a person who ticks off has the runbook before them.
void showTicked(Session &session, const Invocation &invocation, const MeantRunbook &meant, const RunbookStep &step,
                const Finish &finish)
{
    if (invocation.json)
        return showRunbook(session, invocation, meant, finish);
    const QString environment = session.cockpit().configuration().environment.name;
    session.cockpit().store().ask<QList<RunbookTick>>(
        [environment, occasion = meant.occasion()](Store &store) {
            return store.runbookTicks().ticks(environment, occasion);
        },
        [&session, meant, step, finish](const Result<QList<RunbookTick>> &all) {
            if (!all)
                printError(all.error().text());
            QList<RunbookTick> ticks;
            for (const RunbookTick &tick : all ? *all : QList<RunbookTick>()) {
                if (tick.runbook == meant.runbook->key)
                    ticks.append(tick);
            }
            const RunbookFilling filling = meant.alert
                                               ? fillingOfAlert(*meant.alert, session.cockpit().rollouts().entries())
                                               : RunbookFilling();
            const QString slug = meant.link.anchorFound ? meant.link.anchor : QString();
            printOut(tickedText(*meant.runbook, slug, step, filling, ticks));
            finish(exitCode::ok);
        });
}

void tickStep(Session &session, const Invocation &invocation, const Finish &finish)
{
    const QString verb = invocation.arguments.value(0);
    const auto meant =
        runbookMeant(session.cockpit().fleet().fleet(), libraryOf(session), invocation.arguments.value(1));
    if (!meant) {
        printError(meant.error().text());
        return finish(notFoundCode);
    }
    const RunbookStep *step = stepMeant(*meant->runbook, invocation.arguments.value(2));
    if (!step) {
        printError(runbookWords("%1 has no step '%2'; it has %3.")
                       .arg(meant->runbook->key.path, invocation.arguments.value(2).left(80),
                            QString::number(meant->runbook->steps.size())));
        return finish(notFoundCode);
    }
    RunbookTick tick;
    tick.occasion = meant->occasion();
    tick.runbook = meant->runbook->key;
    tick.step = step->id;
    tick.text = step->text;
    tick.state = verb == u"skip" ? RunbookTick::State::Skipped : RunbookTick::State::Done;
    tick.reason = invocation.reason;
    session.cockpit().runbooks().tick(
        tick, verb == u"untick",
        [&session, invocation, meant = *meant, step = *step, finish](const Result<Done> &done) {
            if (done)
                return showTicked(session, invocation, meant, step, finish);
            printError(done.error().text());
            finish(done.error().kind == Error::Kind::Invalid ? exitCode::usage : notFoundCode);
        });
}

void searchRunbooks(Session &session, const Invocation &invocation, const Finish &finish)
{
    RunbookBackend &backend = session.cockpit().runbooks().backend();
    QStringList sources;
    for (const RunbookSourceState &source : libraryOf(session).sources)
        sources.append(source.name);
    const QString words = invocation.arguments.mid(1).join(u' ');
    QObject::connect(
        &backend, &RunbookBackend::found, &session,
        [invocation, finish](const QString &, const QList<RunbookHit> &hits) {
            if (invocation.json)
                printOut(runbookHitsJson(hits));
            QList<QStringList> rows;
            for (const RunbookHit &hit : hits)
                rows.append({hit.runbook.path + (hit.slug.isEmpty() ? QString() : u'#' + hit.slug), hit.excerpt});
            if (!invocation.json)
                printOut(rows.isEmpty() ? runbookWords("No runbook has these words.") : table(rows));
            finish(hits.isEmpty() ? notFoundCode : exitCode::ok);
        });
    backend.whenKept([&backend, words, sources] { backend.search(words, sources); });
}

void writeRunbook(Session &session, const Invocation &invocation, const Finish &finish)
{
    session.cockpit().runbooks().writeSkeleton(
        invocation.arguments.value(1), [finish](const Result<RunbookPlace> &place) {
            if (place)
                printOut(runbookWords("Wrote %1: fill in what only you know.").arg(place->file));
            else
                printError(place.error().text());
            finish(place ? exitCode::ok : notFoundCode);
        });
}

QString coverageWord(RunbookCoverage::State state)
{
    switch (state) {
    case RunbookCoverage::State::Complete:
        return runbookWords("complete");
    case RunbookCoverage::State::NeedsWork:
        return runbookWords("needs work");
    case RunbookCoverage::State::Missing:
        break;
    }
    return runbookWords("missing");
}

} // namespace

void runRunbooks(Session &session, const Invocation &invocation, Finish finish)
{
    whenRunbooksRead(session, invocation, [&session, invocation, finish] {
        const Fleet &fleet = session.cockpit().fleet().fleet();
        const RunbookLibrary &library = libraryOf(session);
        std::optional<QList<RunbookCoverage>> coverage;
        if (fleet.rules)
            coverage = coverageOf(library, lintedRulesOf(fleet), RunbookLintRules(), session.clock().now());
        if (invocation.json) {
            printOut(runbooksJson(library, coverage));
            return finish(exitCode::ok);
        }
        QStringList sources;
        for (const RunbookSourceState &source : library.sources)
            sources.append(sourceWords(source, session.clock().now()));
        printOut(sources.isEmpty() ? runbookWords("No runbooks are configured. Name a folder as `runbooks:`.")
                                   : sources.join(u'\n') + u'\n');
        QList<QStringList> rows;
        for (const RunbookCoverage &row : coverage.value_or(QList<RunbookCoverage>()))
            rows.append({row.alert, coverageWord(row.state),
                         row.link.found
                             ? row.link.runbook.path + (row.link.anchor.isEmpty() ? QString() : u'#' + row.link.anchor)
                             : QString(),
                         row.link.problem});
        if (!rows.isEmpty())
            printOut(
                table(QList<QStringList>{{runbookWords("ALERT"), runbookWords("STATE"), runbookWords("RUNBOOK"), {}}} +
                      rows) +
                u'\n');
        QList<QStringList> documents;
        for (const RunbookPtr &runbook : library.runbooks)
            documents.append({runbook->key.path, runbook->title,
                              QString::number(runbook->steps.size()) + runbookWords(" steps"), runbook->owner});
        if (!documents.isEmpty())
            printOut(table(documents));
        finish(exitCode::ok);
    });
}

void runRunbook(Session &session, const Invocation &invocation, Finish finish)
{
    const QString verb = invocation.arguments.value(0);
    const qsizetype count = invocation.arguments.size();
    const bool isTick = verb == u"tick" || verb == u"skip" || verb == u"untick";
    const bool isFine = isTick              ? count == 3
                        : verb == u"search" ? count >= 2
                        : verb == u"write"  ? count == 2
                                            : count >= 1;
    if (!isFine) {
        printError(runbookWords("Usage: dt-cockpit runbook ALERT|PATH[#anchor] | tick|skip|untick ALERT STEP | search "
                                "WORDS | write ALERT"));
        return finish(exitCode::usage);
    }
    whenRunbooksRead(session, invocation, [&session, invocation, finish, verb, isTick] {
        if (isTick)
            return tickStep(session, invocation, finish);
        if (verb == u"search")
            return searchRunbooks(session, invocation, finish);
        if (verb == u"write")
            return writeRunbook(session, invocation, finish);
        showMeant(session, invocation, finish);
    });
}

} // namespace cockpit
