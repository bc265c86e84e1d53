// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/request_queue.h"

#include <algorithm>
#include <limits>

namespace cockpit {

RequestQueue::Pushed RequestQueue::push(Entry entry)
{
    Pushed pushed;
    if (!entry.supersede.isEmpty()) {
        std::erase_if(m_waiting, [&](const Entry &waiting) {
            const bool older = waiting.lane == entry.lane && waiting.supersede == entry.supersede;
            if (older)
                pushed.superseded.push_back(waiting.id);
            return older;
        });
    }
    const auto ofLane = std::count_if(m_waiting.begin(), m_waiting.end(),
                                      [&](const Entry &waiting) { return waiting.lane == entry.lane; });
    const bool isBounded = entry.lane == HttpLane::Poll || entry.lane == HttpLane::Interactive;
    pushed.accepted = !isBounded || static_cast<std::size_t>(ofLane) < m_options.waiting;
    if (pushed.accepted)
        m_waiting.push_back(std::move(entry));
    return pushed;
}

bool RequestQueue::pushAgain(Entry entry)
{
    const bool isSuperseded =
        !entry.supersede.isEmpty() && std::any_of(m_waiting.begin(), m_waiting.end(), [&](const Entry &waiting) {
            return waiting.lane == entry.lane && waiting.supersede == entry.supersede && waiting.id > entry.id;
        });
    if (!isSuperseded)
        m_waiting.push_back(std::move(entry));
    return !isSuperseded;
}

bool RequestQueue::remove(RequestId id)
{
    return std::erase_if(m_waiting, [id](const Entry &entry) { return entry.id == id; }) > 0;
}

std::vector<RequestId> RequestQueue::takeReady(Monotonic now)
{
    std::vector<RequestId> ready;
    const auto take = [&](bool persons) {
        std::erase_if(m_waiting, [&](const Entry &entry) {
            if ((entry.lane != HttpLane::Poll) != persons || entry.notBefore > now || !hasSlot(entry))
                return false;
            ++m_inFlight[{entry.host, entry.lane}];
            ready.push_back(entry.id);
            return true;
        });
    };
    take(true);
    take(false);
    return ready;
}

void RequestQueue::release(const QString &host, HttpLane lane)
{
    const auto slot = m_inFlight.find({host, lane});
    if (slot != m_inFlight.end() && --slot->second <= 0)
        m_inFlight.erase(slot);
}

std::optional<RequestQueue::Monotonic> RequestQueue::nextReady() const
{
    std::optional<Monotonic> earliest;
    for (const Entry &entry : m_waiting) {
        if (hasSlot(entry) && (!earliest || entry.notBefore < *earliest))
            earliest = entry.notBefore;
    }
    return earliest;
}

int RequestQueue::inFlight(const QString &host, HttpLane lane) const
{
    const auto slot = m_inFlight.find({host, lane});
    return slot == m_inFlight.end() ? 0 : slot->second;
}

bool RequestQueue::hasSlot(const Entry &entry) const { return inFlight(entry.host, entry.lane) < limitOf(entry.lane); }

int RequestQueue::limitOf(HttpLane lane) const
{
    switch (lane) {
    case HttpLane::Poll:
        return m_options.pollsPerHost;
    case HttpLane::Interactive:
        return m_options.interactivePerHost;
    case HttpLane::Action:
    case HttpLane::Probe:
        break;
    }
    return std::numeric_limits<int>::max();
}

} // namespace cockpit
