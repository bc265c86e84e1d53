// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"
#include "models/paging.h"
#include "models/paging_intents.h"

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

/// Which page is meant: by id, else by its dedup key.
struct PageName {
    QString id{};
    QString dedupKey{};
};

/// One page and who is on call, as the service just told, for a plan or a proof.
struct PageReading {
    std::optional<Page> page{};
    QStringList assigneeIds{};
    QStringList responderIds{}; ///< who was called in addition
    std::vector<OnCall> onCalls{};
};

/// What a paging service can do as it is configured.
struct PagingAbilities {
    bool reads = false;       ///< pages can be read: what is done can be proven
    bool triggers = false;
    bool acknowledges = false;
    bool resolves = false;
    bool escalates = false;
    bool addsResponders = false;
    bool provesPeople = false; ///< who has a page and who was called can be read
};

/// A paging service. Owner's thread; answers are read on the I/O thread and `done` is called there, once each. Requests
/// that change something go out once, unless the service knows the second one for the same (dedup key, state).
class PagingSource {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;

    virtual ~PagingSource() = default;
    virtual PagingAbilities abilities() const = 0;
    /// Publishes a PagingUpdate when the pages are known, and one StatusUpdate.
    virtual void poll(HttpLane lane) = 0;
    /// A page that is not there is an empty one, and no error. Errors: Invalid where it cannot read; HttpClient's.
    virtual void read(const PageName &name, Answer<PageReading> done) = 0;
    /// The rest answer Invalid where abilities() says no. The text is what the service said.
    virtual void trigger(const TriggerPage &wish, Answer<QString> done) = 0;
    virtual void setState(const PageName &name, Page::State state, Answer<QString> done) = 0;
    /// `level` counts from 1.
    virtual void escalate(const QString &page, int level, Answer<QString> done) = 0;
    virtual void addResponders(const QString &page, const QStringList &people, const QString &message,
                               Answer<QString> done) = 0;
};

/// What a source is made of. References outlive it; secrets are resolved.
struct PagingParts {
    HttpClient &client;
    const Clock &clock;
    UpdateSink publish;
    SourceIdentity identity{};
};

struct PagerDutyAccess {
    EndpointPtr rest{};   ///< null = there is no token
    EndpointPtr events{};
    QByteArray routingKey{}; ///< secret; empty = nobody can be paged
    QString from{};
    QStringList services{};
    QStringList policies{};
};
std::unique_ptr<PagingSource> makePagerDutySource(PagingParts parts, PagerDutyAccess access);

struct OpsgenieAccess {
    EndpointPtr endpoint{};
    QString user{};
    QStringList schedules{};
};
std::unique_ptr<PagingSource> makeOpsgenieSource(PagingParts parts, OpsgenieAccess access);

struct PagingWebhookAccess {
    EndpointPtr endpoint{};
    QString trigger{}; ///< templates
    QString acknowledge{};
    QString resolve{};
};
std::unique_ptr<PagingSource> makePagingWebhook(PagingParts parts, PagingWebhookAccess access);

/// A template with its placeholders filled in, each as the inside of a JSON string; `action` is "trigger" and so on.
QByteArray filledPagingTemplate(const QString &pattern, const QString &action, const TriggerPage &wish);

/// The paging service as handlers see it. Owner's thread; answers come there too, once each, perhaps from inside.
class PagingCalls {
public:
    virtual ~PagingCalls() = default;
    virtual PagingAbilities abilities() const = 0;
    virtual QString name() const = 0; ///< "PagerDuty"
    virtual QString user() const = 0; ///< who acts there; empty = not told
    virtual void read(const PageName &name, PagingSource::Answer<PageReading> done) = 0;
    virtual void trigger(const TriggerPage &wish, PagingSource::Answer<QString> done) = 0;
    virtual void setState(const PageName &name, Page::State state, PagingSource::Answer<QString> done) = 0;
    virtual void escalate(const QString &page, int level, PagingSource::Answer<QString> done) = 0;
    virtual void addResponders(const QString &page, const QStringList &people, const QString &message,
                               PagingSource::Answer<QString> done) = 0;
};

} // namespace cockpit
