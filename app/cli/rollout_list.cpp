// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/status_json.h"
#include "models/verdict_words.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <functional>

namespace cockpit {

namespace {

/// Watching prints at most this often, however fast the cluster writes.
constexpr std::chrono::milliseconds kBetweenPrints{1000};

QString listWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

QString listedVersion(const RolloutRevision *revision)
{
    if (!revision)
        return QStringLiteral("?");
    return versionLabel(*revision);
}

/// What the cluster is asked for beside what serves; nothing when that is the same.
QString wantedText(const Rollout &rollout)
{
    if (rollout.isUpdating())
        return listedVersion(rollout.current());
    if (rollout.aborted && rollout.current() != rollout.stable())
        return listWords("%1, aborted").arg(listedVersion(rollout.current()));
    return {};
}

QString stepText(const Rollout &rollout)
{
    if (rollout.steps.isEmpty())
        return rollout.desiredReplicas > 0 ? listWords("%1/%2 pods").arg(rollout.updatedReplicas).arg(rollout.desiredReplicas)
                                           : QString();
    const QString weight = rollout.desiredWeight ? listWords(", %1 %").arg(*rollout.desiredWeight) : QString();
    return listWords("step %1/%2").arg(rollout.stepIndex.value_or(0)).arg(rollout.steps.size()) + weight;
}

QString verdictText(const RolloutEntry &entry)
{
    if (!entry.verdict)
        return entry.policy ? QString() : listWords("no policy");
    return entry.verdict->rollBackNow ? listWords("roll back now")
           : entry.verdict->notTheCanary ? listWords("not the canary")
                                         : toWireName(entry.verdict->result);
}

QString needText(const Rollout &rollout)
{
    if (rollout.waitsForPerson)
        return listWords("waits for a person");
    return rollout.message;
}

QString rolloutTable(const std::vector<RolloutEntry> &entries)
{
    QList<QStringList> rows{{listWords("ROLLOUT"), listWords("STRATEGY"), listWords("SERVES"), listWords("TO"), listWords("PHASE"),
                             listWords("STEP"), listWords("VERDICT"), listWords("MESSAGE")}};
    for (const RolloutEntry &entry : entries) {
        const Rollout &rollout = *entry.rollout;
        rows.append({rollout.key.context + u'/' + rollout.key.nameSpace + u'/' + toWireName(rollout.kind) + u'/' + rollout.key.name,
                     toWireName(rollout.strategy), listedVersion(rollout.stable() ? rollout.stable() : rollout.current()),
                     wantedText(rollout), toWireName(rollout.phase), stepText(rollout), verdictText(entry),
                     needText(rollout)});
    }
    return table(rows);
}

std::vector<RolloutEntry> listed(const RolloutStore &store, const QString &words)
{
    if (words.isEmpty())
        return store.entries();
    std::vector<RolloutEntry> found;
    for (const RolloutEntry *entry : store.named(words))
        found.push_back(*entry);
    return found;
}

void printRollouts(const Cockpit &cockpit, const Invocation &invocation)
{
    const RolloutStore &store = cockpit.rollouts();
    const std::vector<RolloutEntry> entries = listed(store, invocation.arguments.value(0));
    if (invocation.json)
        return printOut(store.isKnown() ? rolloutsJson(entries) : QByteArrayLiteral("null"));
    if (!store.isKnown())
        return printError(listWords("No cluster has answered: rollouts are not known."));
    printOut(entries.empty() ? listWords("Nothing rolls out.") : rolloutTable(entries));
}

} // namespace

void runRollouts(Session &session, const Invocation &invocation, Finish finish)
{
    whenJudged(session, invocation, [&session, invocation, finish] {
        const Cockpit &cockpit = session.cockpit();
        const QString words = invocation.arguments.value(0);
        if (cockpit.rollouts().isKnown() && !words.isEmpty() && cockpit.rollouts().named(words).isEmpty()) {
            printError(listWords("No rollout is called '%1'.").arg(words));
            return finish(2);
        }
        printRollouts(cockpit, invocation);
        if (!invocation.watch)
            return finish(cockpit.rollouts().isKnown() ? exitCode::ok : 3);
        auto *later = new QTimer(&session); // until the process is told to stop
        later->setSingleShot(true);
        QObject::connect(later, &QTimer::timeout, &session, [&cockpit, invocation] { printRollouts(cockpit, invocation); });
        QObject::connect(&cockpit.rollouts(), &RolloutStore::changed, later, [later] {
            if (!later->isActive())
                later->start(kBetweenPrints);
        });
    });
}

} // namespace cockpit
