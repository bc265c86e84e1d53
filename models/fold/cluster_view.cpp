// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/cluster_view.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace cockpit {

namespace {

/// Lists of a cluster without a living member that are this close to the newest belong to the same moment.
constexpr Duration sameMoment{std::chrono::minutes(2)};

/// What counts is how old the member was when it answered: time that passed since tells nothing about its list.
bool isUnsure(const AlertsUpdate &update, const FleetRules &rules)
{
    return update.settling || (update.uptime && *update.uptime < rules.justRestarted);
}

MemberView memberView(const FleetInputs &inputs, const FleetRules &rules, const SourceId &source, Instant now)
{
    MemberView member;
    const auto update = inputs.alerts.constFind(source);
    const auto status = inputs.statuses.constFind(source);
    member.name = status != inputs.statuses.constEnd() ? status->name : source.toString();
    if (update != inputs.alerts.constEnd() && update->alerts) {
        member.update = &*update;
        member.unsure = isUnsure(*update, rules);
    }
    if (!member.update)
        return member;
    if (status == inputs.statuses.constEnd()) {
        member.live = true;
    } else {
        const SourceStatus::State state = stateNow(*status, now);
        member.live = state == SourceStatus::State::Ok || state == SourceStatus::State::Partial;
    }
    return member;
}

/// The answers that stand for the cluster: those of the living, else the last ones there were.
std::vector<const AlertsUpdate *> standingAnswers(const ClusterView &view)
{
    std::vector<const AlertsUpdate *> answers;
    const bool anyLive = view.anyLive();
    Instant newest{};
    for (const MemberView &member : view.members) {
        if (member.update && (member.live || !anyLive)) {
            answers.push_back(member.update);
            newest = std::max(newest, member.update->at);
        }
    }
    std::erase_if(answers, [&](const AlertsUpdate *answer) { return !anyLive && newest - answer->at > sameMoment; });
    return answers;
}

/// Any order that brings equals together will do; of fingerprints (hex digits) it is Alertmanager's own. Comparing bytes
/// costs a fifth of comparing as text.
int compareFingerprints(const QString &a, const QString &b)
{
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return std::memcmp(a.constData(), b.constData(), size_t(a.size()) * sizeof(QChar));
}

bool comesFirst(const ReceivedAlert *a, const ReceivedAlert *b)
{
    const int order = compareFingerprints(a->fingerprint, b->fingerprint);
    return order != 0 ? order < 0 : a->updatedAt > b->updatedAt;
}

void collect(ClusterView &view)
{
    for (const AlertsUpdate *answer : standingAnswers(view)) {
        view.at = view.at ? std::min(*view.at, answer->at) : answer->at;
        const auto middle = std::ptrdiff_t(view.held.size());
        view.held.reserve(view.held.size() + answer->alerts->size());
        view.fingerprints.reserve(qsizetype(answer->alerts->size()));
        for (const ReceivedAlert &alert : *answer->alerts)
            view.held.push_back(&alert);
        // Alertmanager sorts by fingerprint: then this is a merge of sorted runs.
        const auto begin = view.held.begin();
        if (!std::is_sorted(begin + middle, view.held.end(), comesFirst))
            std::sort(begin + middle, view.held.end(), comesFirst);
        std::inplace_merge(begin, begin + middle, view.held.end(), comesFirst);
        for (const ReceivedAlert &alert : *answer->alerts)
            view.fingerprints.insert(alert.fingerprint);
        if (!answer->silences)
            continue;
        for (const Silence &silence : *answer->silences) {
            const Silence *&known = view.silences[silence.id];
            if (!known || known->updatedAt < silence.updatedAt)
                known = &silence;
        }
    }
}

} // namespace

bool ClusterView::anyLive() const
{
    return std::any_of(members.begin(), members.end(), [](const MemberView &member) { return member.live; });
}

bool ClusterView::provesAbsence() const
{
    return !members.empty() && std::all_of(members.begin(), members.end(), [](const MemberView &member) {
        return member.live && !member.unsure;
    });
}

std::optional<Instant> ClusterView::soundAnswerAt() const
{
    std::optional<Instant> newest;
    for (const MemberView &member : members) {
        if (member.live && !member.unsure && (!newest || *newest < member.update->at))
            newest = member.update->at;
    }
    return newest;
}

std::vector<ClusterView> clusterViews(const FleetInputs &inputs, const FleetRules &rules, Instant now)
{
    std::map<QString, QList<SourceId>> members;
    for (const SourceId &id : inputs.sourceOrder) {
        const SourceStatus &status = *inputs.statuses.constFind(id);
        if (status.kind == SourceStatus::Kind::Alertmanager)
            members[status.cluster].append(id);
    }
    for (const AlertsUpdate &update : inputs.alerts) {
        if (!inputs.statuses.contains(update.source))
            members[update.cluster].append(update.source);
    }
    std::vector<ClusterView> views;
    for (const auto &[cluster, ids] : members) {
        ClusterView &view = views.emplace_back();
        view.cluster = cluster;
        for (const SourceId &id : ids) {
            view.members.push_back(memberView(inputs, rules, id, now));
            if (view.members.back().live)
                view.liveNames.append(view.members.back().name);
        }
        collect(view);
    }
    return views;
}

QList<SourceStatus> sourcesNow(const FleetInputs &inputs, Instant now)
{
    QList<SourceStatus> sources;
    for (const SourceId &id : inputs.sourceOrder) {
        sources.append(*inputs.statuses.constFind(id));
        sources.last().state = stateNow(sources.last(), now);
    }
    return sources;
}

} // namespace cockpit
