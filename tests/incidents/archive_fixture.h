// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incidents/incident_archive.h"
#include "app/store/store_thread.h"

#include <QCoreApplication>
#include <QSet>
#include <QTemporaryDir>
#include <QUuid>

#include <memory>
#include <optional>

namespace cockpit::testing {

inline Instant incidentStart() { return fromEpochMs(1'700'000'000'000LL); }

inline IncidentHead newHead()
{
    IncidentHead head;
    head.id = IncidentId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    head.environment = QStringLiteral("prod");
    head.openedAt = incidentStart();
    return head;
}

inline IncidentEntry entryOf(const IncidentId &incident, IncidentBody body, int second = 0)
{
    IncidentEntry entry;
    entry.id = EntryId(QUuid::createUuid().toString(QUuid::WithoutBraces));
    entry.incident = incident;
    entry.at = entry.recordedAt = incidentStart() + std::chrono::seconds(second);
    entry.actor = QStringLiteral("alice");
    entry.origin = QStringLiteral("window");
    entry.body = std::move(body);
    return entry;
}

inline IncidentEntry noteOf(const IncidentId &incident, const QString &text, int second = 0)
{
    return entryOf(incident, IncidentNote{text}, second);
}

inline IncidentEntry openingOf(const IncidentHead &head)
{
    IncidentOpened opened;
    opened.title = QStringLiteral("Errors in gc-service");
    opened.level = Priority::P2;
    return entryOf(head.id, opened);
}

/// One cockpit: its store's thread, its archive, and what the archive told.
template <typename Archive> class Seat : public QObject {
public:
    template <typename... More> explicit Seat(const QString &path, const Clock &clock, More &&...more)
        : store(StoreOptions{path, QStringLiteral("boot/1/1"), std::chrono::seconds(10)}, clock,
                [this](std::function<void()> call) {
                    QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
                })
        , archive(store, std::forward<More>(more)..., clock)
    {
        connect(&archive, &IncidentArchive::arrived, this, [this](const std::vector<IncidentEntry> &entries) {
            for (const IncidentEntry &entry : entries) {
                arrived.insert(entry.id.toString());
                if (onEntry)
                    onEntry(entry);
            }
        });
        connect(&archive, &IncidentArchive::headChanged, this,
                [this](const IncidentHead &head) { heads.insert(head.id.toString(), head); });
        connect(&archive, &IncidentArchive::conditionChanged, this,
                [this](const ArchiveCondition &now) { condition = now; });
        archive.start();
    }
    /// Asks and waits for the answer (30 s at most).
    template <typename T> Result<T> ask(const std::function<void(std::function<void(Result<T>)>)> &question)
    {
        auto answer = std::make_shared<std::optional<Result<T>>>();
        question([answer](Result<T> result) { answer->emplace(std::move(result)); });
        if (!waitFor([answer] { return answer->has_value(); }))
            return Error{Error::Kind::Timeout, QStringLiteral("No answer came."), QString(), QString()};
        return **answer;
    }
    Result<IncidentHead> open(const IncidentHead &head)
    {
        return ask<IncidentHead>([&](auto done) { archive.open(head, {openingOf(head)}, done); });
    }
    Result<Done> append(std::vector<IncidentEntry> entries)
    {
        return ask<Done>([&](auto done) { archive.append(std::move(entries), done); });
    }
    Result<std::vector<IncidentEntry>> entries(const IncidentId &id)
    {
        return ask<std::vector<IncidentEntry>>([&](auto done) { archive.entries(id, done); });
    }
    Result<QList<IncidentHead>> list(int limit = 100)
    {
        return ask<QList<IncidentHead>>([&](auto done) { archive.list(limit, done); });
    }
    static bool waitFor(const std::function<bool()> &condition, int seconds = 30)
    {
        return QTest::qWaitFor(condition, seconds * 1000);
    }

    StoreThread store;
    Archive archive;
    QSet<QString> arrived{};
    QHash<QString, IncidentHead> heads{};
    ArchiveCondition condition{};
    std::function<void(const IncidentEntry &)> onEntry{};
};

} // namespace cockpit::testing
