// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/runbook_backend.h"
#include "app/config/secret_resolver.h"
#include "app/net/http_client.h"

#include <QObject>

#include <memory>
#include <vector>

namespace cockpit {

/// Runbooks that are pages of a configured host. Markdown and plain text are taken as they are; of an HTML page only a
/// note with its address is shown, for no HTML is rendered. What was read is asked again with its ETag, and shown from
/// the cockpit's own copy while the host does not answer. Owner's thread; never waits.
class WebRunbooks : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        HttpClient &client;
        SecretResolver &secrets;
        RunbookBackend &backend;
        Post post;
        QList<RunbookConfig> sources{};
    };
    explicit WebRunbooks(Parts parts, QObject *parent = nullptr);
    ~WebRunbooks() override;

    void start();
    /// To be called once a second: asks again what is due.
    void tick();
    /// A `runbook_url` was met: when it lies on a configured host it is read from now on.
    void want(const QString &url);
    /// Every page has answered or failed at least once.
    bool isRead() const;

Q_SIGNALS:
    void read();

private:
    struct Host;
    struct Page;
    void resolve(Host &host);
    void ask(Host &host);
    void askPage(Host &host, const QString &address);
    void take(Host &host, const QString &address, const Result<HttpResponse> &response);
    void publish(Host &host);

    Parts m_parts;
    std::vector<std::unique_ptr<Host>> m_hosts{};
};

/// What a page's answer is as a runbook: its text, or for HTML a note with its address. Pure.
QByteArray runbookOfPage(const QString &address, const QByteArray &contentType, const QByteArray &body);

} // namespace cockpit
