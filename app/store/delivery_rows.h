// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sqlite_connection.h"
#include "models/delivery_correction.h"
#include "models/delivery_load.h"
#include "models/action.h"

namespace cockpit {

class Journal;

/// A page as it is kept: `firing` names the alert of its cluster, so that the same firing is one row.
struct SeenPage {
    QString firing{}; ///< "cluster/fingerprint"
    PageFact page{};  ///< without what people marked: that is in the incidents
    bool operator==(const SeenPage &) const = default;
};

/// Deployments and pages that were seen, so that 90 days survive the clean-up of ReplicaSets and Alertmanager's
/// forgetting; and what people corrected, append-only, each with its entry in the activity log.
class DeliveryRows {
public:
    static constexpr std::chrono::days keptFor{400};

    /// Both outlive the rows.
    DeliveryRows(SqliteConnection &connection, Journal &journal)
        : m_connection(connection)
        , m_journal(journal)
    {}

    /// The newest sight of a deployment counts; a sight without a known end never takes one away that was known.
    Result<Done> see(const QString &environment, const QList<DeploymentRecord> &records, Instant now);
    /// All that are kept, as they were seen (without corrections), oldest first.
    Result<QList<DeploymentRecord>> deployments(const QString &environment);

    /// A later end of the same firing replaces an earlier one.
    Result<Done> seePages(const QString &environment, const QList<SeenPage> &pages);
    /// Oldest first.
    Result<QList<SeenPage>> pagesSince(const QString &environment, Instant since);

    /// Appends; `id` names its entry in the activity log. Errors: Storage; Invalid without a reason.
    Result<Done> correct(const QString &environment, const DeploymentCorrection &correction, const ActionId &id);
    /// Oldest first.
    Result<QList<DeploymentCorrection>> corrections(const QString &environment);

    /// Removes sights older than keptFor; corrections stay.
    Result<Done> prune(Instant now);

private:
    SqliteConnection &m_connection;
    Journal &m_journal;
};

} // namespace cockpit
