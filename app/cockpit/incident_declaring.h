// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_book.h"
#include "app/cockpit/incident_facts.h"
#include "models/incident_proposal.h"
#include "models/items/action_store.h"

#include <functional>

namespace cockpit {

/// What became of a wish to declare.
struct DeclaredIncident {
    IncidentPtr incident{}; ///< never null
    bool joined = false;    ///< one that was open already
    QStringList words{};    ///< what was done, a sentence each
};

/// From an alert, a service or nothing to an open incident: joined where there is one, opened once however many
/// cockpits ask at the same moment, and paged where nobody is yet. Owner's thread.
class IncidentDeclaring : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        IncidentBook &book;
        IncidentStore &store;
        ActionStore &actions;
        std::function<IncidentScene()> scene;
        std::function<void(const ActionRequest &)> plan;
        std::function<void(const ActionId &)> confirm;
        QString environment{};
        QString actor{};
    };
    explicit IncidentDeclaring(Parts parts, QObject *parent = nullptr);

    /// What declaring from these alerts would make (none = from nothing).
    IncidentProposal proposal(const QList<AlertKey> &alerts) const;
    /// `done` comes once: when it is durable, and the page, where one was due, has its outcome.
    void declare(const IncidentProposal &proposal, std::function<void(Result<DeclaredIncident>)> done);

private:
    using Answer = std::function<void(Result<DeclaredIncident>)>;
    void openNew(const IncidentProposal &proposal, const Answer &done);
    void join(const IncidentPtr &incident, const IncidentProposal &proposal, const Answer &done);
    void page(DeclaredIncident declared, const IncidentProposal &proposal, const Answer &done);
    void sendPage(const DeclaredIncident &declared, const Answer &done);
    std::vector<IncidentEntry> firstEntries(const IncidentId &id, const IncidentProposal &proposal);
    std::vector<IncidentEntry> attachments(const IncidentId &id, const IncidentProposal &proposal) const;
    IncidentPtr openOn(const IncidentProposal &proposal) const;
    IncidentId idFor(const IncidentProposal &proposal) const;

    Parts m_parts;
};

} // namespace cockpit
