// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breaker.h"
#include "models/capacity.h"
#include "models/feature_flag.h"
#include "models/override.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace cockpit {

/// How one breaker was at one moment.
struct BreakerSample {
    Instant at{};
    float failureRatio = 0; ///< 0…1; NaN = not known
    float slowRatio = 0;
    float rejectedPerSecond = 0;
    BreakerState state = BreakerState::Unknown;
};

/// When the state last became another one; nothing where it never did, is not known, or is not `now` at the end.
std::optional<Instant> lastStateChange(const std::vector<BreakerSample> &samples, BreakerState now);

/// All breakers, feature flags, capacities and active overrides. One writer (app/), GUI thread.
class BreakerStore : public QObject {
    Q_OBJECT
public:
    explicit BreakerStore(QObject *parent = nullptr);

    void apply(const BreakersUpdate &update);
    void apply(const FlagsUpdate &update);
    void setCapacities(std::vector<CapacityPtr> capacities);
    void setOverrides(QList<Override> overrides);
    /// Which of the three the configuration asks for: without a source the lists are unknown, not empty.
    void setConfigured(bool breakers, bool flags);

    /// By caller, then dependency.
    const std::vector<BreakerPtr> &breakers() const { return m_breakers; }
    /// Last changed first, those never changed by name.
    const std::vector<FlagPtr> &flags() const { return m_flags; }
    /// Newest first.
    const std::vector<FlagEvent> &flagEvents() const { return m_events; }
    const std::vector<CapacityPtr> &capacities() const { return m_capacities; }
    /// The one that ends next first.
    const QList<Override> &overrides() const { return m_overrides; }
    BreakerPtr find(const BreakerKey &key) const;
    FlagPtr find(const FlagKey &key) const;
    /// All of one caller towards one dependency; `to` may be the breaker's own name.
    QList<BreakerPtr> between(const ServiceId &from, const QString &to) const;
    QList<FlagPtr> flagsNamed(const QString &name) const;
    /// What was seen of it in the last 35 min, ascending; at most 240 moments, of at most 2000 breakers.
    const std::vector<BreakerSample> &history(const BreakerKey &key) const;
    /// What a metrics source remembers of the time before; only what is older than what was seen is taken. A breaker whose
    /// own source does not know when its state last changed has it from here.
    void addHistory(const BreakerKey &key, const std::vector<BreakerSample> &earlier);
    const Override *overrideOf(const BreakerKey &key) const;
    bool breakersConfigured() const { return m_breakersConfigured; }
    bool flagsConfigured() const { return m_flagsConfigured; }
    bool breakersKnown() const { return !m_breakerSources.isEmpty(); }
    bool flagsKnown() const { return !m_flagSources.isEmpty(); }

Q_SIGNALS:
    void breakersChanged();
    void flagsChanged();
    void capacitiesChanged();
    void overridesChanged();

private:
    void remember(const BreakersUpdate &update);
    void gatherBreakers();
    QHash<SourceId, BreakersUpdate> m_breakerSources{};
    QHash<BreakerKey, std::vector<BreakerSample>> m_history{};
    QHash<BreakerKey, std::pair<BreakerState, Instant>> m_changedBefore{}; ///< what it became then, and when
    QHash<SourceId, FlagsUpdate> m_flagSources{};
    std::vector<BreakerPtr> m_breakers{};
    std::vector<FlagPtr> m_flags{};
    std::vector<FlagEvent> m_events{};
    std::vector<CapacityPtr> m_capacities{};
    QList<Override> m_overrides{};
    bool m_breakersConfigured = false;
    bool m_flagsConfigured = false;
};

} // namespace cockpit
