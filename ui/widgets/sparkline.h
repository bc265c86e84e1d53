// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/themed_widget.h"

#include <QList>

#include <optional>

namespace cockpit {

/// What a sparkline shows. NaN is a gap, never a zero.
struct SparklineView {
    QList<double> values{};
    std::optional<double> limit{}; ///< dashed line
    Role line = Role::Muted;       ///< Warning or Critical only when over or near the limit
    Role limitLine = Role::Border;
    bool fromZero = false;         ///< the scale starts at 0 instead of at the smallest value
    bool operator==(const SparklineView &) const = default;
};

/// Paints it (for delegates too): 1.25 px by drawLines, dot r2 at the last value.
void paintSparkline(QPainter &painter, const QRectF &rect, const SparklineView &view, const Theme &theme);

/// A sparkline as a widget; `name` goes into its accessible name with the last value.
class Sparkline : public ThemedWidget {
    Q_OBJECT
public:
    Sparkline(const Theme &theme, const QString &name, QWidget *parent = nullptr);
    void setView(const SparklineView &view);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    SparklineView m_view{};
};

} // namespace cockpit
