// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/items/alert_list_model.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QRectF>
#include <QSet>

class QPainter;

namespace cockpit {

/// Paints the rows of the Triage list straight from the model's values.
class AlertRowPainter {
public:
    explicit AlertRowPainter(const Theme &theme)
        : m_theme(theme)
    {}

    Instant now{};
    QSet<QString> staleClusters{};
    QSet<QString> collapsed{}; ///< titles of collapsed groups
    QHash<ServiceId, Instant> rollingOut{}; ///< services with an update on its way or ended an hour ago: since when
    bool manyClusters = false; ///< then each row names its cluster

    /// Height of a row in px at the present scale.
    int height(const AlertRow &row) const;
    /// `alert` is null for headers and notes. `focused`: the list has the keyboard.
    void paint(QPainter &painter, const QRectF &rect, const AlertRow &row, const Alert *alert, bool selected,
               bool focused) const;

private:
    void paintHeader(QPainter &painter, const QRectF &rect, const AlertRow &row) const;
    void paintAlert(QPainter &painter, const QRectF &rect, const Alert &alert) const;
    void paintShort(QPainter &painter, const QRectF &rect, const Alert &alert) const;

    const Theme &m_theme;
};

} // namespace cockpit
