// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QList>
#include <QString>

#include <optional>

namespace cockpit {

/// The only way a check, verdict or badge is expressed (operations.md §0).
/// Unknown is never green, never "none", never 0.
struct Evidence {
    enum class Verdict { Good, Bad, Unknown };
    Verdict verdict = Verdict::Unknown;
    QString id{};     ///< stable name of the check, for `--accept ID` and tests
    QString text{};   ///< the statement in words
    QString source{}; ///< who says so: "Prometheus eu"
    QString cluster{};
    std::optional<Instant> sampledAt{}; ///< time of the sample, not of the fetch
    std::optional<Duration> window{};
    std::optional<qint64> count{}; ///< samples or requests that it rests on
    bool operator==(const Evidence &) const = default;
};

/// "good", "bad" or "unknown": the words of the command line's contract.
QString toWireName(Evidence::Verdict verdict);

/// Bad if one is bad, else Unknown if one is unknown or there is none, else Good.
Evidence::Verdict worstOf(const QList<Evidence> &evidence);

} // namespace cockpit
