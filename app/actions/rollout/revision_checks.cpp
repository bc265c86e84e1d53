// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_checks.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

using Verdict = Evidence::Verdict;

struct RevisionWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutChecks)
};

bool isPinned(const QString &image) { return image.contains(u"@sha256:"); }

/// `latest`, or no tag at all: the same words may name another image tomorrow.
bool isMutableTag(const QString &image)
{
    const QString last = image.section(u'/', -1);
    return !isPinned(image) && (!last.contains(u':') || last.endsWith(u":latest"));
}

/// The releases that a rollback to `to` takes back: newer than it, up to the present one.
QList<const RolloutRevision *> releasesBetween(const Rollout &rollout, const RolloutRevision &to)
{
    QList<const RolloutRevision *> between;
    const RolloutRevision *current = rollout.current();
    for (const RolloutRevision &one : rollout.revisions) {
        const bool newer = one.number > to.number && (!current || one.number <= current->number);
        if (one.hash != to.hash && newer)
            between.append(&one);
    }
    if (current && current->hash != to.hash && !between.contains(current))
        between.append(current);
    return between;
}

QString markerOf(const RolloutRevision &revision)
{
    return revision.annotations.value(QLatin1String(kMigrationAnnotation)).trimmed().toLower();
}

const ContainerImage *imageOf(const RolloutRevision *revision, const QString &container)
{
    if (!revision)
        return nullptr;
    const auto found = std::find_if(revision->images.cbegin(), revision->images.cend(),
                                    [&](const ContainerImage &one) { return one.container == container; });
    return found == revision->images.cend() ? nullptr : &*found;
}

/// Whether every container of both runs the very same image: going back would change nothing.
bool sameImages(const RolloutRevision &to, const RolloutRevision *from)
{
    if (!from || to.images.isEmpty())
        return false;
    return std::all_of(to.images.cbegin(), to.images.cend(), [&](const ContainerImage &one) {
        const ContainerImage *other = imageOf(from, one.container);
        if (!other)
            return false;
        const bool digests = !one.digest.isEmpty() && !other->digest.isEmpty();
        return digests ? one.digest == other->digest : one.image == other->image;
    });
}

/// Names of those that the template mentions and that were written after `since`.
QStringList writtenSince(const RolloutScene &scene, const QList<KubernetesObject> &objects, const QByteArray &podTemplate, Instant since)
{
    QStringList names;
    for (const KubernetesObject &object : objects) {
        const QByteArray quoted = '"' + object.name().toUtf8() + '"';
        const auto &writers = object.writers();
        if (podTemplate.contains(quoted) && !writers.isEmpty() && writers.first().at > since)
            names.append(RevisionWords::tr("%1 (%2)").arg(object.name(), handText(scene, writers.first())));
    }
    return names;
}

} // namespace

Evidence revisionCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    if (scene.revisionProblem && scene.revisionProblem->kind != Error::Kind::NotFound)
        return rolloutCheck(scene, Verdict::Unknown, "revision", scene.revisionProblem->text());
    if (scene.revisionProblem)
        return rolloutCheck(
            scene, Verdict::Bad, "revision",
            RevisionWords::tr("%1 (%2) is gone from the cluster.").arg(versionText(&to), to.objectName));
    return rolloutCheck(scene, Verdict::Good, "revision",
                        RevisionWords::tr("%1 is there as %2, with %n ready pod(s).", nullptr, to.readyPods)
                            .arg(versionText(&to), to.objectName.isEmpty() ? to.hash : to.objectName));
}

Evidence imageCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    const auto said = [&](Verdict verdict, const QString &text) { return rolloutCheck(scene, verdict, "image", text); };
    if (to.images.isEmpty())
        return said(Verdict::Unknown, RevisionWords::tr("The images of %1 are not known.").arg(versionText(&to)));
    if (sameImages(to, scene.seen->current()))
        return said(
            Verdict::Bad,
            RevisionWords::tr("%1 runs the same image as the version that it leaves: going back changes nothing.")
                .arg(versionText(&to)));
    for (const ContainerImage &image : to.images) {
        if (isMutableTag(image.image))
            return said(Verdict::Bad,
                        RevisionWords::tr("%1 is a tag that moves: a new pod may get another image than before.")
                            .arg(image.image));
    }
    for (const ContainerImage &image : to.images) {
        if (image.digest.isEmpty() && !isPinned(image.image)) {
            return said(Verdict::Unknown,
                        RevisionWords::tr("No pod runs %1 now: whether the registry still holds it is not known.")
                            .arg(image.image));
        }
    }
    const QString digest = to.images.first().digest;
    return said(Verdict::Good,
                RevisionWords::tr("%1 runs as %2.")
                    .arg(to.images.first().image, digest.isEmpty() ? to.images.first().image : digest.left(19)));
}

std::optional<Error> blockedByMigration(const RolloutScene &scene, const RolloutRevision &to)
{
    for (const RolloutRevision *release : releasesBetween(*scene.seen, to)) {
        if (markerOf(*release) == u"contract") {
            return planRefusal(
                Error::Kind::Rejected,
                RevisionWords::tr("%1 came with a contract migration: %2 does not work with the database as it is.")
                    .arg(versionText(release), versionText(&to)),
                RevisionWords::tr("Take the database back first, then the code."));
        }
    }
    return std::nullopt;
}

Evidence migrationCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    QStringList unmarked;
    QStringList marked;
    for (const RolloutRevision *release : releasesBetween(*scene.seen, to)) {
        const QString marker = markerOf(*release);
        const bool known = marker == u"expand" || marker == u"none";
        (known ? marked : unmarked)
            .append(known ? RevisionWords::tr("%1: %2").arg(versionText(release), marker) : versionText(release));
    }
    if (unmarked.isEmpty()) {
        return rolloutCheck(scene, Verdict::Good, "migration",
                            marked.isEmpty() ? RevisionWords::tr("No release lies in between.")
                                             : RevisionWords::tr("Migrations in between are backward compatible (%1).")
                                                   .arg(marked.join(QStringLiteral(", "))));
    }
    if (to.isStable && to.readyPods > 0) {
        return rolloutCheck(
            scene, Verdict::Good, "migration",
            RevisionWords::tr(
                "%1 serves now, beside the newer version: it works with the database as it is. %2 carries "
                "no migration marker.")
                .arg(versionText(&to), unmarked.join(QStringLiteral(", "))));
    }
    return rolloutCheck(
        scene, Verdict::Unknown, "migration",
        RevisionWords::tr("Whether a migration lies in between is not known: %1 carries no annotation %2.")
            .arg(unmarked.join(QStringLiteral(", ")), QLatin1String(kMigrationAnnotation)));
}

Evidence driftCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    const auto said = [&](Verdict verdict, const QString &text) { return rolloutCheck(scene, verdict, "drift", text); };
    if (!scene.configMaps || !*scene.configMaps || !to.createdAt)
        return said(Verdict::Unknown,
                    RevisionWords::tr("Whether ConfigMaps changed since %1 is not known.").arg(versionText(&to)));
    const QByteArray wanted = to.podTemplate.isEmpty() ? scene.holder().jsonAt("spec.template") : to.podTemplate;
    QStringList changed = writtenSince(scene, **scene.configMaps, wanted, *to.createdAt);
    const bool secretsSeen = scene.secrets && *scene.secrets;
    if (secretsSeen)
        changed += writtenSince(scene, **scene.secrets, wanted, *to.createdAt);
    if (!changed.isEmpty())
        return said(Verdict::Bad, RevisionWords::tr("Written since %1 was made, and not taken back: %2.")
                                      .arg(versionText(&to), changed.join(QStringLiteral(", "))));
    return said(Verdict::Good,
                secretsSeen
                    ? RevisionWords::tr("No ConfigMap or Secret that it names was written since.")
                    : RevisionWords::tr("No ConfigMap that it names was written since. Secrets are not looked at."));
}

std::optional<Evidence> windowCheck(const RolloutScene &scene, const RolloutRevision &to)
{
    if (scene.seen->strategy != RolloutStrategy::BlueGreen || to.isCurrent)
        return std::nullopt;
    if (to.isStable && scene.seen->isUpdating())
        return std::nullopt; // nothing was switched yet
    if (to.scaleDownAt && *to.scaleDownAt > scene.now && to.readyPods > 0) {
        return rolloutCheck(
            scene, Verdict::Good, "window",
            RevisionWords::tr("The old colour is up for another %1.").arg(durationText(*to.scaleDownAt - scene.now)));
    }
    return rolloutCheck(
        scene, Verdict::Bad, "window",
        RevisionWords::tr("The window to switch back is over: the pods of %1 are gone and have to come anew first.")
            .arg(versionText(&to)));
}

} // namespace cockpit
