// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/activity.h"

#include <QByteArray>

namespace cockpit {

/// The hash before the first entry of an installation.
QByteArray chainGround(const QString &installation);
/// SHA-256 over the previous hash and the entry's content; each field is preceded by its length, so that no two
/// entries have the same bytes.
QByteArray chainHash(const QByteArray &previous, const ActivityEntry &entry);

} // namespace cockpit
