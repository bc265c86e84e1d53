// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/clock/clock.h"
#include "app/cockpit/sources.h"
#include "models/items/chart_store.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace cockpit {

/// Keeps the charts that are on screen fresh, and only those. Answers of several Prometheus servers are joined.
class ChartService : public QObject {
    Q_OBJECT
public:
    ChartService(Sources &sources, const Clock &clock, ChartStore &store, QObject *parent = nullptr);

    void request(const ChartKey &key, int widthPx);
    void release(const ChartKey &key);
    void apply(const SeriesUpdate &update);
    /// After sleep: everything that shows is asked again at once.
    void refreshAll();
    /// Charts that wait for their first answer.
    int waiting() const;

private:
    struct Shown {
        int users = 0;
        int widthPx = 0;
        Clock::Monotonic askedAt{};
        bool answered = false;
        QHash<SourceId, ChartData> parts; ///< by source
    };
    void ask(const ChartKey &key, Shown &shown);
    void refreshOld();
    ChartData joined(const Shown &shown) const;

    Sources &m_sources;
    const Clock &m_clock;
    ChartStore &m_store;
    QHash<ChartKey, Shown> m_shown;
    QTimer m_timer;
};

} // namespace cockpit
