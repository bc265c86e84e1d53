// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"
#include "ui/widgets/themed_widget.h"

namespace cockpit {

/// UTC over local time, w76: "03:12:40" over "04:12 CET".
class ClockFace : public ThemedWidget {
    Q_OBJECT
public:
    explicit ClockFace(const Theme &theme, QWidget *parent = nullptr);
    void setNow(Instant now);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_utc{};
    QString m_local{};
};

} // namespace cockpit
