// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flag_changes.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace cockpit {

namespace {

struct FlagChangeWords {
    Q_DECLARE_TR_FUNCTIONS(FlagChanges)
};

/// The undo of a switch that is the newest one of its flag and still holds.
std::optional<ActionRequest> undoOf(const FlagEvent &event, const FeatureFlag *flag, bool isNewest)
{
    const FlagState *state = flag ? flag->state() : nullptr;
    if (!isNewest || !event.enabled || !state || state->enabled != event.enabled || !flag->readOnlyReason.isEmpty())
        return std::nullopt;
    ActionRequest request;
    request.target = FlagChangeWords::tr("flag %1 in %2").arg(flag->key.name, flag->here);
    request.service = flag->service;
    request.intent = SetFlag{flag->key, flag->here, !*event.enabled, {}, {}};
    return request;
}

Change flagChange(const FlagEvent &event, const FeatureFlag *flag)
{
    Change change;
    change.kind = Change::Kind::Flag;
    change.what = FlagChangeWords::tr("Flag %1 %2").arg(event.flag.name, event.what);
    change.at = event.at;
    change.who = event.who;
    change.service = flag ? flag->service : ServiceId();
    change.target = event.flag.name;
    return change;
}

} // namespace

QList<RankedChange> flagChangesBefore(Instant onset, Duration window, const ServiceId &service,
                                      const std::vector<FlagPtr> &flags, const std::vector<FlagEvent> &events,
                                      const ServiceMap &services)
{
    QHash<FlagKey, FlagPtr> byKey;
    for (const FlagPtr &flag : flags)
        byKey.insert(flag->key, flag);
    QList<RankedChange> changes;
    QHash<FlagKey, bool> switched; // newest first: the first switch seen is the one that holds
    for (const FlagEvent &event : events) {
        const FlagPtr flag = byKey.value(event.flag);
        if (flag && !event.environment.isEmpty() && event.environment != flag->here)
            continue;
        const bool isNewest = event.enabled && !switched.contains(event.flag);
        if (event.enabled)
            switched.insert(event.flag, true);
        if (event.at > onset || onset - event.at > window)
            continue;
        Change change = flagChange(event, flag.get());
        change.undo = undoOf(event, flag.get(), isNewest);
        ObjectKey object;
        object.context = event.flag.source.toString();
        object.nameSpace = event.flag.project;
        object.kind = QStringLiteral("Flag");
        object.name = event.flag.name;
        changes.append(rankedChange(std::move(change), object, onset, service, services));
    }
    sortByLikelihood(changes);
    return changes;
}

QList<RankedChange> mergedChanges(const QList<RankedChange> &some, const QList<RankedChange> &others)
{
    QList<RankedChange> all = some + others;
    sortByLikelihood(all);
    return all;
}

std::optional<RankedChange> suspectedFlag(const QList<RankedChange> &changes)
{
    const auto found = std::find_if(changes.cbegin(), changes.cend(), [](const RankedChange &one) {
        return one.change.kind == Change::Kind::Flag && one.change.undo && one.relation != RankedChange::Relation::Elsewhere;
    });
    return found == changes.cend() ? std::nullopt : std::optional(*found);
}

} // namespace cockpit
