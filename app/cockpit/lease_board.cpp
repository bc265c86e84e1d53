// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/lease_board.h"

#include "app/formats/kubernetes_patches.h"

namespace cockpit {

namespace {

KubernetesCall noteRead(const LeasePlace &place)
{
    KubernetesCall call;
    call.context = place.context;
    call.path = place.path;
    call.metadataOnly = true;
    return call;
}

QList<LeaseNote> notesOf(const KubernetesObject &object)
{
    return decodeLeaseNotes(object.annotation(QLatin1String(leaseAnnotation)).toUtf8());
}

LeaseNote noteOf(const Lease &lease, const QString &subject)
{
    return {lease.id,    subject,      lease.title,    lease.previousValue, lease.newValue,
            lease.actor, lease.reason, lease.startsAt, lease.endsAt,        lease.revert};
}

} // namespace

void LeaseNotes::read(const LeasePlace &place, std::function<void(Result<QList<LeaseNote>>)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    m_calls.call(noteRead(place), [alive, done = std::move(done)](const Result<KubernetesAnswer> &answer) {
        if (alive.expired())
            return;
        answer ? done(notesOf(answer->object)) : done(answer.error());
    });
}

void LeaseNotes::write(const LeasePlace &place, const QString &subject, const Lease &lease, bool take,
                       std::function<void(Result<Done>)> done)
{
    writeOnce(place, subject, lease, take, 2, std::move(done));
}

void LeaseNotes::writeOnce(const LeasePlace &place, const QString &subject, const Lease &lease, bool take,
                           int triesLeft, std::function<void(Result<Done>)> done)
{
    const std::weak_ptr<bool> alive = m_alive;
    const auto patched = [this, alive, place, subject, lease, take, triesLeft,
                          done](const Result<KubernetesAnswer> &answer) {
        if (alive.expired())
            return;
        if (!answer && answer.error().kind == Error::Kind::Conflict && triesLeft > 0)
            return writeOnce(place, subject, lease, take, triesLeft - 1, done);
        answer ? done(Done{}) : done(answer.error());
    };
    KubernetesCall get = noteRead(place);
    get.lane = HttpLane::Action;
    m_calls.call(get,
                 [this, alive, place, subject, lease, take, patched, done](const Result<KubernetesAnswer> &answer) {
                     if (alive.expired())
                         return;
                     if (!answer)
                         return done(answer.error());
                     const QList<LeaseNote> before = notesOf(answer->object);
                     QList<LeaseNote> notes;
                     for (const LeaseNote &note : before) {
                         const bool meant = lease.id.isEmpty() ? note.subject == subject : note.id == lease.id;
                         if (!meant)
                             notes.append(note);
                     }
                     if (!take)
                         notes.append(noteOf(lease, subject));
                     if (notes == before)
                         return done(Done{});
                     const std::optional<QString> value =
                         notes.isEmpty() ? std::nullopt : std::optional(QString::fromUtf8(encodeLeaseNotes(notes)));
                     KubernetesCall patch;
                     patch.context = place.context;
                     patch.method = "PATCH";
                     patch.path = place.path;
                     patch.bodyKind = KubernetesCall::Body::MergePatch;
                     patch.body = annotationPatch(answer->object, QLatin1String(leaseAnnotation), value).body;
                     patch.lane = HttpLane::Action;
                     m_calls.call(patch, patched);
                 });
}

} // namespace cockpit
