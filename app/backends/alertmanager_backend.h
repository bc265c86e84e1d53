// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/poll_round.h"

#include <memory>

namespace cockpit {

class LabelPool;

/// One member of an Alertmanager cluster (backends.md §2). Alerts do not gossip between members, so each is read; the
/// fold merges them. Owner's thread; answers are read on the I/O thread and published from there.
class AlertmanagerBackend {
public:
    struct Settings {
        SourceIdentity identity{};
        EndpointPtr endpoint{};
        std::shared_ptr<LabelPool> labels{}; ///< may be null; shared by all sources, touched on the I/O thread alone
    };

    AlertmanagerBackend(HttpClient &client, const Clock &clock, Settings settings, UpdateSink publish);

    /// Reads status, silences and alerts; publishes an AlertsUpdate when alerts and silences are both known, and ends
    /// with one StatusUpdate. A member that tells how it is but not its alerts or silences is as good as silent: Down,
    /// and its last success grows old.
    void poll(HttpLane lane);
    const SourceIdentity &identity() const { return m_settings->identity; }
    const EndpointPtr &endpoint() const { return m_settings->endpoint; }

private:
    struct Reading;
    struct Routes;
    template<typename Take>
    void ask(const std::shared_ptr<Reading> &reading, const QString &path, const QString &part, PollRound::Weight weight,
             HttpLane lane, Take take);

    HttpClient &m_client;
    const Clock &m_clock;
    std::shared_ptr<const Settings> m_settings;
    UpdateSink m_publish;
    std::shared_ptr<SourceMemory> m_memory;
    std::shared_ptr<Routes> m_routes;
};

} // namespace cockpit
