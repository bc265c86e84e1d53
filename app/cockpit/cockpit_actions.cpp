// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"

#include "app/cockpit/live_sessions.h"
#include "models/slo_math.h"

#include "app/actions/uuid7.h"

#include <QDir>
#include <QFileInfo>

namespace cockpit {

ActionEngineParts Cockpit::engineParts()
{
    ActionEngineParts parts{
        .clock = m_clock,
        .http = m_client,
        .store = m_store,
        .post = m_queue.poster(),
        .members = [this](const QString &cluster) { return livingMembers(cluster); },
        .fleet = [this] { return m_fleetService.fleet(); },
        .gates = [this](const ActionRequest &request) { return gateContext(request); },
        .later = [this](std::chrono::milliseconds wait,
                        std::function<void()> call) { QTimer::singleShot(wait, this, std::move(call)); },
        .report = [this](const ActionRecord &record) { reportAction(record); },
        .severities = m_settings.configuration.severities,
        .kubernetes = m_clusters.calls(),
        .rollout = [this](const ObjectKey &key) { return m_rollouts.find(key); },
        .overrideBreaker = m_breakerSources.overrideBreaker(),
        .resetBreaker = m_breakerSources.resetBreaker(),
        .setFlag = m_settings.configuration.flags.isEmpty() ? nullptr : &m_setFlag,
        .setReplicaLimits = m_setReplicaLimits.get(),
        .setSync = m_setSync.get(),
        .measureAll = m_clusters.measureAll(),
        .countSessions = sessionCounter(m_settings.configuration.services, m_clock, m_queue.poster(),
                                        [this] { return m_sources.everyPrometheus(); }),
        .leastBudget = [this](const ServiceId &service) { return leastBudget(m_review.slos(), service.toString()); }};
    m_paging.addTo(parts);
    return parts;
}

PagingServices::Parts Cockpit::pagingParts()
{
    return {.client = m_client,
            .clock = m_clock,
            .secrets = m_secrets,
            .store = m_incidents,
            .publish = m_queue.sink(),
            .post = m_queue.poster(),
            .beginSending =
                [this](const ActionId &id, bool takenBack, std::function<void(Result<Done>)> then) {
                    m_engine->beginSending(id, std::move(then), takenBack);
                },
            .configuration = m_settings.configuration};
}

Breakers::Parts Cockpit::breakerParts()
{
    return {.client = m_client,
            .clock = m_clock,
            .secrets = m_secrets,
            .journal = m_store,
            .rollouts = m_rollouts,
            .store = m_breakers,
            .kubernetes = m_clusters.calls(),
            .publish = m_queue.sink(),
            .post = m_queue.poster(),
            .fleet = [this] { return m_fleetService.fleet(); },
            .prometheus = [this] { return m_sources.everyPrometheus(); },
            .configuration = m_settings.configuration};
}

Clusters::Parts Cockpit::clusterParts()
{
    return {.client = m_client,
            .clock = m_clock,
            .sources = m_sources,
            .store = m_rollouts,
            .requests = m_requests,
            .publish = m_queue.sink(),
            .post = m_queue.poster(),
            .fleet = [this] { return m_fleetService.fleet(); },
            .runByItself = [this](const ActionRequest &request) { runByItself(request); },
            .actor = m_settings.actor,
            .configuration = m_settings.configuration,
            .presets = m_settings.presets};
}

RunbookService::Parts Cockpit::runbookParts()
{
    return {.clock = m_clock,
            .store = m_runbooks,
            .requests = m_requests,
            .journal = m_store,
            .client = m_client,
            .secrets = m_secrets,
            .post = m_queue.poster(),
            .prometheus = [this] { return m_sources.everyPrometheus(); },
            .sources = m_settings.configuration.runbooks,
            .editor = m_settings.configuration.editor,
            .cachePath = QFileInfo(m_settings.storePath).dir().filePath(QStringLiteral("runbooks.sqlite")),
            .environment = m_settings.configuration.environment.name,
            .actor = m_settings.actor};
}

void Cockpit::runByItself(ActionRequest request)
{
    request = completed(std::move(request));
    m_runsByItself.insert(request.id);
    m_engine->plan(std::move(request));
}

void Cockpit::goOnByItself(const ActionRecord &record)
{
    if (record.state == ActionState::Requested || !m_runsByItself.remove(record.request.id))
        return;
    if (record.state != ActionState::Planned)
        return Q_EMIT noticed(tr("The guard did not act on %1: ").arg(record.request.target) + record.message);
    if (const QList<Evidence> serious = record.plan.seriousChecks(); !serious.isEmpty())
        return Q_EMIT noticed(tr("The guard did not act on %1: %2. Look at it yourself.")
                                  .arg(record.request.target, serious.first().text));
    // The engine reports from inside: it is asked when it is done with that.
    QTimer::singleShot(0, this, [this, id = record.request.id] { m_engine->confirm(id, {}); });
}

void Cockpit::reportAction(const ActionRecord &record)
{
    m_actionStore.setRecord(record);
    goOnByItself(record);
    if (m_leases)
        m_leases->observe(record);
    if (m_overrides)
        m_overrides->observe(record);
    if (isFinal(record.state)) {
        m_sources.pollAll(HttpLane::Interactive);
        m_breakerSources.pollAll(HttpLane::Interactive);
        if (std::holds_alternative<SetFlag>(record.request.intent))
            m_flagServices.pollAll(HttpLane::Interactive);
        if (std::holds_alternative<SetReplicaLimits>(record.request.intent))
            m_capacities.poll();
        const SourceId source = sourceOf(record.request.intent);
        if (source == pagingSourceId() || std::holds_alternative<AcknowledgeAlert>(record.request.intent))
            m_paging.retry(pagingSourceId());
        reloadActivity();
    }
}

ActionRequest Cockpit::completed(ActionRequest request) const
{
    const Instant now = m_clock.now();
    if (request.id.isEmpty())
        request.id = newActionId(now);
    if (request.requestedAt == Instant{})
        request.requestedAt = now;
    if (request.actor.isEmpty())
        request.actor = m_settings.actor;
    request.environment = m_settings.configuration.environment.name;
    PagingServices::nameSource(request.intent);
    return request;
}

QList<AlertmanagerMember> Cockpit::livingMembers(const QString &cluster) const
{
    QList<AlertmanagerMember> living;
    QList<AlertmanagerMember> others;
    for (const Sources::Member &member : m_sources.alertmanagers(cluster)) {
        const auto &statuses = m_fleetService.inputs().statuses;
        const auto status = statuses.constFind(member.id);
        const bool answers = status != statuses.constEnd() && (status->state == SourceStatus::State::Ok ||
                                                               status->state == SourceStatus::State::Partial);
        (answers ? living : others).append({member.name, member.endpoint});
    }
    return living + others;
}

GateContext Cockpit::gateContext(const ActionRequest &request) const
{
    GateContext context{.readOnly = m_settings.configuration.environment.readOnly};
    const ObjectKey *object = objectOf(request.intent);
    const QString cluster = std::visit(
        [](const auto &intent) {
            if constexpr (requires { intent.cluster; })
                return intent.cluster;
            else if constexpr (requires { intent.alert.cluster; })
                return intent.alert.cluster;
            else if constexpr (requires { intent.object.context; })
                return intent.object.context;
            else
                return sourceOf(ActionIntent(intent)).toString();
        },
        request.intent);
    const SourceId source = sourceOf(request.intent);
    QString words = (object             ? tr("No Kubernetes context '%1' is configured.")
                     : source.isEmpty() ? tr("No Alertmanager is configured for cluster '%1'.")
                                        : tr("No source '%1' is configured."))
                        .arg(cluster);
    bool anyUp = false;
    for (const SourceStatus &status : m_fleet.fleet().sources) {
        const bool meant = object ? status.id == kubernetesSourceId(cluster)
                           : !source.isEmpty()
                               ? status.id == source
                               : status.kind == SourceStatus::Kind::Alertmanager && status.cluster == cluster;
        if (!meant)
            continue;
        if (status.state == SourceStatus::State::Down || status.state == SourceStatus::State::Unauthorized)
            words = status.name + QStringLiteral(": ") + status.message;
        else
            anyUp = true;
    }
    context.targetSourceDown = !anyUp;
    context.targetSourceWords = words;
    return context;
}

} // namespace cockpit
