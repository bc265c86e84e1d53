// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/service_facts.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// The tile of one service, 306 px high: head, three metrics with sparklines, budget, state, firing alerts. A click
/// or Enter opens the service. Where no budget is known its row is absent and the tile is shorter.
class ServiceCard : public ThemedButton {
    Q_OBJECT
public:
    explicit ServiceCard(const Theme &theme, QWidget *parent = nullptr);
    void setFacts(const ServiceFacts &facts, bool withBudget);
    const ServiceFacts &facts() const { return m_facts; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintHead(QPainter &painter, const QRectF &row) const;
    void paintMetric(QPainter &painter, const QRectF &row, const MetricFacts &metric) const;
    void paintBudget(QPainter &painter, const QRectF &row) const;
    void paintState(QPainter &painter, const QRectF &row) const;
    void paintFooter(QPainter &painter, const QRectF &row) const;
    double paintState(QPainter &painter, double x, const QRectF &row, StateGlyph glyph, const QString &word,
                      const QString &number) const;

    ServiceFacts m_facts{};
    bool m_withBudget = false;
};

} // namespace cockpit
