// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_engine.h"
#include "app/store/process_identity.h"
#include "tests/actions/fake_alertmanager.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

namespace cockpit::testing {

/// A clock that stands where it is put.
class StandingClock final : public Clock {
public:
    Instant now() const override { return m_now; }
    void set(Instant now) { m_now = now; }

private:
    Instant m_now = *parseRfc3339("2026-11-23T03:10:00.000Z");
};

inline QJsonObject alertLabels(const char *name, const char *service)
{
    return QJsonObject{{QStringLiteral("alertname"), QLatin1String(name)},
                       {QStringLiteral("service"), QLatin1String(service)},
                       {QStringLiteral("severity"), QStringLiteral("page")}};
}

/// An engine on a store in `folder` and an Alertmanager in memory, with everything that it reported.
class EngineWorld {
public:
    explicit EngineWorld(const QString &storePath)
        : store(StoreOptions{storePath, thisProcessIdentity(), std::chrono::seconds(10)}, clock, post())
        , engine(parts())
    {
        alertmanager.addAlert(QStringLiteral("f1"), alertLabels("GCHighErrorRate", "gc-service"));
        alertmanager.addAlert(QStringLiteral("f2"), alertLabels("MCDown", "mc-service"));
    }

    Post post()
    {
        return [this](std::function<void()> call) {
            QMetaObject::invokeMethod(&receiver, std::move(call), Qt::QueuedConnection);
        };
    }

    ActionEngineParts parts()
    {
        return ActionEngineParts{clock,
                                 alertmanager,
                                 store,
                                 post(),
                                 [this](const QString &) { return members; },
                                 [this] { return fleet; },
                                 [this](const ActionRequest &) { return gates; },
                                 [this](std::chrono::milliseconds pause, std::function<void()> call) {
                                     QTimer::singleShot(pause / 20, &receiver, std::move(call));
                                 },
                                 [this](const ActionRecord &record) {
                                     reports.append(record);
                                     if (onReport)
                                         onReport(record);
                                 },
                                 SeverityMap{},
                                 QTimeZone::utc(),
                                 proofTime};
    }

    ActionRequest request(ActionIntent intent) const
    {
        return ActionRequest{{},
                             QStringLiteral("prod"),
                             QStringLiteral("GCHighErrorRate of gc-service"),
                             ServiceId(QStringLiteral("gc-service")),
                             std::move(intent),
                             QStringLiteral("alice"),
                             QStringLiteral("looking into it"),
                             {}};
    }
    SilenceAlerts silenceOne() const
    {
        return SilenceAlerts{QStringLiteral("eu"),
                             {Matcher{QStringLiteral("alertname"), QStringLiteral("GCHighErrorRate"), false, true}},
                             clock.now(),
                             clock.now() + std::chrono::hours(5),
                             QStringLiteral("known bug"),
                             {}};
    }
    AcknowledgeAlert acknowledgeOne() const
    {
        return AcknowledgeAlert{AlertKey{QStringLiteral("eu"), QStringLiteral("f1")},
                                Labels({{QStringLiteral("alertname"), QStringLiteral("GCHighErrorRate")},
                                        {QStringLiteral("service"), QStringLiteral("gc-service")},
                                        {QStringLiteral("severity"), QStringLiteral("page")}}),
                                std::chrono::minutes(15)};
    }
    ActionState state(const ActionId &id) const
    {
        const ActionRecord *record = engine.find(id);
        return record ? record->state : ActionState::Requested;
    }
    /// The state before the action was confirmed is Planned or final; after it, final.
    bool isSettled(const ActionId &id) const { return isFinal(state(id)); }

    std::chrono::milliseconds proofTime{100};
    StandingClock clock;
    QObject receiver;
    FakeAlertmanager alertmanager;
    QList<AlertmanagerMember> members{
        {QStringLiteral("a"), std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://a")})},
        {QStringLiteral("b"), std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://b")})}};
    std::shared_ptr<Fleet> fleet = std::make_shared<Fleet>();
    GateContext gates{};
    QList<ActionRecord> reports{};
    std::function<void(const ActionRecord &)> onReport{};
    StoreThread store;
    ActionEngine engine;
};

} // namespace cockpit::testing
