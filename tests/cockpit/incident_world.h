// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_service.h"
#include "app/cockpit/update_queue.h"
#include "tests/support/memory_archive.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace cockpit::testing {

/// A clock that stands where the test puts it.
class StandingClock final : public Clock {
public:
    Instant now() const override { return at; }
    Instant at = fromEpochMs(1'795'400'000'000);
};

inline Alert firingAlert(Instant startsAt)
{
    Alert alert;
    alert.key = {QStringLiteral("eu"), QStringLiteral("f1")};
    alert.name = QStringLiteral("GCHighErrorRate");
    alert.service = ServiceId(QStringLiteral("gc-service"));
    alert.severity = QStringLiteral("page");
    alert.priority = Priority::P2;
    alert.startsAt = startsAt;
    return alert;
}

/// One cockpit with its incidents; several share one archive.
struct IncidentWorld {
    explicit IncidentWorld(std::shared_ptr<SharedIncidents> shared, const QString &who = QStringLiteral("alice"))
        : archive(std::move(shared))
        , actor(who)
    {}

    QTemporaryDir dir{};
    StandingClock clock{};
    UpdateQueue queue{};
    MemoryArchive archive;
    QString actor;
    IncidentStore store{};
    Requests requests{};
    ActionStore actions{};
    RolloutStore rollouts{};
    BreakerStore breakers{};
    RunbookStore runbooks{};
    StoreThread journal{{.path = dir.filePath(QStringLiteral("cockpit.sqlite")), .owner = QStringLiteral("b/1/1")},
                        clock,
                        queue.poster()};
    std::shared_ptr<Fleet> fleet = std::make_shared<Fleet>();
    QList<ActionRequest> planned{};
    QList<ActionId> confirmed{};
    QStringList noticed{};
    std::unique_ptr<IncidentService> service{};

    void start()
    {
        service = std::make_unique<IncidentService>(
            IncidentService::Parts{.clock = clock,
                                   .archive = archive,
                                   .store = store,
                                   .requests = requests,
                                   .journal = journal,
                                   .actions = actions,
                                   .rollouts = rollouts,
                                   .breakers = breakers,
                                   .runbooks = runbooks,
                                   .post = queue.poster(),
                                   .fleet = [this] { return fleet; },
                                   .plan = [this](const ActionRequest &request) { planned.append(request); },
                                   .confirm = [this](const ActionId &id) { confirmed.append(id); },
                                   .pdf = {},
                                   .environment = QStringLiteral("prod"),
                                   .actor = actor,
                                   .origin = QStringLiteral("window")});
        QObject::connect(service.get(), &IncidentService::noticed, service.get(),
                         [this](const QString &words) { noticed.append(words); });
        service->start();
    }
    void fire(Duration ago)
    {
        fleet = std::make_shared<Fleet>(*fleet);
        fleet->at = clock.at;
        fleet->alertsKnown = true;
        fleet->alerts = {firingAlert(clock.at - ago)};
    }
    void resolve(Instant at)
    {
        fleet = std::make_shared<Fleet>(*fleet);
        fleet->alerts.front().state = AlertState::Resolved;
        fleet->alerts.front().resolvedAt = at;
        service->takeFleet();
    }
    void declare() { Q_EMIT requests.incidentDeclareRequested(service->declaring().proposal({firingAlert({}).key})); }
    IncidentPtr only() const { return store.incidents().size() == 1 ? store.incidents().first() : nullptr; }
    template <typename Body> int count() const
    {
        int found = 0;
        for (const IncidentEntry &entry : only() ? only()->timeline : std::vector<IncidentEntry>())
            found += std::holds_alternative<Body>(entry.body) ? 1 : 0;
        return found;
    }
};

} // namespace cockpit::testing
