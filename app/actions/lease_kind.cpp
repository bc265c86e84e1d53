// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/lease_kind.h"

#include "app/formats/lease_codec.h"
#include "models/override.h"

namespace cockpit {

Lease leaseFor(const ActionRecord &record, const QString &title, const QString &was, const QString &is, Instant startsAt,
               Instant endsAt, const ActionIntent &revert, const QByteArray &detail)
{
    const ActionRequest &request = record.request;
    Lease lease;
    lease.id = request.id.toString();
    lease.environment = request.environment;
    lease.kind = wireName(request.intent);
    lease.target = overrideSubject(request.intent);
    lease.previousValue = was;
    lease.newValue = is;
    lease.actor = request.actor;
    lease.reason = request.reason;
    lease.startsAt = startsAt;
    lease.endsAt = endsAt;
    lease.title = title;
    lease.service = request.service.toString();
    lease.revert = encodeIntent(revert);
    lease.detail = detail;
    return lease;
}

LeaseStore leaseStore(StoreThread &store)
{
    LeaseStore leases;
    leases.write = [&store](const Lease &lease, std::function<void(Result<Done>)> done) {
        store.ask<Done>([lease](Store &kept) { return kept.leases().write(lease); }, std::move(done));
    };
    leases.find = [&store](const QString &id, std::function<void(Result<std::optional<Lease>>)> done) {
        store.ask<std::optional<Lease>>([id](Store &kept) { return kept.leases().find(id); }, std::move(done));
    };
    return leases;
}

} // namespace cockpit
