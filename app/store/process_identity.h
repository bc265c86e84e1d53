// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// Names this process so that no later one is taken for it: boot id, process id and its start time.
QString thisProcessIdentity();
/// Whether the process of that identity still runs on this boot of this machine. False for anything unreadable.
bool isProcessAlive(const QString &identity);

} // namespace cockpit
