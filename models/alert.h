// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/ids.h"
#include "models/instant.h"
#include "models/labels.h"
#include "models/matcher.h"
#include "models/severity.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace cockpit {

/// An alert as one Alertmanager member told it (backends.md §2.1). Only facts of the wire.
struct ReceivedAlert {
    QString fingerprint{};
    Labels labels{};
    Labels annotations{};
    Instant startsAt{};
    Instant updatedAt{};
    Instant endsAt{}; ///< of a firing alert a sliding future time: never shown as an end
    bool suppressed = false;
    QStringList silencedBy{};
    QStringList inhibitedBy{};
    QStringList mutedBy{};
    QStringList receivers{};
    QString generatorUrl{};
    bool repaired = false; ///< the text held broken UTF-8 and was mended
    bool operator==(const ReceivedAlert &) const = default;
};

/// A silence of Alertmanager (backends.md §2.3).
struct Silence {
    enum class State { Active, Pending, Expired };
    QString id{};
    QList<Matcher> matchers{};
    Instant startsAt{};
    Instant endsAt{};
    Instant updatedAt{};
    QString createdBy{};
    QString comment{};
    State state = State::Active;
    bool operator==(const Silence &) const = default;
    /// karma's convention: a short silence whose comment starts with "ACK!" is an acknowledgement.
    bool isAcknowledgement() const { return comment.startsWith(QStringLiteral("ACK!")); }
};

enum class AlertState { Firing, Acknowledged, Silenced, Inhibited, Pending, Resolved };
/// "firing", "acknowledged", …: the words of the command line's contract.
QString toWireName(AlertState state);

/// An alert as the cockpit holds it: members of one cluster merged, silences applied, service and priority decided.
struct Alert {
    AlertKey key{};
    QString name{};
    Labels labels{};
    Labels annotations{};
    ServiceId service{};
    QString severity{};
    std::optional<Priority> priority{}; ///< nothing: the severity is unknown, and treated as urgent
    AlertState state = AlertState::Firing;
    Instant startsAt{};
    Instant updatedAt{};
    std::optional<Instant> resolvedAt{}; ///< Resolved only: when it was first missed
    QString acknowledgedBy{};
    std::optional<Instant> suppressedUntil{}; ///< end of the silence or acknowledgement that ends last
    QString suppressedBy{};                   ///< who silenced it
    QStringList silenceIds{};
    QStringList inhibitedBy{};
    QStringList receivers{};
    QString generatorUrl{};
    std::optional<Instant> firesAt{}; ///< Pending only: activeAt + for
    QString value{};                  ///< from Prometheus' rules, as text, where known
    bool repaired = false;
    bool notInAlertmanager = false; ///< Prometheus says firing, no Alertmanager shows it beyond a normal delay
    bool fromRules = false;         ///< made from Prometheus' rules: Pending, or not (yet) in an Alertmanager
    std::optional<Instant> missedSince{}; ///< its Alertmanager no longer shows it, and nothing proves that it ended
    bool operator==(const Alert &) const = default;

    /// Counts for the exit code 2 of `status`: P1, P2 or unknown severity, firing or acknowledged.
    bool isUrgent() const;
    /// The annotation `summary`, else `description`, else `message`, in one plain line: blanks, newlines and control
    /// characters folded to single blanks, marks that turn the direction of text taken out (they would reorder the
    /// words around them), at most `summaryLimit` characters with an ellipsis.
    QString summaryLine() const;
    static constexpr qsizetype summaryLimit = 500;
};

} // namespace cockpit
