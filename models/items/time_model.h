// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/instant.h"

#include <QObject>

namespace cockpit {

/// The world's time as the pages see it: set by app/ once a second while the window shows. Ages follow ticked().
class TimeModel : public QObject {
    Q_OBJECT
public:
    explicit TimeModel(QObject *parent = nullptr);
    Instant now() const { return m_now; }
    void setNow(Instant now);

Q_SIGNALS:
    void ticked();

private:
    Instant m_now{};
};

} // namespace cockpit
