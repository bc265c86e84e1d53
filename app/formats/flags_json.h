// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/capacity.h"
#include "models/feature_flag.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

/// The array "flags" of the contract alone, for `flags --json`: each flag in the environment that is looked after.
QByteArray flagsJson(const std::vector<FlagPtr> &flags);
/// For `capacity --json`. What is not known is null.
QByteArray capacitiesJson(const std::vector<CapacityPtr> &capacities);

} // namespace cockpit
