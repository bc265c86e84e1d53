// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/delivery.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// Deployments per day as columns; those that failed stand below the others in the same column, outlined as well as
/// coloured. Its accessible name says the counts.
class DeliveryChart : public ThemedWidget {
    Q_OBJECT
public:
    explicit DeliveryChart(const Theme &theme, QWidget *parent = nullptr);
    void setDays(const QList<DeliveryDay> &days);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintColumn(QPainter &painter, const QRectF &column, const DeliveryDay &day, int most) const;

    QList<DeliveryDay> m_days{};
};

} // namespace cockpit
