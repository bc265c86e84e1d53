// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/cockpit.h"

namespace cockpit {

void Cockpit::startReview()
{
    m_slos =
        std::make_unique<SloService>(SloService::Parts{.store = m_review,
                                                       .post = m_queue.poster(),
                                                       .prometheus = [this] { return m_sources.everyPrometheus(); },
                                                       .incidents = [this] { return m_incidents.incidents(); }});
    m_delivery = std::make_unique<DeliveryService>(deliveryParts());
    connect(&m_requests, &Requests::deliveryCorrectionRequested, this,
            [this](const QString &deployment, DeploymentCorrection::Verdict verdict, const QString &reason) {
                m_delivery->correct({.deployment = deployment,
                                     .verdict = verdict,
                                     .reason = reason,
                                     .actor = m_settings.actor,
                                     .at = m_clock.now()},
                                    [this, deployment](const Result<Done> &written) {
                                        if (written)
                                            reloadActivity();
                                        else
                                            Q_EMIT m_requests.deliveryCorrectionRefused(deployment,
                                                                                        written.error().text());
                                    });
            });
}

DeliveryService::Parts Cockpit::deliveryParts()
{
    return {.store = m_review,
            .database = m_store,
            .post = m_queue.poster(),
            .environment = m_settings.configuration.environment.name,
            .zone = QTimeZone::systemTimeZone(),
            .prometheus = [this] { return m_sources.everyPrometheus(); },
            .rollouts = [this]() -> std::optional<QList<RolloutPtr>> {
                if (!m_rollouts.isKnown())
                    return std::nullopt;
                QList<RolloutPtr> all;
                for (const RolloutEntry &entry : m_rollouts.entries())
                    all.append(entry.rollout);
                return all;
            },
            .hasCluster = [this] { return !m_clusters.order().isEmpty(); },
            .incidents = [this] { return m_incidents.incidents(); },
            .fleet = [this]() -> const Fleet & { return m_fleet.fleet(); }};
}

} // namespace cockpit
