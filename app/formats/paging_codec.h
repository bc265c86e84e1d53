// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/paging.h"

#include <nlohmann/json.hpp>

namespace cockpit {

/// What the paging service said, as JSON and back, lossless. The reader throws nlohmann's exceptions for a wrong shape;
/// the codec of updates catches them.
nlohmann::json pagingUpdateJson(const PagingUpdate &update);
PagingUpdate pagingUpdateOf(const nlohmann::json &value);

} // namespace cockpit
