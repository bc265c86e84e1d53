// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_fingerprint.h"

#include <QCoreApplication>
#include <QStringList>

namespace cockpit {

namespace {

struct FingerprintWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutFingerprint)
};

constexpr FingerprintKey kFingerprintKeys[] = {
    FingerprintKey::Uid,    FingerprintKey::Generation, FingerprintKey::CurrentHash, FingerprintKey::StableHash,
    FingerprintKey::Paused, FingerprintKey::Aborted,    FingerprintKey::Step,        FingerprintKey::ResourceVersion};

const char *wireKey(FingerprintKey key)
{
    switch (key) {
    case FingerprintKey::Uid:
        return "uid";
    case FingerprintKey::Generation:
        return "generation";
    case FingerprintKey::CurrentHash:
        return "current";
    case FingerprintKey::StableHash:
        return "stable";
    case FingerprintKey::Paused:
        return "paused";
    case FingerprintKey::Aborted:
        return "aborted";
    case FingerprintKey::Step:
        return "step";
    case FingerprintKey::ResourceVersion:
        return "rv";
    }
    return "";
}

QString yesNo(bool value) { return value ? QStringLiteral("yes") : QStringLiteral("no"); }

/// An autoscaler counts the generation up whenever it scales, and so does a status without its subresource.
QString generationText(const RolloutScene &scene)
{
    const bool meansSpecification = scene.seen->autoscaler.isEmpty() && scene.seen->statusSubresource;
    return meansSpecification ? QString::number(scene.holder().number("metadata.generation")) : QString();
}

QString valueFor(const RolloutScene &scene, FingerprintKey key)
{
    const KubernetesObject &live = scene.live;
    switch (key) {
    case FingerprintKey::Uid:
        return live.uid();
    case FingerprintKey::Generation:
        return generationText(scene);
    case FingerprintKey::CurrentHash:
        return live.text("status.currentPodHash") + live.text("status.updateRevision");
    case FingerprintKey::StableHash:
        return live.text("status.stableRS");
    case FingerprintKey::Paused:
        return yesNo(live.flag("spec.paused") || live.flag("spec.suspend"));
    case FingerprintKey::Aborted:
        return yesNo(live.flag("status.abort"));
    case FingerprintKey::Step:
        return QString::number(live.number("status.currentStepIndex"));
    case FingerprintKey::ResourceVersion:
        return live.resourceVersion();
    }
    return {};
}

QString differenceWords(FingerprintKey key, const QString &now)
{
    switch (key) {
    case FingerprintKey::Uid:
        return FingerprintWords::tr("it was made anew");
    case FingerprintKey::Generation:
        return FingerprintWords::tr("its specification changed");
    case FingerprintKey::CurrentHash:
        return FingerprintWords::tr("its newest version is now %1").arg(now);
    case FingerprintKey::StableHash:
        return FingerprintWords::tr("its stable version is now %1").arg(now);
    case FingerprintKey::Paused:
        return now == u"yes" ? FingerprintWords::tr("it was paused") : FingerprintWords::tr("it was resumed");
    case FingerprintKey::Aborted:
        return now == u"yes" ? FingerprintWords::tr("it was aborted")
                             : FingerprintWords::tr("its update was begun again");
    case FingerprintKey::Step:
        return FingerprintWords::tr("it is at step %1 now").arg(now);
    case FingerprintKey::ResourceVersion:
        break;
    }
    return {};
}

} // namespace

QString fingerprintOf(const RolloutScene &scene)
{
    QStringList parts;
    for (const FingerprintKey key : kFingerprintKeys)
        parts.append(QLatin1String(wireKey(key)) + u'=' + valueFor(scene, key));
    return parts.join(u';');
}

QString fingerprintText(const QString &fingerprint, FingerprintKey key)
{
    const QString start = QLatin1String(wireKey(key)) + u'=';
    for (const QString &part : fingerprint.split(u';')) {
        if (part.startsWith(start))
            return part.mid(start.size());
    }
    return {};
}

std::optional<qint64> fingerprintNumber(const QString &fingerprint, FingerprintKey key)
{
    bool fine = false;
    const qint64 number = fingerprintText(fingerprint, key).toLongLong(&fine);
    return fine ? std::optional(number) : std::nullopt;
}

QString fingerprintDifference(const QString &planned, const QString &now, bool withStep)
{
    // The particular ones first: "it was aborted" tells more than "its specification changed".
    constexpr FingerprintKey compared[] = {
        FingerprintKey::Uid,        FingerprintKey::Aborted,    FingerprintKey::Paused, FingerprintKey::CurrentHash,
        FingerprintKey::StableHash, FingerprintKey::Generation, FingerprintKey::Step};
    for (const FingerprintKey key : compared) {
        const QString value = fingerprintText(now, key);
        if ((key != FingerprintKey::Step || withStep) && fingerprintText(planned, key) != value)
            return differenceWords(key, value);
    }
    return {};
}

} // namespace cockpit
