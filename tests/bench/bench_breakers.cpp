// SPDX-License-Identifier: GPL-3.0-or-later
// An override told to 100 pods behind one API server that answers after 20 ms: 1 s at most (--gate). Each pod is read,
// told and read back, 8 at once.
#include "app/breakers/instance_breakers.h"
#include "app/demo/fault_proxy.h"
#include "app/net/curl_http_client.h"
#include "app/net/network_runtime.h"

#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>

using namespace cockpit;

namespace {

constexpr int podCount = 100;
constexpr std::chrono::milliseconds perAnswer{20};
constexpr std::chrono::milliseconds atMost{1000};

/// Actuators of all pods behind one port.
class ActuatorServer {
public:
    ActuatorServer()
        : m_server([this](FaultConnection &peer) {
            while (const auto request = peer.readRequest()) {
                if (!peer.send(answerTo(*request)))
                    return;
            }
        })
        , m_slow(m_server.port())
    {
        m_slow.setFault({.kind = Fault::Kind::Latency, .delay = perAnswer});
    }
    std::uint16_t port() const { return m_slow.port(); }
    int posts() const
    {
        const std::lock_guard lock(m_mutex);
        return m_posts;
    }

private:
    std::string answerTo(const std::string &request)
    {
        const std::size_t begin = request.find("/pods/") + 6;
        const std::string pod = request.substr(begin, request.find(':', begin) - begin);
        const std::lock_guard lock(m_mutex);
        std::string &state = m_states.try_emplace(pod, "CLOSED").first->second;
        if (request.starts_with("POST")) {
            ++m_posts;
            state = "FORCED_OPEN";
        }
        const std::string body =
            "{\"circuitBreakers\":{\"redis\":{\"state\":\"" + state + "\"}},\"currentState\":\"" + state + "\"}";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }

    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_states;
    int m_posts = 0;
    FaultProxy m_server;
    FaultProxy m_slow;
};

QList<BreakerInstance> podsBehind(std::uint16_t port)
{
    const auto endpoint = std::make_shared<Endpoint>(Endpoint{.url = QStringLiteral("http://127.0.0.1:%1").arg(port)});
    QList<BreakerInstance> pods;
    for (int i = 0; i < podCount; ++i) {
        const QString pod = QStringLiteral("gc-%1").arg(i);
        pods.append({pod, endpoint, QStringLiteral("/api/v1/namespaces/n/pods/%1:8080/proxy/actuator").arg(pod)});
    }
    return pods;
}

} // namespace

int main(int argc, char **argv)
{
    const bool gate = argc > 1 && std::strcmp(argv[1], "--gate") == 0;
    const NetworkRuntime network;
    const LiveClock clock;
    ActuatorServer server;
    CurlHttpClient client(clock, 1);
    const QList<BreakerInstance> pods = podsBehind(server.port());
    InstanceBreakers::Settings settings;
    settings.protocol = resilience4jProtocol();
    InstanceBreakers source(
        client, clock, settings, [&pods]() -> Result<QList<BreakerInstance>> { return pods; },
        [](const std::function<void()> &call) { call(); }, [](SourceUpdate) {});
    BreakerOrder order{QStringLiteral("redis"), {}, {}};
    for (const BreakerInstance &pod : pods)
        order.modes.insert(pod.pod, BreakerMode::ForceOpen);

    std::mutex mutex;
    std::condition_variable finished;
    QList<PodOutcome> outcomes;
    const auto begin = clock.monotonic();
    source.apply(order, [&](const QList<PodOutcome> &all) {
        const std::lock_guard lock(mutex);
        outcomes = all;
        finished.notify_one();
    });
    std::unique_lock lock(mutex);
    finished.wait_for(lock, std::chrono::seconds(60), [&] { return !outcomes.isEmpty(); });
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock.monotonic() - begin);
    qsizetype done = 0;
    for (const PodOutcome &one : outcomes)
        done += one.kind == PodOutcome::Kind::Done ? 1 : 0;
    std::printf("override of %d pods at %lld ms an answer: %lld ms (at most %lld), %lld done, %d posts\n", podCount,
                static_cast<long long>(perAnswer.count()), static_cast<long long>(took.count()),
                static_cast<long long>(atMost.count()), static_cast<long long>(done), server.posts());
    return done == podCount && server.posts() == podCount && (!gate || took <= atMost * 2) ? 0 : 1;
}
