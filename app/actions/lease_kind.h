// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/store_thread.h"
#include "models/action.h"

#include <functional>

namespace cockpit {

// How an action becomes one that ends by itself (architecture.md, "Overrides and leases"). Its handler
//   1. writes leaseFor(…) with a WriteLease in send(), before anything leaves; an error: nothing may leave;
//   2. names the way back as an intent of its own kind whose `lease` is the id of that action.
// Everything else is the LeaseKeeper's: it counts down, runs the way back at the end through the engine, in one process
// alone, tries again while that fails, and shows all of it as overrides. The handler of the way back, with `lease` set,
//   3. restores only what is still as the lease set it, and else says in its last words who or what changed it: that is
//      a success, since nothing is left to be done; a refusal or failure is tried again;
//   4. gives only advisory checks: nobody is there to accept one.

/// How long an override holds.
struct LeaseTerms {
    static constexpr Duration kDefault{std::chrono::minutes(15)};
    static constexpr Duration kLongest{std::chrono::hours(24)};
    /// Where no other cockpit can see it.
    static constexpr Duration kLongestUnseen{std::chrono::minutes(15)};
};

/// The lease that the action makes: what `title` names was `was` and becomes `is`, until `endsAt`; then `revert` runs.
/// `detail` is for the handler of `revert`, which finds it again with findLease().
Lease leaseFor(const ActionRecord &record, const QString &title, const QString &was, const QString &is, Instant startsAt,
               Instant endsAt, const ActionIntent &revert, const QByteArray &detail = {});

/// The store as handlers of leases need it; the answers come on the owner's thread.
struct LeaseStore {
    /// Puts a lease on disk. An error: what it is for must not be sent.
    std::function<void(const Lease &lease, std::function<void(Result<Done>)> done)> write{};
    /// The lease of that id; nothing when there is none.
    std::function<void(const QString &id, std::function<void(Result<std::optional<Lease>>)> done)> find{};
};
/// The store outlives it.
LeaseStore leaseStore(StoreThread &store);

} // namespace cockpit
