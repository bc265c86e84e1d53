// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the Kubernetes face that watches.
#include "app/demo/kubernetes/kubernetes_face.h"

#include <chrono>

namespace cockpit::demo {

namespace {

using Json = nlohmann::ordered_json;
using Moment = Clock::Monotonic;

/// Without timeoutSeconds a real server chooses half an hour or more.
constexpr std::chrono::seconds longestWatch{1800};
constexpr std::chrono::seconds bookmarkEvery{60};
/// How often a watch looks whether its client is still there.
constexpr std::chrono::seconds lookEvery{5};

/// One watch while it lasts.
class WatchStream {
public:
    WatchStream(const Cluster &cluster, const ResourceType &type, std::string nameSpace, ObjectSelector selector,
                std::int64_t revision, bool partial, bool bookmarks, Moment end)
        : m_cluster(cluster)
        , m_type(type)
        , m_nameSpace(std::move(nameSpace))
        , m_selector(std::move(selector))
        , m_revision(revision)
        , m_partial(partial)
        , m_bookmarks(bookmarks)
        , m_end(end)
        , m_life(cluster.life())
        , m_nextBookmark(cluster.monotonic() + bookmarkEvery)
    {}

    /// Sends all objects as ADDED before anything else.
    void beginWithAll() { m_all = true; }
    /// Sends what there is, or waits. False ends the connection without a last chunk.
    bool step(httplib::DataSink &sink);

private:
    bool send(httplib::DataSink &sink, const char *type, const Json &object) const;
    bool sendAll(httplib::DataSink &sink);
    bool sendChange(httplib::DataSink &sink, const ObjectStore::Change &change);
    bool sendBookmark(httplib::DataSink &sink);
    Json shown(const Json &object) const { return m_partial ? partialObject(object) : wireObject(m_type, object); }

    const Cluster &m_cluster;
    const ResourceType &m_type;
    std::string m_nameSpace;
    ObjectSelector m_selector;
    std::int64_t m_revision;
    bool m_partial;
    bool m_bookmarks;
    Moment m_end;
    std::uint64_t m_life;
    Moment m_nextBookmark;
    bool m_all = false;
    bool m_sawChange = false;
};

bool WatchStream::send(httplib::DataSink &sink, const char *type, const Json &object) const
{
    const std::string line =
        Json{{"type", type}, {"object", object}}.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    return sink.write(line.data(), line.size());
}

bool WatchStream::sendAll(httplib::DataSink &sink)
{
    m_all = false;
    const auto objects = m_cluster.read([&](const ObjectStore &store) {
        m_revision = store.revision();
        return store.list(m_type, m_nameSpace);
    });
    for (const ObjectStore::Object &object : objects)
        if (m_selector.matches(*object) && !send(sink, "ADDED", shown(*object)))
            return false;
    return true;
}

bool WatchStream::sendChange(httplib::DataSink &sink, const ObjectStore::Change &change)
{
    const bool isIn = change.type != ObjectStore::Change::Type::Deleted && m_selector.matches(*change.object);
    const bool wasIn = change.before && m_selector.matches(*change.before);
    if (!isIn && !wasIn)
        return true;
    if (!isIn) {
        // Leaving the selector is a DELETED event with what matched last.
        Json last = *change.before;
        last["metadata"]["resourceVersion"] = std::to_string(change.revision);
        return send(sink, "DELETED", shown(last));
    }
    return send(sink, wasIn ? "MODIFIED" : "ADDED", shown(*change.object));
}

bool WatchStream::sendBookmark(httplib::DataSink &sink)
{
    m_nextBookmark = m_cluster.monotonic() + bookmarkEvery;
    // Bookmarks are no heartbeat: without a change there are none.
    if (!m_bookmarks || !m_sawChange)
        return true;
    Json object{{"kind", m_partial ? "PartialObjectMetadata" : m_type.kind},
                {"apiVersion", m_partial ? "meta.k8s.io/v1" : m_type.apiVersion()},
                {"metadata", {{"resourceVersion", std::to_string(m_revision)}}}};
    return send(sink, "BOOKMARK", object);
}

bool WatchStream::step(httplib::DataSink &sink)
{
    if (m_all)
        return sendAll(sink);
    const Moment now = m_cluster.monotonic();
    if (now >= m_end) {
        if (!sendBookmark(sink))
            return false;
        sink.done();
        return true;
    }
    if (now >= m_nextBookmark && !sendBookmark(sink))
        return false;
    const Moment until = std::min({m_end, m_nextBookmark, now + lookEvery});
    if (!m_cluster.waitForChange(m_revision, until, m_life))
        return false;
    std::int64_t newest = m_revision;
    const auto changes = m_cluster.read([&](const ObjectStore &store) {
        newest = std::max(newest, store.revision());
        return store.changesAfter(m_revision, m_type, m_nameSpace);
    });
    for (const ObjectStore::Change &change : changes) {
        m_sawChange = true;
        if (!sendChange(sink, change))
            return false;
    }
    m_revision = newest;
    return changes.empty() ? sink.is_writable() : true;
}

} // namespace

void KubernetesFace::watch(const Request &request, Response &response, const Target &target) const
{
    const std::optional<ObjectSelector> given = selectorOf(request, response);
    if (!given)
        return;
    if (parameterOf(request, "sendInitialEvents") == "true" && !parameterOf(request, "resourceVersionMatch").empty())
        return answerStatus(response,
                            invalidOptions("ListOptions", {{"FieldValueForbidden",
                                                            "Forbidden: resourceVersionMatch is forbidden for "
                                                            "watch",
                                                            "resourceVersionMatch"}}));
    const auto parsed = revisionOf(request);
    if (const ApiStatus *refusal = std::get_if<ApiStatus>(&parsed))
        return answerStatus(response, *refusal);
    const std::int64_t revision = std::get<std::optional<std::int64_t>>(parsed).value_or(0);
    const std::int64_t oldest = m_cluster.read([](const ObjectStore &store) { return store.oldest(); });
    const ClusterSwitches &switches = m_cluster.plan().switches;
    if ((revision > 0 && revision < oldest) || (switches.expireWatches && revision > 0)) {
        const Json event{{"type", "ERROR"},
                         {"object", ApiStatus::expired("too old resource version: " + std::to_string(revision) + " (" +
                                                       std::to_string(oldest) + ')')
                                        .body}};
        return answerText(response, event.dump() + '\n', "application/json");
    }
    const int asked = std::atoi(parameterOf(request, "timeoutSeconds").c_str());
    const Moment now = m_cluster.monotonic();
    const auto stream =
        std::make_shared<WatchStream>(m_cluster, *target.type, target.nameSpace, *given, revision,
                                      wantsPartial(request), parameterOf(request, "allowWatchBookmarks") == "true",
                                      now + (asked > 0 ? std::chrono::seconds(asked) : longestWatch));
    if (revision == 0)
        stream->beginWithAll();
    const auto cutAt = switches.cutWatches ? now + std::chrono::seconds(4) : Moment::max();
    response.set_chunked_content_provider("application/json",
                                          [this, stream, cutAt](std::size_t, httplib::DataSink &sink) {
                                              return m_cluster.monotonic() < cutAt && stream->step(sink);
                                          });
}

} // namespace cockpit::demo
