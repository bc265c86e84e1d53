// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cockpit/incident_book.h"
#include "app/cockpit/incident_facts.h"
#include "app/store/store_thread.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace cockpit {

/// Writes the timelines of open incidents by itself: what backends show and what the activity log of this installation
/// holds, also what the command line did. It looks at the present state and at the timeline, and writes what is
/// missing: a restart loses nothing and repeats nothing. Owner's thread; the looking happens on a worker.
class IncidentRecorder : public QObject {
    Q_OBJECT
public:
    struct Parts {
        const Clock &clock;
        IncidentBook &book;
        StoreThread &journal;
        std::function<IncidentScene()> scene; ///< what is known now
        QString environment{};
    };
    explicit IncidentRecorder(Parts parts, QObject *parent = nullptr);
    ~IncidentRecorder() override;

    /// Something changed: looks soon, once for many changes.
    void lookSoon();
    /// The activity log may have grown.
    void readLogSoon();
    /// Looks at everything now; `done` when all of it stands in the archive and on the screen.
    void catchUp(std::function<void()> done);

Q_SIGNALS:
    void noticed(const QString &words);

private:
    struct Line {
        ActivityEntry entry{};
        std::optional<ActionRecord> record{};
    };
    void look();
    void takeFacts(std::vector<IncidentEntry> facts);
    void readLog();
    void takeLog(const std::vector<Line> &lines);
    void writeFacts(std::vector<IncidentEntry> facts);
    void finishIfQuiet();

    Parts m_parts;
    QTimer m_soon;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_logWanted = false;
    bool m_readingLog = false;
    QString m_told; ///< a refusal is told once, not at each look
    std::vector<std::function<void()>> m_whenCaughtUp;
    QThreadPool m_pool; ///< one at a time
};

} // namespace cockpit
