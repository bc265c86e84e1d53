// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backends/prometheus_backend.h"
#include "models/track_split.h"

#include <QList>

#include <functional>
#include <memory>

namespace cockpit {

/// Measures canary and stable from the raw series of every Prometheus whose preset has `tracks:`. Owner's thread;
/// answers are read and added up on the I/O thread and delivered through `post` on the owner's thread, once each, never
/// from inside the call, and not after this object is gone.
class TrackMeasurer {
public:
    template <typename T> using Answer = std::function<void(Result<T>)>;
    using BackendsOf = std::function<QList<PrometheusBackend *>()>;
    using PostJob = std::function<void(std::function<void()>)>;

    /// `backends` gives the servers that are there now.
    TrackMeasurer(BackendsOf backends, PostJob post);

    /// Both sides over the window that ends at `at`. Where no stable runs beside the new version, `stable` is all
    /// traffic of the last window before the change (nothing when it is not known when that was). Errors: Invalid (no
    /// server has `tracks:`), else of the last server when none answered.
    void measure(const Rollout &rollout, Duration window, Instant at, Answer<TrackMeasures> done);
    /// All traffic as one side: for the proof after an action. Errors: as measure().
    void measureAll(const ServiceId &service, Duration window, Instant at, Answer<TrackMeasure> done);

private:
    struct Gathering;
    using OnGathered = std::function<void(const Gathering &)>;
    /// Asks all servers; `done` is called on the I/O thread, or from inside when there is nobody to ask.
    void gather(const ServiceId &service, Duration window, Instant at, OnGathered done);
    template <typename T> std::function<void(Result<T>)> onOwner(Answer<T> done);

    BackendsOf m_backends;
    PostJob m_post;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true); ///< only looked at on the owner's thread
};

} // namespace cockpit
