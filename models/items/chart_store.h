// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series.h"

#include <QObject>

namespace cockpit {

/// The chart data that pages asked for. One writer (app/), GUI thread; bounded: the least recently asked goes first.
class ChartStore : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype capacity = 256;

    explicit ChartStore(QObject *parent = nullptr);
    /// Null when it was never asked for.
    const ChartData *find(const ChartKey &key) const;
    /// The line of one service in a fleet-wide chart (key.service empty), or null.
    const Series *seriesOf(const ChartKey &fleetKey, const ServiceId &service) const;
    void setData(const ChartKey &key, ChartData data);

Q_SIGNALS:
    void changed(const cockpit::ChartKey &key);

private:
    QHash<ChartKey, ChartData> m_data;
    QList<ChartKey> m_order;
};

} // namespace cockpit
