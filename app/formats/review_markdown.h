// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/operations_review.h"

#include <QByteArray>

namespace cockpit {

/// The report in Markdown, with exactly the sections of the operations review. Outside text is escaped.
QByteArray reviewMarkdown(const OperationsReview &review);

} // namespace cockpit
