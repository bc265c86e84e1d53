// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/formats/flag_place.h"
#include "models/result.h"

#include <string>
#include <vector>

namespace cockpit {

/// The bulk answer of the OpenFeature Remote Evaluation Protocol: `{"flags":[{"key","value","reason","variant"}]}`, as
/// it was evaluated for the cockpit's own context. One that is disabled, in error or has no value is not known. Errors:
/// Parse.
Result<std::vector<FlagPtr>> parseOfrepFlags(const std::string &body, const FlagPlace &place);

/// The body of the question. `targetingKey` is whom it is evaluated for.
QByteArray ofrepQuestion(const QString &targetingKey);

} // namespace cockpit
