// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delivery_correction.h"

#include <QHash>

#include <array>
#include <utility>

namespace cockpit {

namespace {

using Verdict = DeploymentCorrection::Verdict;

constexpr std::array<std::pair<Verdict, const char16_t *>, 4> verdictNames{{{Verdict::AsSeen, u"as-seen"},
                                                                            {Verdict::Succeeded, u"succeeded"},
                                                                            {Verdict::Failed, u"failed"},
                                                                            {Verdict::Excluded, u"excluded"}}};

void applyCorrection(DeploymentRecord &record, const DeploymentCorrection &correction)
{
    if (correction.verdict == Verdict::AsSeen)
        return;
    record.correctedBy = correction.actor;
    record.correction = correction.reason;
    record.excluded = correction.verdict == Verdict::Excluded;
    if (correction.verdict == Verdict::Succeeded) {
        record.outcome = DeploymentRecord::Outcome::Succeeded;
        record.failedAt.reset();
        record.restoredAt.reset();
    } else if (correction.verdict == Verdict::Failed && record.outcome != DeploymentRecord::Outcome::RolledBack) {
        record.outcome = DeploymentRecord::Outcome::CausedIncident;
    }
}

} // namespace

QString toWireName(Verdict verdict)
{
    for (const auto &[value, name] : verdictNames) {
        if (value == verdict)
            return QString::fromUtf16(name);
    }
    return {};
}

std::optional<Verdict> deploymentVerdictOf(const QString &wireName)
{
    for (const auto &[value, name] : verdictNames) {
        if (wireName == QString::fromUtf16(name))
            return value;
    }
    return std::nullopt;
}

QList<DeploymentRecord> withCorrections(QList<DeploymentRecord> records, const QList<DeploymentCorrection> &corrections)
{
    QHash<QString, const DeploymentCorrection *> newest;
    for (const DeploymentCorrection &correction : corrections) {
        const DeploymentCorrection *&found = newest[correction.deployment];
        if (found == nullptr || found->at <= correction.at)
            found = &correction;
    }
    for (DeploymentRecord &record : records) {
        if (const DeploymentCorrection *found = newest.value(record.id, nullptr))
            applyCorrection(record, *found);
    }
    return records;
}

} // namespace cockpit
