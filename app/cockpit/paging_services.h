// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/chat/post_message.h"
#include "app/actions/paging/call_people.h"
#include "app/actions/paging/set_page_state.h"
#include "app/actions/paging/trigger_page.h"
#include "app/clock/clock.h"
#include "app/config/configuration.h"
#include "app/config/secret_resolver.h"
#include "app/paging/slack_calls.h"
#include "models/items/incident_store.h"

#include <QObject>
#include <QTimer>

namespace cockpit {

struct ActionEngineParts;

/// The configured paging service and chat: resolves how one gets in, polls each by its own interval, runs the actions on
/// them, and keeps what pages show of them. Owner's thread; never waits.
class PagingServices : public QObject {
    Q_OBJECT
public:
    using Post = std::function<void(std::function<void()>)>;
    struct Parts {
        HttpClient &client;
        const Clock &clock;
        SecretResolver &secrets;
        IncidentStore &store;
        UpdateSink publish;
        Post post;
        /// As ActionEngine::beginSending().
        std::function<void(const ActionId &, bool takenBack, std::function<void(Result<Done>)>)> beginSending;
        const Configuration &configuration;
    };
    explicit PagingServices(Parts parts, QObject *parent = nullptr);
    ~PagingServices() override;

    /// Publishes each as connecting, and begins to poll. Call once.
    void start();
    void pollAll(HttpLane lane);
    /// Retry now; does nothing for another source.
    void retry(const SourceId &id);
    /// It said 401: its token may have been renewed. At most once a minute each.
    void renewCredentials(const SourceId &id);
    QList<SourceId> order() const;
    void take(const PagingUpdate &update) { m_parts.store.setPaging(update); }
    /// Gives the engine the handlers of what is configured.
    void addTo(ActionEngineParts &parts);
    /// The source that is meant by an intent that names none.
    static void nameSource(ActionIntent &intent);

private:
    struct Service;
    class Paging;
    class Chat;
    void add(const SourceId &id, const QString &name, SourceStatus::Kind kind, Duration interval);
    void resolve(Service &service);
    void open(Service &service, const EndpointPtr &endpoint);
    void fail(Service &service, const Error &error);
    void poll(Service &service, HttpLane lane);
    PagingParts partsOf(const Service &service) const;
    SourceStatus connecting(const Service &service) const;
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later();

    Parts m_parts;
    std::vector<std::unique_ptr<Service>> m_services;
    std::unique_ptr<Paging> m_paging;
    std::unique_ptr<Chat> m_chat;
    std::unique_ptr<TriggerPageHandler> m_trigger;
    std::unique_ptr<SetPageStateHandler> m_acknowledge;
    std::unique_ptr<SetPageStateHandler> m_resolve;
    std::unique_ptr<EscalatePageHandler> m_escalate;
    std::unique_ptr<AddRespondersHandler> m_responders;
    std::unique_ptr<PostMessageHandler> m_post;
};

} // namespace cockpit
