// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/delivery_service.h"

#include "app/actions/uuid7.h"
#include "app/backends/budget_troubles.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

constexpr Duration betweenReports{std::chrono::minutes(1)};
constexpr Duration betweenTroubleReads{std::chrono::hours(1)};
constexpr Duration betweenTroubleTries{std::chrono::seconds(10)};
/// How long a first report waits for the cluster and Prometheus.
constexpr Duration longestWait{std::chrono::seconds(20)};

QString serviceWords(const char *text) { return QCoreApplication::translate("Delivery", text); }

} // namespace

DeliveryService::DeliveryService(Parts parts)
    : m_parts(std::move(parts))
{}

void DeliveryService::tick(Instant now)
{
    if (!m_started || now < *m_started)
        m_started = now;
    const Duration pause = m_troublesKnown               ? betweenTroubleReads
                           : m_troubleProblems.isEmpty() ? betweenTroubleTries
                                                         : betweenReports;
    if (!m_isAsking && (!m_askedTroubles || now - *m_askedTroubles >= pause || now < *m_askedTroubles))
        askTroubles(now);
    const bool isKnown = (m_parts.rollouts() || !m_parts.hasCluster()) &&
                         (m_troublesKnown || !m_troubleProblems.isEmpty() || m_parts.prometheus().isEmpty());
    const bool isDue = !m_made || now - *m_made >= betweenReports || now < *m_made || (isKnown && !m_isRead);
    if (!m_isMaking && isDue && (isKnown || now - *m_started >= longestWait))
        make(now);
}

void DeliveryService::refresh(Instant now)
{
    m_askedTroubles.reset();
    m_made.reset();
    tick(now);
}

/// One question a server; the answers of all together replace what was known.
void DeliveryService::askTroubles(Instant now)
{
    const QList<PrometheusBackend *> servers = m_parts.prometheus();
    m_askedTroubles = now;
    if (servers.isEmpty())
        return;
    struct Asked {
        qsizetype open = 0;
        QList<BudgetTrouble> troubles{};
        QStringList problems{};
    };
    m_isAsking = true;
    const auto asked = std::make_shared<Asked>(Asked{.open = servers.size()});
    for (PrometheusBackend *server : servers) {
        queryBudgetTroubles(*server, [this, alive = std::weak_ptr(m_alive), post = m_parts.post,
                                      asked](const Result<QList<BudgetTrouble>> &answer) {
            post([this, alive, asked, answer] {
                if (alive.expired())
                    return;
                if (answer)
                    asked->troubles += *answer;
                else
                    asked->problems.append(
                        serviceWords("Burns of error budgets are not known: %1").arg(answer.error().what));
                if (--asked->open > 0)
                    return;
                m_isAsking = false;
                m_troubleProblems = asked->problems;
                if (!asked->troubles.isEmpty() || asked->problems.isEmpty()) {
                    m_troubles = asked->troubles;
                    m_troublesKnown = asked->problems.isEmpty();
                }
                m_made.reset();
            });
        });
    }
}

DeliveryRound DeliveryService::round(Instant now) const
{
    const std::optional<QList<RolloutPtr>> rollouts = m_parts.rollouts();
    DeliveryRound made{.environment = m_parts.environment,
                       .now = now,
                       .zone = m_parts.zone,
                       .rollouts = rollouts.value_or(QList<RolloutPtr>()),
                       .incidents = m_parts.incidents(),
                       .troubles = m_troubles,
                       .missing = m_troubleProblems};
    made.pages = pagesOf(m_parts.fleet()) + pagesOf(made.incidents);
    if (!m_parts.hasCluster())
        made.missing.append(serviceWords("No cluster is configured: no deployment can be seen."));
    else if (!rollouts)
        made.missing.append(serviceWords("No cluster has answered: only deployments of earlier days are counted."));
    return made;
}

void DeliveryService::make(Instant now)
{
    m_isMaking = true;
    m_made = now;
    m_isWhole = (m_parts.rollouts() || !m_parts.hasCluster()) && !m_isAsking;
    ReviewProgress progress = m_parts.store.deliveryProgress();
    progress.running = true;
    m_parts.store.setDeliveryProgress(progress);
    m_parts.database.ask<QList<DeliveryReportPtr>>(
        [round = round(now)](Store &store) { return makeDeliveryReports(store, round); },
        [this, alive = std::weak_ptr(m_alive)](Result<QList<DeliveryReportPtr>> reports) {
            if (!alive.expired())
                take(reports);
        });
}

void DeliveryService::take(const Result<QList<DeliveryReportPtr>> &reports)
{
    m_isMaking = false;
    m_isRead = m_isRead || m_isWhole || !reports;
    if (reports) {
        for (const DeliveryReportPtr &report : *reports)
            m_parts.store.setDelivery(report);
    }
    m_parts.store.setDeliveryProgress(
        {.words = reports ? QString() : reports.error().text(), .failed = !reports.has_value()});
    if (std::exchange(m_isAgain, false))
        m_made.reset();
}

void DeliveryService::correct(DeploymentCorrection correction, std::function<void(Result<Done>)> done)
{
    const auto isKnown = [&correction](const DeploymentRecord &record) { return record.id == correction.deployment; };
    const DeliveryReportPtr known = m_parts.store.delivery(deliveryWindows.back());
    if (!known || std::none_of(known->deployments.begin(), known->deployments.end(), isKnown))
        return done(Error{Error::Kind::NotFound, serviceWords("No such deployment is known."),
                          serviceWords("Nothing was corrected."),
                          serviceWords("“dt-cockpit delivery --list” shows those of 90 days with their ids.")});
    const QString environment = m_parts.environment;
    m_parts.database.ask<Done>(
        [environment, correction = std::move(correction)](Store &store) {
            return store.delivery().correct(environment, correction, newActionId(correction.at));
        },
        [this, alive = std::weak_ptr(m_alive), done = std::move(done)](const Result<Done> &written) {
            if (alive.expired())
                return;
            // A running round has read the corrections of before; the next second makes another one.
            m_isAgain = m_isMaking;
            m_made.reset();
            done(written);
        });
}

} // namespace cockpit
