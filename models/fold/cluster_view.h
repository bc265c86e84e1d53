// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

/// One Alertmanager member as it stands at `now`.
struct MemberView {
    QString name{};
    const AlertsUpdate *update = nullptr; ///< its last answer; null when it never answered
    bool live = false;                    ///< answers, and its answer is not stale
    bool unsure = false;                  ///< just restarted or settling: its list may lack what fires
};

/// The members of one Alertmanager cluster, and what they hold together.
struct ClusterView {
    QString cluster{};
    std::vector<MemberView> members{};
    /// What the members told, sorted by fingerprint: the tellings of one alert stand together, the newest first.
    std::vector<const ReceivedAlert *> held{};
    QSet<QString> fingerprints{};
    QHash<QString, const Silence *> silences{}; ///< by id, the newest telling of each
    std::optional<Instant> at{};                ///< the oldest answer that `held` rests on
    QStringList liveNames{};

    bool anyLive() const;
    /// Every member answers, and none is just restarted or settling: what it does not hold does not fire.
    bool provesAbsence() const;
    /// The time of the newest answer of a live member that is neither just restarted nor settling.
    std::optional<Instant> soundAnswerAt() const;
    bool holds(const QString &fingerprint) const { return fingerprints.contains(fingerprint); }
};

/// The Alertmanager clusters, by name. HA members are merged inside a cluster only; a dead member hides nothing and
/// its last list is used only where no member of its cluster lives.
std::vector<ClusterView> clusterViews(const FleetInputs &inputs, const FleetRules &rules, Instant now);

/// Sources in configured order, with Ok and Partial turned Stale by age.
QList<SourceStatus> sourcesNow(const FleetInputs &inputs, Instant now);

} // namespace cockpit
