// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/slo.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// The burn-down of one error budget: what was left, even spend, incidents, now, and the forecast of the last hour's
/// rate. A gap in the data is a gap in the line. Below 0 the axis goes on, so that an overspent budget shows.
class BudgetChart : public ThemedWidget {
    Q_OBJECT
public:
    explicit BudgetChart(const Theme &theme, QWidget *parent = nullptr);
    void setStatus(const SloStatus &status);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Scale;
    Scale scale() const;
    void paintGrid(QPainter &painter, const Scale &scale) const;
    void paintLine(QPainter &painter, const Scale &scale) const;
    void paintMarks(QPainter &painter, const Scale &scale) const;
    void paintForecast(QPainter &painter, const Scale &scale) const;

    SloStatus m_status{};
};

} // namespace cockpit
