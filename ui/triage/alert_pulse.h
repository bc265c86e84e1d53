// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alert.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QVariantAnimation>

namespace cockpit {

/// An alert that pages and has just begun to fire pulses once, for 600 ms. Nothing moves where the desktop asks for less
/// motion. Only what a person can see is given to it.
class AlertPulse : public QObject {
    Q_OBJECT
public:
    explicit AlertPulse(const Theme &theme, QObject *parent = nullptr);
    /// An alert that is shown now; begins its pulse when it is new and pages.
    void see(const Alert &alert, Instant now);
    /// 0 to 1: how strongly the row of this alert is lit at the moment.
    double strength(const AlertKey &key) const;
    bool isRunning() const { return m_swell.state() == QAbstractAnimation::Running; }

Q_SIGNALS:
    void moved();

private:
    void forgetOld(Instant now);

    const Theme &m_theme;
    QVariantAnimation m_swell;
    QSet<AlertKey> m_pulsing{};
    QHash<AlertKey, Instant> m_seen{}; ///< when it began to fire; for as long as it counts as new
};

} // namespace cockpit
