// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident.h"

#include "models/fold/incident_state.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace cockpit {

namespace {

/// Of two entries with one id (two cockpits saw one fact) all cockpits keep the same one.
bool isKeptBefore(const IncidentEntry &a, const IncidentEntry &b)
{
    if (std::tie(a.at, a.recordedAt, a.actor, a.origin) != std::tie(b.at, b.recordedAt, b.actor, b.origin))
        return std::tie(a.at, a.recordedAt, a.actor, a.origin) < std::tie(b.at, b.recordedAt, b.actor, b.origin);
    if (a == b)
        return false;
    const Incident uncorrected;
    const auto words = [&](const IncidentEntry &one) {
        return std::tuple(wireName(one.body), entryText(one), entryDetail(uncorrected, one));
    };
    return words(a) < words(b);
}

/// One of each id, sorted by happenedBefore().
void sortAndDeduplicate(std::vector<IncidentEntry> &entries)
{
    QHash<EntryId, size_t> places;
    places.reserve(static_cast<qsizetype>(entries.size()));
    std::vector<IncidentEntry> kept;
    kept.reserve(entries.size());
    for (IncidentEntry &entry : entries) {
        const auto place = places.constFind(entry.id);
        if (place == places.constEnd()) {
            places.insert(entry.id, kept.size());
            kept.push_back(std::move(entry));
        } else if (isKeptBefore(entry, kept[*place])) {
            kept[*place] = std::move(entry);
        }
    }
    if (!std::is_sorted(kept.begin(), kept.end(), happenedBefore))
        std::sort(kept.begin(), kept.end(), happenedBefore);
    entries = std::move(kept);
}

Error notOpened(const IncidentHead &head)
{
    return Error{Error::Kind::Invalid,
                 QCoreApplication::translate("Incident", "The first entry of %1 is missing.").arg(head.name()),
                 QCoreApplication::translate("Incident", "It cannot be shown without what it was declared as."),
                 QCoreApplication::translate("Incident", "It is shown as soon as that entry arrives.")};
}

Result<Incident> derived(const IncidentHead &head, std::vector<IncidentEntry> sorted)
{
    const auto isOpened = [](const IncidentEntry &one) { return std::holds_alternative<IncidentOpened>(one.body); };
    if (std::none_of(sorted.begin(), sorted.end(), isOpened))
        return notOpened(head);
    Incident incident;
    incident.head = head;
    incident.timeline = std::move(sorted);
    deriveIncident(incident);
    return incident;
}

} // namespace

QString IncidentHead::name() const
{
    return number ? QStringLiteral("INC-%1").arg(*number) : QStringLiteral("local-%1").arg(localNumber);
}

Duration PhaseSpan::length(Instant now) const
{
    return earlier + std::max(Duration::zero(), leftAt.value_or(now) - resumedAt);
}

Result<Incident> foldIncident(const IncidentHead &head, std::vector<IncidentEntry> entries)
{
    sortAndDeduplicate(entries);
    return derived(head, std::move(entries));
}

Result<Incident> withEntries(const Incident &incident, const std::vector<IncidentEntry> &more)
{
    std::vector<IncidentEntry> fresh = more;
    sortAndDeduplicate(fresh);
    QHash<EntryId, size_t> places;
    for (size_t i = 0; i < fresh.size(); ++i)
        places.insert(fresh[i].id, i);
    std::vector<bool> isDropped(fresh.size(), false);
    std::vector<IncidentEntry> old;
    old.reserve(incident.timeline.size() + fresh.size());
    for (const IncidentEntry &entry : incident.timeline) {
        const auto place = places.constFind(entry.id);
        if (place != places.constEnd() && isKeptBefore(fresh[*place], entry))
            continue;
        if (place != places.constEnd())
            isDropped[*place] = true;
        old.push_back(entry);
    }
    const auto middle = static_cast<std::ptrdiff_t>(old.size());
    for (size_t i = 0; i < fresh.size(); ++i) {
        if (!isDropped[i])
            old.push_back(std::move(fresh[i]));
    }
    std::inplace_merge(old.begin(), old.begin() + middle, old.end(), happenedBefore);
    return derived(incident.head, std::move(old));
}

Instant happenedAt(const Incident &incident, const IncidentEntry &entry)
{
    if (!incident.correctedBy.contains(entry.id))
        return entry.at;
    const IncidentEntry *newest = nullptr;
    for (const IncidentEntry &one : incident.timeline) {
        const auto *correction = std::get_if<IncidentCorrection>(&one.body);
        const bool saysTime = correction && correction->corrects == entry.id && correction->at;
        if (saysTime && (!newest || std::tie(newest->recordedAt, newest->id) < std::tie(one.recordedAt, one.id)))
            newest = &one;
    }
    return newest ? *std::get<IncidentCorrection>(newest->body).at : entry.at;
}

} // namespace cockpit
