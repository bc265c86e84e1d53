// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/action_engine.h"

#include <QHash>

namespace cockpit {

/// Keeps acknowledgements as leases: writes them down, ends them, and lengthens one 5 min before its end while the
/// alert still fires, the same person still holds it and nobody changed it; 4 h at most from its start. Whoever runs
/// adopts the open ones of the installation. Owner's thread, as the engine.
class LeaseKeeper {
public:
    static constexpr Duration kLengthenBefore{std::chrono::minutes(5)};
    static constexpr Duration kLengthenBy{std::chrono::minutes(15)};
    static constexpr Duration kLongest = AcknowledgeAlertHandler::kLongest;

    /// `problem` hears what the store could not do.
    LeaseKeeper(ActionEngine &engine, ActionEngineParts parts, QString environment,
                std::function<void(const Error &)> problem);
    LeaseKeeper(const LeaseKeeper &) = delete;
    LeaseKeeper &operator=(const LeaseKeeper &) = delete;

    /// To be called with every record that the engine reports.
    void observe(const ActionRecord &record);
    /// To be called every half minute or so.
    void tick();

private:
    void observeAcknowledgement(const ActionRecord &record, const AcknowledgeAlert &intent);
    void observeLengthening(const ActionRecord &record);
    void observeExpiry(const ActionRecord &record, const ExpireSilence &intent);
    void keep(const Lease &lease);
    void end(Lease lease, const QString &outcome);
    void withOpenLeases(std::function<void(const QList<Lease> &)> work);
    void look(const Lease &lease);
    /// The silence behind the lease when it is still as we set it and its alert still fires; null otherwise.
    const Silence *heldSilence(const Fleet &fleet, const Lease &lease) const;
    void lengthen(const Lease &lease, const Silence &silence);

    ActionEngine &m_engine;
    ActionEngineParts m_parts;
    QString m_environment;
    std::function<void(const Error &)> m_problem;
    QHash<ActionId, Lease> m_lengthening; ///< actions of ours that are under way, by their id
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace cockpit
