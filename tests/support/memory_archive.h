// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/incidents/incident_archive.h"

#include <QMap>
#include <QMetaObject>
#include <QSet>

#include <algorithm>
#include <memory>
#include <optional>

namespace cockpit::testing {

/// What several cockpits share: incidents in memory, numbered like an archive does it.
struct SharedIncidents {
    QMap<IncidentId, IncidentHead> heads{};
    QHash<IncidentId, std::vector<IncidentEntry>> entries{};
    QSet<QString> claimed{};
    std::vector<class MemoryArchive *> archives{};
};

/// An archive in memory whose answers come through the event loop. One for each cockpit; they share what they keep.
class MemoryArchive final : public IncidentArchive {
public:
    explicit MemoryArchive(std::shared_ptr<SharedIncidents> shared)
        : m_shared(std::move(shared))
    {
        m_shared->archives.push_back(this);
    }
    ~MemoryArchive() override { std::erase(m_shared->archives, this); }

    std::optional<Error> refusal{}; ///< what each write is answered with

    void start() override
    {
        post([this] {
            Q_EMIT conditionChanged(
                {.state = ArchiveCondition::State::Live, .place = QStringLiteral("memory"), .words = {}, .waiting = 0});
        });
    }
    void open(IncidentHead head, std::vector<IncidentEntry> first,
              std::function<void(Result<IncidentHead>)> done) override
    {
        post([this, head, first, done]() mutable {
            if (refusal)
                return done(*refusal);
            const bool isNew = !m_shared->heads.contains(head.id);
            if (isNew) {
                head.number = m_shared->heads.size() + 1;
                m_shared->heads.insert(head.id, head);
            }
            keep(first);
            done(m_shared->heads.value(head.id));
            for (MemoryArchive *other : m_shared->archives) {
                if (isNew && other != this)
                    Q_EMIT other->headChanged(head);
            }
        });
    }
    void append(std::vector<IncidentEntry> entries, Finished done) override
    {
        post([this, entries, done] {
            if (refusal)
                return done(*refusal);
            keep(entries);
            done(Done{});
        });
    }
    void list(int limit, std::function<void(Result<QList<IncidentHead>>)> done) override
    {
        post([this, limit, done] {
            QList<IncidentHead> heads = m_shared->heads.values();
            std::sort(heads.begin(), heads.end(),
                      [](const IncidentHead &a, const IncidentHead &b) { return a.openedAt > b.openedAt; });
            done(heads.mid(0, limit));
        });
    }
    void entries(const IncidentId &id, std::function<void(Result<std::vector<IncidentEntry>>)> done) override
    {
        post([this, id, done] { done(m_shared->entries.value(id)); });
    }
    void claimReminder(const QString &id, std::function<void(Result<bool>)> done) override
    {
        post([this, id, done] {
            const bool first = !m_shared->claimed.contains(id);
            m_shared->claimed.insert(id);
            done(first);
        });
    }

private:
    void post(std::function<void()> call) { QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection); }
    void keep(const std::vector<IncidentEntry> &entries)
    {
        std::vector<IncidentEntry> fresh;
        for (const IncidentEntry &entry : entries) {
            std::vector<IncidentEntry> &kept = m_shared->entries[entry.incident];
            const bool known = std::any_of(kept.begin(), kept.end(),
                                           [&entry](const IncidentEntry &one) { return one.id == entry.id; });
            if (known)
                continue;
            kept.push_back(entry);
            fresh.push_back(entry);
        }
        for (MemoryArchive *other : m_shared->archives) {
            if (!fresh.empty() && other != this)
                Q_EMIT other->arrived(fresh);
        }
    }

    std::shared_ptr<SharedIncidents> m_shared;
};

} // namespace cockpit::testing
