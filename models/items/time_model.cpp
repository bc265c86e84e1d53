// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/time_model.h"

namespace cockpit {

TimeModel::TimeModel(QObject *parent) : QObject(parent) {}

void TimeModel::setNow(Instant now)
{
    if (m_now == now)
        return;
    m_now = now;
    Q_EMIT ticked();
}

} // namespace cockpit
