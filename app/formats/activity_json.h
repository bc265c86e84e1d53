// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity.h"

#include <QByteArray>
#include <QList>

namespace cockpit {

/// `activity --json`: an array, newest first, of
/// {"sequence","at","environment","id","action","object","service","actor","reason","state","text"}.
QByteArray activityJson(const QList<ActivityEntry> &entries);

} // namespace cockpit
