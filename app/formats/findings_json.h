// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/finding.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace cockpit {

/// The contract of every `lint` and `review`: {"findings":[…],"notChecked":[…]}.
QByteArray findingsJson(const QList<Finding> &findings, const QStringList &notChecked);

} // namespace cockpit
