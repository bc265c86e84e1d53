// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/incident_entry.h"

#include <array>
#include <tuple>
#include <utility>

namespace cockpit {

namespace {

template <typename Value, size_t Count> using IncidentNames = std::array<std::pair<Value, const char *>, Count>;

template <typename Value, size_t Count> QString incidentNameOf(const IncidentNames<Value, Count> &names, Value value)
{
    for (const auto &[one, name] : names) {
        if (one == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template <typename Value, size_t Count>
std::optional<Value> incidentNamed(const IncidentNames<Value, Count> &names, const QString &wireName)
{
    for (const auto &[one, name] : names) {
        if (wireName == QLatin1String(name))
            return one;
    }
    return std::nullopt;
}

constexpr IncidentNames<IncidentPhase, 7> phaseNames{{{IncidentPhase::Detection, "detection"},
                                                      {IncidentPhase::Triage, "triage"},
                                                      {IncidentPhase::Mitigation, "mitigation"},
                                                      {IncidentPhase::Resolution, "resolution"},
                                                      {IncidentPhase::Postmortem, "postmortem"},
                                                      {IncidentPhase::Closed, "closed"},
                                                      {IncidentPhase::Merged, "merged"}}};

constexpr IncidentNames<IncidentRole, 5> roleNames{{{IncidentRole::Commander, "commander"},
                                                    {IncidentRole::Deputy, "deputy"},
                                                    {IncidentRole::Scribe, "scribe"},
                                                    {IncidentRole::Communications, "communications"},
                                                    {IncidentRole::OperationsLead, "operations-lead"}}};

constexpr IncidentNames<IncidentField, 17> fieldNames{{{IncidentField::Title, "title"},
                                                       {IncidentField::Service, "service"},
                                                       {IncidentField::ImpactStarted, "impact-started"},
                                                       {IncidentField::ImpactEnded, "impact-ended"},
                                                       {IncidentField::Impact, "impact"},
                                                       {IncidentField::UsersAffected, "users-affected"},
                                                       {IncidentField::RevenueImpact, "revenue-impact"},
                                                       {IncidentField::Trigger, "trigger"},
                                                       {IncidentField::Cause, "cause"},
                                                       {IncidentField::Summary, "summary"},
                                                       {IncidentField::WentWell, "went-well"},
                                                       {IncidentField::CouldBeImproved, "could-be-improved"},
                                                       {IncidentField::Lessons, "lessons"},
                                                       {IncidentField::Tracker, "tracker"},
                                                       {IncidentField::BreachSuspected, "breach-suspected"},
                                                       {IncidentField::CustomersAffected, "customers-affected"},
                                                       {IncidentField::PagesActionable, "pages-actionable"}}};

} // namespace

QString toWireName(IncidentPhase phase) { return incidentNameOf(phaseNames, phase); }
std::optional<IncidentPhase> incidentPhaseOf(const QString &wireName) { return incidentNamed(phaseNames, wireName); }
QString toWireName(IncidentRole role) { return incidentNameOf(roleNames, role); }
std::optional<IncidentRole> incidentRoleOf(const QString &wireName) { return incidentNamed(roleNames, wireName); }
QString toWireName(IncidentField field) { return incidentNameOf(fieldNames, field); }
std::optional<IncidentField> incidentFieldOf(const QString &wireName) { return incidentNamed(fieldNames, wireName); }

QString wireName(const IncidentBody &body)
{
    return std::visit([](const auto &one) { return QString::fromLatin1(std::decay_t<decltype(one)>::wireName); }, body);
}

bool happenedBefore(const IncidentEntry &a, const IncidentEntry &b)
{
    return std::tie(a.at, a.recordedAt, a.id) < std::tie(b.at, b.recordedAt, b.id);
}

} // namespace cockpit
