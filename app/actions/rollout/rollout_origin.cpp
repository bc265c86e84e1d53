// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions/rollout/rollout_origin.h"

#include "app/actions/silence_proof.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct OriginWords {
    Q_DECLARE_TR_FUNCTIONS(RolloutOrigin)
};

/// The server keeps whole seconds, and its clock is another one.
constexpr Duration kClockSlack{std::chrono::seconds(5)};

QList<KubernetesObject::Writer> handsOn(const RolloutScene &scene)
{
    QList<KubernetesObject::Writer> hands = scene.live.writers();
    if (scene.target)
        hands += scene.target->writers();
    return hands;
}

} // namespace

Origin originOf(const ActionRecord &record, const RolloutScene &scene)
{
    if (!record.serverReference.isEmpty())
        return Origin::Ours; // the server answered
    if (!record.sendBegunAt)
        return Origin::NotSent;
    const Instant from = *record.sendBegunAt - kClockSlack;
    const Instant until = *record.sendBegunAt + kLateArrival;
    const QList<KubernetesObject::Writer> hands = handsOn(scene);
    const auto isCockpit = [](const KubernetesObject::Writer &one) { return one.manager == u"dt-cockpit"; };
    const bool inTime = std::any_of(hands.cbegin(), hands.cend(), [&](const KubernetesObject::Writer &one) {
        return isCockpit(one) && one.at >= from && one.at <= until;
    });
    if (inTime || hands.isEmpty()) // a server that names nobody cannot speak against it
        return Origin::Ours;
    return std::any_of(hands.cbegin(), hands.cend(), isCockpit) ? Origin::NotTold : Origin::Others;
}

ActionEvent endOfForeign(Origin origin, const RolloutScene &scene)
{
    const QString hand = handText(scene, lastHand(scene.holder()));
    const QString next = OriginWords::tr("Look at it as it is now; what is wanted is there already.");
    switch (origin) {
    case Origin::NotSent:
        return EffectNotProven{
            Error{Error::Kind::Conflict,
                  OriginWords::tr("It was not sent; somebody else (%1) did it.").arg(hand),
                  OriginWords::tr("The cockpit ended before this request left."), next},
            {}};
    case Origin::Others:
        return EffectNotProven{
            Error{Error::Kind::Conflict,
                  OriginWords::tr("It did not arrive; somebody else (%1) did it.").arg(hand),
                  OriginWords::tr("No write of this cockpit is on the object from when this request left."), next},
            {}};
    case Origin::NotTold:
    case Origin::Ours:
        break;
    }
    return OutcomeNotKnown{
        Error{Error::Kind::Conflict,
              OriginWords::tr("What it asked for is there; a cockpit did it (%1), not when this request left.").arg(hand),
              OriginWords::tr("Whether it was this action or another person's is not known."),
              OriginWords::tr("Ask who else was acting, and look at it as it is now.")},
        true};
}

ActionEvent endOfUnsent(const RolloutScene &scene)
{
    return EffectNotProven{Error{Error::Kind::NotFound,
                                 OriginWords::tr("It was not sent: the cockpit ended before. %1 does not show it.")
                                     .arg(scene.seen->key.path()),
                                 OriginWords::tr("Nothing was changed by it."),
                                 OriginWords::tr("Run it again if it is still needed.")},
                           {}};
}

} // namespace cockpit
