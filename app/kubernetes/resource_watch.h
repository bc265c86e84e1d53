// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/kubernetes_list.h"
#include "app/formats/kubernetes_status.h"
#include "app/kubernetes/context_link.h"

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

namespace cockpit {

/// The times of a watch. The defaults are those of backends.md appendix A; tests make them short.
struct ResourceWatchOptions {
    int pageLimit = 500;
    std::chrono::milliseconds firstBackoff{800}; ///< doubles with each failure in a row
    std::chrono::milliseconds longestBackoff{30'000};
    std::chrono::milliseconds relistJitter{1'000};  ///< longest wait before a list after a 410 or a restart
    std::chrono::milliseconds absentPause{300'000}; ///< before a kind that the server does not have is asked for again
    std::chrono::milliseconds forbiddenPause{60'000};
    std::chrono::milliseconds healthyAfter{10'000}; ///< a watch that lived so long ends the row of failures
    std::chrono::milliseconds listLimit{30'000};    ///< of one page
    int shortestWatchSeconds = 240;                 ///< timeoutSeconds is drawn between these
    int longestWatchSeconds = 480;
};

/// List and watch of one kind, for ever (client-go calls it a reflector): pages, bookmarks, resume after clean and cut
/// ends, a new list after each shape of 410. A silent watch is no error: nothing is concluded from it. Lives on the
/// worker's thread, bytes are read on the I/O thread.
class ResourceWatch : public std::enable_shared_from_this<ResourceWatch> {
public:
    enum class State {
        Listing,
        Watching, ///< the list was complete, and the watch goes on from it
        Waiting,  ///< failed; tries again
        Absent,   ///< the server does not have this kind
        Forbidden
    };
    /// Called on the worker's thread.
    struct Sink {
        std::function<void(std::vector<KubernetesFact>)> replaced{}; ///< everything there is
        std::function<void(std::vector<WatchEvent>)> events{};       ///< Added, Modified and Deleted, in order
        std::function<void()> stateChanged{};
    };
    ResourceWatch(std::shared_ptr<ContextLink> link, std::shared_ptr<TaskThread> worker, KubernetesKind kind,
                  QString nameSpace, ResourceWatchOptions options, Sink sink);

    void start() { list(); }
    /// Nothing is called any more.
    void stop();
    /// The connection may be dead without a sign: goes on from the newest version on a new one. What waits tries now.
    void resume();
    /// Everything again from a list.
    void relist();

    KubernetesKind kind() const { return m_kind; }
    const QString &nameSpace() const { return m_nameSpace; }
    State state() const { return m_state; }
    /// Some list was complete, or there is nothing to list.
    bool isSettled() const { return m_settled; }
    /// Why it waits or may not.
    const std::optional<Error> &error() const { return m_error; }
    /// When it tries again; nothing while it works.
    std::optional<Clock::Monotonic> nextTry() const { return m_nextTry; }
    /// The list request with this limit: also the cheap read that proves that the server answers.
    HttpRequest listRequest(int limit, const QString &continueToken = {}) const;

private:
    struct Inbox;
    using Page = Result<KubernetesList>;
    void list();
    void askPage(const QString &continueToken);
    void takePage(quint64 session, Page page);
    void takeRefusal(quint64 session, const KubernetesStatus &status);
    void watch();
    void openStream(HttpRequest request, std::chrono::milliseconds silence);
    void takeEvents(quint64 session, std::vector<WatchEvent> events);
    void takeEnd(quint64 session, Result<Done> end);
    void takeStreamError(const WatchEvent &event);
    void fail(const Error &error, std::optional<std::chrono::milliseconds> asked, bool listsAgain);
    void later(std::chrono::milliseconds delay, bool lists);
    void setState(State state);
    void closeStream();
    QByteArray acceptHeader(bool list) const;
    std::chrono::milliseconds drawn(std::chrono::milliseconds longest);

    const std::shared_ptr<ContextLink> m_link;
    const std::shared_ptr<TaskThread> m_worker;
    const KubernetesKind m_kind;
    const QString m_nameSpace;
    const ResourceWatchOptions m_options;
    Sink m_sink;
    std::mt19937_64 m_random;

    State m_state = State::Listing;
    bool m_settled = false;
    bool m_stopped = false;
    std::optional<Error> m_error{};
    std::optional<Clock::Monotonic> m_nextTry{};
    quint64 m_session = 0; ///< answers of an older one are dropped
    std::vector<KubernetesFact> m_pages{};
    QString m_resourceVersion{};
    ContextLink::Cancelled m_stream{};
    Clock::Monotonic m_streamBegan{};
    bool m_streamSpoke = false;
    int m_failures = 0;
};

} // namespace cockpit
