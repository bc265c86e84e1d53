// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/lease_codec.h"
#include "app/kubernetes/kubernetes_calls.h"
#include "app/store/leases.h"

#include <functional>
#include <memory>

namespace cockpit {

/// A Kubernetes object on which cockpits tell each other of overrides, in its annotation `dt-cockpit/lease`.
struct LeasePlace {
    QString context{};
    QString path{}; ///< of the object
    bool operator==(const LeasePlace &) const = default;
};

/// Reads and writes those annotations. Owner's thread; answers come on it, and not after this object is gone. The calls
/// outlive it.
class LeaseNotes {
public:
    explicit LeaseNotes(KubernetesCalls &calls)
        : m_calls(calls)
    {}
    void read(const LeasePlace &place, std::function<void(Result<QList<LeaseNote>>)> done);
    /// Adds the lease, or takes the note of its id away (with an empty id all of that subject). Guarded by
    /// resourceVersion; a conflict is read and tried again, twice.
    void write(const LeasePlace &place, const QString &subject, const Lease &lease, bool take,
               std::function<void(Result<Done>)> done);

private:
    void writeOnce(const LeasePlace &place, const QString &subject, const Lease &lease, bool take, int triesLeft,
                   std::function<void(Result<Done>)> done);

    KubernetesCalls &m_calls;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
