// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/net/http_client.h"

#include <QString>

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

/// How much may be in flight and waiting.
struct RequestQueueOptions {
    int pollsPerHost = 8;        ///< polls in flight to one host
    int interactivePerHost = 8;  ///< interactive requests in flight to one host, beside the polls
    std::size_t waiting = 1'000; ///< waiting requests of one lane
};

/// The requests that wait: for a free slot of their host, or for the time of their next try. Actions and probes wait
/// for no slot. Pure bookkeeping; not thread-safe; time is a parameter.
class RequestQueue {
public:
    using Monotonic = Clock::Monotonic;
    /// One waiting request.
    struct Entry {
        RequestId id = 0;
        QString host{}; ///< UrlOrigin::toString()
        HttpLane lane = HttpLane::Poll;
        QString supersede{};
        Monotonic notBefore{};
    };
    /// What push did.
    struct Pushed {
        bool accepted = true;                ///< false: the lane is full
        std::vector<RequestId> superseded{}; ///< waiting requests that the new one replaces; they are out of the queue
    };

    explicit RequestQueue(RequestQueueOptions options = {})
        : m_options(options)
    {}

    Pushed push(Entry entry);
    /// A request that waits for its next try. False when a newer one with the same key already waits: it is superseded.
    bool pushAgain(Entry entry);
    /// Removes a waiting request; false when it does not wait.
    bool remove(RequestId id);
    /// The requests whose time has come and whose host has a free slot, persons first; they leave the queue and hold a
    /// slot until release().
    std::vector<RequestId> takeReady(Monotonic now);
    void release(const QString &host, HttpLane lane);
    /// When takeReady() should be asked next; nothing while everything that waits is blocked by a full host.
    std::optional<Monotonic> nextReady() const;
    int inFlight(const QString &host, HttpLane lane) const;
    std::size_t size() const { return m_waiting.size(); }

private:
    bool hasSlot(const Entry &entry) const;
    int limitOf(HttpLane lane) const;

    RequestQueueOptions m_options;
    std::vector<Entry> m_waiting{};
    std::map<std::pair<QString, HttpLane>, int> m_inFlight{};
};

} // namespace cockpit
