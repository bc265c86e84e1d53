// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fold/health_fold.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct ProbeWords {
    Q_DECLARE_TR_FUNCTIONS(HealthFold)
};

Evidence::Verdict verdictOf(ProbeState state)
{
    switch (state) {
    case ProbeState::Ok: return Evidence::Verdict::Good;
    case ProbeState::Warn: return Evidence::Verdict::Good; // it serves; the words say what is not well
    case ProbeState::Fail: return Evidence::Verdict::Bad;
    case ProbeState::Refused: break;
    }
    return Evidence::Verdict::Unknown;
}

Evidence &evidenceFor(ServiceHealth &service, ProbeQuestion question)
{
    switch (question) {
    case ProbeQuestion::Live: return service.live;
    case ProbeQuestion::Ready: return service.ready;
    case ProbeQuestion::Healthy: break;
    }
    return service.healthy;
}

/// The worse of the two stands; where the metrics do not tell, the endpoint's word does.
void joinAnswer(ServiceHealth &service, const ProbeAnswer &answer, Instant at)
{
    Evidence &known = evidenceFor(service, answer.question);
    const Evidence::Verdict verdict = verdictOf(answer.state);
    const QString words = ProbeWords::tr("%1 says %2").arg(answer.source, answer.words);
    const bool worse = verdict == Evidence::Verdict::Bad && known.verdict != Evidence::Verdict::Bad;
    const bool fills = known.verdict == Evidence::Verdict::Unknown && verdict != Evidence::Verdict::Unknown;
    if (!worse && !fills) {
        if (verdict == Evidence::Verdict::Bad || answer.state == ProbeState::Warn)
            known.text += QStringLiteral("; ") + words;
        return;
    }
    known.text = known.text.isEmpty() || fills ? words : words + QStringLiteral("; ") + known.text;
    known.verdict = verdict;
    known.source = answer.source;
    known.sampledAt = at;
}

void addDetails(ServiceHealth &service, const QList<ProbedComponent> &components)
{
    for (const ProbedComponent &component : components) {
        const auto same = std::find_if(service.details.begin(), service.details.end(),
                                       [&](const ProbedComponent &one) { return one.name == component.name; });
        if (same == service.details.end())
            service.details.append(component);
        else if (component.state > same->state)
            *same = component;
    }
    std::stable_sort(service.details.begin(), service.details.end(),
                     [](const ProbedComponent &a, const ProbedComponent &b) { return a.state > b.state; });
}

ServiceHealth &serviceOf(std::vector<ServiceHealth> &services, const ServiceId &id)
{
    const auto found =
        std::find_if(services.begin(), services.end(), [&](const ServiceHealth &one) { return one.id == id; });
    if (found != services.end())
        return *found;
    services.push_back({});
    services.back().id = id;
    return services.back();
}

} // namespace

void foldProbes(std::vector<ServiceHealth> &services, const FleetInputs &inputs, Instant now)
{
    for (ServiceHealth &service : services)
        service.details.clear();
    for (const HealthUpdate &update : inputs.probes) {
        const Duration trusted = std::max<Duration>(2 * update.interval, std::chrono::minutes(1));
        if (now - update.at > trusted || update.answers.isEmpty())
            continue;
        ServiceHealth &service = serviceOf(services, update.service);
        for (const ProbeAnswer &answer : update.answers) {
            joinAnswer(service, answer, update.at);
            addDetails(service, answer.components);
        }
        const bool fails = worstOf({service.live, service.ready, service.healthy}) == Evidence::Verdict::Bad;
        if (fails && service.level == ServiceHealth::Level::Healthy)
            service.level = ServiceHealth::Level::Degraded;
        if (service.live.verdict == Evidence::Verdict::Bad && service.level == ServiceHealth::Level::Degraded)
            service.level = ServiceHealth::Level::Unhealthy;
    }
}

} // namespace cockpit
