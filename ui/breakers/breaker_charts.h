// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/breaker_store.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace cockpit {

class TimeChart;

/// Failed and slow calls in percent with the threshold that opens it.
ChartView breakerCallsChart(const Breaker &breaker, const std::vector<BreakerSample> &samples, Instant now);
/// Rejected calls per second over the band of its states.
ChartView breakerRejectedChart(const Breaker &breaker, const std::vector<BreakerSample> &samples, Instant now);

/// The two charts of one breaker over the last 35 min; they zoom together.
class BreakerCharts : public QWidget {
    Q_OBJECT
public:
    explicit BreakerCharts(const Theme &theme, QWidget *parent = nullptr);
    void setBreaker(const Breaker &breaker, const std::vector<BreakerSample> &samples,
                    const QList<ChartMarker> &markers, Instant now);
    /// Only the first: there is a strip in the other's place.
    void setShort(bool shortened);

private:
    TimeChart *m_calls;
    TimeChart *m_rejected;
    BreakerKey m_shown{};
};

} // namespace cockpit
