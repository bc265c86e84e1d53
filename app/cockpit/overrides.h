// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/actions/override_keeper.h"
#include "models/items/breaker_store.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace cockpit {

/// All overrides that hold: this installation's, which end here, and those that others told of at the backend. The one
/// writer of BreakerStore::setOverrides. Owner's thread.
class Overrides : public QObject {
    Q_OBJECT
public:
    struct Parts {
        ActionEngine &engine;
        StoreThread &store;
        const Clock &clock;
        BreakerStore &breakers;
        QString environment{};
    };
    explicit Overrides(Parts parts, QObject *parent = nullptr);

    /// This process runs on and ends what is due.
    void runOn() { m_keeper.runOn(); }
    void observe(const ActionRecord &record) { m_keeper.observe(record); }
    void tick();
    /// What a place (a source of breakers, the autoscalers) shows of other cockpits' overrides; replaces what it
    /// showed. Those of this installation are left out by their id.
    void setSeen(const QString &place, const QList<Override> &overrides);
    /// Those of this installation that hold.
    const QList<Lease> &leases() const { return m_leases; }
    QList<Override> all() const { return m_breakers.overrides(); }
    OverrideKeeper &keeper() { return m_keeper; }
    /// The store was read at least once.
    bool isRead() const { return m_isRead; }

Q_SIGNALS:
    void noticed(const QString &words);

private:
    void publish();

    BreakerStore &m_breakers;
    const Clock &m_clock;
    QList<Lease> m_leases{};
    QList<Override> m_own{};
    bool m_isRead = false;
    QMap<QString, QList<Override>> m_seen{};
    OverrideKeeper m_keeper;
};

} // namespace cockpit
