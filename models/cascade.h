// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/fleet.h"
#include "models/state_glyph.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

/// How far load is shed, by saturation (operations.md §4): 85 % new work is rejected, 95 % moved away, 100 % drained.
enum class Shedding { None, RejectNew, Migrate, Drain };
Shedding sheddingAt(double saturation);
/// "rejects new work", "moves work away", "drains"; empty for none.
QString sheddingWords(Shedding shedding);

/// A service or another thing that services call (a database), as one place of the cascade.
struct CascadeNode {
    QString name{};
    bool isService = false; ///< has figures of its own; else it is judged by the breakers towards it
    StateGlyph glyph = StateGlyph::Unknown;
    int rank = 0; ///< 0 = no trouble; 1 = the likeliest root cause, and so on
    bool isRoot = false;
    QStringList because{}; ///< the dependencies in trouble that explain it
    QString words{};       ///< "is down", "canary 1.43.0", "because of redis; its breaker is open"
    std::optional<Instant> since{};
    Shedding shedding = Shedding::None;
    bool operator==(const CascadeNode &) const = default;
};

/// Caller → dependency.
struct CascadeEdge {
    QString from{};
    QString to{};
    BreakerState state = BreakerState::Unknown;
    std::optional<BreakerKey> breaker{}; ///< none = no breaker is known between them
    bool carriesTrouble = false;         ///< the trouble of `to` reaches `from` through it
    bool operator==(const CascadeEdge &) const = default;
};

/// Who is degraded because of whom. Nodes by name, edges by caller, then dependency.
struct Cascade {
    std::vector<CascadeNode> nodes{};
    std::vector<CascadeEdge> edges{};
    QStringList sentences{}; ///< the roots first: "redis is down", "mc-service is degraded because of redis"
    bool operator==(const Cascade &) const = default;
    const CascadeNode *node(const QString &name) const;
};

/// Folds health, configured dependencies and breakers into the cascade. `hints`: what changed at a service ("canary
/// 1.43.0"), which explains a root. A dependency explains its caller unless its trouble began more than 2 min later; of
/// two that call each other the earlier one explains. Roots are ranked by how many they reach, then by onset. Pure.
Cascade cascadeOf(const Fleet &fleet, const std::vector<BreakerPtr> &breakers, const QHash<QString, QString> &hints);

} // namespace cockpit
