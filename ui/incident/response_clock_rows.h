// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/incident_clock.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// How long the response took or takes, against its goals: a line and a bar each, 43 px.
class ResponseClockRows : public ThemedWidget {
    Q_OBJECT
public:
    explicit ResponseClockRows(const Theme &theme, QWidget *parent = nullptr);
    void setClocks(const QList<ResponseClock> &clocks);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QList<ResponseClock> m_clocks{};
};

} // namespace cockpit
