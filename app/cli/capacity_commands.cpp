// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/action_run.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/formats/flags_json.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

QString capacityWords(const char *text) { return QCoreApplication::translate("CommandLine", text); }

QString limitsText(const Capacity &capacity)
{
    if (!capacity.minimum || !capacity.maximum)
        return capacityWords("no autoscaler");
    return QStringLiteral("%1…%2").arg(*capacity.minimum).arg(*capacity.maximum);
}

QString capacityTable(const std::vector<CapacityPtr> &capacities)
{
    QList<QStringList> rows{{capacityWords("WORKLOAD"), capacityWords("PODS"), capacityWords("LIMITS"),
                             capacityWords("SATURATION"), capacityWords("PER HOUR"), capacityWords("ADVICE")}};
    for (const CapacityPtr &one : capacities) {
        rows.append({one->workload.path(), QStringLiteral("%1/%2").arg(one->current).arg(one->desired), limitsText(*one),
                     one->saturation ? capacityWords("%1 %").arg(qRound(*one->saturation * 100)) : QString(),
                     one->costPerHour ? QStringLiteral("%1 %2").arg(*one->costPerHour, 0, 'f', 2).arg(one->currency)
                                      : QString(),
                     one->advice.text});
    }
    return table(rows);
}

/// The one workload that `words` names: its name, or its whole path. Errors name the candidates.
Result<CapacityPtr> capacityNamed(const std::vector<CapacityPtr> &capacities, const QString &words)
{
    QList<CapacityPtr> found;
    QStringList candidates;
    for (const CapacityPtr &one : capacities) {
        if (one->workload.name != words && one->autoscaler.name != words && one->workload.path() != words)
            continue;
        found.append(one);
        candidates.append(one->workload.path());
    }
    if (found.size() == 1)
        return found.first();
    const QString what = found.isEmpty() ? capacityWords("No workload is called '%1'.").arg(words)
                                         : capacityWords("Several are meant: %1.").arg(candidates.join(QStringLiteral(", ")));
    return Error{.kind = Error::Kind::Invalid, .what = what, .next = capacityWords("See them with: dt-cockpit capacity")};
}

/// What `--min` and `--max` ask for; the one that is not given stays.
Result<SetReplicaLimits> wantedLimits(const Capacity &capacity, const Invocation &invocation, Instant now)
{
    if (capacity.autoscaler.name.isEmpty())
        return Error{.kind = Error::Kind::Invalid,
                     .what = capacityWords("%1 has no autoscaler.").arg(capacity.workload.name),
                     .next = capacityWords("Set its number of pods with: dt-cockpit scale")};
    SetReplicaLimits intent{.object = capacity.autoscaler,
                            .minimum = invocation.minimum.value_or(capacity.minimum.value_or(1)),
                            .maximum = invocation.maximum.value_or(capacity.maximum.value_or(1))};
    if (intent.minimum > intent.maximum)
        return Error{.kind = Error::Kind::Invalid, .what = capacityWords("The minimum is above the maximum.")};
    if (invocation.lengthGiven)
        intent.endsAt = now + invocation.length;
    return intent;
}

void printCapacities(const Cockpit &cockpit, const Invocation &invocation)
{
    const bool known = shownRollouts(cockpit) != nullptr;
    const std::vector<CapacityPtr> &capacities = cockpit.breakers().capacities();
    if (invocation.json)
        return printOut(known ? capacitiesJson(capacities) : QByteArrayLiteral("null"));
    if (!known)
        return printError(capacityWords("No cluster has answered: capacity is not known."));
    printOut(capacities.empty() ? capacityWords("There is nothing that scales.") : capacityTable(capacities));
}

} // namespace

void runCapacity(Session &session, const Invocation &invocation, Finish finish)
{
    const QString words = invocation.arguments.value(0);
    whenAnswered(session, invocation, [&session, invocation, finish, words] {
        const Cockpit &cockpit = session.cockpit();
        if (words.isEmpty()) {
            printCapacities(cockpit, invocation);
            return finish(shownRollouts(cockpit) ? exitCode::ok : 3);
        }
        const auto capacity = capacityNamed(cockpit.breakers().capacities(), words);
        const auto intent = capacity ? wantedLimits(**capacity, invocation, session.clock().now())
                                     : Result<SetReplicaLimits>(capacity.error());
        if (!intent)
            return refuseAction(invocation, {.target = words, .intent = SetReplicaLimits{}}, intent.error(), finish);
        runAction(session, invocation,
                  {.target = (*capacity)->autoscaler.path(), .service = (*capacity)->service, .intent = *intent}, finish);
    });
}

} // namespace cockpit
