// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/result.h"

#include <QCoreApplication>
#include <QString>

#include <string_view>

namespace cockpit {

/// The words that parsers say, in one translation context.
class FormatWords {
    Q_DECLARE_TR_FUNCTIONS(FormatWords)
public:
    /// Parse error: the answer is not what the protocol says, because of `reason`.
    static Error notTheProtocol(const QString &reason);
    /// The body is a web page: a login page or a proxy answered.
    static Error webPage();
    /// At most 300 characters of a text from outside, on one line.
    static QString excerpt(std::string_view text);
};

} // namespace cockpit
