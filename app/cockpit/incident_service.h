// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_book.h"
#include "app/cockpit/incident_declaring.h"
#include "app/cockpit/incident_exports.h"
#include "app/cockpit/incident_recorder.h"
#include "app/cockpit/incident_watch.h"
#include "models/items/breaker_store.h"
#include "models/items/requests.h"
#include "models/items/rollout_store.h"

#include <functional>

namespace cockpit {

/// Everything about incidents behind the window and the command line: with its parts the one writer of IncidentStore.
/// Declares, writes what people say, records what happens, reminds, drafts and exports. Owner's thread; never waits,
/// but for its end.
class IncidentService : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        IncidentArchive &archive;
        IncidentStore &store;
        Requests &requests;
        StoreThread &journal;
        ActionStore &actions;
        RolloutStore &rollouts;
        BreakerStore &breakers;
        RunbookStore &runbooks;
        Post post;
        std::function<std::shared_ptr<const Fleet>()> fleet; ///< never null
        std::function<void(const ActionRequest &)> plan;
        std::function<void(const ActionId &)> confirm; ///< may be called from inside a report
        PdfOfHtml pdf{};                               ///< empty = no PDF can be made here
        QString environment{};
        QString actor{};
        QString origin{}; ///< "window" or "command line"
    };
    explicit IncidentService(Parts parts, QObject *parent = nullptr);

    void start();
    /// A person sits before this process (the window): reminders and upgrades by rule happen here.
    void runOn() { m_watch.runOn(); }
    void tick(Instant now);
    void woke(Duration missed) { m_watch.woke(missed); }
    void takeFleet();
    /// An action was confirmed or ended.
    void observe(const ActionRecord &record);

    IncidentBook &book() { return m_book; }
    IncidentDeclaring &declaring() { return m_declaring; }
    IncidentRecorder &recorder() { return m_recorder; }
    IncidentWatch &watch() { return m_watch; }
    IncidentExports &exports() { return m_exports; }

    /// Appends what a person says; ids of tasks and follow-ups and the previous value of a field are filled in.
    /// Errors: Invalid (an empty note, a time that cannot be, an attachment that is too large), those of the archive.
    void write(const IncidentId &incident, IncidentBody body, std::function<void(Result<Done>)> done);
    /// `from` goes on as `into`; its alerts are attached there.
    void merge(const IncidentId &from, const IncidentId &into, std::function<void(Result<Done>)> done);

Q_SIGNALS:
    /// The archive was read, or cannot be: book().readError().
    void read();
    /// A person must know, and it belongs to no page.
    void noticed(const QString &words);

private:
    IncidentScene scene() const;
    void connectParts();
    void connectRequests();
    void declareRequested(const IncidentProposal &proposal);

    Parts m_parts;
    IncidentBook m_book;
    IncidentDeclaring m_declaring;
    IncidentRecorder m_recorder;
    IncidentWatch m_watch;
    IncidentExports m_exports;
    int m_ticksSinceLog = 0;
};

/// What a person may write, with what the cockpit fills in. Errors: Invalid, in words. Pure but for new ids.
Result<IncidentBody> checkedBody(const Incident &incident, IncidentBody body, Instant now);

} // namespace cockpit
