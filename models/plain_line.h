// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace cockpit {

/// Text from outside as one line that cannot disturb what stands beside it: blanks, line ends and control characters
/// fold to single blanks, marks that turn the direction of text (U+200E, U+200F, U+202A…U+202E, U+2066…U+2069, U+061C)
/// are taken out, and what is longer than `limit` ends in an ellipsis, never inside a surrogate pair.
QString plainLine(const QString &text, qsizetype limit);

} // namespace cockpit
