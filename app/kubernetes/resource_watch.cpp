// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/kubernetes/resource_watch.h"

#include "app/kubernetes/kubernetes_words.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

/// Lines that were read on the I/O thread and wait for the worker: one wake-up for all that gathered.
struct ResourceWatch::Inbox {
    std::mutex mutex{};
    std::vector<WatchEvent> events{};
    bool announced = false;

    /// True when nobody was told yet.
    bool add(WatchEvent event)
    {
        const std::lock_guard lock(mutex);
        events.push_back(std::move(event));
        return !std::exchange(announced, true);
    }
    std::vector<WatchEvent> take()
    {
        const std::lock_guard lock(mutex);
        announced = false;
        return std::exchange(events, {});
    }
};

ResourceWatch::ResourceWatch(std::shared_ptr<ContextLink> link, std::shared_ptr<TaskThread> worker, KubernetesKind kind,
                             QString nameSpace, ResourceWatchOptions options, Sink sink)
    : m_link(std::move(link))
    , m_worker(std::move(worker))
    , m_kind(kind)
    , m_nameSpace(std::move(nameSpace))
    , m_options(options)
    , m_sink(std::move(sink))
    , m_random(QRandomGenerator::global()->generate64())
{}

void ResourceWatch::stop()
{
    m_stopped = true;
    ++m_session;
    closeStream();
    m_sink = {};
}

void ResourceWatch::closeStream()
{
    if (m_stream)
        m_link->cancelStream(m_stream);
    m_stream.reset();
}

void ResourceWatch::resume()
{
    if (m_stopped || m_state == State::Listing)
        return;
    if (m_state == State::Watching)
        watch();
    else
        list();
}

void ResourceWatch::relist()
{
    if (!m_stopped)
        list();
}

QByteArray ResourceWatch::acceptHeader(bool list) const
{
    if (m_kind != KubernetesKind::ConfigMap && m_kind != KubernetesKind::Secret)
        return "application/json";
    return list ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
                : "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
}

HttpRequest ResourceWatch::listRequest(int limit, const QString &continueToken) const
{
    HttpRequest request;
    request.path = kubernetesPath(m_kind).list(m_nameSpace);
    request.query = {{QStringLiteral("limit"), QString::number(limit)}};
    if (!continueToken.isEmpty())
        request.query.append({QStringLiteral("continue"), continueToken});
    request.headers = {{"Accept", acceptHeader(true)}};
    request.lane = HttpLane::Probe; // it has its own patience: neither queue nor breaker
    request.maxTries = 1;
    request.totalTimeout = m_options.listLimit;
    return request;
}

void ResourceWatch::list()
{
    closeStream();
    ++m_session;
    m_nextTry.reset();
    m_pages.clear();
    if (m_state != State::Forbidden && m_state != State::Absent) // these stay what they are until an answer says else
        setState(State::Listing);
    askPage({});
}

void ResourceWatch::askPage(const QString &continueToken)
{
    const quint64 session = m_session;
    m_link->send(listRequest(m_options.pageLimit, continueToken),
                 [weak = weak_from_this(), worker = m_worker, kind = m_kind, session](Result<HttpResponse> response) {
                     std::function<void(ResourceWatch &)> step;
                     if (response && response->status >= 400) {
                         step = [session, status = kubernetesStatus(*response)](ResourceWatch &self) {
                             self.takeRefusal(session, status);
                         };
                     } else {
                         // Shared: a task is copied, the facts are not.
                         auto page = std::make_shared<Page>(response ? parseKubernetesList(response->body, kind)
                                                                     : Page(response.error()));
                         step = [session, page](ResourceWatch &self) { self.takePage(session, std::move(*page)); };
                     }
                     worker->post([weak, step] {
                         if (const auto self = weak.lock())
                             step(*self);
                     });
                 });
}

void ResourceWatch::takePage(quint64 session, Page page)
{
    if (session != m_session)
        return;
    if (!page) {
        fail(page.error(), std::nullopt, true);
        return;
    }
    m_pages.insert(m_pages.end(), std::make_move_iterator(page->items.begin()),
                   std::make_move_iterator(page->items.end()));
    if (!page->continueToken.isEmpty()) {
        askPage(page->continueToken);
        return;
    }
    m_resourceVersion = page->resourceVersion;
    m_settled = true;
    m_error.reset();
    m_sink.replaced(std::exchange(m_pages, {}));
    watch();
}

void ResourceWatch::takeRefusal(quint64 session, const KubernetesStatus &status)
{
    if (session != m_session)
        return;
    if (status.code == 404) {
        m_settled = true;
        m_error.reset();
        if (m_state != State::Absent)
            m_sink.replaced({});
        setState(State::Absent);
        later(m_options.absentPause, true);
    } else if (status.code == 403) {
        m_settled = true;
        m_error = kubernetesError(m_link->words(), status);
        setState(State::Forbidden);
        later(m_options.forbiddenPause, true);
    } else if (isExpired(status)) {
        // The pages were taken too slowly: from the beginning, so that the list is of one moment.
        ++m_failures;
        later(drawn(m_options.relistJitter), true);
    } else {
        fail(kubernetesError(m_link->words(), status), status.retryAfter, true);
    }
}

void ResourceWatch::watch()
{
    closeStream();
    ++m_session;
    m_nextTry.reset();
    setState(State::Watching);
    std::uniform_int_distribution<int> seconds(m_options.shortestWatchSeconds, m_options.longestWatchSeconds);
    const int limit = seconds(m_random);
    HttpRequest request;
    request.path = kubernetesPath(m_kind).list(m_nameSpace);
    request.query = {{QStringLiteral("watch"), QStringLiteral("1")},
                     {QStringLiteral("allowWatchBookmarks"), QStringLiteral("true")},
                     {QStringLiteral("resourceVersion"), m_resourceVersion},
                     {QStringLiteral("timeoutSeconds"), QString::number(limit)}};
    request.headers = {{"Accept", acceptHeader(false)}};
    openStream(std::move(request), std::chrono::seconds(limit) + 30s);
}

void ResourceWatch::openStream(HttpRequest request, std::chrono::milliseconds silence)
{
    m_stream = std::make_shared<std::atomic_bool>(false);
    m_streamBegan = m_link->clock().monotonic();
    m_streamSpoke = false;
    const quint64 session = m_session;
    const auto inbox = std::make_shared<Inbox>();
    const auto drain = [weak = weak_from_this(), inbox, session] {
        if (const auto self = weak.lock())
            self->takeEvents(session, inbox->take());
    };
    const auto onLine = [kind = m_kind, inbox, worker = m_worker, drain](std::string_view line) {
        if (line.empty())
            return;
        Result<WatchEvent> event = parseWatchEvent(line, kind);
        if (!event) // what cannot be read may be a change: only a new list tells
            event = WatchEvent{.type = WatchEvent::Type::Error, .message = event.error().what};
        if (inbox->add(std::move(*event)))
            worker->post(drain);
    };
    m_link->stream(std::move(request), silence, m_stream, onLine,
                   [weak = weak_from_this(), worker = m_worker, session](Result<Done> end) {
                       worker->post([weak, session, end] {
                           if (const auto self = weak.lock())
                               self->takeEnd(session, end);
                       });
                   });
}

void ResourceWatch::takeEvents(quint64 session, std::vector<WatchEvent> events)
{
    if (session != m_session)
        return;
    std::vector<WatchEvent> changes;
    std::optional<WatchEvent> broken;
    for (WatchEvent &event : events) {
        if (event.type == WatchEvent::Type::Error) {
            broken = std::move(event);
            break;
        }
        m_streamSpoke = true;
        m_failures = 0;
        if (!event.resourceVersion.isEmpty())
            m_resourceVersion = event.resourceVersion;
        if (event.fact)
            changes.push_back(std::move(event));
    }
    if (!changes.empty())
        m_sink.events(std::move(changes));
    if (broken && session == m_session)
        takeStreamError(*broken);
}

void ResourceWatch::takeStreamError(const WatchEvent &event)
{
    closeStream();
    ++m_session;
    if (event.code == 410 && m_failures < 2) { // more than two in a row is a server in trouble
        ++m_failures;
        later(drawn(m_options.relistJitter), true);
        return;
    }
    fail({Error::Kind::Server, KubernetesWords::tr("%1 ended a watch: %2").arg(m_link->words(), event.message), {}, {}},
         std::nullopt, true);
}

void ResourceWatch::takeEnd(quint64 session, Result<Done> end)
{
    if (session != m_session)
        return;
    m_stream.reset();
    const bool lived = m_link->clock().monotonic() - m_streamBegan >= m_options.healthyAfter;
    if (lived)
        m_failures = 0;
    if (end || m_streamSpoke || lived) {
        // A cut stream is an ordinary reconnect (kubernetes.md 9). A watch that ends at once again and again is not.
        const bool expired = !end && end.error().kind == Error::Kind::NotFound;
        const bool quick = !m_streamSpoke && !lived;
        if (quick)
            ++m_failures;
        later(quick ? drawn(std::min(m_options.firstBackoff * m_failures, m_options.longestBackoff))
                    : drawn(m_options.relistJitter / 4),
              expired);
        return;
    }
    if (end.error().kind == Error::Kind::NotFound) // 410, or the kind is gone: the list tells
        later(drawn(m_options.relistJitter), true);
    else // A server that refuses a watch from here may have forgotten where here is: list, except when it has too much
         // to do.
        fail(end.error(), std::nullopt, end.error().kind != Error::Kind::RateLimited);
}

void ResourceWatch::fail(const Error &error, std::optional<std::chrono::milliseconds> asked, bool listsAgain)
{
    m_error = error;
    m_settled = true; // nothing comes soon: nobody waits for it
    const int doublings = std::min(m_failures, 10);
    ++m_failures;
    const auto longest =
        std::min<std::chrono::milliseconds>(m_options.firstBackoff * (1LL << doublings), m_options.longestBackoff);
    auto delay = longest / 2 + drawn(longest / 2);
    if (asked)
        delay = std::max(delay, std::min<std::chrono::milliseconds>(*asked, m_options.longestBackoff) +
                                    drawn(m_options.relistJitter / 2));
    setState(State::Waiting);
    later(delay, listsAgain);
}

void ResourceWatch::later(std::chrono::milliseconds delay, bool lists)
{
    m_nextTry = m_link->clock().monotonic() + delay;
    const quint64 session = ++m_session;
    m_worker->after(delay, [weak = weak_from_this(), session, lists] {
        const auto self = weak.lock();
        if (!self || session != self->m_session)
            return;
        if (lists)
            self->list();
        else
            self->watch();
    });
}

void ResourceWatch::setState(State state)
{
    m_state = state;
    m_sink.stateChanged();
}

std::chrono::milliseconds ResourceWatch::drawn(std::chrono::milliseconds longest)
{
    return std::chrono::milliseconds(
        std::uniform_int_distribution<std::int64_t>(0, std::max<std::int64_t>(longest.count(), 0))(m_random));
}

} // namespace cockpit
