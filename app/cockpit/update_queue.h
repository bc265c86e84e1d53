// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/source_update.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace cockpit {

/// Carries updates and small jobs from any thread to the thread of its owner, in batches: one wake-up for all that
/// gathered since the last one. What arrives after the owner is gone is dropped.
class UpdateQueue : public QObject {
    Q_OBJECT
public:
    explicit UpdateQueue(QObject *parent = nullptr);
    ~UpdateQueue() override;
    /// The door for backends: thread-safe, and safe to call after the queue is gone.
    std::function<void(SourceUpdate)> sink();
    /// Runs jobs on the owner's thread: thread-safe, and safe to call after the queue is gone.
    std::function<void(std::function<void()>)> poster();

Q_SIGNALS:
    /// On the owner's thread.
    void updatesArrived(const std::vector<cockpit::SourceUpdate> &updates);

private:
    struct Shared;
    void drain();

    std::shared_ptr<Shared> m_shared;
};

} // namespace cockpit
