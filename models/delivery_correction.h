// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"

#include <QString>

#include <optional>

namespace cockpit {

/// What a person said of one deployment. Never edited: a later one of the same deployment counts instead.
struct DeploymentCorrection {
    enum class Verdict { AsSeen, Succeeded, Failed, Excluded };
    QString deployment{};              ///< DeploymentRecord::id
    Verdict verdict = Verdict::AsSeen; ///< AsSeen takes an earlier one back
    QString reason{};
    QString actor{};
    Instant at{};
    bool operator==(const DeploymentCorrection &) const = default;
};
/// "as-seen", "succeeded", "failed", "excluded": the words of the command line and of the store.
QString toWireName(DeploymentCorrection::Verdict verdict);
std::optional<DeploymentCorrection::Verdict> deploymentVerdictOf(const QString &wireName);

/// The records with the newest correction of each applied; what nobody corrected stays as it was. Of a deployment that
/// is said to have failed the kind of failure that was seen stays, else it counts as one that caused trouble. Pure.
QList<DeploymentRecord> withCorrections(QList<DeploymentRecord> records,
                                        const QList<DeploymentCorrection> &corrections);

} // namespace cockpit
