// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet.h"

#include <QString>

#include <vector>

namespace cockpit {

/// By what services are sorted; the ids of the segments are "pain", "name" and "requests".
enum class ServiceSort { Pain, Name, Requests };
ServiceSort serviceSortFrom(const QString &id);
/// Indexes into Fleet::services in that order; equal ones by name.
std::vector<size_t> serviceOrder(const Fleet &fleet, ServiceSort sort);

} // namespace cockpit
