// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cockpit/incident_recorder.h"

#include <QPointer>

#include <algorithm>

namespace cockpit {

using namespace std::chrono_literals;

namespace {

constexpr auto gathered = 200ms; ///< changes of one poll come together
constexpr int logLines = 500;

/// Lines of the log that no timeline of these incidents holds, the oldest first, each with its action.
bool isNewTo(const QList<IncidentPtr> &incidents, const ActivityEntry &line)
{
    return std::any_of(incidents.begin(), incidents.end(), [&line](const IncidentPtr &incident) {
        if (line.at < concernedSince(*incident))
            return false;
        const EntryId id = activityFactId(incident->head.id, line);
        return std::none_of(incident->timeline.rbegin(), incident->timeline.rend(),
                            [&id](const IncidentEntry &entry) { return entry.id == id; });
    });
}

} // namespace

IncidentRecorder::IncidentRecorder(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_pool.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(gathered);
    connect(&m_soon, &QTimer::timeout, this, &IncidentRecorder::look);
    connect(&m_parts.book, &IncidentBook::changed, this, &IncidentRecorder::lookSoon);
    connect(&m_parts.book, &IncidentBook::becameIdle, this, &IncidentRecorder::finishIfQuiet, Qt::QueuedConnection);
}

IncidentRecorder::~IncidentRecorder() { m_pool.waitForDone(); }

void IncidentRecorder::lookSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void IncidentRecorder::readLogSoon()
{
    m_logWanted = true;
    lookSoon();
}

void IncidentRecorder::catchUp(std::function<void()> done)
{
    m_whenCaughtUp.push_back(std::move(done));
    m_logWanted = true;
    look();
}

void IncidentRecorder::look()
{
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    const QList<IncidentPtr> open = m_parts.book.isRead() ? m_parts.book.openIncidents() : QList<IncidentPtr>();
    if (open.isEmpty()) {
        m_logWanted = false;
        return finishIfQuiet();
    }
    if (std::exchange(m_logWanted, false))
        readLog();
    m_looking = true;
    m_pool.start([this, open, scene = m_parts.scene()] {
        std::vector<IncidentEntry> facts;
        for (const IncidentPtr &incident : open) {
            std::vector<IncidentEntry> some = newFacts(*incident, scene);
            facts.insert(facts.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        }
        // The destructor waits for this job; what is queued after it is dropped with the receiver.
        QMetaObject::invokeMethod(
            this, [this, facts = std::move(facts)] { takeFacts(facts); }, Qt::QueuedConnection);
    });
}

void IncidentRecorder::takeFacts(std::vector<IncidentEntry> facts)
{
    m_looking = false;
    writeFacts(std::move(facts));
    if (std::exchange(m_lookAgain, false))
        lookSoon();
    finishIfQuiet();
}

void IncidentRecorder::readLog()
{
    if (std::exchange(m_readingLog, true)) {
        m_logWanted = true;
        return;
    }
    const QList<IncidentPtr> open = m_parts.book.openIncidents();
    m_parts.journal.ask<std::vector<Line>>(
        [open, environment = m_parts.environment](Store &store) -> Result<std::vector<Line>> {
            const auto log = store.journal().activity(environment, logLines);
            if (!log)
                return log.error();
            std::vector<Line> lines;
            for (auto line = log->rbegin(); line != log->rend(); ++line) {
                if (!isTold(*line) || !isNewTo(open, *line))
                    continue;
                auto record = store.journal().findAction(line->action);
                lines.push_back({*line, record ? *record : std::nullopt});
            }
            return lines;
        },
        [self = QPointer<IncidentRecorder>(this)](const Result<std::vector<Line>> &lines) {
            if (!self)
                return;
            self->m_readingLog = false;
            if (lines)
                self->takeLog(*lines);
            else
                Q_EMIT self->noticed(lines.error().text());
            if (self->m_logWanted)
                self->lookSoon();
            self->finishIfQuiet();
        });
}

void IncidentRecorder::takeLog(const std::vector<Line> &lines)
{
    const Instant now = m_parts.clock.now();
    const std::shared_ptr<const Fleet> fleet = m_parts.scene().fleet;
    std::vector<IncidentEntry> facts;
    for (const IncidentPtr &incident : m_parts.book.openIncidents()) {
        for (const Line &line : lines) {
            if (!concerns(*incident, fleet->serviceMap, line.entry, line.record) || !isNewTo({incident}, line.entry))
                continue;
            if (auto fact = activityFact(*incident, line.entry, line.record, now))
                facts.push_back(std::move(*fact));
        }
    }
    writeFacts(std::move(facts));
}

void IncidentRecorder::writeFacts(std::vector<IncidentEntry> facts)
{
    if (facts.empty())
        return;
    m_parts.book.append(std::move(facts), [this](const Result<Done> &written) {
        // The next look tries again: what is missing is seen then too.
        const QString words = written ? QString() : written.error().text();
        if (!words.isEmpty() && words != m_told)
            Q_EMIT noticed(words);
        m_told = words;
    });
}

void IncidentRecorder::finishIfQuiet()
{
    const bool soonAgain = m_soon.isActive() && m_logWanted;
    if (m_looking || m_readingLog || soonAgain || !m_parts.book.isIdle())
        return;
    for (const auto &done : std::exchange(m_whenCaughtUp, {}))
        done();
}

} // namespace cockpit
